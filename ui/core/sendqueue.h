// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <vector>

namespace console {

/// Sends one event many times, all at once or so many per second, by the backend's
/// steady clock (ui.md §10). One order at a time. GUI thread.
class SendQueue final : public QObject
{
    Q_OBJECT

public:
    struct Order {
        int copies = 1;
        double perSecond = 0;    ///< 0: all at once, as fast as the server takes them
        bool isOneByOne = false; ///< each further copy waits for `goOn`
        /// Sends the copy with this number, from 1.
        std::function<devserver::api::Reply *(int copy)> send;
    };

    /// Answers that may be outstanding; more copies wait for them.
    static constexpr int mostUnderWay = 64;

    explicit SendQueue(devserver::api::ConsoleBackend &backend, QObject *parent = nullptr);

    /// Not while another order runs: its answers would count for this one.
    void start(Order order);
    /// One more copy of an order that goes one by one.
    void goOn();
    /// Nothing more is sent; what is under way is still counted.
    void stop();

    [[nodiscard]] bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    /// Each copy that was taken.
    void sent(const std::vector<devserver::EventId> &events);
    /// The first refusal of an order stops it: the others would be refused as well.
    void refused(const devserver::Error &error);
    /// \a done counts the failed ones, too.
    void progressed(int done, int failed);
    void finished(int done, int failed);

private:
    void work();
    void sendNext();
    void settle(bool isFailed);

    devserver::api::ConsoleBackend &m_backend;
    QTimer m_timer;
    Order m_order;
    std::chrono::steady_clock::time_point m_begin;
    int m_released = 1; ///< of an order that goes one by one
    int m_sent = 0;
    int m_done = 0;
    int m_failed = 0;
    bool m_isRunning = false;
    bool m_isStopped = false;
};

} // namespace console
