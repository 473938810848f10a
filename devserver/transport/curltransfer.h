// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/transport/httpclient.h"

#include <QByteArray>

#include <array>
#include <chrono>
#include <curl/curl.h>
#include <optional>
#include <vector>

namespace devserver::transport {

/// One call in curl's terms: an easy handle with what its callbacks collect. Private to HttpClient,
/// which keeps these in a pool: the options that never change are set once, begin() sets the rest.
class CurlTransfer final
{
public:
    CurlTransfer();
    ~CurlTransfer();
    Q_DISABLE_COPY_MOVE(CurlTransfer)

    static CurlTransfer &of(CURL *easy);

    CURL *easy() const { return m_easy; }

    CallId id() const { return m_id; }

    /// Prepares the handle for this call. The answer is a reason why it cannot be sent.
    std::optional<CallFailure> begin(CallId id, HttpCall call);

    /// After curl has finished with `code`: true if the call must be added again, because it met
    /// the stale keep-alive race; the handle is then set to a fresh connection.
    bool wantsRetry(CURLcode code);

    /// The result for the caller. Takes the collected body: call it once.
    HttpResult result(CURLcode code);

    HttpResult failed(CallFailure failure) const;
    CallFailure aborted() const;

    /// Lets go of the call's data (body, response).
    void clear();

private:
    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self);
    static int onRequest(void *self, char *peer, char *local, int peerPort, int localPort);

    void setConstantOptions();
    void setMethod();
    void setHeaders();
    void setTimeouts(std::chrono::milliseconds spent);
    void addHeaderLine(QByteArrayView name, QByteArrayView value);
    bool takeHeader(QByteArrayView line);
    bool takeBody(const char *data, std::size_t size);
    bool takeRequest(std::optional<curl_socket_t> socket);
    qint64 announcedLength() const;
    bool isStale() const;
    bool isSent() const;
    CallFailureKind kindOf(CURLcode code) const;
    CallFailure failureOf(CURLcode code) const;
    void attachArrived(CallFailure &failure);
    QString place() const;
    HttpTimings timings() const;

    CURL *m_easy = nullptr;
    CallId m_id{};
    HttpCall m_call;
    QByteArray m_headerText; ///< the request's header lines, NUL-terminated, one after the other
    std::vector<qsizetype> m_headerOffsets;
    std::vector<curl_slist> m_headerNodes; ///< curl reads the list in place
    std::array<char, CURL_ERROR_SIZE> m_error{};
    std::chrono::steady_clock::time_point m_started;

    std::optional<curl_socket_t> m_socket; ///< of the last request
    std::optional<quint64> m_takenBefore;  ///< by its other end, of earlier requests
    long m_connects = 0;       ///< connections that curl had opened when the last request began
    int m_requests = 0;        ///< requests begun, over all hops and tries
    bool m_reused = false;     ///< the last request went over a kept connection
    bool m_retried = false;    ///< once is enough
    bool m_retryFresh = false; ///< curl chose a second kept connection: we send anew instead
    bool m_hasBody = false;
    bool m_untaken = false;  ///< nobody took the last request: it is about to be sent again
    bool m_awaiting = false; ///< a request has begun, no byte of its answer is here
    bool m_headersDone = false;
    qint64 m_headerBytes = 0; ///< of the last request's answer
    qint64 m_bodyBytes = 0;   ///< likewise
    qint64 m_tooLarge = 0;    ///< size seen or announced when a limit was passed
    std::optional<std::chrono::steady_clock::time_point> m_answerBegan;
    HttpResponse m_response;
};

} // namespace devserver::transport
