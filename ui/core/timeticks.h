// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"
#include "ui/core/timelinecamera.h"

#include <QString>

#include <vector>

namespace console {

/// A line of the time axis.
struct TimeTick {
    double x = 0;  ///< in the plot
    double ms = 0; ///< since the start of the run
};

struct TimeTicks {
    double step = 1; ///< ms
    std::vector<TimeTick> ticks;
};

/// Lines at round times clear of breaks, at least \a distance pixels apart. \a phase  ms since a
/// round instant at the start of the axis: 0 for times since the start of the run.
[[nodiscard]] TimeTicks timeTicks(const TimelineCamera &camera, double distance, double phase);

/// `+200 ms`, `+1.2 s`, `+2 h 00 m 03 s`; as precise as the step needs. \a length  ms of the whole
/// axis.
[[nodiscard]] QString relativeTickText(double ms, double step, double length);
/// `12:03:11`, `12:03:11.204`
[[nodiscard]] QString clockTickText(devserver::TimePoint start, double ms, double step);

} // namespace console
