// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/http.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace perf {

namespace {

constexpr std::string_view headEnd = "\r\n\r\n";

bool equalsIgnoringCase(std::string_view left, std::string_view right)
{
    return left.size() == right.size()
           && ::strncasecmp(left.data(), right.data(), left.size()) == 0;
}

bool sendAll(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

HttpReply readReply(int socket)
{
    std::string buffer;
    std::array<char, 16384> block{};
    while (true) {
        const ssize_t size = ::recv(socket, block.data(), block.size(), 0);
        if (size <= 0)
            return {};
        buffer.append(block.data(), static_cast<std::size_t>(size));
        if (const auto message = parseMessage(buffer))
            return {.status = statusOf(message->head), .body = std::string(message->body)};
    }
}

} // namespace

std::string_view headerValue(std::string_view head, std::string_view name)
{
    std::size_t line = head.find("\r\n");
    while (line != std::string_view::npos) {
        const std::size_t start = line + 2;
        line = head.find("\r\n", start);
        const std::string_view text = head.substr(start, line - start);
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos || !equalsIgnoringCase(text.substr(0, colon), name))
            continue;
        const std::size_t value = text.find_first_not_of(' ', colon + 1);
        return value == std::string_view::npos ? std::string_view{} : text.substr(value);
    }
    return {};
}

std::optional<HttpMessage> parseMessage(std::string_view buffer)
{
    const std::size_t end = buffer.find(headEnd);
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view head = buffer.substr(0, end);
    if (!headerValue(head, "transfer-encoding").empty())
        throw std::runtime_error("the bench reads no chunked messages");
    const std::string_view length = headerValue(head, "content-length");
    std::size_t size = 0;
    std::from_chars(length.data(), length.data() + length.size(), size);
    const std::size_t start = end + headEnd.size();
    if (buffer.size() - start < size)
        return std::nullopt;
    return HttpMessage{.head = head, .body = buffer.substr(start, size), .sizeBytes = start + size};
}

int statusOf(std::string_view head)
{
    const std::size_t space = head.find(' ');
    int status = 0;
    if (space != std::string_view::npos)
        std::from_chars(head.data() + space + 1, head.data() + head.size(), status);
    return status;
}

std::string requestBytes(int port, std::string_view method, std::string_view target,
                         std::string_view body)
{
    std::string bytes;
    bytes.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1:");
    bytes.append(std::to_string(port)).append("\r\n");
    if (!body.empty() || method == "POST") {
        bytes.append("Content-Type: application/json\r\nContent-Length: ");
        bytes.append(std::to_string(body.size())).append("\r\n");
    }
    return bytes.append("\r\n").append(body);
}

int connectTo(int port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return -1;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const void *raw = &address;
    if (::connect(socket, static_cast<const sockaddr *>(raw), sizeof address) < 0) {
        ::close(socket);
        return -1;
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

HttpReply httpRequest(int port, std::string_view method, std::string_view target,
                      std::string_view body)
{
    const int socket = connectTo(port);
    if (socket < 0)
        return {};
    const timeval limit{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    HttpReply reply;
    if (sendAll(socket, requestBytes(port, method, target, body)))
        reply = readReply(socket);
    ::close(socket);
    return reply;
}

} // namespace perf
