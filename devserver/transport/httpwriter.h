// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/transport/http.h"

#include <QByteArray>

namespace devserver::transport {

/// What the request and the connection demand of the reply's framing.
struct ReplyFraming {
    bool isHttp10 = false;
    bool keepAlive = true;
};

/// False for statuses whose replies end with the header (1xx, 204, 304).
bool mayHaveBody(int status);

/// Status line and fields up to the empty line. The framing fields are the writer's: Content-Length
/// and Connection in `reply` are ignored, and so are fields with line ends.
QByteArray replyHead(const HttpReply &reply, const Headers &defaults, const ReplyFraming &framing);

} // namespace devserver::transport
