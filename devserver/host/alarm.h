// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/host/clockwatch.h"
#include "devserver/model/time.h"

#include <QObject>

#include <optional>

class QSocketNotifier;

namespace devserver::host {

/// The one alarm of the engine: rings when the next deadline has come by the wall clock, also after
/// the machine slept or the clock was set (semantics §10.5). Nothing polls.
class Alarm final : public QObject
{
    Q_OBJECT

public:
    explicit Alarm(QObject *parent = nullptr);
    /// Owns \a timer, a timerfd or, in tests, what stands for one.
    explicit Alarm(int timer, QObject *parent = nullptr);
    ~Alarm() override;

    /// Rings at \a at, at once if that has passed, never if there is none. Replaces the one before.
    void set(std::optional<TimePoint> at);

Q_SIGNALS:
    /// Also when the clock was set; a ring that is too early is harmless.
    void rang();

private:
    void read();

    int m_timer = -1;
    ClockWatch m_clocks;
    std::optional<std::optional<TimePoint>> m_set; ///< what the timer has; unknown after a ring
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace devserver::host
