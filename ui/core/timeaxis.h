// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <vector>

namespace console {

struct TimelineData;

enum class AxisMode {
    Real,
    Squeezed, ///< long idle spans become breaks, whose width does not follow their length
    Order,    ///< every row the same width, in order of start; units are rows, not milliseconds
};

struct AxisSegment {
    double from = 0; ///< ms since the start of the run
    double to = 0;
    bool isBreak = false;
    double idle = 0; ///< of a break: ms of the whole wait; a little of it is drawn on both sides
    bool isOpen = false; ///< of a break: the run still waits
    double need = 0;     ///< of a break: pixels that its label and the room around it take
    double width = 0;    ///< of a break: pixels

    [[nodiscard]] double length() const { return to - from; }

    bool operator==(const AxisSegment &) const = default;
};

/// Monotone piecewise-linear mapping of time to pixels, with its inverse (ui.md §7.4). Breaks are
/// as wide as they need to be, all else shares one scale.
class TimeAxis
{
public:
    /// Of a break that needs no more.
    static constexpr double breakWidth = 60;

    /// Pixels that the label of a break and the room around it take.
    using BreakNeed = std::function<double(const AxisSegment &)>;

    TimeAxis() = default;
    /// One linear segment.
    explicit TimeAxis(double length);
    /// \a segments  joined without gaps, from 0 on.
    explicit TimeAxis(std::vector<AxisSegment> segments);

    /// \a end  ms since the start: where the axis ends. \a opened  starts (ms) of the breaks that
    /// people opened.
    [[nodiscard]] static TimeAxis squeezed(const TimelineData &data, double end,
                                           const std::vector<double> &opened);

    void setScale(double pixelsPerMs);
    void setBreakNeed(const BreakNeed &need);

    [[nodiscard]] double scale() const { return m_scale; }

    /// The scale at which all of it is \a width pixels wide. Breaks become narrower if they must:
    /// down to what they need; when that is too much, the short ones become bare bands.
    [[nodiscard]] double scaleToFit(double width);

    [[nodiscard]] double length() const;       ///< ms
    [[nodiscard]] double linearLength() const; ///< ms outside of breaks
    [[nodiscard]] double width() const;        ///< pixels
    [[nodiscard]] double xAt(double ms) const;
    [[nodiscard]] double msAt(double x) const;

    [[nodiscard]] const std::vector<AxisSegment> &segments() const { return m_segments; }

    /// Spans that would be breaks if people had not opened them: from the start that was told.
    [[nodiscard]] const std::vector<AxisSegment> &opened() const { return m_opened; }

    /// Pixels at which a segment begins.
    [[nodiscard]] double segmentX(std::size_t index) const { return m_starts[index]; }

    bool operator==(const TimeAxis &) const = default;

private:
    [[nodiscard]] double widthOf(const AxisSegment &segment) const;
    [[nodiscard]] double breaksWidth() const;
    void fitBreaks(double room, double most);
    void place();

    std::vector<AxisSegment> m_segments{{0, 1, false}};
    std::vector<AxisSegment> m_opened;
    std::vector<double> m_starts{0};
    double m_scale = 1;
};

} // namespace console
