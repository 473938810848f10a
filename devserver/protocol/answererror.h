// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"

#include <QByteArray>
#include <QByteArrayView>

namespace devserver::protocol {

/// At most this much of a body is quoted in an error (semantics.md 2.8).
inline constexpr qsizetype maxExcerptBytes = 8192;

/// The error object that is stored, shown and given to failure handlers (semantics.md 2.8):
/// `{error, name, message, stack?, cause?, data?, code?, noRetry?}`.
///
/// Takes what an app answered: an object, one nested under `error` or `body`, or a plain value.
/// \param defaultName  `name` if \a body has none.
[[nodiscard]] RawJson normaliseError(const RawJson &body, QByteArrayView defaultName = "Error");

/// As above for a body that may be empty or no JSON; such text becomes the stack.
[[nodiscard]] RawJson normaliseErrorBody(const QByteArray &body);

/// An error of our own: `error` and `code` are the code (`not_sdk`, `output_too_large`, …).
[[nodiscard]] RawJson ownError(QByteArrayView code, const QByteArray &message);

/// No connection, nothing was sent: "Unable to reach SDK URL: …", code `http_unreachable`.
[[nodiscard]] CallAnswer unreachableError(const QByteArray &message);

/// The exchange broke after it began; the attempt is used up (protocol.md 6.6).
[[nodiscard]] CallAnswer brokenError(QByteArrayView code, const QByteArray &message);

/// At most `maxExcerptBytes`, cut between characters.
[[nodiscard]] QByteArray excerpt(const QByteArray &body);

} // namespace devserver::protocol
