// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "devserver/model/time.h"

#include <QString>

#include <chrono>
#include <optional>

/// Texts for times, durations, sizes and ids; one place, so that they read the same everywhere
/// (ui.md §24).
namespace console {

/// How people want to see instants; Ctrl+T goes round (ui.md §6.1).
enum class TimeStyle { Relative, Absolute, Utc };

/// `80 ms`, `1.2 s`, `2 m 05 s`, `2 h 05 m`, `3 d 4 h`, `2 d`; rounded, 59.96 s to `1 m`.
[[nodiscard]] QString formatDuration(std::chrono::milliseconds duration);
/// The same of what counts down or up: with its seconds even if they are none (`1 m 00 s`), so that
/// the text does not jump.
[[nodiscard]] QString formatCounting(std::chrono::milliseconds duration);
/// Of what still goes on, counting: as ages, never more than has passed.
[[nodiscard]] QString formatElapsed(std::chrono::milliseconds duration);
/// Relative under one hour (`4 s ago`, `in 4 s`; from 10 s on in steps of five, rounded down), else
/// `HH:mm:ss`, with the date when not today.
[[nodiscard]] QString formatTime(devserver::TimePoint time, devserver::TimePoint now,
                                 TimeStyle style);
/// Below a minute, from 10 s on, in steps of five: nobody compares 37 s with 38 s, and a list of
/// such texts would flicker for a minute, all of it.
[[nodiscard]] std::chrono::milliseconds calmAge(std::chrono::milliseconds age);
/// With milliseconds and zone, for tooltips.
[[nodiscard]] QString formatTimeExactly(devserver::TimePoint time, TimeStyle style);
/// `in 12 s`, `in 1 m 00 s`; `now` when it is due.
[[nodiscard]] QString formatCountdown(devserver::TimePoint due, devserver::TimePoint now);
/// When the text of `formatTime` or `formatCountdown` changes next; nothing if it stays. Lists
/// repaint no more often than that.
[[nodiscard]] std::optional<std::chrono::milliseconds>
timeUntilTextChanges(devserver::TimePoint time, devserver::TimePoint now);
/// The same of `formatElapsed`, but at least a second: tenths of it are not followed.
[[nodiscard]] std::chrono::milliseconds timeUntilElapsedChanges(std::chrono::milliseconds elapsed);
/// `214 B`, `31.0 MiB`.
[[nodiscard]] QString formatSize(qint64 bytes);
/// `8,214`
[[nodiscard]] QString formatCount(qint64 count);
enum class LineEnds { Shown, Kept };

/// What senders and apps named, to be read on one line: characters that nobody sees, or that turn
/// what stands beside them, as signs of their own (`␊`, `\u202e`). The same text if there are
/// none, as nearly always. Only to be looked at: what is copied or compared is the text itself.
/// \a lineEnds  kept where a text has lines
[[nodiscard]] QString visibleText(const QString &text, LineEnds lineEnds = LineEnds::Shown);
/// First 5 and last 4 characters: `01J9K…F3QT`.
[[nodiscard]] QString shortId(const QByteArray &text);

} // namespace console
