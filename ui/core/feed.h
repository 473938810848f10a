// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "ui/core/frameclock.h"

#include <QObject>

#include <optional>
#include <set>
#include <vector>

namespace console {

/// What was held back since the lists were paused.
struct FeedNews {
    std::size_t runs = 0; ///< queued since then; others only changed
    std::size_t events = 0;
    std::size_t letters = 0;

    bool operator==(const FeedNews &) const = default;
};

/// Empties the mailbox once per frame and hands each topic to the models; stops after 4 ms and goes
/// on in the next frame (ui.md §4.1, §4.4). While much comes in, frames are rarer: nobody can read
/// so fast, and the time is needed for the work that is being watched. GUI thread.
class Feed final : public QObject
{
    Q_OBJECT

public:
    Feed(devserver::api::ConsoleBackend &backend, FrameClock &clock, QObject *parent = nullptr);
    ~Feed() override;
    Q_DISABLE_COPY_MOVE(Feed)

    /// While paused, runs, events and letters are held back (their changes merge) and counted;
    /// everything else goes on. Afterwards they are handed out.
    void setPaused(bool isPaused);

    [[nodiscard]] bool isPaused() const { return m_isPaused; }

    [[nodiscard]] const FeedNews &news() const { return m_news; }

    /// The last ones that came.
    [[nodiscard]] const std::optional<devserver::api::Counters> &counters() const
    {
        return m_counters;
    }

    /// The frames were too short for what came in, 60 of them in a row: there are 5 per second
    /// until it is less again.
    [[nodiscard]] bool isOverloaded() const { return m_clock.pace() == FramePace::Slow; }

Q_SIGNALS:
    // Each with at least one entry, every key once.
    void runsChanged(const std::vector<devserver::api::RunSummary> &runs);
    /// While paused, as they come: they are told again by runsChanged when they are handed out.
    void runsHeld(const std::vector<devserver::api::RunSummary> &runs);
    void eventsChanged(const std::vector<devserver::api::EventSummary> &events);
    void lettersChanged(const std::vector<devserver::api::LetterSummary> &letters);
    void appsChanged(const std::vector<devserver::AppChanged> &apps);
    void functionsChanged(const std::vector<devserver::FunctionChanged> &functions);
    void bulksChanged(const std::vector<devserver::Bulk> &bulks);
    void noticed(const std::vector<devserver::Notice> &notices);
    void countersChanged(const devserver::api::Counters &counters);
    void pausedChanged();
    /// At most once per frame.
    void newsChanged();
    void overloadChanged();

private:
    void drain();
    [[nodiscard]] devserver::api::Mail next();
    void hand(const devserver::api::Mail &mail);
    void hold(devserver::api::Mail &mail);
    void noteLoad(bool isFull, std::size_t rows);
    [[nodiscard]] FramePace paceFor(bool isFull, std::size_t rows);

    devserver::api::ConsoleBackend &m_backend;
    FrameClock &m_clock;
    devserver::api::Letterbox<devserver::RunId, devserver::api::RunSummary> m_runs;
    devserver::api::Letterbox<devserver::EventId, devserver::api::EventSummary> m_events;
    devserver::api::Letterbox<devserver::RunId, devserver::api::LetterSummary> m_letters;
    std::set<devserver::RunId> m_newRuns;
    devserver::TimePoint m_pausedAt = {};
    FeedNews m_news;
    std::optional<devserver::api::Counters> m_counters;
    int m_fullFrames = 0; ///< in a row, like the next two
    int m_busyFrames = 0;
    int m_calmFrames = 0;
    bool m_isPaused = false;
};

} // namespace console
