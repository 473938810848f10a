// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/feed.h"

#include "ui/core/frameclock.h"

#include <QElapsedTimer>

namespace console {

namespace {

constexpr qint64 budgetNs = 4'000'000;
constexpr std::size_t batch = 64; // small enough to look at the clock often

} // namespace

Feed::Feed(devserver::api::ConsoleBackend &backend, FrameClock &clock, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_clock(clock)
{
    connect(&clock, &FrameClock::frame, this, &Feed::drain);
    backend.mailbox().setBell([&clock] { clock.request(); });
    clock.request();
}

Feed::~Feed()
{
    m_backend.mailbox().setBell({});
}

void Feed::setPaused(bool isPaused)
{
    if (m_isPaused == isPaused)
        return;
    m_isPaused = isPaused;
    Q_EMIT pausedChanged();
    if (!isPaused)
        m_clock.request();
}

void Feed::drain()
{
    if (m_isPaused)
        return;
    QElapsedTimer spent;
    spent.start();
    while (spent.nsecsElapsed() < budgetNs) {
        const devserver::api::Mail mail = m_backend.mailbox().take(batch);
        if (mail.isEmpty())
            return;
        hand(mail);
    }
    if (!m_backend.mailbox().isEmpty())
        m_clock.request();
}

void Feed::hand(const devserver::api::Mail &mail)
{
    if (!mail.apps.empty())
        Q_EMIT appsChanged(mail.apps);
    if (!mail.functions.empty())
        Q_EMIT functionsChanged(mail.functions);
    if (!mail.events.empty())
        Q_EMIT eventsChanged(mail.events);
    if (!mail.runs.empty())
        Q_EMIT runsChanged(mail.runs);
    if (!mail.letters.empty())
        Q_EMIT lettersChanged(mail.letters);
    if (!mail.bulks.empty())
        Q_EMIT bulksChanged(mail.bulks);
    if (!mail.notices.empty())
        Q_EMIT noticed(mail.notices);
    if (mail.counters)
        Q_EMIT countersChanged(*mail.counters);
}

} // namespace console
