// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/alarm.h"

#include "devserver/host/log.h"

#include <QSocketNotifier>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <sys/timerfd.h>
#include <tuple>
#include <unistd.h>

namespace devserver::host {

Alarm::Alarm(QObject *parent)
    : Alarm(timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC), parent)
{}

Alarm::Alarm(int timer, QObject *parent)
    : QObject(parent)
    , m_timer(timer)
{
    if (m_timer < 0) {
        qCCritical(lcHost) << "no timer, nothing will wake up"
                           << "errno" << errno;
        return;
    }
    std::ignore = m_clocks.look(ClockWatch::read());
    m_notifier = new QSocketNotifier(m_timer, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &Alarm::read);
}

void Alarm::read()
{
    std::uint64_t expirations = 0; // the read fails with ECANCELED when the clock was set
    [[maybe_unused]] const auto got = ::read(m_timer, &expirations, sizeof expirations);
    m_set.reset();
    if (const QString news = m_clocks.look(ClockWatch::read()); !news.isEmpty())
        qCWarning(lcHost).noquote() << news;
    Q_EMIT rang();
}

Alarm::~Alarm()
{
    delete m_notifier; // before its descriptor
    if (m_timer >= 0)
        close(m_timer);
}

void Alarm::set(std::optional<TimePoint> at)
{
    if (m_set && *m_set == at) // most commits change no deadline
        return;
    m_set = at;
    itimerspec when{};
    if (at) {
        // All zero would switch the timer off; a time in the past rings at once.
        const qint64 ms = std::max<qint64>(1, toMs(*at));
        when.it_value.tv_sec = ms / 1000;
        when.it_value.tv_nsec = ms % 1000 * 1'000'000;
    }
    timerfd_settime(m_timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, nullptr);
}

} // namespace devserver::host
