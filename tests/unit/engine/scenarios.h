// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/enginefixture.h"

#include <functional>
#include <vector>

namespace devserver::test {

/// What somebody does from outside: an event, a verb. Repeated if the crash took its commit.
struct Command {
    /// False: as soon as no call waits for its answer. True: when no deadline is left either.
    bool isAtRest = false;
    std::function<void(EngineFixture &)> act;
};

/// A script of an app and of its users that can be played on from any state on the disk.
struct Scenario {
    const char *name;
    engine::Options options;
    std::function<void(EngineFixture &)> prepare; ///< registers
    std::function<CallAnswer(const EngineFixture &, const CallRequest &)> app;
    std::vector<Command> commands;
};

[[nodiscard]] const std::vector<Scenario> &scenarios();

/// Plays a scenario to its end; fails the test if a recorded step is executed again.
class Player
{
public:
    Player(EngineFixture &engine, const Scenario &scenario);

    /// Until every command was given and nothing is left to do.
    void play();
    /// Crashes back to the first \a kept commits, comes back after \a downtime, plays on.
    void crashAndPlay(std::size_t kept, std::chrono::milliseconds downtime);

    /// Commits of the registration; before them there is nothing to crash.
    [[nodiscard]] std::size_t firstCommit() const { return m_firstCommit; }

    /// What must be the same however often the server died: no ids, no times.
    [[nodiscard]] QByteArray summary() const;

private:
    bool advanceOnce();
    void answerFront();

    EngineFixture &m_engine;
    const Scenario &m_scenario;
    std::size_t m_firstCommit = 0;
    std::size_t m_nextCommand = 0;
    std::vector<std::size_t> m_durableAt; ///< by command: commits after which it is on the disk
};

} // namespace devserver::test
