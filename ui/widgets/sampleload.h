// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/sendqueue.h"

#include <QObject>
#include <QString>

namespace console {

struct Context;

/// Many orders in a short time, to see the window under load (ui.md §19). One for the whole window:
/// it goes on when the page that started it gives way to the runs, and Activity can stop it.
/// GUI thread.
class SampleLoad final : public QObject
{
    Q_OBJECT

public:
    static constexpr int perSecond = 200;
    static constexpr int seconds = 10;
    static constexpr int total = perSecond * seconds;

    /// Made when it is asked for first; it goes with the jobs of the window.
    [[nodiscard]] static SampleLoad &of(Context &context);

    void start();

    void stop() { m_queue.stop(); }

    [[nodiscard]] bool isRunning() const { return m_queue.isRunning(); }

    /// How far it is, or how far it came; empty before it was started.
    [[nodiscard]] QString words() const;

Q_SIGNALS:
    void changed();

private:
    explicit SampleLoad(Context &context);

    Context &m_context;
    SendQueue m_queue;
    int m_job = 0;
    int m_done = 0;
    int m_failed = 0;
    QString m_problem;
};

} // namespace console
