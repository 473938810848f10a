// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/alarm.h"

#include <algorithm>

namespace devserver::host {

namespace {

/// A timer of Qt takes an int of milliseconds, which ends after 24.8 days.
constexpr std::chrono::hours longestNap{24};

} // namespace

Alarm::Alarm(QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Alarm::rang);
}

void Alarm::set(std::optional<TimePoint> at)
{
    if (!at) {
        m_timer.stop();
        return;
    }
    // Rounded up: a bell that is early by a part of a millisecond would ring a second time.
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*at - std::chrono::system_clock::now());
    m_timer.start(
        std::clamp<std::chrono::milliseconds>(left, std::chrono::milliseconds(0), longestNap));
}

} // namespace devserver::host
