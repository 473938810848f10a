// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"
#include "devserver/model/function.h"

#include <QByteArray>
#include <QByteArrayList>

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace devserver::tests {

/// Drives one run of a C++ function as the engine does, without clock and store: calls it, applies
/// what it answers, calls it again, until it has ended. Sleeps and backoffs take no time.
class Driver
{
public:
    using Runner = std::function<CallAnswer(const CallRequest &)>;

    Driver(Registration registration, Runner runner);

    /// Starts a run and follows it to its end.
    Driver &run(const QByteArray &slug, const QByteArray &data = "{}",
                const QByteArray &event = "test/event");

    /// One line for each answer: `StepRun a`, `StepPlanned a, Sleep b`, `result 5`, `error Error:
    /// …`.
    QByteArrayList log;
    std::optional<QByteArray> output; ///< of a run that completed
    QByteArray error;                 ///< of a run that failed
    std::vector<CallAnswer> answers;
    std::vector<CallRequest> requests;

private:
    struct Job {
        StepId step;
        int attempt = 0;
        bool isSleep = false;
        QByteArray name;
    };

    void perform(const Job &job);
    void apply(const Job &job, const CallAnswer &answer, const StepOp &op);
    void save(const StepId &step, MemoKind kind, const QByteArray &name, const QByteArray &json);
    void retryOrFail(const Job &job, const CallAnswer &answer, const AnswerError &failure);
    [[nodiscard]] bool mayRetry(const Job &job, const CallAnswer &answer) const;

    Registration m_registration;
    Runner m_runner;
    CallRequest m_base;
    std::deque<Job> m_jobs;
    std::vector<StepId> m_pending;
    int m_retries = 4;
};

} // namespace devserver::tests
