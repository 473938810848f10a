// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "ui/core/draft.h"
#include "ui/core/sendqueue.h"
#include "ui/events/draftevents.h"
#include "ui/widgets/backgroundjob.h"
#include "ui/widgets/context.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <set>
#include <vector>

namespace console {

class AnswersModel;

struct SendOrder {
    Draft draft;
    int copies = 1;
    double perSecond = 0;    ///< 0: all at once
    bool isBatch = false;    ///< all copies in a single call
    bool isOneByOne = false; ///< the next one when the runs of the one before have ended
    bool opensFirst = false; ///< goes to the first run that it starts
};

/// One order, until its last copy was answered: placeholders are resolved for each copy, what came
/// of it goes to the answers, many copies are a job of Activity (ui.md §10). Several are beside
/// each other without knowing of each other. GUI thread.
class OngoingSend final : public QObject
{
    Q_OBJECT

public:
    OngoingSend(Context &context, AnswersModel &answers, SendOrder order,
                QObject *parent = nullptr);

    /// \a folder  where paths of `{{file …}}` begin; empty: the working folder
    /// \returns why it cannot be sent; empty: it is under way.
    [[nodiscard]] QString start(const QString &folder);
    /// Nothing more is sent; what is under way is still counted.
    void stop();

    [[nodiscard]] const SendOrder &order() const { return m_order; }

    /// Its number in the answers.
    [[nodiscard]] int number() const { return m_number; }

    /// What became of the first copy.
    [[nodiscard]] const Draft &asSent() const { return m_asSent; }

    /// Copies that were answered.
    [[nodiscard]] int done() const { return m_done; }

Q_SIGNALS:
    void begun();
    /// The first copy was taken.
    void accepted(const std::vector<devserver::EventId> &events);
    void refused(const devserver::Error &error);
    void progressed();
    /// Nothing more comes of it.
    void ended();

private:
    void readFiles(const QByteArrayList &paths, const QString &folder);
    [[nodiscard]] QString begin();
    [[nodiscard]] QString title() const;
    [[nodiscard]] devserver::api::Reply *sendCopy(int copy);
    void takeSent(const std::vector<devserver::EventId> &events);
    void takeRefusal(const devserver::Error &error);
    void waitForRuns(const std::vector<devserver::EventId> &events);
    void noteRuns(const std::vector<devserver::api::RunSummary> &runs);
    void finish(int done, int failed);

    Context &m_context;
    AnswersModel &m_answers;
    SendQueue m_queue;
    SendOrder m_order;
    BackgroundJob m_reading;
    DraftEvents m_events;
    Draft m_asSent;
    std::chrono::steady_clock::time_point m_begin;
    int m_number = 0;
    int m_job = 0; ///< in Activity; 0: none
    int m_done = 0;
    bool m_isTaken = false; ///< the first copy
    // Of an order that goes one by one: what the next copy waits for.
    std::set<devserver::EventId> m_previous;
    std::set<devserver::RunId> m_live;
    QTimer m_nothingTimer; ///< no run came: none will
};

} // namespace console
