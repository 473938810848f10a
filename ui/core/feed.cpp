// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/feed.h"

#include "ui/core/frameclock.h"

#include <QElapsedTimer>

namespace console {

namespace {

constexpr qint64 budgetNs = 4'000'000;
constexpr std::size_t batch = 64; // small enough to look at the clock often
constexpr int fullFramesUntilOverload = 60;
constexpr int calmFramesUntilNormal = 5; // a second, at that rate

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
    m_pausedAt = m_backend.now();
    m_newRuns.clear();
    m_news = {};
    Q_EMIT pausedChanged();
    if (!isPaused)
        m_clock.request();
}

void Feed::drain()
{
    QElapsedTimer spent;
    spent.start();
    const FeedNews before = m_news;
    bool isFull = true;
    while (spent.nsecsElapsed() < budgetNs) {
        devserver::api::Mail mail = next();
        if (mail.isEmpty()) {
            isFull = false;
            break;
        }
        if (m_isPaused)
            hold(mail);
        hand(mail);
    }
    noteLoad(isFull);
    if (m_news != before)
        Q_EMIT newsChanged();
    if (isFull)
        m_clock.request(); // also for what was held: the box does not ring for it
}

/// What was held first, it is older.
devserver::api::Mail Feed::next()
{
    devserver::api::Mail mail;
    if (!m_isPaused) {
        mail.runs = m_runs.take(batch);
        mail.events = m_events.take(batch);
        mail.letters = m_letters.take(batch);
    }
    return mail.isEmpty() ? m_backend.mailbox().take(batch) : mail;
}

void Feed::hold(devserver::api::Mail &mail)
{
    for (devserver::api::RunSummary &run : mail.runs) {
        if (run.queuedAt >= m_pausedAt)
            m_newRuns.insert(run.id);
        m_runs.put(run.id, std::move(run));
    }
    for (devserver::api::EventSummary &event : mail.events)
        m_events.put(event.internalId, std::move(event));
    for (devserver::api::LetterSummary &letter : mail.letters)
        m_letters.put(letter.run, std::move(letter));
    mail.runs.clear();
    mail.events.clear();
    mail.letters.clear();
    m_news = {.runs = m_newRuns.size(), .events = m_events.size(), .letters = m_letters.size()};
}

void Feed::noteLoad(bool isFull)
{
    m_fullFrames = isFull ? m_fullFrames + 1 : 0;
    m_calmFrames = isFull ? 0 : m_calmFrames + 1;
    const bool isOverloaded = m_isOverloaded ? m_calmFrames < calmFramesUntilNormal
                                             : m_fullFrames >= fullFramesUntilOverload;
    if (isOverloaded == m_isOverloaded)
        return;
    m_isOverloaded = isOverloaded;
    m_clock.setOverloaded(isOverloaded);
    Q_EMIT overloadChanged();
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
    if (mail.counters) {
        m_counters = mail.counters;
        Q_EMIT countersChanged(*mail.counters);
    }
}

} // namespace console
