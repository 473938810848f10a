// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/ongoingsend.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/core/runwords.h"
#include "ui/events/answersmodel.h"
#include "ui/events/draftsender.h"
#include "ui/widgets/jobs.h"
#include "ui/widgets/navigator.h"

#include <QDateTime>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::EventId;
using devserver::api::EventRecord;

namespace {

constexpr int noRunDelay = 700;               // ms; runs are there long before
constexpr qsizetype largestKept = 256 * 1024; ///< bytes

QString tooLarge(qsizetype size)
{
    return OngoingSend::tr("The event has %1, the limit is %2")
        .arg(formatSize(size), formatSize(DraftSender::mostBytes));
}

} // namespace

OngoingSend::OngoingSend(Context &context, AnswersModel &answers, SendOrder order, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_answers(answers)
    , m_queue(context.backend)
    , m_order(std::move(order))
    , m_events(m_order.draft)
{
    m_nothingTimer.setSingleShot(true);
    m_nothingTimer.setInterval(noRunDelay);
    connect(&m_nothingTimer, &QTimer::timeout, &m_queue, &SendQueue::goOn);
    connect(&context.feed, &Feed::runsChanged, this, &OngoingSend::noteRuns);
    connect(&m_queue, &SendQueue::sent, this, &OngoingSend::takeSent);
    connect(&m_queue, &SendQueue::refused, this, &OngoingSend::takeRefusal);
    connect(&m_queue, &SendQueue::progressed, this, [this](int done, int failed) {
        m_done = done;
        if (m_job != 0)
            m_context.jobs.update(m_job, done, failed);
        Q_EMIT progressed();
    });
    connect(&m_queue, &SendQueue::finished, this, &OngoingSend::finish);
    connect(&context.jobs, &Jobs::stopRequested, this, [this](int job) {
        if (job == m_job)
            stop();
    });
}

QString OngoingSend::start(const QString &folder)
{
    if (m_events.text().size() > DraftSender::mostBytes)
        return tooLarge(m_events.text().size());
    const QByteArrayList paths = m_events.paths();
    if (paths.isEmpty())
        return begin();
    readFiles(paths, folder);
    return {};
}

void OngoingSend::stop()
{
    if (m_reading.isRunning()) {
        m_reading.cancel();
        Q_EMIT ended();
    } else {
        m_queue.stop();
    }
}

/// Off the GUI thread; the send goes on when they are there.
void OngoingSend::readFiles(const QByteArrayList &paths, const QString &folder)
{
    const auto work = [paths, folder](const CancelFlag &) {
        return DraftEvents::read(paths, folder);
    };
    m_reading.start(work, [this](DraftEvents::Files files) {
        QString problem = m_events.setFiles(std::move(files));
        if (problem.isEmpty())
            problem = begin();
        if (problem.isEmpty())
            return;
        Q_EMIT refused({devserver::ErrorCode::InvalidInput, problem});
        Q_EMIT ended();
    });
}

QString OngoingSend::title() const
{
    const QString name = QString::fromUtf8(m_order.draft.name);
    return m_order.copies == 1 ? name : tr("%1 × %2").arg(formatCount(m_order.copies), name);
}

QString OngoingSend::begin()
{
    m_begin = m_context.backend.steadyNow();
    const devserver::TimePoint now = m_context.backend.now();
    const qint64 firstSeq = DraftSender::nextSeq(m_context);
    m_events.setFirstSeq(firstSeq);
    const devserver::Result<QByteArray> first = m_events.data(1, now);
    if (!first)
        return first.error().message;
    if (first->size() > DraftSender::mostBytes)
        return tooLarge(first->size());
    DraftSender::setNextSeq(m_context, firstSeq + m_order.copies);
    m_number = m_answers.addSend(
        QDateTime::fromMSecsSinceEpoch(devserver::toMs(now)).toString(u"HH:mm:ss"_s) + u"   "_s
        + title());
    m_order.isBatch = m_order.isBatch && m_order.draft.target == Draft::Target::Event;
    const int calls = m_order.isBatch ? 1 : m_order.copies;
    m_job = calls == 1
                ? 0
                : m_context.jobs.add(m_context.backend.now(), tr("Sending %1").arg(title()), calls);
    Q_EMIT begun();
    m_queue.start({.copies = calls,
                   .perSecond = m_order.perSecond,
                   .isOneByOne = m_order.isOneByOne,
                   .send = [this](int copy) { return sendCopy(copy); }});
    return {};
}

devserver::api::Reply *OngoingSend::sendCopy(int copy)
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

void OngoingSend::takeSent(const std::vector<EventId> &events)
{
    for (const EventId &event : events)
        m_answers.addEvent(m_number, event);
    if (m_order.isOneByOne)
        waitForRuns(events);
    if (!std::exchange(m_isTaken, true))
        Q_EMIT accepted(events);
}

void OngoingSend::takeRefusal(const devserver::Error &error)
{
    m_answers.addNote(m_number, error.message, true);
    if (m_job != 0) { // Activity says why, and goes back to the draft
        m_context.jobs.setProblem(m_job, error.message, [navigator = &m_context.navigator] {
            navigator->showComposer();
        });
    }
    Q_EMIT refused(error);
}

void OngoingSend::waitForRuns(const std::vector<EventId> &events)
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

void OngoingSend::noteRuns(const std::vector<devserver::api::RunSummary> &runs)
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

void OngoingSend::finish(int done, int failed)
{
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        m_context.backend.steadyNow() - m_begin);
    m_answers.setSecond(m_number,
                        m_order.copies == 1 || m_order.isBatch
                            ? formatDuration(took)
                            : tr("%1 of %2 in %3")
                                  .arg(formatCount(done - failed), formatCount(m_order.copies),
                                       formatDuration(took)));
    m_nothingTimer.stop();
    m_previous.clear();
    if (m_job != 0)
        m_context.jobs.finish(m_job);
    m_job = 0;
    Q_EMIT ended();
}

} // namespace console
