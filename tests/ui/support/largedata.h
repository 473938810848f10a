// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <ctime>

/// Data that would hold up a window, and how long it was held up.
namespace console::test {

constexpr double longestStall = 50; ///< ms of work without an answer to events (ui.md §4.2)

/// One line of at least \a size bytes, as a server writes it.
inline QByteArray jsonOf(qsizetype size)
{
    QByteArray json = QByteArrayLiteral(R"({"rows":[)");
    for (int row = 0; json.size() < size; ++row)
        json += R"({"id":)" + QByteArray::number(row) + R"(,"name":"something to read"},)";
    json.chop(1);
    return json + "]}";
}

/// Processor time of this thread, which other programs do not lengthen.
inline double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// How many times slower this thread is at the moment than on a machine that does nothing else, as
/// when another program has the other half of its core (ui.md §27.4): at least 1.
inline double slowness()
{
    constexpr double usual = 5.3; // ms
    static const QByteArray json = jsonOf(qsizetype{256} * 1024);
    const double before = threadMs();
    const bool isRead = QJsonDocument::fromJson(json).isObject();
    return isRead ? std::max(1.0, (threadMs() - before) / usual) : 1;
}

/// The longest work between two turns of the event loop, in processor time of this thread: what
/// other programs take does not count.
class StallWatch : public QObject
{
public:
    StallWatch()
    {
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const double now = threadMs();
            longest = std::max(longest, now - m_last);
            m_last = now;
        });
        m_last = threadMs();
        m_timer.start(0);
    }

    double longest = 0; ///< ms

private:
    QTimer m_timer;
    double m_last = 0;
};

} // namespace console::test
