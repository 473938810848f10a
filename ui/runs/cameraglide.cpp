// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/cameraglide.h"

#include "ui/core/frameclock.h"

#include <cmath>

namespace console {

CameraGlide::CameraGlide(TimelineCamera &camera, FrameClock &clock, QObject *parent)
    : QObject(parent)
    , m_camera(camera)
    , m_clock(clock)
{
    connect(&clock, &FrameClock::frame, this, &CameraGlide::advance);
}

void CameraGlide::move(const std::function<void()> &change, bool isAnimated)
{
    const TimelineCamera::Pose seen = m_camera.pose();
    finish();
    change();
    m_to = m_camera.pose();
    m_endsFit = m_camera.isFit();
    if (isAnimated && seen != m_to) {
        m_from = seen;
        m_isGliding = true;
        m_since.start();
        m_camera.setPose(m_from);
        m_clock.request();
    }
    Q_EMIT moved();
}

void CameraGlide::finish()
{
    if (!m_isGliding)
        return;
    m_isGliding = false;
    m_camera.setPose(m_to, m_endsFit);
}

void CameraGlide::advance()
{
    if (!m_isGliding)
        return;
    const double part = static_cast<double>(m_since.elapsed()) / duration;
    if (part >= 1) {
        finish();
    } else {
        const double eased = 1 - std::pow(1 - part, 3);
        TimelineCamera::Pose pose;
        pose.scale = m_from.scale * std::pow(m_to.scale / m_from.scale, eased);
        // A time is at a place that is linear in the scale: with an offset that is linear in it,
        // too, the fixed point of the zoom stays where it is.
        const double change = m_to.scale - m_from.scale;
        const double way =
            std::abs(change) < 1e-9 * m_to.scale ? eased : (pose.scale - m_from.scale) / change;
        pose.offset = m_from.offset + way * (m_to.offset - m_from.offset);
        m_camera.setPose(pose);
        m_clock.request();
    }
    Q_EMIT moved();
}

} // namespace console
