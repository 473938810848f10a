// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QFuture>
#include <QPromise>
#include <QThread>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace devserver::store {

/// A thread that runs what it is given, in order. Its functions may be called from any thread,
/// except `stop()`, which belongs to the owner.
class WorkThread
{
public:
    /// \param idle  called on the thread, once, when there was nothing to do for \a idleAfter.
    explicit WorkThread(const QString &name, std::function<void()> idle = {},
                        std::chrono::milliseconds idleAfter = std::chrono::seconds(5));
    ~WorkThread();
    Q_DISABLE_COPY_MOVE(WorkThread)

    /// Runs \a task (which returns a `Result`) on the thread. The future is finished with
    /// `Stopping` if the thread was stopped before; it is never cancelled.
    /// \param finished  called when it is finished, on the thread, or here if that was stopped
    template<typename Task>
    [[nodiscard]] auto run(Task task, std::function<void()> finished = {})
        -> QFuture<std::invoke_result_t<Task &>>
    {
        using Done = std::invoke_result_t<Task &>;
        auto promise = std::make_shared<QPromise<Done>>();
        promise->start();
        QFuture<Done> future = promise->future();
        auto finish = [promise, finished = std::move(finished)](Done answer) {
            promise->addResult(std::move(answer));
            promise->finish();
            if (finished)
                finished();
        };
        if (!post([finish, task = std::move(task)]() mutable { finish(task()); }))
            finish(failure(ErrorCode::Stopping, QStringLiteral("the store is closed")));
        return future;
    }

    /// Ends the thread after what was posted so far, then \a last, and waits for that. Idempotent.
    void stop(std::function<void()> last = {});

private:
    bool post(std::function<void()> task);
    void loop();
    std::function<void()> take();

    std::mutex m_mutex; // guards the next two
    std::deque<std::function<void()>> m_tasks;
    bool m_stopping = false;
    std::condition_variable m_wake;
    std::function<void()> m_idle;
    std::chrono::milliseconds m_idleAfter;
    bool m_idleDone = true; // only on the thread
    std::unique_ptr<QThread> m_thread;
};

} // namespace devserver::store
