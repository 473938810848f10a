// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/stallwatch.h"

#include <QLoggingCategory>

#include <algorithm>

namespace console {

using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcStall, "console.ui.stall")

constexpr auto betweenQuestions = 25ms;
constexpr auto stall = 50ms;

struct LastAction {
    std::mutex mutex;
    QByteArray id;
};

LastAction &lastAction()
{
    static LastAction last;
    return last;
}

} // namespace

GuiStallWatch::GuiStallWatch(QObject *parent)
    : QObject(parent)
    , m_thread([this] { watch(); })
{}

GuiStallWatch::~GuiStallWatch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

std::chrono::milliseconds GuiStallWatch::worst() const
{
    const std::lock_guard lock(m_mutex);
    return m_worst;
}

void GuiStallWatch::note(const QByteArray &action)
{
    LastAction &last = lastAction();
    const std::lock_guard lock(last.mutex);
    last.id = action;
}

void GuiStallWatch::answer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isAnswered = true;
    }
    m_changed.notify_all();
}

void GuiStallWatch::watch()
{
    std::unique_lock lock(m_mutex);
    while (!m_isEnding) {
        const auto asked = std::chrono::steady_clock::now();
        m_isAnswered = false;
        lock.unlock();
        QMetaObject::invokeMethod(this, &GuiStallWatch::answer, Qt::QueuedConnection);
        lock.lock();
        m_changed.wait(lock, [this] { return m_isAnswered || m_isEnding; });
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - asked);
        m_worst = std::max(m_worst, took);
        if (took > stall && !m_isEnding) {
            LastAction &last = lastAction();
            const std::lock_guard actionLock(last.mutex);
            qCWarning(lcStall) << "the window stood still"
                               << "ms" << took.count() << "after" << last.id;
        }
        m_changed.wait_for(lock, betweenQuestions, [this] { return m_isEnding; });
    }
}

} // namespace console
