// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/engine.h"
#include "devserver/host/alarm.h"
#include "devserver/host/taskscope.h"
#include "devserver/model/clock.h"
#include "devserver/model/result.h"
#include "devserver/store/store.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace devserver::host {

/// Drives the engine: takes what has arrived, lets the engine step, commits, and only then acts
/// (style.md 2.2). What arrives during a commit is the next batch, so commits group by themselves.
///
/// Lives on the engine thread; `post` is called there.
class Pump final : public QObject
{
    Q_OBJECT

public:
    /// Where outcomes go after their commit.
    struct Outlets {
        std::function<void(engine::Action)> perform;
        std::function<void(std::vector<Change>)> publish;
        /// Calls in flight must be forgotten: the state was dropped (see `failed`).
        std::function<void()> abandonCalls;
    };

    Pump(engine::Options options, store::Store &store, const Clock &clock, Outlets outlets,
         QObject *parent = nullptr);
    ~Pump() override;

    /// Builds the engine from what was read; the first step repairs what a crash left (semantics
    /// §10.3).
    void restore(const Snapshot &snapshot,
                 engine::RestoreCause cause = engine::RestoreCause::Restart);
    void post(engine::Input input);

    /// No commit is under way, the disk is not being read again, and nothing waits.
    [[nodiscard]] bool isIdle() const { return m_scope.live() == 0 && m_inbox.empty(); }

    /// The disk is full, or another program writes to the file: new events are refused until that
    /// is over (semantics §10.7/13).
    [[nodiscard]] bool isPaused() const { return m_isPaused; }

    /// Why, as whoever asks is told; until something is stored again, and so also while that is
    /// tried.
    [[nodiscard]] const std::optional<Error> &pause() const { return m_pause; }

Q_SIGNALS:
    /// It is about to be idle: `isIdle` says so from the next turn of the event loop on.
    void idle();
    /// A commit failed for good: the server must stop (style.md 2.8).
    void failed(const devserver::Error &error);
    /// `pause` is another one.
    void pauseChanged();
    /// The disk has room again; what was posted meanwhile was refused.
    void reloaded();

private:
    QCoro::Task<> run();
    QCoro::Task<> commitBatch(std::vector<engine::Input> batch);
    QCoro::Task<> reload();
    void takeUp(const Snapshot &snapshot);
    void refuse(const engine::Input &input, const Error &error);
    void commitFailed(const Error &error);
    void beginPause(const Error &error);
    void endPause();
    void act(engine::Outcome outcome);

    engine::Options m_options;
    store::Store &m_store;
    const Clock &m_clock;
    Outlets m_outlets;
    std::unique_ptr<engine::Engine> m_engine;
    std::vector<engine::Input> m_inbox;
    std::vector<engine::ReplyToken> m_asking;     ///< who waits for the batch that is under way
    std::optional<engine::RestoreCause> m_untold; ///< why it was restored, until that is stored
    Alarm m_alarm;
    QTimer m_retryDisk;
    TaskScope m_scope;
    bool m_isRunning = false;
    bool m_isPaused = false;
    bool m_hasFailed = false;
    Error m_failure; ///< why it is paused or has failed
    std::optional<Error> m_pause;
};

} // namespace devserver::host
