// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/engine.h"
#include "tests/support/answers.h"
#include "tests/support/memorydisk.h"
#include "tests/support/outcometext.h"

#include <QByteArray>
#include <QByteArrayList>

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace devserver::test {

/// How a function registers; its first trigger is the event with the name of its slug.
struct FunctionOptions {
    int retries = 4;
    QByteArray app = "shop";
    QByteArray event;      ///< instead of the slug
    QByteArray expression; ///< `if` of the trigger
    QByteArrayList notEnforced;
};

/// The engine with a fake clock, counted ids and a disk in memory.
///
/// After every step the rows are compared with the engine's memory and checked against the rules
/// of semantics §10.3; at the end all steps are replayed and must give the same outcomes, byte for
/// byte. Either fails the test.
class EngineFixture
{
public:
    explicit EngineFixture(engine::Options options = {});
    ~EngineFixture();
    Q_DISABLE_COPY_MOVE(EngineFixture)

    // time
    [[nodiscard]] TimePoint now() const { return m_now; }

    [[nodiscard]] std::optional<TimePoint> wakeAt() const { return m_wakeAt; }

    /// Rings the alarm at every deadline on the way.
    void advance(std::chrono::milliseconds duration);
    /// Until no deadline is left, or a call waits for its answer.
    void advanceToNextCall();

    void setClock(TimePoint now) { m_now = now; }

    // inputs
    engine::Outcome step(std::vector<engine::Input> inputs);
    /// Adds or replaces one function and syncs its app.
    FunctionId registerFunction(const QByteArray &slug, const FunctionOptions &options = {});
    void unregisterFunction(const QByteArray &slug, const QByteArray &app = "shop");
    engine::Outcome syncApp(const QByteArray &app);
    [[nodiscard]] AppId appId(const QByteArray &app = "shop") const;
    EventId send(EventDraft draft);
    EventId send(const QByteArray &name);
    /// Sends the event and returns the one run that it starts.
    RunId start(const QByteArray &slug);
    /// "done", or the kind of error: "Conflict", "NotFound".
    QByteArray obey(Verb verb);
    /// What the last refusal said; empty if there was none.
    [[nodiscard]] QByteArray refusal() const;
    /// Starts a bulk retry that must not be refused.
    BulkId startBulk(BulkPlan plan);

    [[nodiscard]] const engine::Reply &lastReply() const { return m_lastReply; }

    // calls
    /// All that were ever sent, in order.
    [[nodiscard]] const std::vector<CallRequest> &calls() const { return m_calls; }

    [[nodiscard]] std::vector<CallRequest> openCalls() const;
    /// The oldest open call of the run, or the one that targets this step.
    [[nodiscard]] CallRequest openCall(RunId run, const StepId &step = {}) const;
    engine::Outcome answer(const CallRequest &call, CallAnswer answer);
    engine::Outcome answer(RunId run, CallAnswer given);
    engine::Outcome answerStep(RunId run, const StepId &step, CallAnswer given);

    /// Probes that wait for their answer.
    [[nodiscard]] std::vector<engine::ProbeApp> probes() const { return m_probes; }

    void answerProbe(bool isReachable);

    // crash
    /// Number of commits so far.
    [[nodiscard]] std::size_t commits() const { return m_commits.size(); }

    /// The server dies and comes back: only the first \a kept commits are on the disk.
    void crash(std::size_t kept, std::chrono::milliseconds downtime = {},
               engine::RestoreCause cause = engine::RestoreCause::Restart);

    /// Dies with everything committed.
    void crash(std::chrono::milliseconds downtime = {}) { crash(m_commits.size(), downtime); }

    /// A commit failed and was given up: work goes on from what is stored.
    void reload() { crash(m_commits.size(), {}, engine::RestoreCause::Disk); }

    /// Dies, and the disk has lost the row of this job: what must never happen.
    void crashWithout(const JobId &job);

    /// Options of the next life.
    void setOptions(const engine::Options &options) { m_options = options; }

    // rows
    [[nodiscard]] const MemoryDisk &disk() const { return m_disk; }

    [[nodiscard]] const engine::State &state() const { return m_engine->state(); }

    [[nodiscard]] Run run(RunId id) const { return m_disk.runs.at(id); }

    [[nodiscard]] QByteArray status(RunId id) const { return toName(run(id).status); }

    /// `run.scheduled run.started attempt.started:0 …`
    [[nodiscard]] QByteArray timeline(RunId id) const;
    /// `a={"data":1} nap=null`, those that a resume dropped left out.
    [[nodiscard]] QByteArray memos(RunId id) const;
    /// `0:retryable_error 1:ok`, in the order in which they were sent.
    [[nodiscard]] QByteArray attempts(RunId id, const StepId &step = {}) const;
    /// `open attempts_exhausted cycle 0`, or `none`.
    [[nodiscard]] QByteArray letter(RunId id) const;
    /// Ids of the stored events of this name.
    [[nodiscard]] QByteArrayList events(const QByteArray &name) const;
    [[nodiscard]] std::vector<RunId> runsOf(const QByteArray &slug) const;

    /// What the window was told last about this run.
    [[nodiscard]] const RunChanged &shown(RunId id) const { return m_shown.at(id); }

    /// `running waiting 2 retrying 1 …`, numbers that are zero left out.
    [[nodiscard]] QByteArray bulk(BulkId id) const;
    /// States of the items of a bulk, in the order of the plan.
    [[nodiscard]] QByteArray bulkItems(BulkId id) const;

    /// What all notices said since the start.
    [[nodiscard]] const QByteArrayList &notices() const { return m_notices; }

    /// All outcomes so far, as text with real ids.
    [[nodiscard]] QByteArray log() const;

    /// How often each row of the table was taken, in all lives.
    [[nodiscard]] const engine::TransitionCounts &transitions() const { return m_transitions; }

private:
    struct Life {
        engine::Options options;
        Snapshot snapshot;
    };

    struct Step {
        std::optional<Life> life; ///< the engine was built anew before this step
        TimePoint now;
        std::vector<engine::Input> inputs;
        Recalled recalled;
        QByteArray outcome;
    };

    void take(const engine::Outcome &outcome);
    void begin(const Snapshot &snapshot);
    void dropConnections();
    void countTransitions();
    void replay() const;

    engine::Options m_options;
    std::optional<engine::Engine> m_engine;
    TimePoint m_now = startTime;
    std::optional<TimePoint> m_wakeAt;
    MemoryDisk m_disk;
    std::vector<std::pair<TimePoint, Writes>> m_commits;
    std::vector<Step> m_steps;
    std::optional<Life> m_fresh;
    std::map<QByteArray, std::vector<FunctionConfig>> m_functions; ///< by app
    int m_syncs = 0;
    engine::ReplyToken m_token = 0;
    engine::Reply m_lastReply;
    std::vector<CallRequest> m_calls;
    std::size_t m_firstOpen = 0; ///< calls before this one were lost in a crash
    std::set<RequestId> m_answered;
    std::vector<engine::ProbeApp> m_probes;
    std::map<RunId, RunChanged> m_shown;
    QByteArrayList m_notices;
    engine::TransitionCounts m_transitions{};
    engine::TransitionCounts m_seen{}; ///< of the current life
};

} // namespace devserver::test
