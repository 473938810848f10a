// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace perf {

/// One whole HTTP/1.1 message at the start of a buffer. Views into that buffer.
struct HttpMessage {
    std::string_view head; ///< first line and header lines, without the empty line
    std::string_view body;
    std::size_t sizeBytes = 0; ///< of head, empty line and body
};

/// Empty while the message is incomplete. Only Content-Length framing, because neither side of the
/// bench has a reason for another; throws std::runtime_error on a chunked message.
std::optional<HttpMessage> parseMessage(std::string_view buffer);

/// The value of a header line, or empty. \p name in any case.
std::string_view headerValue(std::string_view head, std::string_view name);

/// Status code of a reply's head; 0 if it is none.
int statusOf(std::string_view head);

struct HttpReply {
    int status = 0; ///< 0: no connection or no complete reply
    std::string body{};
};

/// One blocking request to 127.0.0.1 on a connection of its own.
HttpReply httpRequest(int port, std::string_view method, std::string_view target,
                      std::string_view body = {});

/// The bytes of a request; with a body it is announced as JSON.
std::string requestBytes(int port, std::string_view method, std::string_view target,
                         std::string_view body);

/// A connected socket to 127.0.0.1 with TCP_NODELAY, or -1.
int connectTo(int port);

} // namespace perf
