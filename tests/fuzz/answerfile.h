// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/protocol/callanswercodec.h"

#include <QByteArray>
#include <QByteArrayList>

namespace fuzz {

/// Reads tests/fixtures/callanswer: the first line is `<status> | <name>: <value> | …`, the rest is
/// the body. Takes any bytes: a status that is no number is 0, a part without colon is skipped.
inline devserver::protocol::CallResponse readAnswerFile(const QByteArray &file)
{
    devserver::protocol::CallResponse response;
    const qsizetype lineEnd = file.indexOf('\n');
    const QByteArray head = lineEnd < 0 ? file : file.first(lineEnd);
    response.body = lineEnd < 0 ? QByteArray() : file.sliced(lineEnd + 1);
    const QByteArrayList parts = head.split('|');
    response.status = parts.constFirst().trimmed().toInt();
    for (qsizetype i = 1; i < parts.size(); ++i) {
        const qsizetype colon = parts[i].indexOf(':');
        if (colon >= 0)
            response.headers.emplace_back(parts[i].first(colon).trimmed(),
                                          parts[i].sliced(colon + 1).trimmed());
    }
    return response;
}

} // namespace fuzz
