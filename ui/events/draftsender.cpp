// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/draftsender.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/copyas.h"
#include "ui/core/format.h"
#include "ui/core/jsoncheck.h"
#include "ui/core/matchingverdicts.h"
#include "ui/events/answersmodel.h"
#include "ui/widgets/jobs.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTimer>

namespace console {

using namespace Qt::StringLiterals;
using devserver::EventId;
using devserver::api::EventRecord;

namespace {

constexpr int explainDelay = 700; // ms; runs are there long before
const QString seqKey = u"composer/seq"_s;

} // namespace

DraftSender::DraftSender(Context &context, AnswersModel &answers, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_answers(answers)
    , m_queue(context.backend)
{
    m_values.random = [](quint64 below) {
        return below == 0 ? 0 : QRandomGenerator::global()->generate64() % below;
    };
    m_values.env = [](const QByteArray &name) { return qgetenv(name.constData()); };
    connect(&m_queue, &SendQueue::sent, this, &DraftSender::takeSent);
    connect(&m_queue, &SendQueue::refused, this, [this](const devserver::Error &error) {
        m_answers.addNote(m_send, error.message, true);
        Q_EMIT refused(error.message);
    });
    connect(&m_queue, &SendQueue::progressed, this, [this](int done, int failed) {
        m_done = done;
        if (m_job != 0)
            m_context.jobs.update(m_job, done, failed);
        Q_EMIT progressed();
    });
    connect(&m_queue, &SendQueue::finished, this, &DraftSender::finish);
    connect(&context.jobs, &Jobs::stopRequested, this, [this](int job) {
        if (job == m_job)
            m_queue.stop();
    });
    connect(&answers, &AnswersModel::runStarted, this, [this](int send, devserver::RunId run) {
        if (send == m_opens) {
            m_opens = 0;
            m_context.navigator.openRun(run);
        }
    });
}

QString DraftSender::send(const Order &order)
{
    m_queue.stop();
    const QByteArray clean = strippedOfComments(order.draft.text);
    if (clean.size() > mostBytes)
        return tr("The event has %1, the limit is %2")
            .arg(formatSize(clean.size()), formatSize(mostBytes));
    m_order = order;
    m_clean = clean;
    m_begin = m_context.backend.now();
    m_values.now = m_begin;
    m_firstSeq = m_context.settings.value(seqKey, 1).toLongLong();
    const devserver::Result<QByteArray> first = resolved(1, m_firstSeq);
    if (!first)
        return first.error().message;
    m_context.settings.setValue(seqKey, m_firstSeq + order.copies);
    const QString name = QString::fromUtf8(order.draft.name);
    const QString what =
        order.copies == 1 ? name : tr("%1 × %2").arg(formatCount(order.copies), name);
    m_done = 0;
    m_taken = 0;
    m_send = m_answers.addSend(
        QDateTime::fromMSecsSinceEpoch(devserver::toMs(m_begin)).toString(u"HH:mm:ss"_s) + u"   "_s
        + what);
    m_opens = order.opensFirst ? m_send : 0;
    m_job = order.copies == 1 ? 0 : m_context.jobs.add(tr("Sending %1").arg(what), order.copies);
    m_queue.start({.copies = order.copies, .perSecond = order.perSecond, .send = [this](int copy) {
                       return sendCopy(copy);
                   }});
    return {};
}

devserver::Result<QByteArray> DraftSender::resolved(int copy, qint64 seq) const
{
    PlaceholderValues values = m_values;
    values.now = m_context.backend.now();
    values.i = copy;
    values.seq = seq;
    return resolvePlaceholders(m_clean, values);
}

devserver::api::Reply *DraftSender::sendCopy(int copy)
{
    const qint64 seq = m_firstSeq + copy - 1;
    // What can be wrong with a placeholder was wrong with the first copy, too.
    const QByteArray data = resolved(copy, seq).value_or("{}"_ba).trimmed();
    const Draft &draft = m_order.draft;
    if (draft.target == Draft::Target::Invoke)
        return m_context.backend.invoke(draft.name, data);
    PlaceholderValues values = m_values;
    values.now = m_context.backend.now();
    values.i = copy;
    values.seq = seq;
    // As inside of a string: the id is text.
    const QByteArray id =
        draft.id.contains("{{")
            ? memberOf(resolvePlaceholders("{\"id\":\"" + draft.id + "\"}", values)
                           .value_or(QByteArray()),
                       "id"_ba)
                  .replace('"', QByteArray())
            : draft.id;
    return m_context.backend.send(eventToSend(draft.name, id, data));
}

void DraftSender::takeSent(const std::vector<EventId> &events)
{
    for (const EventId &event : events)
        m_answers.addEvent(m_send, event);
    if (++m_taken > 1)
        return;
    Q_EMIT accepted(m_order.draft);
    if (events.empty() || m_order.draft.target == Draft::Target::Invoke)
        return;
    const std::vector<devserver::Function> functions = m_context.catalog.functions();
    if (listenerCount(m_order.draft.name, functions) == 0)
        m_answers.addNote(m_send, whoListens(m_order.draft.name, functions).remove(u'`'), false);
    else
        explainLater(m_send, events.front());
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
                const Matching matching = matchingOf(record, m_context.catalog.functions());
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

void DraftSender::finish(int done, int failed)
{
    const auto took = m_context.backend.now() - m_begin;
    m_answers.setSecond(m_send, m_order.copies == 1
                                    ? formatDuration(took)
                                    : tr("%1 of %2 in %3")
                                          .arg(formatCount(done - failed),
                                               formatCount(m_order.copies), formatDuration(took)));
    if (m_job != 0)
        m_context.jobs.finish(m_job);
    m_job = 0;
    Q_EMIT progressed();
}

} // namespace console
