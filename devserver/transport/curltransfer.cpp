// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/curltransfer.h"

#include "devserver/transport/opensockets.h"

#include <QUrl>

#include <algorithm>
#include <system_error>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace devserver::transport {

namespace {

constexpr long maxRedirects = 60; // protocol.md 5.1
constexpr qint64 maxHeaderBytes = 256 * 1024;
constexpr qint64 reserveAtMost = 1024 * 1024;

// curl compares whole seconds, rounded down, with "greater": 3 drops what was idle for 4 s.
constexpr long maxIdleSeconds = 3;

/// curl_easy_setopt for options that cannot fail except by lack of memory.
template<typename T>
void set(CURL *easy, CURLoption option, T value)
{
    if (curl_easy_setopt(easy, option, value) == CURLE_OUT_OF_MEMORY)
        qFatal("curl: out of memory");
}

template<typename T>
T info(CURL *easy, CURLINFO what)
{
    T value{};
    curl_easy_getinfo(easy, what, &value);
    return value;
}

/// A line of libcurl, whose end is still there.
QByteArrayView trimmedLine(QByteArrayView text)
{
    while (!text.isEmpty() && (text.front() == ' ' || text.front() == '\t'))
        text = text.sliced(1);
    while (!text.isEmpty()
           && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'
               || text.back() == '\n'))
        text.chop(1);
    return text;
}

bool isOneLine(QByteArrayView text)
{
    return !text.contains('\r') && !text.contains('\n') && !text.contains('\0');
}

/// The code of "HTTP/1.1 200 OK", 0 if there is none.
int statusOf(QByteArrayView line)
{
    const qsizetype space = line.indexOf(' ');
    return space < 0 ? 0 : line.sliced(space + 1).toByteArray().left(3).toInt();
}

} // namespace

CurlTransfer::CurlTransfer()
    : m_easy(curl_easy_init())
{
    if (!m_easy)
        qFatal("curl_easy_init failed");
    setConstantOptions();
}

CurlTransfer::~CurlTransfer()
{
    curl_easy_cleanup(m_easy);
}

CurlTransfer &CurlTransfer::of(CURL *easy)
{
    return *static_cast<CurlTransfer *>(info<void *>(easy, CURLINFO_PRIVATE));
}

void CurlTransfer::setConstantOptions()
{
    set(m_easy, CURLOPT_PRIVATE, this);
    set(m_easy, CURLOPT_ERRORBUFFER, m_error.data());
    set(m_easy, CURLOPT_NOSIGNAL, 1L);
    // Without it, ending a call during a name lookup waits for the resolver thread.
    set(m_easy, CURLOPT_QUICK_EXIT, 1L);
    set(m_easy, CURLOPT_PROTOCOLS_STR, "http,https");
    set(m_easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(m_easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(m_easy, CURLOPT_ACCEPT_ENCODING, "");
    set(m_easy, CURLOPT_NOPROXY, "localhost,.localhost,127.0.0.0/8,::1");
    set(m_easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(m_easy, CURLOPT_MAXREDIRS, maxRedirects);
    set(m_easy, CURLOPT_POSTREDIR, static_cast<long>(CURL_REDIR_POST_ALL));
    set(m_easy, CURLOPT_MAXAGE_CONN, maxIdleSeconds);
    set(m_easy, CURLOPT_TCP_KEEPALIVE, 1L); // calls may take two hours
    set(m_easy, CURLOPT_HEADERFUNCTION, &CurlTransfer::onHeader);
    set(m_easy, CURLOPT_HEADERDATA, this);
    set(m_easy, CURLOPT_WRITEFUNCTION, &CurlTransfer::onBody);
    set(m_easy, CURLOPT_WRITEDATA, this);
    OpenSockets::watch(m_easy);
    set(m_easy, CURLOPT_PREREQFUNCTION, &CurlTransfer::onRequest);
    set(m_easy, CURLOPT_PREREQDATA, this);
}

std::optional<CallFailure> CurlTransfer::begin(CallId id, HttpCall call)
{
    m_id = id;
    m_call = std::move(call);
    m_started = steady_clock::now();
    m_error[0] = '\0';
    m_connects = 0;
    m_requests = 0;
    m_reused = false;
    m_retried = false;
    m_retryFresh = false;
    m_awaiting = false;
    m_untaken = false;
    m_headersDone = false;
    m_headerBytes = 0;
    m_bodyBytes = 0;
    m_tooLarge = 0;
    m_answerBegan.reset();
    m_response = {};

    const auto &headers = m_call.headers;
    const bool valid = std::ranges::all_of(headers, [](const Header &header) {
        return !header.name.isEmpty() && !header.name.contains(':') && isOneLine(header.name)
               && isOneLine(header.value);
    });
    if (!valid || !isOneLine(m_call.url) || !isOneLine(m_call.method) || m_call.method.isEmpty())
        return CallFailure{CallFailureKind::Protocol,
                           place() + u": a method, URL or header with forbidden bytes"_s};
    set(m_easy, CURLOPT_URL, m_call.url.constData());
    set(m_easy, CURLOPT_FOLLOWLOCATION, m_call.followRedirects ? 1L : 0L);
    set(m_easy, CURLOPT_FRESH_CONNECT, 0L);
    setMethod();
    setHeaders();
    setTimeouts(0ms);
    return std::nullopt;
}

void CurlTransfer::setMethod()
{
    const QByteArray &method = m_call.method;
    m_hasBody = !m_call.body.isEmpty() || method == "POST" || method == "PUT" || method == "PATCH";
    set(m_easy, CURLOPT_HTTPGET, 1L); // also takes back NOBODY and POST of the last call
    if (m_hasBody) {
        set(m_easy, CURLOPT_POST, 1L);
        set(m_easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t{m_call.body.size()});
        set(m_easy, CURLOPT_POSTFIELDS, m_call.body.isNull() ? "" : m_call.body.constData());
    } else if (method == "HEAD") {
        set(m_easy, CURLOPT_NOBODY, 1L);
    }
    const bool implied = m_hasBody ? method == "POST" : method == "GET" || method == "HEAD";
    set(m_easy, CURLOPT_CUSTOMREQUEST, implied ? nullptr : method.constData());
}

void CurlTransfer::setHeaders()
{
    m_headerText.resize(0); // keeps its memory
    m_headerOffsets.clear();
    for (const Header &header : m_call.headers)
        addHeaderLine(header.name, header.value);
    const auto addRemoval = [this](QByteArrayView line) {
        m_headerOffsets.push_back(m_headerText.size());
        m_headerText.append(line).append('\0');
    };
    addRemoval("Expect:"); // curl would wait for "100 Continue" before a long body
    if (m_hasBody && !m_call.headers.contains("Content-Type"))
        addRemoval("Content-Type:"); // curl would call it a form

    m_headerNodes.resize(m_headerOffsets.size());
    char *text = m_headerText.data();
    for (std::size_t i = 0; i < m_headerNodes.size(); ++i) {
        m_headerNodes[i].data = text + m_headerOffsets[i];
        m_headerNodes[i].next = i + 1 < m_headerNodes.size() ? &m_headerNodes[i + 1] : nullptr;
    }
    set(m_easy, CURLOPT_HTTPHEADER, m_headerNodes.data());
}

void CurlTransfer::addHeaderLine(QByteArrayView name, QByteArrayView value)
{
    m_headerOffsets.push_back(m_headerText.size());
    m_headerText.append(name);
    if (trimmedLine(value).isEmpty())
        m_headerText.append(';'); // curl's way to send a header without value
    else
        m_headerText.append(": ").append(value);
    m_headerText.append('\0');
}

void CurlTransfer::setTimeouts(std::chrono::milliseconds spent)
{
    // 0 means "none" for the whole call, but "300 s" for connecting.
    const auto left = m_call.timeout > 0ms ? std::max(m_call.timeout - spent, 1ms) : 0ms;
    const std::chrono::milliseconds connect =
        m_call.connectTimeout > 0ms ? m_call.connectTimeout : 24h;
    set(m_easy, CURLOPT_TIMEOUT_MS, long{left.count()});
    set(m_easy, CURLOPT_CONNECTTIMEOUT_MS, long{connect.count()});
}

std::size_t CurlTransfer::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    const QByteArrayView line(data, static_cast<qsizetype>(size * count));
    return static_cast<CurlTransfer *>(self)->takeHeader(line) ? size * count : 0;
}

std::size_t CurlTransfer::onBody(char *data, std::size_t size, std::size_t count, void *self)
{
    return static_cast<CurlTransfer *>(self)->takeBody(data, size * count) ? size * count : 0;
}

int CurlTransfer::onRequest(void *self, char *peer, char *local, int peerPort, int localPort)
{
    const auto socket = OpenSockets::ofThread().find(peer, peerPort, local, localPort);
    return static_cast<CurlTransfer *>(self)->takeRequest(socket) ? CURL_PREREQFUNC_OK
                                                                  : CURL_PREREQFUNC_ABORT;
}

/// A connection is there and the request is about to be sent: at first, for each redirect, and when
/// curl itself repeats a request whose kept connection died without an answer. curl does that up
/// to five times, on other kept connections; we allow one, on a fresh one.
bool CurlTransfer::takeRequest(std::optional<curl_socket_t> socket)
{
    const auto connects = info<long>(m_easy, CURLINFO_NUM_CONNECTS);
    const bool reused = connects == m_connects;
    if (m_awaiting) {
        if (!isStale())
            return false;
        if (reused) {
            m_retryFresh = true;
            return false;
        }
        m_retried = true;
    }
    m_connects = connects;
    m_reused = reused;
    m_socket = socket;
    m_takenBefore = socket ? OpenSockets::ofThread().taken(*socket) : std::nullopt;
    m_headerBytes = 0;
    m_bodyBytes = 0;
    m_headersDone = false;
    m_awaiting = true;
    m_untaken = false;
    m_answerBegan.reset();
    m_response = {};
    ++m_requests;
    return true;
}

bool CurlTransfer::takeHeader(QByteArrayView line)
{
    m_awaiting = false;
    if (!m_answerBegan)
        m_answerBegan = steady_clock::now();
    m_headerBytes += line.size();
    if (m_headerBytes > maxHeaderBytes) {
        m_tooLarge = m_headerBytes;
        return false;
    }
    if (line.startsWith("HTTP/")) { // also after an interim answer (1xx)
        m_response.status = statusOf(line);
        m_response.headers = {};
        m_headersDone = false;
        return true;
    }
    const QByteArrayView text = trimmedLine(line);
    if (text.isEmpty()) {
        m_headersDone = true;
        return true;
    }
    const qsizetype colon = text.indexOf(':');
    if (m_headersDone || colon <= 0 || line.front() == ' ' || line.front() == '\t')
        return true; // a trailer, or the obsolete continuation of a line
    if (m_response.headers.isEmpty())
        m_response.headers.reserve(16);
    m_response.headers.add(trimmedLine(text.first(colon)).toByteArray(),
                           trimmedLine(text.sliced(colon + 1)).toByteArray());
    return true;
}

bool CurlTransfer::takeBody(const char *data, std::size_t size)
{
    QByteArray &body = m_response.body;
    const auto count = static_cast<qint64>(size);
    m_bodyBytes += count;
    const qint64 total = body.size() + count;
    if (body.isEmpty()) {
        const qint64 announced = announcedLength();
        if (announced > m_call.maxBody) {
            m_tooLarge = announced;
            body.append(data, count); // to show what it was
            return false;
        }
        if (announced > count)
            body.reserve(std::min(announced, reserveAtMost));
    }
    if (total > m_call.maxBody) {
        m_tooLarge = total;
        return false;
    }
    body.append(data, count);
    return true;
}

/// Content-Length of an answer that is not encoded, otherwise -1.
qint64 CurlTransfer::announcedLength() const
{
    if (m_response.headers.contains("Content-Encoding"))
        return -1;
    return info<curl_off_t>(m_easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
}

/// The server had closed the kept connection before our request arrived: not even its machine took
/// a byte of it. Whatever else ends a connection, code of the user may have run: no second request.
bool CurlTransfer::isStale() const
{
    return m_awaiting && m_reused && !m_retried && m_takenBefore
           && OpenSockets::ofThread().takenAtClose(*m_socket) == m_takenBefore;
}

bool CurlTransfer::wantsRetry(CURLcode code)
{
    const bool died = code == CURLE_GOT_NOTHING || code == CURLE_SEND_ERROR
                      || code == CURLE_RECV_ERROR || m_retryFresh;
    if (m_retried || m_requests == 0 || !died || (!m_retryFresh && !isStale()))
        return false;
    m_retried = true;
    m_retryFresh = false;
    m_awaiting = false;
    m_untaken = true;
    m_connects = 0; // curl counts anew
    m_error[0] = '\0';
    set(m_easy, CURLOPT_FRESH_CONNECT, 1L);
    setTimeouts(
        std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - m_started));
    return true;
}

HttpResult CurlTransfer::result(CURLcode code)
{
    if (code == CURLE_OK && !m_headersDone)
        code = CURLE_PARTIAL_FILE; // curl takes the end of the connection for the end of the header
    if (code == CURLE_ABORTED_BY_CALLBACK) {
        code = CURLE_GOT_NOTHING; // curl wanted to repeat the request, we did not
        m_error[0] = '\0';
    }
    if (code != CURLE_OK) {
        CallFailure failure = failureOf(code);
        attachArrived(failure);
        return failed(std::move(failure));
    }
    return {std::move(m_response), timings(), m_reused};
}

HttpResult CurlTransfer::failed(CallFailure failure) const
{
    return {tl::unexpected(std::move(failure)), timings(), m_reused};
}

CallFailure CurlTransfer::aborted() const
{
    return {CallFailureKind::Aborted, u"the call to "_s + place() + u" was aborted"_s};
}

void CurlTransfer::clear()
{
    m_call = {};
    m_response = {};
}

/// Whether the last hop may have got the request.
bool CurlTransfer::isSent() const
{
    const bool redirected = m_call.followRedirects && m_response.status / 100 == 3;
    return m_requests > 0 && !redirected && !m_untaken && !isStale();
}

CallFailureKind CurlTransfer::kindOf(CURLcode code) const
{
    switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_BAD_FUNCTION_ARGUMENT:
        return CallFailureKind::Protocol;
    case CURLE_OPERATION_TIMEDOUT:
        return isSent() ? CallFailureKind::TimedOut : CallFailureKind::Unreachable;
    case CURLE_RECV_ERROR:
        // 7.88 reports bad chunks with the code of a failed read; only the text tells.
        if (QByteArrayView(m_error.data()).contains("chunked-encoding"))
            return CallFailureKind::Protocol;
        break;
    default:
        break;
    }
    return isSent() ? CallFailureKind::Broken : CallFailureKind::Unreachable;
}

CallFailure CurlTransfer::failureOf(CURLcode code) const
{
    if (m_tooLarge > 0) {
        const bool isHeaders = m_headerBytes > maxHeaderBytes;
        return {CallFailureKind::TooLarge,
                u"the %1 from %2 is too large: at least %3 bytes, the limit is %4"_s
                    .arg(isHeaders ? u"header"_s : u"response"_s, place())
                    .arg(m_tooLarge)
                    .arg(isHeaders ? maxHeaderBytes : m_call.maxBody)};
    }
    const CallFailureKind kind = kindOf(code);
    const auto osError = static_cast<int>(info<long>(m_easy, CURLINFO_OS_ERRNO));
    QString why = QString::fromUtf8(m_error[0] == '\0' ? curl_easy_strerror(code) : m_error.data());
    if (code == CURLE_COULDNT_CONNECT && osError != 0)
        why = QString::fromStdString(std::generic_category().message(osError));
    switch (kind) {
    case CallFailureKind::Unreachable:
        return {kind, u"cannot reach "_s + place() + u": "_s + why};
    case CallFailureKind::Broken:
        return {kind, u"the connection to "_s + place() + u" broke: "_s + why};
    case CallFailureKind::TimedOut:
        return {kind, u"no complete answer from %1 within %2 ms"_s.arg(place()).arg(
                          m_call.timeout.count())};
    case CallFailureKind::Protocol:
    case CallFailureKind::TooLarge:
    case CallFailureKind::Aborted:
        break;
    }
    return {kind, place() + u": "_s + why};
}

/// What came of an answer that was broken off, unless it was an interim one (1xx). Takes the body.
void CurlTransfer::attachArrived(CallFailure &failure)
{
    if (failure.kind == CallFailureKind::Unreachable || !m_headersDone || m_response.status < 200)
        return;
    failure.arrived = std::move(m_response);
    failure.arrivedBytes = m_bodyBytes;
}

/// host:port of the last hop.
QString CurlTransfer::place() const
{
    const auto *effective = m_requests > 0 ? info<char *>(m_easy, CURLINFO_EFFECTIVE_URL) : nullptr;
    const QUrl url = QUrl::fromEncoded(effective ? QByteArray(effective) : m_call.url);
    if (url.host().isEmpty())
        return u"(URL without host)"_s;
    const QString host = url.host().contains(u':') ? u"[%1]"_s.arg(url.host()) : url.host();
    int usual = -1;
    if (url.scheme() == "https"_L1)
        usual = 443;
    else if (url.scheme() == "http"_L1)
        usual = 80;
    const int port = url.port(usual);
    return port < 0 ? host : u"%1:%2"_s.arg(host).arg(port);
}

HttpTimings CurlTransfer::timings() const
{
    HttpTimings result;
    result.total =
        std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - m_started);
    if (m_requests == 0)
        return result;
    const auto at = [this](CURLINFO what) {
        return std::chrono::microseconds(info<curl_off_t>(m_easy, what));
    };
    const auto span = [](auto from, auto to) { return std::max(to - from, decltype(to - from){}); };
    const auto resolved = at(CURLINFO_NAMELOOKUP_TIME_T);
    const auto connected = at(CURLINFO_CONNECT_TIME_T);
    if (!m_reused) {
        result.dns = resolved;
        result.connect = span(resolved, connected);
        result.tls = span(connected, at(CURLINFO_APPCONNECT_TIME_T));
    }
    if (m_answerBegan) {
        result.firstByte =
            std::chrono::duration_cast<std::chrono::microseconds>(*m_answerBegan - m_started);
    }
    return result;
}

} // namespace devserver::transport
