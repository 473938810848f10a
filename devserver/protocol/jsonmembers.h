// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/jsonvalue.h"
#include "devserver/model/rawjson.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace devserver::protocol {

/// The member of that name in any letter case; nothing if it is absent or null (protocol.md 2.6).
[[nodiscard]] std::optional<JsonValue> member(const JsonValue &object, QByteArrayView key);

/// As `member`, unescaped; empty if it is not a string.
[[nodiscard]] QByteArray textMember(const JsonValue &object, QByteArrayView key);

/// The bytes of `object` without the members of that name; all other bytes stay as they are.
///
/// \param object  validated text of a JSON object without white space around it.
[[nodiscard]] QByteArray withoutMember(QByteArrayView object, QByteArrayView key,
                                       Qt::CaseSensitivity sensitivity = Qt::CaseSensitive);

/// The bytes of `object` with one more member behind the others; `value` is JSON.
[[nodiscard]] QByteArray withMember(QByteArrayView object, QByteArrayView key,
                                    QByteArrayView value);

/// "a string", "an object", …, for messages.
[[nodiscard]] QByteArrayView kindName(const JsonValue &value);

/// A copy of a part of validated text.
[[nodiscard]] RawJson toRawJson(const JsonValue &value);

} // namespace devserver::protocol
