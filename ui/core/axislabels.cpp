// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/axislabels.h"

#include "ui/core/timelinetext.h"

#include <QFontMetrics>

#include <algorithm>
#include <cmath>

namespace console {

namespace {

constexpr double second = 1'000;
constexpr double minute = 60 * second;
constexpr double markGap = 4;  // between a mark and its text
constexpr double textGap = 2;  // from a text to the next mark
constexpr double breakGap = 4; // to the zigzag
constexpr double usualSide = 4;
constexpr double leastSide = 2;
constexpr double rounding = 0.5;
constexpr double labelGap = 6;  // from the label of a break to its zigzag, which comes 2.5 closer
constexpr double reach = 12;    // from where work goes on to a tick that stands for it
constexpr double leastSeen = 5; // pixels between two times that are told apart

using Stretch = std::pair<double, double>;

template<typename Test>
bool anyOf(const std::vector<Stretch> &stretches, Test test)
{
    return std::any_of(stretches.begin(), stretches.end(), test);
}

/// Takes places for texts, as long as there are some.
class Places
{
public:
    Places(const TimelineLayout &layout, const TimeTicks &ticks, const AxisLabelStyle &style,
           const QFontMetrics &metrics)
        : m_layout(layout)
        , m_ticks(ticks)
        , m_style(style)
        , m_metrics(metrics)
    {}

    [[nodiscard]] AxisLabels find();

private:
    void placeWaits();
    void placeStarts();
    void placeTicks();
    void placeEnd();
    void placeZero();
    bool placeTime(double ms, const QString &text);
    bool placeNear(double ms, double unit, const AxisSegment &after);
    void placeStart(double ms, const AxisSegment &after);
    [[nodiscard]] double unit() const;
    [[nodiscard]] double phaseOf(double unit) const;
    [[nodiscard]] QString textOf(double ms, double unit) const;

    [[nodiscard]] double xAt(double ms) const { return m_layout.camera().xAt(ms); }

    [[nodiscard]] Stretch stretchOf(const AxisSegment &segment) const;

    const TimelineLayout &m_layout;
    const TimeTicks &m_ticks;
    const AxisLabelStyle &m_style;
    const QFontMetrics &m_metrics;
    std::vector<Stretch> m_taken; ///< from marks to the ends of their texts
    std::vector<Stretch> m_breaks;
    AxisLabels m_labels;
};

Stretch Places::stretchOf(const AxisSegment &segment) const
{
    return {xAt(segment.from), xAt(segment.to)};
}

/// In the middle of the break, as far as nothing else stands there.
void Places::placeWaits()
{
    const bool isTaken = m_style.taken.second > m_style.taken.first;
    if (isTaken)
        m_taken.push_back(m_style.taken);
    for (const AxisSegment &segment : m_layout.camera().axis().segments()) {
        if (!segment.isBreak)
            continue;
        const auto [from, to] = stretchOf(segment);
        if (to < 0 || from > m_layout.camera().viewWidth())
            continue;
        m_breaks.emplace_back(from, to);
        const double free = isTaken ? std::min(to, m_style.taken.first) : to;
        const QString text = breakDuration(segment);
        const double words = m_metrics.horizontalAdvance(text);
        const double room = free - from - 2 * labelGap;
        if (words + 2 * leastSide > room + rounding)
            continue;
        const double width = std::min(words + 2 * usualSide, room);
        const double left = std::round((from + free - width) / 2);
        m_labels.waits.push_back({.mark = from, .x = left, .width = width, .text = text});
    }
}

/// Of the times between ticks, as precise as those.
double Places::unit() const
{
    if (m_ticks.step < second)
        return std::pow(10, std::floor(std::log10(m_ticks.step)));
    return m_ticks.step < minute ? second : minute;
}

/// From a round instant by the clock to the start of the run; ms.
double Places::phaseOf(double unit) const
{
    if (!m_style.usesClockTime)
        return 0;
    constexpr qint64 day = 24 * 3'600'000; // as for the ticks
    return std::fmod(static_cast<double>(devserver::toMs(m_layout.data()->start) % day), unit);
}

QString Places::textOf(double ms, double unit) const
{
    return m_style.usesClockTime ? clockTickText(m_layout.data()->start, ms, unit)
                                 : relativeTickText(ms, unit, m_layout.camera().axis().length());
}

bool Places::placeTime(double ms, const QString &text)
{
    const double mark = std::floor(xAt(ms));
    const double width = m_metrics.horizontalAdvance(text);
    const double from = mark + markGap;
    const double to = from + width;
    const auto meetsText = [&](const Stretch &other) {
        return mark < other.second + textGap && other.first < to + textGap;
    };
    const auto meetsBreak = [&](const Stretch &other) {
        return from < other.second && other.first < to + breakGap;
    };
    if (mark < 0 || to > m_layout.camera().viewWidth() || anyOf(m_taken, meetsText)
        || anyOf(m_breaks, meetsBreak))
        return false;
    m_taken.emplace_back(mark, to);
    m_labels.times.push_back({.mark = mark, .x = from, .width = width, .text = text});
    return true;
}

/// At the nearest round time behind the break, if that is not too far from \a ms.
bool Places::placeNear(double ms, double unit, const AxisSegment &after)
{
    const double phase = phaseOf(unit);
    const double left = xAt(after.from) + breakGap;
    double at = std::round((ms + phase) / unit) * unit - phase;
    if (xAt(at) < left)
        at += unit;
    const bool isNear = unit < m_ticks.step || std::abs(xAt(at) - xAt(ms)) <= reach;
    return isNear && xAt(at) >= left && at <= after.to && placeTime(at, textOf(at, unit));
}

/// What is written stands where it says: at a tick if one is near enough. \a after  is the part of
/// the axis behind a break.
void Places::placeStart(double ms, const AxisSegment &after)
{
    const double finest = std::min(unit(), second);
    if (placeNear(ms, m_ticks.step, after) || placeNear(ms, unit(), after)
        || placeNear(ms, finest, after))
        return;
    // Where there is no room for that, a difference that is hardly seen is better than no time.
    const double phase = phaseOf(finest);
    const double said = std::round((ms + phase) / finest) * finest - phase;
    if (std::abs(said - ms) * m_layout.camera().axis().scale() <= leastSeen)
        placeTime(ms, textOf(said, finest));
}

/// Where calls are made again after a break.
void Places::placeStarts()
{
    const std::vector<TimeSpan> &active = m_layout.data()->active;
    const std::vector<AxisSegment> &segments = m_layout.camera().axis().segments();
    auto next = active.begin();
    for (std::size_t index = 1; index < segments.size(); ++index) {
        if (!segments[index - 1].isBreak || segments[index].isBreak)
            continue;
        next = std::find_if(next, active.end(), [&](const TimeSpan &span) {
            return m_layout.msOf(span.from) >= segments[index].from;
        });
        if (next != active.end())
            placeStart(m_layout.msOf(next->from), segments[index]);
    }
}

void Places::placeTicks()
{
    for (const TimeTick &tick : m_ticks.ticks)
        placeTime(tick.ms, textOf(tick.ms, m_ticks.step));
}

/// Its last round time; if no other time is written, to the millisecond.
void Places::placeEnd()
{
    const AxisSegment &last = m_layout.camera().axis().segments().back();
    if (m_layout.data()->isLive || last.isBreak)
        return;
    const double end = m_layout.msOf(m_layout.data()->end);
    for (double each = unit(); each >= 1; each /= 10) {
        const double phase = phaseOf(each);
        const double at = std::floor((end + phase) / each) * each - phase;
        if (at >= last.from && placeTime(at, textOf(at, each)))
            return;
        if (each <= second && !m_labels.times.empty())
            return;
        each = each == minute ? 10 * second : each; // seconds are next
    }
}

/// Where `+0 s` has no room.
void Places::placeZero()
{
    if (!m_style.usesClockTime)
        placeTime(0, QString::number(0));
}

AxisLabels Places::find()
{
    placeWaits();
    placeStarts();
    placeTicks();
    if (m_labels.times.size() < leastTimes)
        placeEnd();
    placeZero();
    std::sort(m_labels.times.begin(), m_labels.times.end(),
              [](const AxisLabel &a, const AxisLabel &b) { return a.x < b.x; });
    return std::move(m_labels);
}

} // namespace

TimeAxis::BreakNeed breakNeed(const QFontMetrics &metrics)
{
    return [metrics](const AxisSegment &segment) {
        const QString text = breakDuration(segment);
        QString zeros = text;
        for (QChar &letter : zeros)
            letter = letter.isDigit() ? u'0' : letter; // it stays as it is while it counts
        const int words =
            std::max(metrics.horizontalAdvance(text), metrics.horizontalAdvance(zeros));
        return std::ceil(words + 2 * (leastSide + labelGap));
    };
}

double endTimeRoom(const TimelineLayout &layout, const AxisLabelStyle &style,
                   const QFontMetrics &metrics)
{
    const double length = layout.camera().axis().length();
    const QString text = style.usesClockTime ? clockTickText(layout.data()->start, length, second)
                                             : relativeTickText(length, second, length);
    return markGap + metrics.horizontalAdvance(text);
}

AxisLabels axisLabels(const TimelineLayout &layout, const TimeTicks &ticks,
                      const AxisLabelStyle &style, const QFontMetrics &metrics)
{
    return Places(layout, ticks, style, metrics).find();
}

} // namespace console
