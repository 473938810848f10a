// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/windowfeed.h"

#include "devserver/api/excerpts.h"
#include "devserver/host/log.h"
#include "devserver/model/clock.h"

#include <algorithm>

namespace devserver::host {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t recentEvents = 1000;
constexpr std::chrono::milliseconds counterPause = 250ms;
/// Letters that change together are read together.
constexpr std::chrono::milliseconds letterPause = 20ms;
constexpr std::size_t lettersAtOnce = 200;
/// A filter line with more ids is for nobody to read.
constexpr std::size_t mostNamedRuns = 200;

TimePoint now()
{
    return SystemClock().now();
}

api::Filter term(const QByteArray &key, const QByteArrayList &values)
{
    api::Filter filter;
    filter.kind = api::Filter::Kind::Term;
    filter.term.key = key;
    filter.term.values = values;
    return filter;
}

api::Filter both(const api::Filter &a, const api::Filter &b)
{
    api::Filter filter;
    filter.kind = api::Filter::Kind::And;
    filter.parts = {a, b};
    return filter;
}

} // namespace

WindowFeed::WindowFeed(api::UpdateMailbox &mailbox, api::QueryRunner query,
                       std::function<qint64()> dataBytes, QObject *parent)
    : QObject(parent)
    , m_mailbox(mailbox)
    , m_query(std::move(query))
    , m_dataBytes(std::move(dataBytes))
{
    m_letterTimer.setSingleShot(true);
    m_letterTimer.setInterval(letterPause);
    connect(&m_letterTimer, &QTimer::timeout, this, &WindowFeed::refreshLetters);
    m_counterTimer.setSingleShot(true);
    m_counterTimer.setInterval(counterPause);
    connect(&m_counterTimer, &QTimer::timeout, this, &WindowFeed::postCounters);
}

void WindowFeed::start(const Snapshot &snapshot, const api::Counters &stored)
{
    for (const App &app : snapshot.apps)
        m_apps.insert_or_assign(app.id, app);
    for (const Function &function : snapshot.functions)
        m_functions.insert_or_assign(function.id,
                                     FunctionNames{function.config.name, function.app});
    std::vector<api::RunSummary> live;
    for (const RunSnapshot &run : snapshot.runs) {
        api::RunSummary summary;
        summary.id = run.run.id;
        summary.status = run.run.status;
        summary.activities = api::activitiesOf(run.jobs, now());
        live.push_back(std::move(summary));
    }
    m_tally.start(stored, live);
    tellTakenUp(snapshot);
    postCounters();
}

/// Runs whose calls were cut off; to one that only slept or waited nothing happened. A server that
/// is stopped in order ends its attempts.
void WindowFeed::tellTakenUp(const Snapshot &snapshot)
{
    const auto isCut = [](const RunSnapshot &run) { return !run.openAttempts.empty(); };
    const auto isStopped = [](const RunSnapshot &run) {
        return std::any_of(run.jobs.begin(), run.jobs.end(),
                           [](const Job &job) { return job.state == JobState::Interrupted; });
    };
    std::vector<RunId> ids;
    for (const RunSnapshot &run : snapshot.runs) {
        if (isCut(run) || isStopped(run))
            ids.push_back(run.run.id);
    }
    if (ids.empty())
        return;
    const bool wasKilled = std::any_of(snapshot.runs.begin(), snapshot.runs.end(), isCut);
    const QByteArray runs = ids.size() == 1
                                ? "1 run was"_ba
                                : QByteArray(QByteArray::number(ids.size()) + " runs were");
    if (ids.size() > mostNamedRuns)
        ids.clear();
    take(Notice{.text = runs
                        + (wasKilled ? " taken up again after the server was killed or crashed"
                                     : " taken up again after the server was stopped in a call"),
                .level = NoticeLevel::Info,
                .runs = std::move(ids)});
}

void WindowFeed::follow(const std::vector<Change> &changes)
{
    // Functions and events first: the rows of runs name them.
    for (const Change &change : changes) {
        if (const auto *app = std::get_if<AppChanged>(&change))
            take(*app);
        else if (const auto *function = std::get_if<FunctionChanged>(&change))
            take(*function);
        else if (const auto *event = std::get_if<EventStored>(&change))
            take(*event);
        else if (const auto *record = std::get_if<TimelineRecord>(&change);
                 record != nullptr && record->type == TimelineType::RunScheduled)
            m_newRuns.insert(record->run);
    }
    for (const Change &change : changes) {
        if (std::holds_alternative<AppChanged>(change)
            || std::holds_alternative<FunctionChanged>(change)
            || std::holds_alternative<EventStored>(change))
            continue;
        std::visit([this](const auto &one) { take(one); }, change);
    }
    m_newRuns.clear();
}

const App *WindowFeed::app(const AppId &id) const
{
    const auto found = m_apps.find(id);
    return found == m_apps.end() ? nullptr : &found->second;
}

void WindowFeed::take(const EventStored &change)
{
    api::EventSummary event = api::summaryOf(*change.event);
    event.refusals = change.refusals;
    if (!api::isInternalName(event.name))
        m_tally.addEvents(1, now());
    wakeCounters();
    m_mailbox.post(event);
    remember(std::move(event));
}

void WindowFeed::remember(api::EventSummary event)
{
    const EventId id = event.internalId;
    m_recent.insert_or_assign(id, std::move(event));
    if (m_recent.size() > recentEvents)
        m_recent.erase(m_recent.begin());
}

void WindowFeed::take(const RunChanged &change)
{
    api::RunSummary run = summaryOf(change);
    m_tally.add(run, m_newRuns.contains(run.id));
    wakeCounters();
    if (m_isAskingLetters)
        m_freshRuns.insert(run.id);
    for (const EventId &event : change.run.events)
        noteAtEvent(event, run);
    m_mailbox.post(std::move(run));
}

api::RunSummary WindowFeed::summaryOf(const RunChanged &change) const
{
    const api::ErrorExcerpt error = api::excerptOf(change.error);
    api::RunSummary run{.id = change.run.id,
                        .slug = change.slug,
                        .functionName = {},
                        .appName = {},
                        .trigger = change.trigger,
                        .source = change.source,
                        .event = change.run.events.empty() ? EventId{} : change.run.events.front(),
                        .status = change.run.status,
                        .activities = change.activities,
                        .letter = change.letter,
                        .cycle = change.run.cycle,
                        .stepsDone = change.stepsDone,
                        .stepsKnown = change.stepsKnown,
                        .attempt = change.attempt,
                        .maxAttempts = change.maxAttempts,
                        .queuedAt = change.run.queuedAt,
                        .startedAt = change.run.startedAt,
                        .endedAt = change.run.endedAt,
                        .errorName = error.name,
                        .errorMessage = error.message,
                        .originalRun = change.run.originalRun,
                        .isEditedRetry = change.isEditedRetry,
                        .key = change.key};
    const auto function = m_functions.find(change.run.function);
    if (function == m_functions.end())
        return run;
    run.functionName = function->second.name;
    if (const App *found = app(function->second.app))
        run.appName = found->name;
    return run;
}

/// The row of the event shows what became of its runs.
void WindowFeed::noteAtEvent(const EventId &event, const api::RunSummary &run)
{
    const auto found = m_recent.find(event);
    if (found == m_recent.end())
        return;
    std::vector<api::StartedRun> &started = found->second.started;
    const api::StartedRun chip = api::chipOf(run);
    const auto known =
        std::find_if(started.begin(), started.end(),
                     [&run](const api::StartedRun &one) { return one.id == run.id; });
    if (known == started.end())
        started.push_back(chip);
    else if (*known == chip)
        return;
    else
        *known = chip;
    m_mailbox.post(found->second);
}

void WindowFeed::take(const AppChanged &change)
{
    if (change.isGone)
        m_apps.erase(change.app.id);
    else
        m_apps.insert_or_assign(change.app.id, change.app);
    m_mailbox.post(change);
}

void WindowFeed::take(const FunctionChanged &change)
{
    const Function &function = change.function;
    m_functions.insert_or_assign(function.id, FunctionNames{function.config.name, function.app});
    m_mailbox.post(change);
}

void WindowFeed::take(const LetterChanged &change)
{
    m_changedLetters.insert(change.letter.run);
    if (!m_letterTimer.isActive() && !m_isAskingLetters)
        m_letterTimer.start();
}

void WindowFeed::take(const BulkChanged &change)
{
    m_mailbox.post(change.bulk);
}

void WindowFeed::take(const Notice &change)
{
    if (change.level == NoticeLevel::Warning)
        qCWarning(lcHost).noquote() << QString::fromUtf8(change.text);
    else
        qCInfo(lcHost).noquote() << QString::fromUtf8(change.text);
    m_mailbox.post(change);
}

/// A letter's row shows more than the change carries (names, data of the event), and the row of its
/// run shows the letter; the store has both.
void WindowFeed::refreshLetters()
{
    QByteArrayList ids;
    while (!m_changedLetters.empty() && static_cast<std::size_t>(ids.size()) < lettersAtOnce) {
        ids.append(m_changedLetters.begin()->toText());
        m_changedLetters.erase(m_changedLetters.begin());
    }
    m_isAskingLetters = true;
    m_freshRuns.clear();
    api::LetterListQuery letters;
    letters.filter =
        both(term("id"_ba, ids),
             term("state"_ba, {"open"_ba, "retrying"_ba, "resolved"_ba, "discarded"_ba}));
    m_query(std::move(letters), [this](const Result<api::QueryAnswer> &answer) {
        if (answer)
            takeLetters(std::get<api::LetterSummaryPage>(*answer).rows);
    });
    api::RunsQuery runs;
    runs.filter = term("id"_ba, ids);
    m_query(std::move(runs), [this](const Result<api::QueryAnswer> &answer) {
        if (answer)
            takeRuns(std::get<api::RunPage>(*answer).rows);
    });
    m_query(api::CountQuery{.of = api::CountQuery::Of::Letters,
                            .filter = term("state"_ba, {"open"_ba}),
                            .isFull = true},
            [this](const Result<api::QueryAnswer> &answer) {
                if (answer)
                    m_tally.setDead(std::get<api::Count>(*answer).rows);
                m_isAskingLetters = false;
                wakeCounters();
                if (!m_changedLetters.empty())
                    m_letterTimer.start();
            });
}

void WindowFeed::takeLetters(const std::vector<api::LetterSummary> &letters)
{
    for (const api::LetterSummary &letter : letters)
        m_mailbox.post(letter);
}

void WindowFeed::takeRuns(const std::vector<api::RunSummary> &runs)
{
    for (const api::RunSummary &run : runs) {
        if (m_freshRuns.contains(run.id))
            continue;
        noteAtEvent(run.event, run);
        m_mailbox.post(run);
    }
}

void WindowFeed::wakeCounters()
{
    if (!m_counterTimer.isActive())
        m_counterTimer.start();
}

void WindowFeed::postCounters()
{
    api::Counters counters = m_tally.counters(now());
    counters.dataBytes = m_dataBytes();
    if (counters.eventsPerSecond > 0) // it falls by itself
        m_counterTimer.start();
    if (counters == m_posted)
        return;
    m_posted = counters;
    m_mailbox.post(counters);
}

} // namespace devserver::host
