// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 9, call, for functions in this process.

#include "devserver/transport/inprocesscaller.h"

#include <QElapsedTimer>

#include <atomic>
#include <mutex>
#include <tuple>
#include <utility>

namespace devserver::transport {

namespace {

/// For functions that are about to return: their threads are joined then.
constexpr int lastMomentMs = 50;

std::atomic<int> running = 0;

CallAnswer timed(const FunctionRunner &runner, const CallRequest &request)
{
    QElapsedTimer timer;
    timer.start();
    CallAnswer answer = runner(request);
    answer.timing.total = std::chrono::microseconds(timer.nsecsElapsed() / 1000);
    return answer;
}

} // namespace

/// How the workers reach their caller, as long as it is there.
class InProcessCaller::Link
{
public:
    explicit Link(InProcessCaller *caller)
        : m_caller(caller)
    {}

    void post(quint64 call, CallAnswer answer)
    {
        const std::lock_guard lock(m_mutex);
        if (m_caller == nullptr)
            return;
        QMetaObject::invokeMethod(
            m_caller,
            [caller = m_caller, call, answer = std::move(answer)]() mutable {
                caller->finish(call, std::move(answer));
            },
            Qt::QueuedConnection);
    }

    void cut()
    {
        const std::lock_guard lock(m_mutex);
        m_caller = nullptr;
    }

private:
    std::mutex m_mutex; // guards the next one
    InProcessCaller *m_caller;
};

InProcessCaller::InProcessCaller(FunctionRunner runner, QObject *parent)
    : QObject(parent)
    , m_runner(std::move(runner))
    , m_link(std::make_shared<Link>(this))
    , m_workers(std::make_unique<QThreadPool>())
{
    // A function may block in a step; it must not keep the others from running.
    m_workers->setMaxThreadCount(16);
}

InProcessCaller::~InProcessCaller()
{
    m_link->cut();
    m_workers->clear();
    // A pool waits for its threads when it is destroyed: it stays with those that still run.
    if (!m_workers->waitForDone(lastMomentMs))
        std::ignore = m_workers.release();
}

void InProcessCaller::call(CallRequest request, Done done)
{
    const quint64 call = ++m_lastCall;
    m_calls.emplace(call, std::move(done));
    m_workers->start([link = m_link, runner = m_runner, call, request = std::move(request)] {
        ++running;
        CallAnswer answer = timed(runner, request);
        --running;
        link->post(call, std::move(answer));
    });
}

void InProcessCaller::abortAll()
{
    m_workers->clear();
    for (const auto &[call, done] : m_calls) {
        QMetaObject::invokeMethod(
            this,
            [this, call = call] {
                CallAnswer aborted;
                aborted.outcome = CallAborted{};
                finish(call, std::move(aborted));
            },
            Qt::QueuedConnection);
    }
}

void InProcessCaller::finish(quint64 call, CallAnswer answer)
{
    const auto found = m_calls.extract(call);
    if (!found.empty()) // else it was given up
        found.mapped()(std::move(answer));
}

bool InProcessCaller::isAnyRunning()
{
    return running > 0;
}

} // namespace devserver::transport
