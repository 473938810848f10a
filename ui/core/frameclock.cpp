// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/frameclock.h"

namespace console {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds fullRate = 16ms;
constexpr std::chrono::milliseconds halfRate = 33ms;
constexpr std::chrono::milliseconds slowRate = 200ms;
constexpr std::chrono::milliseconds hiddenRate = 1s;
constexpr int framesUntilIdle = 6; // about 100 ms at the full rate

} // namespace

FrameClock::FrameClock(QObject *parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(fullRate);
    connect(&m_timer, &QTimer::timeout, this, &FrameClock::beat);
}

void FrameClock::request()
{
    // Also from the own thread: the poster may be in the middle of something.
    QMetaObject::invokeMethod(this, &FrameClock::startBeating, Qt::QueuedConnection);
}

void FrameClock::startBeating()
{
    m_isWanted = true;
    m_idleFrames = 0;
    if (!m_isManual && !m_timer.isActive())
        m_timer.start();
}

void FrameClock::setHidden(bool isHidden)
{
    m_isHidden = isHidden;
    applyRate();
}

void FrameClock::setPace(FramePace pace)
{
    m_pace = pace;
    applyRate();
}

void FrameClock::applyRate()
{
    m_timer.setInterval(interval());
}

std::chrono::milliseconds FrameClock::interval() const
{
    if (m_isHidden)
        return hiddenRate;
    switch (m_pace) {
    case FramePace::Full:
        return fullRate;
    case FramePace::Half:
        return halfRate;
    case FramePace::Slow:
        return slowRate;
    }
    Q_UNREACHABLE();
}

void FrameClock::setManual()
{
    m_isManual = true;
    m_timer.stop();
}

void FrameClock::beat()
{
    m_isWanted = false;
    Q_EMIT frame();
    if (m_isWanted)
        return;
    ++m_idleFrames;
    if (m_idleFrames >= framesUntilIdle)
        m_timer.stop();
}

} // namespace console
