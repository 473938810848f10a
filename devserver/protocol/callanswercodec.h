// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"
#include "devserver/protocol/headerlist.h"

#include <QByteArray>
#include <QByteArrayView>

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
/// Fills all but `timing`. `httpStatus` and the headers of a streamed answer are the inner ones; so
/// is the body that its signature is checked against.
/// \param signingKey  the one that the call was signed with; empty: it was not (protocol.md 14.3)
[[nodiscard]] CallAnswer decodeAnswer(const CallResponse &response, QByteArrayView signingKey = {},
                                      TimePoint now = {});

/// What had come of an answer that was broken off, besides its error: status, headers, the first
/// part of the body. What its head says of retries counts.
/// \param bytes  of the body that came, of which \a arrived may have only a part
void addArrived(CallAnswer &answer, const CallResponse &arrived, qint64 bytes);

} // namespace devserver::protocol
