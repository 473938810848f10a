// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/sendqueue.h"

#include <algorithm>
#include <cmath>

namespace console {

using devserver::api::Sent;

namespace {

constexpr std::chrono::milliseconds beat{20};

} // namespace

SendQueue::SendQueue(devserver::api::ConsoleBackend &backend, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
{
    m_timer.setInterval(beat);
    connect(&m_timer, &QTimer::timeout, this, &SendQueue::work);
}

void SendQueue::start(Order order)
{
    Q_ASSERT(!m_isRunning);
    m_order = std::move(order);
    m_begin = m_backend.steadyNow();
    m_released = 1;
    m_sent = 0;
    m_done = 0;
    m_failed = 0;
    m_isRunning = true;
    m_isStopped = false;
    if (m_order.copies > 1 && !m_order.isOneByOne)
        m_timer.start();
    work();
}

void SendQueue::goOn()
{
    if (!m_isRunning || !m_order.isOneByOne)
        return;
    m_released = m_sent + 1;
    work();
}

void SendQueue::stop()
{
    if (!m_isRunning)
        return;
    m_isStopped = true;
    m_timer.stop();
    if (m_done == m_sent) {
        m_isRunning = false;
        Q_EMIT finished(m_done, m_failed);
    }
}

void SendQueue::work()
{
    int due = m_order.copies;
    if (m_order.isOneByOne) {
        due = std::min(due, m_released);
    } else if (m_order.perSecond > 0) {
        const double seconds =
            std::chrono::duration<double>(m_backend.steadyNow() - m_begin).count();
        // The first one at once, the next one a whole interval later.
        due = std::min(due, static_cast<int>(std::floor(seconds * m_order.perSecond + 1e-6)) + 1);
    }
    while (!m_isStopped && m_sent < due && m_sent - m_done < mostUnderWay)
        sendNext();
    if (m_sent >= m_order.copies)
        m_timer.stop();
}

void SendQueue::sendNext()
{
    ++m_sent;
    devserver::api::Reply *reply = m_order.send(m_sent);
    devserver::api::then<Sent>(
        reply, this,
        [this](const Sent &answer) {
            Q_EMIT sent(answer.events);
            settle(false);
        },
        [this](const devserver::Error &error) {
            if (m_failed == 0)
                Q_EMIT refused(error);
            m_isStopped = true;
            m_timer.stop();
            settle(true);
        });
}

void SendQueue::settle(bool isFailed)
{
    ++m_done;
    m_failed += isFailed ? 1 : 0;
    Q_EMIT progressed(m_done, m_failed);
    if (m_done == m_sent && (m_isStopped || m_sent == m_order.copies)) {
        m_isRunning = false;
        m_timer.stop();
        Q_EMIT finished(m_done, m_failed);
    } else if (m_order.perSecond <= 0) {
        work(); // there is room under way again
    }
}

} // namespace console
