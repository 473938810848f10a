// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/jsonformat.h"

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <utility>

namespace console {

/// One piece of work off the GUI thread at a time: a new one takes the place of the old one, whose
/// result is dropped (ui.md §26). GUI thread.
class BackgroundJob final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    ~BackgroundJob() override { cancel(); }

    Q_DISABLE_COPY_MOVE(BackgroundJob)

    /// \a work runs on a thread of the pool and may look at the flag; \a done runs here.
    template<typename Work, typename Done>
    void start(Work work, Done done)
    {
        cancel();
        m_flag = std::make_shared<CancelFlag>(false);
        QThreadPool::globalInstance()->start([guard = QPointer<BackgroundJob>(this), flag = m_flag,
                                              work = std::move(work),
                                              done = std::move(done)]() mutable {
            auto result = std::make_shared<decltype(work(*flag))>(work(*flag));
            // Through the application: this object may be gone by now, the other thread cannot
            // know.
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard = std::move(guard), flag = std::move(flag), result, done = std::move(done)] {
                    BackgroundJob *job = guard.data();
                    if (job == nullptr || flag->load())
                        return;
                    job->m_flag = nullptr;
                    done(std::move(*result));
                },
                Qt::QueuedConnection);
        });
    }

    void cancel()
    {
        if (m_flag)
            m_flag->store(true);
        m_flag.reset();
    }

    [[nodiscard]] bool isRunning() const { return m_flag != nullptr; }

private:
    std::shared_ptr<CancelFlag> m_flag;
};

} // namespace console
