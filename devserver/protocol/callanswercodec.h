// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"
#include "devserver/protocol/headerlist.h"

#include <QByteArray>

namespace devserver::protocol {

/// Longest body that an app may answer (protocol.md 1.4).
inline constexpr qsizetype maxAnswerBytes = mostAnswerBytes;
/// How much of a body is kept with the attempt.
inline constexpr qsizetype maxKeptBodyBytes = 64 * 1024;

/// What the app sent, content encoding undone. A body of more than `maxAnswerBytes` may be cut.
struct CallResponse {
    int status = 0;
    HeaderList headers;
    QByteArray body;
};

/// What came of a call (protocol.md 6); never fails, since a bad answer is a failed attempt.
///
/// Fills all but `timing`. `httpStatus` and the headers of a streamed answer are the inner ones.
[[nodiscard]] CallAnswer decodeAnswer(const CallResponse &response);

} // namespace devserver::protocol
