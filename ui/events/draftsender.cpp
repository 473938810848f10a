// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/draftsender.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/copyas.h"
#include "ui/core/jsoncheck.h"
#include "ui/core/matchingverdicts.h"
#include "ui/core/nearestnames.h"
#include "ui/events/answersmodel.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::EventId;
using devserver::api::EventRecord;

namespace {

constexpr int explainDelay = 700; // ms; runs are there long before
constexpr std::chrono::seconds soon{1};
const QString seqKey = u"composer/seq"_s;

} // namespace

DraftSender::DraftSender(Context &context, AnswersModel &answers, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_answers(answers)
{
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this, [this] {
        if (!m_pause.isEmpty() && !m_context.backend.server().pause)
            Q_EMIT refusalEnded(std::exchange(m_pause, {}));
    });
    connect(&answers, &AnswersModel::runStarted, this, [this](int send, devserver::RunId run) {
        if (send == m_opens) {
            m_opens = 0;
            m_context.navigator.openRun(run);
        }
    });
}

qint64 DraftSender::nextSeq(const Context &context)
{
    return context.settings.value(seqKey, 1).toLongLong();
}

void DraftSender::setNextSeq(Context &context, qint64 seq)
{
    context.settings.setValue(seqKey, seq);
}

int DraftSender::eventCount(const QByteArray &text)
{
    const QByteArray clean = strippedOfComments(text).trimmed();
    return clean.startsWith('[') ? std::max(1, static_cast<int>(elementsOf(clean).size())) : 1;
}

QString DraftSender::send(const SendOrder &order)
{
    Q_ASSERT(order.copies == 1 || !isSending());
    auto *send = new OngoingSend(m_context, m_answers, order, this);
    follow(send);
    if (order.copies > 1)
        m_copies = send;
    QString problem = send->start(m_folder);
    if (!problem.isEmpty()) {
        if (m_copies == send)
            m_copies = nullptr;
        delete send;
    }
    return problem;
}

void DraftSender::stop()
{
    if (m_copies != nullptr)
        m_copies->stop();
}

void DraftSender::follow(OngoingSend *send)
{
    connect(send, &OngoingSend::begun, this,
            [this, send] { m_opens = send->order().opensFirst ? send->number() : 0; });
    connect(send, &OngoingSend::accepted, this, [this, send](const std::vector<EventId> &events) {
        Q_EMIT accepted(send->order().draft, send->asSent());
        explain(*send, events);
    });
    connect(send, &OngoingSend::refused, this, &DraftSender::takeRefusal);
    connect(send, &OngoingSend::progressed, this, &DraftSender::progressed);
    connect(send, &OngoingSend::ended, this, [this, send] {
        if (m_copies == send)
            m_copies = nullptr;
        send->deleteLater();
        Q_EMIT progressed();
    });
}

void DraftSender::takeRefusal(const devserver::Error &error)
{
    const bool isPause = error.code == devserver::ErrorCode::StoreFull
                         || error.code == devserver::ErrorCode::StoreLocked;
    m_pause = isPause ? error.message : QString();
    Q_EMIT refused(error.message);
}

/// Why its runs are not there yet, or never will be.
void DraftSender::explain(const OngoingSend &send, const std::vector<EventId> &events)
{
    const Draft &draft = send.order().draft;
    if (events.empty() || draft.target == Draft::Target::Invoke)
        return;
    const devserver::TimePoint now = m_context.backend.now();
    if (dueAt(draft.when, now) > now + soon)
        m_answers.addNote(send.number(),
                          tr("Its runs start %1.").arg(QString::fromUtf8(draft.when)), false);
    if (listenerCount(draft.name, m_context.catalog.functions()) == 0)
        sayNobody(send.number(), draft.name);
    else
        explainLater(send.number(), events.front());
}

/// Of a name that is too long both ends are shown: the mistake may be in either.
void DraftSender::sayNobody(int send, const QByteArray &event)
{
    const QString name = QString::fromUtf8(event);
    m_answers.addNote(send, tr("No function listens to %1").arg(name), false,
                      tr("Nobody listens: %1").arg(name));
    const QByteArrayList nearest = nearestNames(event, m_context.catalog.triggerNames());
    if (!nearest.isEmpty()) {
        const QString near = QString::fromUtf8(nearest.join(", "));
        m_answers.addNote(send, tr("Closest: %1").arg(near), false, near);
    }
}

/// Somebody listens; if nothing comes all the same, the event's record says why.
void DraftSender::explainLater(int send, EventId event)
{
    QTimer::singleShot(explainDelay, this, [this, send, event] {
        if (m_answers.hasRuns(send))
            return;
        devserver::api::then<EventRecord>(
            m_context.backend.ask(devserver::api::EventRecordQuery{event}), this,
            [this, send](const EventRecord &record) {
                const Matching matching = matchingOf(record, m_context.catalog.functions(),
                                                     {.now = m_context.backend.now()});
                for (const MatchingVerdict &verdict : matching.verdicts) {
                    if (record.runs.empty())
                        m_answers.addNote(send,
                                          tr("%1: %2   %3")
                                              .arg(QString::fromUtf8(verdict.functionName),
                                                   verdict.verdict, verdict.why),
                                          false);
                }
            },
            [](const devserver::Error &) {}); // the event itself was taken
    });
}

} // namespace console
