// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"
#include "devserver/model/time.h"

#include <QByteArrayView>

#include <chrono>
#include <optional>
#include <variant>

namespace devserver {

/// Duration string (protocol §1.5): optional sign, then decimals with units
/// `ns us ms s m h d w` (also the micro sign), or `0`. Parts below 1 ms are cut off.
/// \returns `InvalidInput` for another text, and for values beyond the range of int64 nanoseconds
///          (about 292 years), as in the reference.
[[nodiscard]] Result<std::chrono::milliseconds> parseDuration(QByteArrayView text);

/// As `parseDuration`, without `d` and `w` (`batchEvents.timeout`).
[[nodiscard]] Result<std::chrono::milliseconds> parseStrictDuration(QByteArrayView text);

/// An instant in one of: RFC 3339 with or without fraction, also without zone (= UTC);
/// `YYYY-MM-DD`; RFC 1123, 822 and 850, each with named or numeric zone; ANSI C; Unix and Ruby
/// date. Zone names other than those of RFC 822 count as UTC. Below 1 ms is cut off.
std::optional<TimePoint> parseDate(QByteArrayView text);

/// How long (as written, may be negative) or until when.
using SleepSpec = std::variant<std::chrono::milliseconds, TimePoint>;

/// Sleep string (protocol §1.5): empty is 0; of 10 characters or more a date is tried first.
/// Rounding and "past is 0" are left to the caller, who has the clock.
[[nodiscard]] Result<SleepSpec> parseSleep(QByteArrayView text);

using RetryAfter = std::variant<std::chrono::seconds, TimePoint>;

/// `Retry-After` header (protocol §6.2, semantics §2.5): up to 7 digits are seconds, else a date.
/// Not clamped. Nothing for any other text.
std::optional<RetryAfter> parseRetryAfter(QByteArrayView text);

} // namespace devserver
