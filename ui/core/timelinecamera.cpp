// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/timelinecamera.h"

#include <algorithm>

namespace console {

namespace {

constexpr double largestScale = 100; // 1 px = 10 us
constexpr std::size_t mostSteps = 50;

} // namespace

double TimelineCamera::fitWidth() const
{
    return std::max(m_viewWidth - m_endMargin, m_viewWidth / 2);
}

double TimelineCamera::fitScale()
{
    return m_axis.scaleToFit(fitWidth());
}

void TimelineCamera::clamp()
{
    const double smallest = fitScale();
    m_pose.scale = std::clamp(m_pose.scale, smallest, std::max(largestScale, smallest));
    if (m_isFit)
        m_pose = {smallest, 0};
    m_axis.setScale(m_pose.scale);
    m_pose.offset = std::clamp(m_pose.offset, 0.0, std::max(0.0, contentWidth() - m_viewWidth));
}

void TimelineCamera::setAxis(TimeAxis axis)
{
    const double left = m_axis.msAt(m_pose.offset);
    m_axis = std::move(axis);
    clamp();
    if (!m_isFit)
        setOffset(m_axis.xAt(left));
}

void TimelineCamera::setViewWidth(double width)
{
    m_viewWidth = std::max(width, 1.0);
    clamp();
}

void TimelineCamera::setEndMargin(double pixels)
{
    m_endMargin = pixels;
    clamp();
}

void TimelineCamera::remember()
{
    m_history.push_back(m_isFit ? std::nullopt : std::optional(m_pose));
    if (m_history.size() > mostSteps)
        m_history.erase(m_history.begin());
}

TimelineCamera::Pose TimelineCamera::zoomAt(double x, double factor)
{
    const Pose before = m_pose;
    const double ms = msAt(x);
    const double smallest = fitScale();
    const double scale = std::min(m_pose.scale * factor, std::max(largestScale, smallest));
    if (scale <= smallest * 1.0001)
        return fit();
    remember();
    m_isFit = false;
    m_pose.scale = scale;
    m_axis.setScale(scale);
    m_pose.offset = m_axis.xAt(ms) - x;
    clamp();
    return before;
}

TimelineCamera::Pose TimelineCamera::showRange(double from, double to, bool remembers)
{
    const Pose before = m_pose;
    if (remembers)
        remember();
    m_isFit = false;
    // The range may have breaks in it, whose width does not scale.
    double breaks = 0;
    double linear = 0;
    m_axis.setScale(1);
    for (const AxisSegment &segment : m_axis.segments()) {
        const double length = std::min(to, segment.to) - std::max(from, segment.from);
        if (length <= 0)
            continue;
        if (segment.isBreak)
            breaks += length / segment.length() * segment.width;
        else
            linear += length;
    }
    m_pose.scale = std::max(m_viewWidth - breaks, 1.0) / std::max(linear, 1e-6);
    clamp();
    setOffset(m_axis.xAt(from));
    return before;
}

TimelineCamera::Pose TimelineCamera::fit()
{
    const Pose before = m_pose;
    if (!m_isFit)
        remember();
    m_isFit = true;
    clamp();
    return before;
}

std::optional<TimelineCamera::Pose> TimelineCamera::back()
{
    if (m_history.empty())
        return std::nullopt;
    const Pose before = m_pose;
    const std::optional<Pose> earlier = m_history.back();
    m_history.pop_back();
    m_isFit = !earlier;
    m_pose = earlier.value_or(m_pose);
    clamp();
    return before;
}

void TimelineCamera::pan(double pixels)
{
    setOffset(m_pose.offset + pixels);
}

void TimelineCamera::setOffset(double offset)
{
    m_pose.offset = offset;
    clamp();
}

void TimelineCamera::setPose(const Pose &pose, bool isFit)
{
    m_isFit = isFit;
    m_pose = pose;
    clamp();
}

} // namespace console
