// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/timeaxis.h"

#include <optional>
#include <vector>

namespace console {

/// Which part of the axis is seen: zoom, pan and the way back (ui.md §7.5). Pixels are those of the
/// plot, 0 at its left edge.
class TimelineCamera
{
public:
    /// Pixels that stay free at the right end unless `setEndMargin` says what is needed.
    static constexpr double usualMargin = 64;

    /// The seen part, for going back and for moving there smoothly.
    struct Pose {
        double scale = 1;  ///< pixels per ms
        double offset = 0; ///< pixels of the axis left of the plot

        bool operator==(const Pose &) const = default;
    };

    /// Keeps scale and left edge if people zoomed, else all of it stays visible.
    void setAxis(TimeAxis axis);
    void setViewWidth(double width);
    /// For what is written behind the last bar.
    void setEndMargin(double pixels);

    [[nodiscard]] double endMargin() const { return m_endMargin; }

    [[nodiscard]] const TimeAxis &axis() const { return m_axis; }

    [[nodiscard]] double viewWidth() const { return m_viewWidth; }

    /// Of all of it when it is fitted.
    [[nodiscard]] double fitWidth() const;

    [[nodiscard]] double contentWidth() const { return m_axis.width() + m_endMargin; }

    [[nodiscard]] double offset() const { return m_pose.offset; }

    [[nodiscard]] Pose pose() const { return m_pose; }

    /// All of it is visible and stays so.
    [[nodiscard]] bool isFit() const { return m_isFit; }

    [[nodiscard]] double xAt(double ms) const { return m_axis.xAt(ms) - m_pose.offset; }

    [[nodiscard]] double msAt(double x) const { return m_axis.msAt(x + m_pose.offset); }

    // Each returns what it was before, so that it can be moved smoothly.
    Pose zoomAt(double x, double factor);
    /// In ms. \a remembers: the way back leads to what is seen now; not for each pixel of a drag.
    Pose showRange(double from, double to, bool remembers = true);
    Pose fit();
    /// To the zoom before the last `showRange`, `zoomAt` or `fit`; nothing if there is none.
    std::optional<Pose> back();

    [[nodiscard]] bool canGoBack() const { return !m_history.empty(); }

    void pan(double pixels);
    void setOffset(double offset);
    void setPose(const Pose &pose, bool isFit = false);

private:
    void remember();
    void clamp();
    [[nodiscard]] double fitScale();

    TimeAxis m_axis;
    double m_viewWidth = 600;
    double m_endMargin = usualMargin;
    Pose m_pose;
    bool m_isFit = true;
    std::vector<std::optional<Pose>> m_history; ///< nothing: all of it
};

} // namespace console
