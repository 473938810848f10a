// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "ui/core/draft.h"
#include "ui/events/ongoingsend.h"
#include "ui/widgets/context.h"

#include <QObject>

#include <vector>

namespace console {

class AnswersModel;

/// Sends drafts once or many times. A send ends none that is still under way: a copy may wait for
/// runs which wait for the event that is sent now (ui.md §10).
class DraftSender final : public QObject
{
    Q_OBJECT

public:
    /// Of one event, as the server says it (protocol §3).
    static constexpr qsizetype mostBytes = mostEventBytes;

    DraftSender(Context &context, AnswersModel &answers, QObject *parent = nullptr);

    /// Copies only while no others are being sent. \returns why it cannot be sent; empty: it is
    /// under way.
    [[nodiscard]] QString send(const SendOrder &order);

    /// The copies that are being sent; single ones are on their way.
    void stop();

    /// Several copies.
    [[nodiscard]] bool isSending() const { return m_copies != nullptr; }

    /// Of the copies that are being sent: those that were answered, and all.
    [[nodiscard]] int done() const { return m_copies == nullptr ? 0 : m_copies->done(); }

    [[nodiscard]] int total() const { return m_copies == nullptr ? 0 : m_copies->order().copies; }

    /// Events that a send of the text makes: the elements of an array, else 1.
    [[nodiscard]] static int eventCount(const QByteArray &text);

    /// `{{seq}}` of what is sent next.
    [[nodiscard]] static qint64 nextSeq(const Context &context);
    static void setNextSeq(Context &context, qint64 seq);

    /// Where paths of `{{file …}}` begin; empty: the working folder.
    void setFolder(const QString &folder) { m_folder = folder; }

Q_SIGNALS:
    /// The first copy was taken: it belongs into the history.
    /// \a asSent  with what its placeholders stood for
    void accepted(const console::Draft &draft, const console::Draft &asSent);
    void refused(const QString &problem);
    /// What was `refused` because work was paused could be sent again.
    void refusalEnded(const QString &problem);
    void progressed();

private:
    void follow(OngoingSend *send);
    void takeRefusal(const devserver::Error &error);
    void explain(const OngoingSend &send, const std::vector<devserver::EventId> &events);
    void explainLater(int send, devserver::EventId event);
    void sayNobody(int send, const QByteArray &event);

    Context &m_context;
    AnswersModel &m_answers;
    OngoingSend *m_copies = nullptr; ///< several of one draft
    QString m_folder;
    QString m_pause; ///< the refusal that it was the reason of
    int m_opens = 0; ///< send whose first run is opened; 0: none
};

} // namespace console
