// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/eventsummaries.h"
#include "devserver/api/summaries.h"
#include "ui/core/place.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

/// What the inspector shows of its subject (ui.md §8), taken from one snapshot.
namespace console {

using RunRecordPtr = std::shared_ptr<const devserver::api::RunRecord>;
using EventRecordPtr = std::shared_ptr<const devserver::api::EventRecord>;

struct Inspection {
    Selection subject;
    RunRecordPtr run;     ///< null until it is known
    EventRecordPtr event; ///< of an event
    std::optional<devserver::Function> function;
    std::optional<devserver::App> app;

    [[nodiscard]] bool isOfRun() const;
    [[nodiscard]] bool isOfStep() const; ///< or of an attempt
    /// Of the run or of the step, by time; pointers into the record.
    [[nodiscard]] std::vector<const devserver::Attempt *> attempts() const;
    /// The selected one, else the newest one; null if there is none.
    [[nodiscard]] const devserver::Attempt *attempt() const;
    /// What a run as a whole failed at: the last attempt of that step, which the function body is
    /// only told of; null if it did not fail.
    [[nodiscard]] const devserver::Attempt *failedAttempt() const;
    /// If the run as a whole is meant and was cancelled while it was tried again.
    [[nodiscard]] bool isCancelledWhileTried() const;
    /// Whether it was the last one because the attempts are used up: its own, or those of the step
    /// whose error it passes on. An SDK says `no retry` with the last attempt of every kind.
    [[nodiscard]] bool isUsedUp(const devserver::Attempt &attempt) const;
    /// The job that waits for the next attempt of it, or works on it; null if there is none.
    [[nodiscard]] const devserver::Job *job() const;
    /// Result of the step: the live memo, else the newest one.
    [[nodiscard]] const devserver::Memo *memo() const;
    /// What the Error tab shows: of the attempt, else of the run.
    [[nodiscard]] devserver::RawJson error() const;
    /// Result of the step or of the run; or of the attempt, if one is selected.
    [[nodiscard]] QByteArray output() const;
    /// Name of the step, of the function, of the event.
    [[nodiscard]] QString title() const;
    /// Fingerprint of its dead letter; empty if it never failed.
    [[nodiscard]] QByteArray fingerprint() const;

private:
    /// The newest one that is not under way: what it failed with counts until the next one is back.
    [[nodiscard]] const devserver::Attempt *lastAnswered() const;
};

/// What a cancelled run was tried again after, as the list shows it: its last attempt that failed,
/// unless the same job went well or failed for good later. Null if there is none.
[[nodiscard]] const devserver::Attempt *triedBeforeCancel(const devserver::api::RunRecord &record);

/// The stored records of the subject, as JSON for a bug report. Cost: copies them.
[[nodiscard]] QByteArray storedRecords(const Inspection &inspection);

} // namespace console
