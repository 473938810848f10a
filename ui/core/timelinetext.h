// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/timelinelayout.h"

#include <QString>

#include <utility>
#include <vector>

namespace console {

/// What the hover card says of a row or a bar (ui.md §7.6).
struct TimelineCard {
    QString title;
    QString word; ///< state, and the attempt
    QString icon; ///< of what it is about: of the run its own state's
    Token token = Token::Text;
    std::vector<std::pair<QString, QString>> lines; ///< what, and its value
    QString note;                                   ///< error, or the beginning of the output
    bool isError = false;

    /// All of it as one text, for screen readers and the clipboard.
    [[nodiscard]] QString toText() const;
};

/// Of the run as lists and headings show its state, of all else as its word.
[[nodiscard]] QString rowIcon(const TimelineLayout &layout, const TimelineRow &row);
[[nodiscard]] Token rowToken(const TimelineLayout &layout, const TimelineRow &row);

/// `< 1 ms`, else as formatDuration.
[[nodiscard]] QString timelineDuration(std::chrono::milliseconds duration);
/// How long it took, or as formatElapsed how long it has taken so far. The row has a start.
[[nodiscard]] QString tookText(const TimelineRow &row, devserver::TimePoint now);
[[nodiscard]] QString tookText(const TimelineBar &bar, devserver::TimePoint now);

/// \a bar  -1: the whole row.
[[nodiscard]] TimelineCard cardFor(const TimelineLayout &layout, int shown, int bar);

/// Of the whole wait, as the bars beside it say it.
[[nodiscard]] QString breakDuration(const AxisSegment &segment);
/// `attempt 2 of 5`; `attempt 1 of 5 in this retry` of what was tried before a retry, too.
[[nodiscard]] QString triesWords(const TimelineRow &row);
/// `48 s of waiting, squeezed; Enter shows it`: of a break, an index into the segments of the axis.
[[nodiscard]] QString breakWords(const TimelineLayout &layout, int segment);
/// Of all breaks; empty if there are none: `squeezed: 29 s, 48 s`.
[[nodiscard]] QString breaksWords(const TimelineLayout &layout);
/// `attempt 2 of 5`
[[nodiscard]] QString attemptWords(int attempt, int of);

/// What stands in the cells of the accessible table (ui.md §7.9), in its columns: step, state,
/// attempts, start, duration.
[[nodiscard]] QString cellText(const TimelineLayout &layout, int shown, int column);
/// `charge-card, failed, attempt 5 of 5, started 2 h 00 m after start, 11.2 s, TimeoutError`
[[nodiscard]] QString rowWords(const TimelineLayout &layout, int shown, int bar);

/// What stands in the name column: `charge-card`, or `attempt 2` of a call's row.
[[nodiscard]] QString rowName(const TimelineLayout &layout, int shown);
/// `×120 · min 20 · mean 38 · max 449 ms`; \a isShort: `×120 · 20–449 ms`.
[[nodiscard]] QString foldDuration(const StepFold &fold, bool isShort);
/// Short text at the right of the name: its duration, of a fold those of its steps.
[[nodiscard]] QString rowDuration(const TimelineLayout &layout, int shown);

/// In how long a countdown reads otherwise, or the line of now has moved by a second.
[[nodiscard]] std::chrono::milliseconds timeUntilTick(const TimelineData &run,
                                                      devserver::TimePoint now);

} // namespace console
