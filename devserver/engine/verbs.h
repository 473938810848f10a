// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/turn.h"
#include "devserver/model/result.h"

#include <optional>
#include <vector>

/// One function per verb of model/verb.h; verbs.cpp picks it and replies. An error changes nothing:
/// NotFound, Conflict (the message ends with the state) or InvalidInput.
namespace devserver::engine {

// verbs.cpp
[[nodiscard]] Result<VerbDone> perform(Turn &turn, const CancelRun &verb);
[[nodiscard]] Result<VerbDone> perform(Turn &turn, const DiscardLetter &verb);
[[nodiscard]] Result<VerbDone> perform(Turn &turn, const RestoreLetter &verb);
// resume.cpp
[[nodiscard]] Result<VerbDone> perform(Turn &turn, const RetryLetter &verb);
// rerun.cpp
[[nodiscard]] Result<VerbDone> perform(Turn &turn, const RerunRun &verb);
[[nodiscard]] Result<VerbDone> perform(Turn &turn, const RetryEdited &verb);
// waiting.cpp
[[nodiscard]] Result<VerbDone> perform(Turn &turn, const RetryNow &verb);
[[nodiscard]] Result<VerbDone> perform(Turn &turn, const SkipSleep &verb);
// bulk.cpp
[[nodiscard]] Result<VerbDone> perform(Turn &turn, const StartBulk &verb);
[[nodiscard]] Result<VerbDone> perform(Turn &turn, const StopBulk &verb);

/// Resumes a failed run in place, alone or for a bulk retry.
/// \returns the number of its cycle.
[[nodiscard]] Result<int> resumeLetter(Turn &turn, RunId id, const BulkId &bulk = {});
/// The memos that a retry reuses: all but those of the failure.
[[nodiscard]] std::vector<MemoPtr> reusableMemos(const RunSnapshot &snapshot);

/// The function of an ended run, unless it is not registered any more.
[[nodiscard]] Result<const Function *> functionOf(const Turn &turn, const RunSnapshot &snapshot);
/// The letter of a run, also if this very step changed it.
[[nodiscard]] std::optional<DeadLetter> letterOf(const Turn &turn, RunId id);
[[nodiscard]] Error noRun(RunId id);
[[nodiscard]] Error noLetter(RunId id);
[[nodiscard]] Error conflict(const QString &what, const QByteArray &state);

} // namespace devserver::engine
