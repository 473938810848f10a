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
constexpr double leastSeen = 6; // pixels between two times that are told apart
constexpr std::size_t leastTimes = 2;

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
    /// \a finest  ms: as many decimals as that has are written behind all times. \a roundsTo  ms:
    /// what is seen of the place of a mark below that is not said
    Places(const TimelineLayout &layout, const TimeTicks &ticks, const AxisLabelStyle &style,
           const QFontMetrics &metrics, double finest, double roundsTo)
        : m_layout(layout)
        , m_ticks(ticks)
        , m_style(style)
        , m_metrics(metrics)
        , m_finest(finest)
        , m_roundsTo(roundsTo)
    {}

    [[nodiscard]] AxisLabels find();

    /// What the times need that have found a place; ms.
    [[nodiscard]] double needed() const { return m_needed; }

private:
    void placeWaits();
    void placeStarts();
    void placeTicks();
    void placeEnd();
    bool placeTime(double ms, const QString &text);
    void placeStart(double ms);
    [[nodiscard]] std::vector<double> starts() const;
    [[nodiscard]] double unitOf(double ms) const;
    [[nodiscard]] QString startText(double ms) const;
    [[nodiscard]] QString tickText(double ms) const;
    [[nodiscard]] Stretch stretchOf(const AxisSegment &segment) const;

    const TimelineLayout &m_layout;
    const TimeTicks &m_ticks;
    const AxisLabelStyle &m_style;
    const QFontMetrics &m_metrics;
    double m_finest;
    double m_roundsTo;
    double m_needed = second;
    std::vector<Stretch> m_taken; ///< from marks to the ends of their texts
    std::vector<Stretch> m_breaks;
    AxisLabels m_labels;
};

Stretch Places::stretchOf(const AxisSegment &segment) const
{
    return {m_layout.camera().xAt(segment.from), m_layout.camera().xAt(segment.to)};
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

/// Where calls are made again after a break; ms.
std::vector<double> Places::starts() const
{
    const std::vector<TimeSpan> &active = m_layout.data()->active;
    std::vector<double> found;
    for (const AxisSegment &segment : m_layout.camera().axis().segments()) {
        if (!segment.isBreak)
            continue;
        const auto next = std::find_if(active.begin(), active.end(), [&](const TimeSpan &span) {
            return m_layout.msOf(span.from) >= segment.to;
        });
        if (next != active.end())
            found.push_back(m_layout.msOf(next->from));
    }
    return found;
}

/// As precise as the ticks beside it, and as what can be seen of the place of its mark.
double Places::unitOf(double ms) const
{
    double unit = m_ticks.step >= minute && ms >= minute ? minute : second;
    if (m_ticks.step < second)
        unit = std::pow(10, std::floor(std::log10(m_ticks.step)));
    const double seen = leastSeen / m_layout.camera().axis().scale();
    while (unit > m_roundsTo && std::abs(std::round(ms / unit) * unit - ms) > seen)
        unit = unit == minute ? second : unit / 10;
    return unit;
}

QString Places::startText(double ms) const
{
    const double unit = m_finest < second ? std::min(unitOf(ms), m_finest) : unitOf(ms);
    if (m_style.usesClockTime)
        return clockTickText(m_layout.data()->start, ms, std::min(unit, second));
    return relativeTickText(std::round(ms / unit) * unit, unit, m_layout.camera().axis().length());
}

QString Places::tickText(double ms) const
{
    const double step = m_finest < second ? std::min(m_ticks.step, m_finest) : m_ticks.step;
    return m_style.usesClockTime ? clockTickText(m_layout.data()->start, ms, step)
                                 : relativeTickText(ms, step, m_layout.camera().axis().length());
}

bool Places::placeTime(double ms, const QString &text)
{
    const double mark = std::floor(m_layout.camera().xAt(ms));
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

void Places::placeStart(double ms)
{
    if (placeTime(ms, startText(ms)))
        m_needed = std::min(m_needed, unitOf(ms));
}

void Places::placeStarts()
{
    for (const double ms : starts())
        placeStart(ms);
}

void Places::placeTicks()
{
    for (const TimeTick &tick : m_ticks.ticks)
        placeTime(tick.ms, tickText(tick.ms));
}

void Places::placeEnd()
{
    if (!m_layout.data()->isLive)
        placeStart(m_layout.msOf(m_layout.data()->end));
}

AxisLabels Places::find()
{
    placeWaits();
    placeStarts();
    placeTicks();
    if (m_labels.times.size() < leastTimes)
        placeEnd();
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

namespace {

/// As precise as what can be seen, all of them alike.
AxisLabels preciseLabels(const TimelineLayout &layout, const TimeTicks &ticks,
                         const AxisLabelStyle &style, const QFontMetrics &metrics)
{
    // With more decimals others may have no place: what is left is asked again.
    constexpr int mostTries = 4;
    AxisLabels labels;
    double finest = second;
    for (int tried = 0; tried < mostTries; ++tried) {
        Places places(layout, ticks, style, metrics, finest, 1);
        labels = places.find();
        if (places.needed() >= finest)
            break;
        finest = places.needed();
    }
    return labels;
}

bool areTold(const std::vector<AxisLabel> &times)
{
    return std::adjacent_find(
               times.begin(), times.end(),
               [](const AxisLabel &a, const AxisLabel &b) { return a.text == b.text; })
           == times.end();
}

} // namespace

AxisLabels axisLabels(const TimelineLayout &layout, const TimeTicks &ticks,
                      const AxisLabelStyle &style, const QFontMetrics &metrics)
{
    AxisLabels precise = preciseLabels(layout, ticks, style, metrics);
    // Decimals must not cost a time: shorter, more of them may have room.
    AxisLabels rounded = Places(layout, ticks, style, metrics, second, second).find();
    const bool isBetter = rounded.times.size() > precise.times.size() && areTold(rounded.times);
    return isBetter ? rounded : precise;
}

} // namespace console
