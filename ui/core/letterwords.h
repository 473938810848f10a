// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/lettersummaries.h"

#include <QString>

/// What the window says of dead letters and bulk retries (ui.md 11).
namespace console {

/// `attempts used`, `not retriable`, …; of a discarded one why it was discarded.
[[nodiscard]] QString letterReason(const devserver::api::LetterSummary &letter);
/// The reason of semantics 9.4 as a sentence: `5 of 5 attempts used.`
[[nodiscard]] QString letterSentence(const devserver::api::LetterSummary &letter);
/// In the bin for so long that it cannot be restored any more.
[[nodiscard]] bool isOver(const devserver::api::LetterSummary &letter, devserver::TimePoint now);
/// `Retry keeps load-order and cool-down and goes on at charge-card`, or why there is nothing to
/// retry now. \a hasFunction  its function is registered
[[nodiscard]] QString keepsSentence(const devserver::api::LetterSummary &letter,
                                    devserver::TimePoint now, bool hasFunction);
/// Why the data of an open one cannot be edited: a retry of it as it is waits for the function, a
/// new run does not.
[[nodiscard]] QString goneFunctionText();
/// `TimeoutError: the gateway did not answer`
[[nodiscard]] QString letterError(const devserver::api::LetterSummary &letter);
/// `retried once`, `retried 3 times`
[[nodiscard]] QString retriedWords(int cycle);
/// `a, b and c`
[[nodiscard]] QString listed(const QStringList &names);
/// `48 letters`, `1 letter`
[[nodiscard]] QString lettersText(int count);

/// What it retries: `48 letters in "TimeoutError"`, as whoever began it named it; else how many,
/// and of which function: `48 letters of shop-charge-order`.
[[nodiscard]] QString bulkTitle(const devserver::Bulk &bulk);
/// `Running`, `Stopped: the same error came back`, …
[[nodiscard]] QString bulkStateWord(const devserver::Bulk &bulk);
/// How it goes about it: `one first, then 5 per second`.
[[nodiscard]] QString bulkManner(const devserver::Bulk &bulk);
/// `22 of 48 done · 2 failed again · 26 left · trying one first`
[[nodiscard]] QString bulkProgressText(const devserver::Bulk &bulk);
/// What became of an ended one: `45 completed, 2 failed again`.
[[nodiscard]] QString bulkResult(const devserver::Bulk &bulk);
/// The filter line of Runs that finds exactly what it completed; empty if there is none.
[[nodiscard]] QString bulkCompletedFilter(const devserver::Bulk &bulk);
/// The filter line of dead letters that finds what failed again in it; empty if nothing did.
[[nodiscard]] QString bulkFailedFilter(const devserver::Bulk &bulk);

} // namespace console
