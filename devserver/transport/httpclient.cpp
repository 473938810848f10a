// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/httpclient.h"

#include "devserver/transport/curltransfer.h"
#include "devserver/transport/epollset.h"
#include "devserver/transport/log.h"

#include <QMetaObject>
#include <QPointer>
#include <QThread>

#include <algorithm>
#include <curl/multi.h>
#include <sys/epoll.h>

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace devserver::transport {

namespace {

constexpr long keptConnections = 1024;
constexpr std::size_t pooledTransfers = 128; // about 10 KB each
constexpr std::size_t sentAtOnce = 2;        // calls in flight up to which one is not gathered
constexpr auto idleAfter = 5s;

std::uint32_t epollEventsOf(int what)
{
    std::uint32_t events = 0;
    if ((what & CURL_POLL_IN) != 0)
        events |= EPOLLIN;
    if ((what & CURL_POLL_OUT) != 0)
        events |= EPOLLOUT;
    return events;
}

int curlEventsOf(std::uint32_t events)
{
    int result = 0;
    if ((events & EPOLLIN) != 0)
        result |= CURL_CSELECT_IN;
    if ((events & EPOLLOUT) != 0)
        result |= CURL_CSELECT_OUT;
    // With the error bit alone curl gives up with a send error and never reads errno.
    if ((events & (EPOLLERR | EPOLLHUP)) != 0)
        result |= CURL_CSELECT_ERR | CURL_CSELECT_IN;
    return result;
}

} // namespace

HttpClient::HttpClient(EpollSet &sockets, QObject *parent)
    : QObject(parent)
    , m_sockets(sockets)
{
    initialise();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HttpClient::timerFired);
    m_idleTimer.setInterval(idleAfter);
    connect(&m_idleTimer, &QTimer::timeout, this, &HttpClient::dropIdleConnections);
    openMulti();
}

HttpClient::~HttpClient()
{
    for (const auto &[id, active] : m_active)
        curl_multi_remove_handle(m_multi, active.transfer->easy());
    m_active.clear();
    m_pool.clear();
    closeMulti();
}

void HttpClient::initialise()
{
    static const CURLcode code = curl_global_init(CURL_GLOBAL_ALL); // the process's end cleans up
    if (code != CURLE_OK)
        qFatal("curl_global_init failed: %s", curl_easy_strerror(code));
}

void HttpClient::openMulti()
{
    m_multi = curl_multi_init();
    if (!m_multi)
        qFatal("curl_multi_init failed");
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &HttpClient::onSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &HttpClient::onTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, keptConnections);
    curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
}

void HttpClient::closeMulti()
{
    curl_multi_cleanup(m_multi);
    m_multi = nullptr;
    m_due.reset();
}

CallId HttpClient::send(HttpCall call, Callback callback)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const CallId id{++m_lastId};
    std::unique_ptr<CurlTransfer> transfer = takeTransfer();
    if (auto failure = transfer->begin(id, std::move(call))) {
        finish(id, std::move(callback), transfer->failed(*std::move(failure)));
        recycle(std::move(transfer));
        return id;
    }
    CURL *easy = transfer->easy();
    m_active.emplace(m_lastId, Active{std::move(transfer), std::move(callback)});
    if (!m_idleTimer.isActive())
        m_idleTimer.start();
    // Nothing is sent yet: curl asks onTimer for a call at once. A lone call gets it here rather
    // than after one more turn of the event loop; of many, the answers come in larger batches if
    // all are sent in one go, and each batch is one commit.
    m_isAdding = m_active.size() <= sentAtOnce;
    const CURLMcode code = curl_multi_add_handle(m_multi, easy);
    if (code != CURLM_OK)
        qFatal("curl_multi_add_handle failed: %s", curl_multi_strerror(code));
    if (std::exchange(m_isAdding, false))
        drive(CURL_SOCKET_TIMEOUT, 0);
    if (!m_finished.empty())
        kickSoon();
    return id;
}

void HttpClient::abort(CallId id)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const auto active = m_active.find(static_cast<quint64>(id));
    if (active == m_active.end()) {
        std::erase_if(m_finished, [id](const Finished &finished) { return finished.id == id; });
        return;
    }
    // What the callback captured may own anything, so it goes last.
    const Active ended = std::move(active->second);
    m_active.erase(active);
    curl_multi_remove_handle(m_multi, ended.transfer->easy());
}

void HttpClient::abortAll()
{
    Q_ASSERT(QThread::currentThread() == thread());
    std::vector<quint64> ids;
    ids.reserve(m_active.size());
    for (const auto &[id, active] : m_active)
        ids.push_back(id);
    std::sort(ids.begin(), ids.end());
    for (const quint64 id : ids) {
        auto node = m_active.extract(id);
        Active &active = node.mapped();
        curl_multi_remove_handle(m_multi, active.transfer->easy());
        finish(CallId{id}, std::move(active.callback),
               active.transfer->failed(active.transfer->aborted()));
    }
}

std::unique_ptr<CurlTransfer> HttpClient::takeTransfer()
{
    if (m_pool.empty())
        return std::make_unique<CurlTransfer>();
    std::unique_ptr<CurlTransfer> transfer = std::move(m_pool.back());
    m_pool.pop_back();
    return transfer;
}

void HttpClient::recycle(std::unique_ptr<CurlTransfer> transfer)
{
    if (m_pool.size() >= pooledTransfers)
        return;
    transfer->clear();
    m_pool.push_back(std::move(transfer));
}

void HttpClient::finish(CallId id, Callback callback, HttpResult result)
{
    m_finished.push_back({id, std::move(callback), std::move(result)});
    kickSoon();
}

void HttpClient::kickSoon()
{
    if (std::exchange(m_kickPending, true))
        return;
    QMetaObject::invokeMethod(this, &HttpClient::kick, Qt::QueuedConnection);
}

void HttpClient::kick()
{
    m_kickPending = false;
    act(CURL_SOCKET_TIMEOUT, 0);
}

int HttpClient::onTimer(void * /*multi*/, long timeoutMs, void *self)
{
    auto *client = static_cast<HttpClient *>(self);
    client->m_due.reset();
    if (timeoutMs == 0 && !client->m_isAdding)
        client->kickSoon();
    if (timeoutMs <= 0)
        return 0;
    // Under load curl moves its next deadline with every call. The timer is only ever moved to an
    // earlier time; one that fires too early looks at m_due and goes to sleep again.
    const auto wait = std::min(std::chrono::milliseconds(timeoutMs), 86'400'000ms);
    client->m_due = steady_clock::now() + wait;
    if (!client->m_timer.isActive() || client->m_timer.remainingTimeAsDuration() > wait)
        client->m_timer.start(wait);
    return 0;
}

void HttpClient::timerFired()
{
    if (!m_due)
        return;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*m_due - steady_clock::now());
    if (wait > 0ms)
        m_timer.start(wait);
    else
        act(CURL_SOCKET_TIMEOUT, 0);
}

int HttpClient::onSocket(void * /*easy*/, int fd, int what, void *self, void *watched)
{
    auto *client = static_cast<HttpClient *>(self);
    if (what == CURL_POLL_REMOVE) {
        client->m_sockets.unwatch(fd);
        return 0;
    }
    const std::uint32_t events = epollEventsOf(what);
    if (watched) {
        client->m_sockets.modify(fd, events);
        return 0;
    }
    const bool ok = client->m_sockets.watch(
        fd, events, [client, fd](std::uint32_t seen) { client->act(fd, curlEventsOf(seen)); });
    if (!ok) // the call ends by its timeout
        qCWarning(lcTransport) << "cannot watch a socket"
                               << "errno" << errno;
    curl_multi_assign(client->m_multi, fd, client); // comes back as `watched`
    return 0;
}

void HttpClient::act(int fd, int events)
{
    drive(fd, events);
    deliver();
}

void HttpClient::drive(int fd, int events)
{
    int running = 0;
    curl_multi_socket_action(m_multi, fd, events, &running);
    collect();
}

void HttpClient::collect()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg == CURLMSG_DONE)
            completed(message->easy_handle, message->data.result);
    }
}

void HttpClient::completed(void *easy, int code)
{
    CurlTransfer &transfer = CurlTransfer::of(easy);
    const auto curlCode = static_cast<CURLcode>(code);
    curl_multi_remove_handle(m_multi, easy);
    if (transfer.wantsRetry(curlCode)) {
        curl_multi_add_handle(m_multi, easy);
        return;
    }
    auto node = m_active.extract(static_cast<quint64>(transfer.id()));
    Active &active = node.mapped();
    m_finished.push_back({transfer.id(), std::move(active.callback), transfer.result(curlCode)});
    recycle(std::move(active.transfer));
}

void HttpClient::deliver()
{
    if (m_finished.empty())
        return;
    m_lastUse = steady_clock::now();
    const QPointer<HttpClient> self(this);
    while (self && !m_finished.empty()) {
        Finished finished = std::move(m_finished.front());
        m_finished.pop_front();
        finished.callback(std::move(finished.result));
    }
}

void HttpClient::dropIdleConnections()
{
    // curl looks at its kept connections only during the next call. Until then those that the
    // server closed would hold a descriptor each, so after a quiet time all of them go.
    if (!m_active.empty() || !m_finished.empty() || steady_clock::now() - m_lastUse < idleAfter)
        return;
    m_idleTimer.stop();
    m_timer.stop();
    closeMulti();
    openMulti();
}

} // namespace devserver::transport
