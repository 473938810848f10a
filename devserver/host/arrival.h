// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/store/store.h"

#include <QFuture>
#include <QObject>

#include <coroutine>
#include <type_traits>
#include <utility>

namespace devserver::host {

/// `Arrival arrival(this, [&](store::Finished finished) { return store.open(finished); });
/// co_await arrival;`: begins the work and goes on in the thread of \a context, woken once. The
/// QFutureWatcher behind `co_await future` wakes it three times (started, result ready, finished),
/// each with a turn of the event loop: a fifth of the time of a step. QFuture::then() is none
/// either: a continuation that is put on while the future finishes is run twice in Qt 6.4, the
/// second time without its promise, which is a crash.
///
/// The future must finish before \a context dies (the store is closed before the pump goes).
template<typename Start>
class Arrival
{
public:
    Arrival(QObject *context, Start start)
        : m_context(context)
        , m_start(std::move(start))
    {}

    [[nodiscard]] bool await_ready() const { return false; }

    void await_suspend(std::coroutine_handle<> waiting)
    {
        // Queued, also if it is called right here: what was begun is kept first.
        m_future = m_start([context = m_context, waiting] {
            QMetaObject::invokeMethod(
                context, [waiting] { waiting.resume(); }, Qt::QueuedConnection);
        });
    }

    // Not takeResult(): it resets the state, which the promise's thread may be about to look at.
    [[nodiscard]] auto await_resume() const { return m_future.result(); }

private:
    QObject *m_context;
    Start m_start;
    std::invoke_result_t<Start &, store::Finished> m_future;
};

} // namespace devserver::host
