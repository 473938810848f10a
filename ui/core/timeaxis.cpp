// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/timeaxis.h"

#include "ui/core/timelinedata.h"

#include <algorithm>
#include <cmath>

namespace console {

namespace {

constexpr double shortestLength = 1;    // ms; a run within one millisecond has a width, too
constexpr double shortestBreak = 2'000; // ms
constexpr double breakShare = 0.05;     // of the active time
constexpr double muteWidth = 10;        // pixels of a break where no label has room
constexpr double neededShare = 0.7;     // of the width that breaks may take for their labels
constexpr double edgeShare = 0.03;      // of the active time stays linear beside a break
constexpr double signRoom = 14;         // pixels more than its label needs: in a row that waits the
                                        // sign of the next attempt stands behind the same text

double msBetween(devserver::TimePoint from, devserver::TimePoint to)
{
    return static_cast<double>((to - from).count());
}

} // namespace

TimeAxis::TimeAxis(double length)
    : TimeAxis(std::vector<AxisSegment>{{0, std::max(length, shortestLength), false}})
{}

TimeAxis::TimeAxis(std::vector<AxisSegment> segments)
    : m_segments(std::move(segments))
{
    if (m_segments.empty())
        m_segments.push_back({0, shortestLength, false});
    setBreakNeed([](const AxisSegment &segment) { return segment.need; });
}

TimeAxis TimeAxis::squeezed(const TimelineData &data, double end, const std::vector<double> &opened)
{
    end = std::max(end, shortestLength);
    const auto active = static_cast<double>(data.activeTime().count());
    const double shortest = std::max(shortestBreak, breakShare * active);
    const double edge = std::clamp(edgeShare * active, 1.0, 1'000.0);
    std::vector<AxisSegment> segments;
    std::vector<AxisSegment> open;
    double at = 0; // end of what has a segment
    double idleFrom = 0;
    const auto squeeze = [&](double idleTo, bool isOpen = false) {
        const double from = idleFrom == 0 ? 0 : idleFrom + edge;
        const double to = idleTo >= end ? end : idleTo - edge;
        if (to - from <= shortest)
            return;
        // While it lives, the active time grows and moves the edges a little.
        const auto known = std::find_if(opened.begin(), opened.end(), [&](double each) {
            return std::abs(each - from) < shortestBreak / 2;
        });
        if (known != opened.end()) {
            open.push_back({*known, to, false});
            return;
        }
        if (from > at)
            segments.push_back({at, from, false});
        segments.push_back({from, to, true, idleTo - idleFrom, isOpen});
        at = to;
    };
    for (const TimeSpan &span : data.active) {
        squeeze(msBetween(data.start, span.from));
        idleFrom = std::max(idleFrom, msBetween(data.start, span.to));
    }
    if (!data.isExecuting)
        squeeze(end, data.isLive);
    if (at < end)
        segments.push_back({at, end, false});
    TimeAxis axis(std::move(segments));
    axis.m_opened = std::move(open);
    return axis;
}

double TimeAxis::widthOf(const AxisSegment &segment) const
{
    return segment.isBreak ? segment.width : segment.length() * m_scale;
}

void TimeAxis::place()
{
    m_starts.clear();
    double x = 0;
    for (const AxisSegment &segment : m_segments) {
        m_starts.push_back(x);
        x += widthOf(segment);
    }
}

void TimeAxis::setScale(double pixelsPerMs)
{
    m_scale = pixelsPerMs;
    place();
}

void TimeAxis::setBreakNeed(const BreakNeed &need)
{
    for (AxisSegment &segment : m_segments) {
        segment.need = segment.isBreak ? need(segment) : 0;
        segment.width = segment.isBreak ? std::max(breakWidth, segment.need + signRoom) : 0;
    }
    place();
}

double TimeAxis::breaksWidth() const
{
    double sum = 0;
    for (const AxisSegment &segment : m_segments)
        sum += segment.width;
    return sum;
}

/// \a room  what breaks may take without a need, \a most  with one.
void TimeAxis::fitBreaks(double room, double most)
{
    std::vector<AxisSegment *> breaks;
    double needed = 0;
    for (AxisSegment &segment : m_segments) {
        if (!segment.isBreak)
            continue;
        breaks.push_back(&segment);
        segment.width = segment.need;
        needed += segment.need;
    }
    // The shortest waits lose their labels first: it is the long ones that people look for.
    std::stable_sort(breaks.begin(), breaks.end(), [](const AxisSegment *a, const AxisSegment *b) {
        return a->length() < b->length();
    });
    auto labelled = breaks.begin();
    for (; labelled != breaks.end() && needed > most; ++labelled) {
        AxisSegment &mute = **labelled;
        mute.width = std::min(muteWidth, mute.need);
        needed -= mute.need - mute.width;
    }
    if (needed > most) {
        for (AxisSegment *segment : breaks)
            segment->width = most / static_cast<double>(breaks.size());
        return;
    }
    const double signs = signRoom * static_cast<double>(breaks.end() - labelled);
    if (signs <= most - needed) { // a part of that is of no use
        for (auto it = labelled; it != breaks.end(); ++it)
            (*it)->width += signRoom;
        needed += signs;
    }
    const auto wish = [](const AxisSegment *of) { return std::max(breakWidth - of->width, 0.0); };
    double wanted = 0;
    for (auto it = labelled; it != breaks.end(); ++it)
        wanted += wish(*it);
    const double share = wanted > 0 ? std::clamp((room - needed) / wanted, 0.0, 1.0) : 0;
    for (auto it = labelled; it != breaks.end(); ++it)
        (*it)->width += share * wish(*it);
}

double TimeAxis::scaleToFit(double width)
{
    const double linear = linearLength();
    fitBreaks(linear > 0 ? width / 2 : width, linear > 0 ? neededShare * width : width);
    place();
    return linear > 0 ? (width - breaksWidth()) / linear : m_scale;
}

double TimeAxis::length() const
{
    return m_segments.back().to;
}

double TimeAxis::linearLength() const
{
    double sum = 0;
    for (const AxisSegment &segment : m_segments)
        sum += segment.isBreak ? 0 : segment.length();
    return sum;
}

double TimeAxis::width() const
{
    return m_starts.back() + widthOf(m_segments.back());
}

double TimeAxis::xAt(double ms) const
{
    if (ms <= 0)
        return 0;
    const auto next =
        std::upper_bound(m_segments.begin(), m_segments.end(), ms,
                         [](double at, const AxisSegment &segment) { return at < segment.to; });
    if (next == m_segments.end())
        return width();
    const auto index = static_cast<std::size_t>(next - m_segments.begin());
    return m_starts[index] + (ms - next->from) / next->length() * widthOf(*next);
}

double TimeAxis::msAt(double x) const
{
    if (x <= 0)
        return 0;
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), x);
    const auto index = static_cast<std::size_t>(after - m_starts.begin()) - 1;
    const AxisSegment &segment = m_segments[index];
    const double share = widthOf(segment) <= 0 ? 1 : (x - m_starts[index]) / widthOf(segment);
    return segment.from + std::min(share, 1.0) * segment.length();
}

} // namespace console
