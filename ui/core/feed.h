// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"

#include <QObject>

#include <vector>

namespace console {

class FrameClock;

/// Empties the mailbox once per frame and hands each topic to the models; stops after 4 ms and goes
/// on in the next frame (ui.md §4.1). GUI thread.
class Feed final : public QObject
{
    Q_OBJECT

public:
    Feed(devserver::api::ConsoleBackend &backend, FrameClock &clock, QObject *parent = nullptr);
    ~Feed() override;
    Q_DISABLE_COPY_MOVE(Feed)

    /// While paused, mail stays in the box (it merges there) and only counters are taken.
    void setPaused(bool isPaused);

    [[nodiscard]] bool isPaused() const { return m_isPaused; }

Q_SIGNALS:
    // Each with at least one entry, every key once.
    void runsChanged(const std::vector<devserver::api::RunSummary> &runs);
    void eventsChanged(const std::vector<devserver::api::EventSummary> &events);
    void lettersChanged(const std::vector<devserver::api::LetterSummary> &letters);
    void appsChanged(const std::vector<devserver::AppChanged> &apps);
    void functionsChanged(const std::vector<devserver::FunctionChanged> &functions);
    void bulksChanged(const std::vector<devserver::Bulk> &bulks);
    void noticed(const std::vector<devserver::Notice> &notices);
    void countersChanged(const devserver::api::Counters &counters);
    void pausedChanged();

private:
    void drain();
    void hand(const devserver::api::Mail &mail);

    devserver::api::ConsoleBackend &m_backend;
    FrameClock &m_clock;
    bool m_isPaused = false;
};

} // namespace console
