// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"

#include <QString>

#include <chrono>

/// The short forms of times, for cells that have no room for both figures.
namespace console {

/// The first figure of formatDuration: `12 m` of `12 m 55 s`.
[[nodiscard]] QString formatCoarsely(std::chrono::milliseconds duration);
/// The first figure of formatElapsed, which goes on: `59 m` of `59 m 59 s`.
[[nodiscard]] QString formatCoarseElapsed(std::chrono::milliseconds elapsed);
/// The first figure of formatCountdown, bare: `59 m` of `in 59 m 34 s`, `4 s` of `in 4 s`.
[[nodiscard]] QString formatCoarseCountdown(devserver::TimePoint due, devserver::TimePoint now);

} // namespace console
