// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/timelinelayout.h"
#include "ui/core/timeticks.h"

#include <QString>

#include <utility>
#include <vector>

class QFontMetrics;

namespace console {

/// A text of the time axis; all in pixels of the plot.
struct AxisLabel {
    double mark = 0; ///< where that time is
    double x = 0;    ///< where the text begins
    double width = 0;
    QString text;

    bool operator==(const AxisLabel &) const = default;
};

struct AxisLabels {
    std::vector<AxisLabel> times; ///< by place
    std::vector<AxisLabel> waits; ///< how long the breaks are; those that have room for it

    bool operator==(const AxisLabels &) const = default;
};

struct AxisLabelStyle {
    bool usesClockTime = false;
    std::pair<double, double> taken; ///< by something else: nothing is written there
};

/// How wide breaks must be to have their labels in them; for TimelineLayout::setBreakNeed.
[[nodiscard]] TimeAxis::BreakNeed breakNeed(const QFontMetrics &metrics);

/// With less an axis says nothing of how long the run is.
inline constexpr std::size_t leastTimes = 2;

/// Pixels behind the end of the run in which its last time has room, to the second.
[[nodiscard]] double endTimeRoom(const TimelineLayout &layout, const AxisLabelStyle &style,
                                 const QFontMetrics &metrics);

/// What is written along the axis: round times where work went on after a break, and others in the
/// room that is left. If that is less than `leastTimes`, the end. Never over a break; each stands
/// where it says.
/// Not for AxisMode::Order, which has no times.
[[nodiscard]] AxisLabels axisLabels(const TimelineLayout &layout, const TimeTicks &ticks,
                                    const AxisLabelStyle &style, const QFontMetrics &metrics);

} // namespace console
