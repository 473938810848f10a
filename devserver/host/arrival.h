// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFuture>
#include <QObject>

#include <coroutine>
#include <utility>

namespace devserver::host {

/// `Arrival arrival(future, this); co_await arrival;`: goes on in the thread of \a context, woken
/// once. The QFutureWatcher behind `co_await future` wakes it three times (started, result ready,
/// finished), each with a turn of the event loop: a fifth of the time of a step.
///
/// The future must finish before \a context dies (the store is closed before the pump goes).
template<typename T>
class Arrival
{
public:
    Arrival(QFuture<T> future, QObject *context)
        : m_future(std::move(future))
        , m_context(context)
    {}

    [[nodiscard]] bool await_ready() const { return m_future.isFinished(); }

    void await_suspend(std::coroutine_handle<> waiting)
    {
        // A copy: if the future is finished by now, the coroutine, and with it this object, may be
        // gone before then() returns.
        QFuture<T> future = m_future;
        future.then(m_context, [waiting](const QFuture<T> &) { waiting.resume(); });
    }

    // Not takeResult(): it resets the state, which the promise's thread may be about to look at.
    [[nodiscard]] T await_resume() const { return m_future.result(); }

private:
    QFuture<T> m_future;
    QObject *m_context;
};

} // namespace devserver::host
