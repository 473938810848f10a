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

#include <set>
#include <vector>

namespace console {

class AnswersModel;

/// Sends a draft once or many times: placeholders are resolved for each copy, answers go to the
/// list, many copies are a job of Activity (ui.md §10).
class DraftSender final : public QObject
{
    Q_OBJECT

public:
    /// Of one event, as the server says it (protocol §3).
    static constexpr qsizetype mostBytes = mostEventBytes;

    DraftSender(Context &context, AnswersModel &answers, QObject *parent = nullptr);

    struct Order {
        Draft draft;
        int copies = 1;
        double perSecond = 0;    ///< 0: all at once
        bool isBatch = false;    ///< all copies in a single call
        bool isOneByOne = false; ///< the next one when the runs of the one before have ended
        bool opensFirst = false; ///< goes to the first run that it starts
    };

    /// \returns why it cannot be sent; empty: it is under way.
    [[nodiscard]] QString send(const Order &order);

    void stop() { m_queue.stop(); }

    [[nodiscard]] bool isSending() const { return m_queue.isRunning(); }

    /// Events that a send of the text makes: the elements of an array, else 1.
    [[nodiscard]] static int eventCount(const QByteArray &text);

    /// `{{seq}}` of what is sent next.
    [[nodiscard]] static qint64 nextSeq(const Context &context);

    /// Where paths of `{{file …}}` begin; empty: the working folder.
    void setFolder(const QString &folder) { m_folder = folder; }

    /// Copies of the current order that were answered.
    [[nodiscard]] int done() const { return m_done; }

Q_SIGNALS:
    /// The first copy was taken: it belongs into the history.
    /// \a asSent  with what its placeholders stood for
    void accepted(const console::Draft &draft, const console::Draft &asSent);
    void refused(const QString &problem);
    /// What was `refused` because work was paused could be sent again.
    void refusalEnded(const QString &problem);
    void progressed();

private:
    void readFiles(const QByteArrayList &paths);
    [[nodiscard]] QString begin();
    [[nodiscard]] devserver::api::Reply *sendCopy(int copy);
    [[nodiscard]] QString sendTitle() const;
    void takeSent(const std::vector<devserver::EventId> &events);
    void explainLater(int send, devserver::EventId event);
    void sayNobody(const QByteArray &event);
    void waitForRuns(const std::vector<devserver::EventId> &events);
    void noteRuns(const std::vector<devserver::api::RunSummary> &runs);
    void finish(int done, int failed);

    Context &m_context;
    AnswersModel &m_answers;
    SendQueue m_queue;
    Order m_order;
    QString m_folder;
    QString m_pause; ///< the refusal that it was the reason of
    BackgroundJob m_reading;
    DraftEvents m_events; ///< of the order
    Draft m_asSent;       ///< what became of the first copy
    std::chrono::steady_clock::time_point m_begin;
    int m_send = 0; ///< in the answers
    int m_job = 0;  ///< in Activity; 0: none
    int m_done = 0;
    int m_taken = 0;
    // Of an order that goes one by one: what the next copy waits for.
    std::set<devserver::EventId> m_previous;
    std::set<devserver::RunId> m_live;
    QTimer m_nothingTimer; ///< no run came: none will
    int m_opens = 0;       ///< send whose first run is opened; 0: none
};

} // namespace console
