// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QByteArrayList>

#include <chrono>

namespace console::test {

/// Tells what happened to a run and makes the record that the engine would have written of it
/// (semantics §1.6). Each call happens now; `pass` lets time go by.
class RunStory
{
public:
    using Ms = std::chrono::milliseconds;

    explicit RunStory(int number = 1, const QByteArray &function = "charge-order");

    RunStory &pass(Ms by);
    RunStory &start();
    /// One call that runs the step and reports its result.
    RunStory &step(const QByteArray &name, Ms took);
    /// An attempt of the step that fails; the next one is due after \a backoff. Its job stays the
    /// same until `step` or `failForGood` ends it.
    RunStory &failAttempt(const QByteArray &name, Ms took, Ms backoff);
    RunStory &failForGood(const QByteArray &name, Ms took);
    /// A call in which the code between the steps throws.
    RunStory &failBody(Ms took);
    /// A call that found no app; repeated by the next attempt of the same name.
    RunStory &offline(const QByteArray &name);
    /// A call that breaks off in the midst of a step: the next call of the
    /// same name is for the same job.
    RunStory &breakOff(const QByteArray &name, devserver::AttemptOutcome outcome, Ms took);
    /// Plans them with one call and runs them side by side.
    RunStory &parallel(const QByteArrayList &names, Ms took);
    RunStory &plan(const QByteArrayList &names);
    RunStory &beginSleep(const QByteArray &name, Ms length);
    /// Side by side.
    RunStory &beginSleeps(const QByteArrayList &names, Ms length);
    RunStory &endSleep(const QByteArray &name, bool isByHand = false);
    /// Sends a call for a planned step that is not answered yet.
    RunStory &sendStep(const QByteArray &name);
    RunStory &complete();
    RunStory &fail();
    RunStory &resume();
    RunStory &cancel();
    /// After a restart: calls are made again, or without any it had no pending work.
    /// \param cause  as the engine names it; empty as in old records
    RunStory &recover(const QByteArray &cause, int calls = 0, int keptSteps = 0);

    [[nodiscard]] devserver::TimePoint now() const { return m_now; }

    /// Of a live run: with the jobs that it waits for now.
    [[nodiscard]] devserver::api::RunRecord record() const;

    [[nodiscard]] static devserver::StepId idOf(const QByteArray &name);

private:
    void note(devserver::TimelineType type, const devserver::StepId &step, int attempt,
              const QByteArray &payload);
    devserver::Attempt &send(const QByteArray &jobCause, devserver::JobKind kind,
                             const QByteArray &step);
    void finish(devserver::Attempt &attempt, devserver::AttemptOutcome outcome,
                const QByteArray &step, const QByteArray &error = {});
    void memo(const QByteArray &name, devserver::MemoKind kind, int attempts);
    void discover();
    void end(devserver::RunStatus status, devserver::TimelineType type, const QByteArray &payload);

    devserver::api::RunRecord m_record;
    devserver::TimePoint m_now;
    devserver::UlidSource m_ids{7};
    QByteArray m_failing; ///< step whose job is tried again
    int m_attempt = 0;
    int m_jobs = 0;
    std::vector<devserver::Job> m_live;
};

} // namespace console::test
