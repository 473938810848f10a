// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/feed.h"

namespace console {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds budget = 4ms;
constexpr std::size_t batch = 64; // small enough to look at the clock often
constexpr int fullFramesUntilOverload = 60;
constexpr std::size_t rowsOfBusyFrame = 30; // 1,800 a second; at half the pace 900
constexpr int busyFramesUntilHalf = 30;
constexpr int calmFramesUntilFull = 5; // a second, at the slow pace

std::size_t rowsIn(const devserver::api::Mail &mail)
{
    return mail.runs.size() + mail.events.size() + mail.letters.size();
}

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
    const std::chrono::steady_clock::time_point end = m_backend.steadyNow() + budget;
    const FeedNews before = m_news;
    bool isFull = true;
    std::size_t rows = 0;
    while (m_backend.steadyNow() < end) {
        devserver::api::Mail mail = next();
        if (mail.isEmpty()) {
            isFull = false;
            break;
        }
        rows += rowsIn(mail);
        if (m_isPaused && !mail.runs.empty())
            Q_EMIT runsHeld(mail.runs);
        if (m_isPaused)
            hold(mail);
        hand(mail);
    }
    noteLoad(isFull, rows);
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

void Feed::noteLoad(bool isFull, std::size_t rows)
{
    const bool wasOverloaded = isOverloaded();
    const FramePace pace = paceFor(isFull, rows);
    if (pace == m_clock.pace())
        return;
    m_clock.setPace(pace);
    m_fullFrames = m_busyFrames = m_calmFrames = 0;
    if (isOverloaded() != wasOverloaded)
        Q_EMIT overloadChanged();
}

FramePace Feed::paceFor(bool isFull, std::size_t rows)
{
    const FramePace pace = m_clock.pace();
    const bool isBusy = !isFull && rows >= rowsOfBusyFrame;
    const bool isCalm = pace == FramePace::Slow ? !isFull : !isFull && !isBusy;
    m_fullFrames = isFull ? m_fullFrames + 1 : 0;
    m_busyFrames = isBusy ? m_busyFrames + 1 : 0;
    m_calmFrames = isCalm ? m_calmFrames + 1 : 0;
    switch (pace) {
    case FramePace::Full:
        if (m_fullFrames >= fullFramesUntilOverload)
            return FramePace::Slow;
        return m_busyFrames >= busyFramesUntilHalf ? FramePace::Half : FramePace::Full;
    case FramePace::Half:
        // A frame that is too short: with more of them it may all be shown.
        return isFull || m_calmFrames >= calmFramesUntilFull ? FramePace::Full : FramePace::Half;
    case FramePace::Slow:
        return m_calmFrames >= calmFramesUntilFull ? FramePace::Full : FramePace::Slow;
    }
    Q_UNREACHABLE();
}

void Feed::hand(const devserver::api::Mail &mail)
{
    if (!mail.notices.empty()) // before what ends that which they tell of
        Q_EMIT noticed(mail.notices);
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
    if (mail.counters) {
        m_counters = mail.counters;
        Q_EMIT countersChanged(*mail.counters);
    }
}

} // namespace console
