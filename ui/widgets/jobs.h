// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace console {

/// Work that the window itself does for longer, such as sending many events; Activity lists it
/// beside the bulks of the engine. Whoever does the work adds it, tells how far it is and listens
/// to `stopRequested`. GUI thread.
class Jobs final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    struct Job {
        int id = 0;
        devserver::TimePoint startedAt;
        QString title; ///< translated: `Sending 250 order/created`
        QString icon;  ///< name in the icon set
        int total = 0;
        int done = 0; ///< the failed ones too
        int failed = 0;
        bool isOver = false;
        QString problem;                  ///< what went wrong first, in the words of who refused it
        std::function<void()> showFailed; ///< goes to what failed; may be empty
    };

    /// \returns its id, never 0.
    [[nodiscard]] int add(devserver::TimePoint startedAt, const QString &title, int total,
                          const QString &icon = QStringLiteral("send"));
    void update(int id, int done, int failed);
    /// Why something of it failed, and where that can be seen.
    void setProblem(int id, const QString &problem, std::function<void()> showFailed = {});
    /// It stays in the list; `done` says how far it came.
    void finish(int id);

    /// Asks whoever does it to stop; `finish` follows from there.
    void stop(int id) { Q_EMIT stopRequested(id); }

    /// Oldest first; the last 100.
    [[nodiscard]] const std::vector<Job> &all() const { return m_jobs; }

    /// Null if it is not known (any more).
    [[nodiscard]] const Job *job(int id) const;

Q_SIGNALS:
    void added(int id);
    void changed(int id);
    void stopRequested(int id);

private:
    [[nodiscard]] Job *find(int id);

    std::vector<Job> m_jobs;
    int m_lastId = 0;
};

} // namespace console
