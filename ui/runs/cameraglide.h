// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/timelinecamera.h"

#include <QElapsedTimer>
#include <QObject>

#include <functional>

namespace console {

class FrameClock;

/// Takes the eye along when a timeline is zoomed: 120 ms, ease out (ui.md §7.5). What was under the
/// pointer stays under it in every frame. GUI thread.
class CameraGlide final : public QObject
{
    Q_OBJECT

public:
    static constexpr double duration = 120; ///< ms

    /// Both outlive this.
    CameraGlide(TimelineCamera &camera, FrameClock &clock, QObject *parent);

    /// Runs \a change on the camera and glides to where that leads; at once if not \a isAnimated.
    /// It starts from the end of a glide that is under way, so that two notches of a wheel are two.
    void move(const std::function<void()> &change, bool isAnimated);
    /// The camera is where it was to go.
    void finish();

    /// The camera stays where it is.
    void stop() { m_isGliding = false; }

    [[nodiscard]] bool isGliding() const { return m_isGliding; }

Q_SIGNALS:
    void moved();

private:
    void advance();

    TimelineCamera &m_camera;
    FrameClock &m_clock;
    TimelineCamera::Pose m_from;
    TimelineCamera::Pose m_to;
    bool m_endsFit = false;
    bool m_isGliding = false;
    QElapsedTimer m_since;
};

} // namespace console
