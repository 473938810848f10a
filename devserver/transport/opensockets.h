// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <curl/curl.h>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace devserver::transport {

/// The sockets that curl has open in this thread, to learn whether a request went anywhere: TCP
/// counts the bytes that the machine at the other end has taken, also while the program there is
/// busy. curl names the ends of a connection before each request, but not its socket.
///
/// Thread: each has its own.
class OpenSockets final
{
public:
    static OpenSockets &ofThread();

    /// Lets \a easy tell of each that it opens and closes.
    static void watch(CURL *easy);

    /// The one of the connection with these ends, nothing if there is none.
    std::optional<curl_socket_t> find(const char *peer, int peerPort, const char *local,
                                      int localPort);

    /// Bytes taken from us over \a socket so far, which is open. Nothing if the system does not
    /// tell.
    std::optional<quint64> taken(curl_socket_t socket);
    /// The same when the last one of this number was closed, unless a request began on it since.
    /// Nothing if the other end reset it: then nobody can tell.
    [[nodiscard]] std::optional<quint64> takenAtClose(curl_socket_t socket) const;

private:
    static curl_socket_t open(void *self, curlsocktype purpose, curl_sockaddr *address);
    static int close(void *self, curl_socket_t socket);

    std::vector<curl_socket_t> m_unnamed; ///< open, but their ends are not known yet
    std::unordered_map<std::string, curl_socket_t> m_byEnds;
    std::unordered_map<curl_socket_t, std::optional<quint64>> m_closed; ///< what was taken
};

} // namespace devserver::transport
