// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/workthread.h"

namespace devserver::store {

WorkThread::WorkThread(const QString &name, std::function<void()> idle,
                       std::chrono::milliseconds idleAfter)
    : m_idle(std::move(idle))
    , m_idleAfter(idleAfter)
    , m_thread(QThread::create([this] { loop(); }))
{
    m_thread->setObjectName(name);
    m_thread->start();
}

WorkThread::~WorkThread()
{
    stop();
}

bool WorkThread::post(std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return false;
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
    return true;
}

void WorkThread::stop(std::function<void()> last)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return;
        m_stopping = true;
        if (last)
            m_tasks.push_back(std::move(last));
    }
    m_wake.notify_one();
    m_thread->wait();
}

void WorkThread::loop()
{
    while (const std::function<void()> task = take())
        task();
}

std::function<void()> WorkThread::take()
{
    std::unique_lock lock(m_mutex);
    const auto hasWork = [this] { return m_stopping || !m_tasks.empty(); };
    if (m_idle && !m_idleDone && !m_wake.wait_for(lock, m_idleAfter, hasWork)) {
        m_idleDone = true;
        return m_idle;
    }
    m_wake.wait(lock, hasWork);
    if (m_tasks.empty())
        return {};
    std::function<void()> task = std::move(m_tasks.front());
    m_tasks.pop_front();
    m_idleDone = false;
    return task;
}

} // namespace devserver::store
