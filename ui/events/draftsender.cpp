// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/draftsender.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/copyas.h"
#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/core/jsoncheck.h"
#include "ui/core/matchingverdicts.h"
#include "ui/core/nearestnames.h"
#include "ui/core/runwords.h"
#include "ui/events/answersmodel.h"
#include "ui/widgets/jobs.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QDateTime>
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
constexpr qsizetype largestKept = 256 * 1024; ///< bytes
const QString seqKey = u"composer/seq"_s;

} // namespace

DraftSender::DraftSender(Context &context, AnswersModel &answers, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_answers(answers)
    , m_queue(context.backend)
{
    m_nothingTimer.setSingleShot(true);
    m_nothingTimer.setInterval(explainDelay);
    connect(&m_nothingTimer, &QTimer::timeout, &m_queue, &SendQueue::goOn);
    connect(&context.feed, &Feed::runsChanged, this, &DraftSender::noteRuns);
    connect(&m_queue, &SendQueue::sent, this, &DraftSender::takeSent);
    connect(&m_queue, &SendQueue::refused, this, [this](const devserver::Error &error) {
        m_answers.addNote(m_send, error.message, true);
        if (m_job != 0) { // Activity says why, and goes back to the draft
            m_context.jobs.setProblem(m_job, error.message,
                                      [this] { m_context.navigator.showComposer(); });
        }
        const bool isPause = error.code == devserver::ErrorCode::StoreFull
                             || error.code == devserver::ErrorCode::StoreLocked;
        m_pause = isPause ? error.message : QString();
        Q_EMIT refused(error.message);
    });
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this, [this] {
        if (!m_pause.isEmpty() && !m_context.backend.server().pause)
            Q_EMIT refusalEnded(std::exchange(m_pause, {}));
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

qint64 DraftSender::nextSeq(const Context &context)
{
    return context.settings.value(seqKey, 1).toLongLong();
}

int DraftSender::eventCount(const QByteArray &text)
{
    const QByteArray clean = strippedOfComments(text).trimmed();
    return clean.startsWith('[') ? std::max(1, static_cast<int>(elementsOf(clean).size())) : 1;
}

QString DraftSender::send(const Order &order)
{
    m_queue.stop();
    m_reading.cancel();
    const DraftEvents events(order.draft);
    if (events.text().size() > mostBytes)
        return tr("The event has %1, the limit is %2")
            .arg(formatSize(events.text().size()), formatSize(mostBytes));
    m_order = order;
    m_events = events;
    const QByteArrayList paths = m_events.paths();
    if (paths.isEmpty())
        return begin();
    readFiles(paths);
    return {};
}

/// Off the GUI thread; the send goes on when they are there.
void DraftSender::readFiles(const QByteArrayList &paths)
{
    const auto work = [paths, folder = m_folder](const CancelFlag &) {
        return DraftEvents::read(paths, folder);
    };
    m_reading.start(work, [this](DraftEvents::Files files) {
        QString problem = m_events.setFiles(std::move(files));
        if (problem.isEmpty())
            problem = begin();
        if (!problem.isEmpty())
            Q_EMIT refused(problem);
    });
}

QString DraftSender::sendTitle() const
{
    const QString name = QString::fromUtf8(m_order.draft.name);
    return m_order.copies == 1 ? name : tr("%1 × %2").arg(formatCount(m_order.copies), name);
}

QString DraftSender::begin()
{
    m_begin = m_context.backend.steadyNow();
    const devserver::TimePoint now = m_context.backend.now();
    const qint64 firstSeq = nextSeq(m_context);
    m_events.setFirstSeq(firstSeq);
    const devserver::Result<QByteArray> first = m_events.data(1, now);
    if (!first)
        return first.error().message;
    if (first->size() > mostBytes)
        return tr("The event has %1, the limit is %2")
            .arg(formatSize(first->size()), formatSize(mostBytes));
    m_context.settings.setValue(seqKey, firstSeq + m_order.copies);
    m_done = 0;
    m_taken = 0;
    m_send = m_answers.addSend(
        QDateTime::fromMSecsSinceEpoch(devserver::toMs(now)).toString(u"HH:mm:ss"_s) + u"   "_s
        + sendTitle());
    m_opens = m_order.opensFirst ? m_send : 0;
    m_order.isBatch = m_order.isBatch && m_order.draft.target == Draft::Target::Event;
    const int calls = m_order.isBatch ? 1 : m_order.copies;
    m_job = calls == 1 ? 0 : m_context.jobs.add(tr("Sending %1").arg(sendTitle()), calls);
    m_queue.start({.copies = calls,
                   .perSecond = m_order.perSecond,
                   .isOneByOne = m_order.isOneByOne,
                   .send = [this](int copy) { return sendCopy(copy); }});
    return {};
}

devserver::api::Reply *DraftSender::sendCopy(int copy)
{
    const Draft &draft = m_order.draft;
    const devserver::TimePoint now = m_context.backend.now();
    if (copy == 1) { // of a large text the history does without
        m_asSent = draft.text.size() > largestKept ? draft : m_events.asSent(copy, now);
        if (m_asSent.text.size() > largestKept) // a file makes it so
            m_asSent = draft;
    }
    if (draft.target == Draft::Target::Invoke)
        return m_context.backend.invoke(draft.name, m_events.data(copy, now).value_or("{}"_ba));
    QByteArrayList events = m_events.events(copy, now);
    for (int next = copy + 1; m_order.isBatch && next <= m_order.copies; ++next)
        events += m_events.events(next, now);
    if (events.size() == 1 && !m_order.isBatch)
        return m_context.backend.send(events.front());
    return m_context.backend.send('[' + events.join(',') + ']');
}

void DraftSender::takeSent(const std::vector<EventId> &events)
{
    for (const EventId &event : events)
        m_answers.addEvent(m_send, event);
    if (m_order.isOneByOne)
        waitForRuns(events);
    if (++m_taken > 1)
        return;
    Q_EMIT accepted(m_order.draft, m_asSent);
    if (events.empty() || m_order.draft.target == Draft::Target::Invoke)
        return;
    const std::vector<devserver::Function> functions = m_context.catalog.functions();
    const bool isLater =
        dueAt(m_order.draft.when, m_context.backend.now()) > m_context.backend.now() + soon;
    if (isLater)
        m_answers.addNote(
            m_send, tr("Its runs start %1.").arg(QString::fromUtf8(m_order.draft.when)), false);
    if (listenerCount(m_order.draft.name, functions) == 0)
        sayNobody(m_order.draft.name);
    else
        explainLater(m_send, events.front());
}

/// Of a name that is too long both ends are shown: the mistake may be in either.
void DraftSender::sayNobody(const QByteArray &event)
{
    const QString name = QString::fromUtf8(event);
    m_answers.addNote(m_send, tr("No function listens to %1").arg(name), false,
                      tr("Nobody listens: %1").arg(name));
    const QByteArrayList nearest = nearestNames(event, m_context.catalog.triggerNames());
    if (!nearest.isEmpty()) {
        const QString near = QString::fromUtf8(nearest.join(", "));
        m_answers.addNote(m_send, tr("Closest: %1").arg(near), false, near);
    }
}

void DraftSender::waitForRuns(const std::vector<EventId> &events)
{
    m_previous = {events.begin(), events.end()};
    m_live.clear();
    m_nothingTimer.start();
    // The mail may have been faster than the answer.
    for (const EventId &event : events)
        devserver::api::then<EventRecord>(
            m_context.backend.ask(devserver::api::EventRecordQuery{event}), this,
            [this](const EventRecord &record) { noteRuns(record.runs); },
            [](const devserver::Error &) {}); // the mail comes all the same
}

void DraftSender::noteRuns(const std::vector<devserver::api::RunSummary> &runs)
{
    bool isNews = false;
    for (const devserver::api::RunSummary &run : runs) {
        if (!m_previous.contains(run.event))
            continue;
        isNews = true;
        if (hasEnded(displayState(run)))
            m_live.erase(run.id);
        else
            m_live.insert(run.id);
    }
    if (!isNews)
        return;
    m_nothingTimer.stop();
    if (!m_live.empty())
        return;
    m_previous.clear();
    m_queue.goOn();
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

void DraftSender::finish(int done, int failed)
{
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        m_context.backend.steadyNow() - m_begin);
    m_answers.setSecond(m_send, m_order.copies == 1 || m_order.isBatch
                                    ? formatDuration(took)
                                    : tr("%1 of %2 in %3")
                                          .arg(formatCount(done - failed),
                                               formatCount(m_order.copies), formatDuration(took)));
    m_nothingTimer.stop();
    m_previous.clear();
    if (m_job != 0)
        m_context.jobs.finish(m_job);
    m_job = 0;
    Q_EMIT progressed();
}

} // namespace console
