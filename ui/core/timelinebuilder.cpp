// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// From what the engine recorded of a run (semantics §1.4, §1.6) to what is drawn.

#include "ui/core/timelinebuilder.h"

#include "devserver/model/jsonvalue.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <set>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;
using devserver::Job;
using devserver::JobId;
using devserver::JobState;
using devserver::JsonValue;
using devserver::Memo;
using devserver::RunStatus;
using devserver::StepId;
using devserver::TimelineRecord;
using devserver::TimelineType;
using devserver::TimePoint;

namespace {

constexpr int previewLength = 160;

QString tr(const char *text)
{
    return QCoreApplication::translate("Timeline", text);
}

QByteArray textOf(const TimelineRecord &record, QByteArrayView key)
{
    const auto value = JsonValue::of(record.payload).find(key);
    return value ? value->toUtf8() : QByteArray();
}

qint64 numberOf(const TimelineRecord &record, QByteArrayView key, qint64 fallback)
{
    const auto value = JsonValue::of(record.payload).find(key);
    return value ? value->toInt64().value_or(fallback) : fallback;
}

std::optional<TimePoint> timeOf(const TimelineRecord &record, QByteArrayView key)
{
    const QByteArray text = textOf(record, key);
    if (text.isEmpty())
        return std::nullopt;
    const QDateTime time = QDateTime::fromString(QString::fromLatin1(text), Qt::ISODateWithMs);
    return time.isValid() ? std::optional(devserver::fromMs(time.toMSecsSinceEpoch()))
                          : std::nullopt;
}

std::optional<TimelineBar> lastCall(const std::vector<TimelineBar> &bars)
{
    std::optional<TimelineBar> last;
    for (const TimelineBar &bar : bars) {
        if (isCall(bar.state) && (!last || last->from <= bar.from))
            last = bar;
    }
    return last;
}

QString keptWords(int count)
{
    return QCoreApplication::translate("Timeline", "Retried: %n step(s) kept", nullptr, count);
}

/// What was found of the run when the server took up its work again.
QString recoveredWords(const TimelineRecord &record)
{
    const auto counted = [](const char *text, qint64 count) {
        return QCoreApplication::translate("Timeline", text, nullptr, static_cast<int>(count));
    };
    const QString since = textOf(record, "cause") == "disk"
                              ? tr("Recovered after the data file could not be written")
                              : tr("Recovered after a restart"); // also records without a cause
    const qint64 calls = numberOf(record, "calls", 0);
    if (calls == 0)
        return tr("%1: it had no pending work").arg(since);
    const qint64 kept = numberOf(record, "kept_steps", 0);
    const QString again = counted("%n call(s) made again", calls);
    return kept == 0 ? tr("%1: %2").arg(since, again)
                     : tr("%1: %2, %3").arg(since, again, counted("%n step(s) kept", kept));
}

} // namespace

TimelineDraft &TimelineBuilder::draft(const StepId &step, RowKind kind, TimePoint at, int number)
{
    const auto [place, isNew] = m_places.try_emplace(step, m_drafts.size());
    if (isNew) {
        TimelineDraft fresh{.row = {.kind = kind, .step = step}, .firstSeen = at, .number = number};
        if (kind == RowKind::Body)
            fresh.row.name = functionBodyName();
        m_drafts.push_back(std::move(fresh));
    }
    TimelineDraft &known = m_drafts[place->second];
    if (std::pair(at, number) < std::pair(known.firstSeen, known.number)) {
        known.firstSeen = at;
        known.number = number;
    }
    return known;
}

void TimelineBuilder::mark(const TimelineRecord &record, TimelineMark::Kind kind,
                           const QString &text)
{
    m_marks.push_back({.kind = kind, .at = record.at, .text = text});
}

void TimelineBuilder::readOutcome(const TimelineRecord &record, BarState state)
{
    TimelineDraft &on = draft(record.step, RowKind::Step, record.at, record.number);
    if (on.row.name.isEmpty())
        on.row.name = QString::fromUtf8(textOf(record, "name"));
    const bool hasBar =
        std::any_of(on.row.bars.begin(), on.row.bars.end(), [&](const TimelineBar &bar) {
            return isCall(bar.state) && bar.to == record.at && bar.attempt == record.attempt;
        });
    if (hasBar)
        return;
    // One answer may report several steps; the attempt names only one of them.
    for (const Attempt &attempt : m_record.attempts) {
        if (attempt.finishedAt != record.at || attempt.attempt != record.attempt)
            continue;
        on.firstSeen = std::min(on.firstSeen, attempt.sentAt);
        const RetryFate fate = retryFate(m_record, attempt);
        on.row.bars.push_back(
            {.state = state,
             .from = attempt.sentAt,
             .to = attempt.finishedAt,
             .attempt = attempt.attempt,
             .maxAttempts = attempt.maxAttempts,
             .cycle = attempt.cycle,
             .fate = fate,
             .decided = decidedWords(state, attempt, fate),
             .request = attempt.request,
             .job = attempt.job,
             .httpStatus = attempt.httpStatus,
             .error = isError(state) ? errorLine(attempt.error) : QString(),
             .took = attempt.timing.total,
             .connected = attempt.timing.dns + attempt.timing.connect + attempt.timing.tls,
             .answered = attempt.timing.firstByte});
        return;
    }
}

void TimelineBuilder::readWoke(const TimelineRecord &record)
{
    TimelineDraft &on = draft(record.step, RowKind::Sleep, record.at, record.number);
    if (on.row.bars.empty())
        return;
    TimelineBar &bar = on.row.bars.back();
    bar.to = record.at;
    bar.state = textOf(record, "until").isEmpty() ? BarState::Slept : BarState::SleepSkipped;
}

void TimelineBuilder::readRecord(const TimelineRecord &record)
{
    switch (record.type) {
    case TimelineType::StepPlanned: {
        TimelineDraft &on = draft(record.step, RowKind::Step, record.at, record.number);
        on.row.name = QString::fromUtf8(textOf(record, "name"));
        on.row.queuedAt = record.at;
        break;
    }
    case TimelineType::StepSleeping: {
        TimelineDraft &on = draft(record.step, RowKind::Sleep, record.at, record.number);
        on.row.name = QString::fromUtf8(textOf(record, "name"));
        on.row.bars.push_back({.state = BarState::Sleeping,
                               .from = record.at,
                               .until = timeOf(record, "until"),
                               .job = m_record.run.id.toText() + ":sleep:" + record.step});
        break;
    }
    case TimelineType::StepWoke:
        readWoke(record);
        break;
    case TimelineType::StepCompleted:
        readOutcome(record, BarState::Succeeded);
        break;
    case TimelineType::StepErrored:
        readOutcome(record, BarState::WillRetry);
        break;
    case TimelineType::StepFailed:
        readOutcome(record, BarState::Failed);
        break;
    case TimelineType::RunResumed:
        mark(record, TimelineMark::Kind::Resumed,
             keptWords(static_cast<int>(numberOf(record, "kept_steps", 0))));
        m_marks.back().kept = static_cast<int>(numberOf(record, "kept_steps", 0));
        break;
    case TimelineType::RunRecovered:
        mark(record, TimelineMark::Kind::Recovered, recoveredWords(record));
        break;
    case TimelineType::CancelRequested:
        mark(record, TimelineMark::Kind::CancelRequested, tr("Cancel requested"));
        break;
    case TimelineType::Warning:
        mark(record, TimelineMark::Kind::Warning, QString::fromUtf8(textOf(record, "message")));
        break;
    default:
        break;
    }
}

void TimelineBuilder::readGroups()
{
    int next = 0;
    std::vector<StepId> together;
    const auto close = [&] {
        if (together.size() > 1) {
            for (const StepId &step : together)
                m_groups.emplace(step, next);
            ++next;
        }
        together.clear();
    };
    for (const TimelineRecord &record : m_record.timeline) {
        if (record.type == TimelineType::StepPlanned || record.type == TimelineType::StepSleeping)
            together.push_back(record.step);
        else
            close();
    }
    close();
}

/// Planned, and nothing was sent for it yet, or ever.
void TimelineBuilder::addPlanned(TimelineDraft &on)
{
    if (!on.row.queuedAt || !on.row.bars.empty())
        return;
    TimelineBar bar{.state = BarState::Queued, .from = *on.row.queuedAt};
    for (const Job &each : m_record.jobs) {
        if (each.step != on.row.step)
            continue;
        bar.job = each.id;
        if (each.state == JobState::AppOffline)
            bar.state = BarState::Offline;
    }
    if (!m_isLive) {
        bar.state = BarState::NotReached;
        bar.to = m_end;
    }
    on.row.bars.push_back(std::move(bar));
}

/// The next call of the body waits for an app that is gone, and was never tried.
void TimelineBuilder::addWaitingJobs()
{
    for (const Job &each : m_record.jobs) {
        const bool wasTried =
            std::any_of(m_record.attempts.begin(), m_record.attempts.end(),
                        [&](const Attempt &attempt) { return attempt.job == each.id; });
        if (!each.step.isEmpty() || wasTried || each.state != JobState::AppOffline)
            continue;
        TimelineDraft &on = draft({}, RowKind::Body, each.enqueuedAt, m_record.run.timelineNext);
        on.row.bars.push_back(
            {.state = BarState::Offline, .from = each.enqueuedAt, .job = each.id});
    }
}

void TimelineBuilder::readMemos()
{
    for (const Memo &memo : m_record.memos) {
        if (memo.droppedInCycle == 0)
            m_memos[memo.step] = &memo;
        if (m_places.contains(memo.step))
            continue;
        // Taken over from another run (semantics §9.5).
        TimelineDraft &on = draft(
            memo.step, memo.kind == devserver::MemoKind::Sleep ? RowKind::Sleep : RowKind::Step,
            m_record.run.queuedAt, memo.index - 1'000'000);
        on.row.name = QString::fromUtf8(memo.name);
        on.row.isKept = true;
        on.row.bars.push_back(
            {.state = BarState::Kept, .from = m_record.run.queuedAt, .to = m_record.run.queuedAt});
    }
}

/// What a retry in place reuses is marked where the run went on.
void TimelineBuilder::addKept()
{
    int cycle = 0;
    for (const TimelineMark &each : m_marks) {
        if (each.kind != TimelineMark::Kind::Resumed)
            continue;
        ++cycle;
        // In order of their making. Not by time: what is made anew may be done in the same
        // millisecond.
        int left = each.kept;
        for (const Memo &memo : m_record.memos) {
            const bool isDropped = memo.droppedInCycle != 0 && memo.droppedInCycle <= cycle;
            if (isDropped || left-- <= 0)
                continue;
            const auto place = m_places.find(memo.step);
            if (place == m_places.end())
                continue;
            TimelineRow &row = m_drafts[place->second].row;
            row.bars.push_back(
                {.state = BarState::Kept, .from = each.at, .to = each.at, .cycle = cycle});
            row.isKept = row.isKept || cycle == m_record.run.cycle;
        }
    }
}

void TimelineBuilder::finishRow(TimelineRow &row) const
{
    int startedIn = 0;
    int triedIn = 0;
    std::stable_sort(row.bars.begin(), row.bars.end(),
                     [](const TimelineBar &a, const TimelineBar &b) { return a.from < b.from; });
    for (TimelineBar &bar : row.bars) {
        if (bar.isOpen() && !m_isLive) {
            bar.to = m_end;
            if (bar.state == BarState::Sleeping)
                bar.state = BarState::Cancelled;
        }
        if (isCall(bar.state) && row.kind != RowKind::Sleep) {
            // Of the last cycle that called it, as the time is.
            if (bar.cycle > triedIn)
                row.attemptsBefore += std::exchange(row.attempts, 0);
            row.attempts = std::max(row.attempts, bar.attempt + 1);
            row.maxAttempts = bar.maxAttempts;
            triedIn = std::max(triedIn, bar.cycle);
        }
        // Of the last cycle that ran it: the time between a failure and its retry is not its own.
        const bool isOwn = isCall(bar.state) || row.kind == RowKind::Sleep;
        if (isOwn && bar.state != BarState::Kept && (!row.startedAt || bar.cycle > startedIn)) {
            row.startedAt = bar.from;
            startedIn = bar.cycle;
        }
        if (isError(bar.state))
            row.error = bar.error;
        if (bar.state != BarState::Kept)
            row.state = bar.state;
    }
    // The code between the steps has not gone on in this cycle yet; its failure was in another.
    const bool isOfBefore = row.kind == RowKind::Body && isError(row.state) && m_isLive
                            && row.bars.back().cycle < m_record.run.cycle;
    if (isOfBefore) {
        row.state = BarState::NotReached;
        row.startedAt.reset();
    }
    if (const auto group = m_groups.find(row.step); group != m_groups.end())
        row.group = group->second;
    const auto memo = m_memos.find(row.step);
    if (memo == m_memos.end()) {
        if (!row.bars.empty() && row.bars.back().to && !m_isLive)
            row.endedAt = row.bars.back().to;
        if (!m_isLive && row.state == BarState::Backoff)
            row.state = BarState::Cancelled;
        return;
    }
    finishDone(row, *memo->second);
}

void TimelineBuilder::finishDone(TimelineRow &row, const Memo &done)
{
    row.endedAt = std::max(done.at, row.startedAt.value_or(done.at));
    row.outputBytes = done.json.sizeBytes();
    row.preview = QString::fromUtf8(done.json.bytes().left(2 * previewLength))
                      .simplified()
                      .left(previewLength);
    if (done.kind == devserver::MemoKind::Error)
        row.state = BarState::Failed;
    else if (row.kind != RowKind::Sleep)
        row.state = BarState::Succeeded;
    else if (row.state != BarState::SleepSkipped)
        row.state = BarState::Slept;
}

/// Calls that only asked for the next step are overhead of the run, not a row (semantics §1.6).
void TimelineBuilder::dropQuietBody()
{
    const auto place = m_places.find(StepId());
    if (place == m_places.end() || m_drafts.size() == 1)
        return;
    std::vector<TimelineBar> &bars = m_drafts[place->second].row.bars;
    std::set<std::pair<JobId, int>> loud;
    for (const TimelineBar &bar : bars) {
        if (bar.state != BarState::Succeeded)
            loud.emplace(bar.job, bar.cycle);
    }
    // How it came out counts, too: after a retry the row must not look failed for ever.
    const std::optional<TimelineBar> last = loud.empty() ? std::nullopt : lastCall(bars);
    std::erase_if(bars, [&](const TimelineBar &bar) {
        return !loud.contains({bar.job, bar.cycle}) && bar != last;
    });
}

TimelineRow TimelineBuilder::runRow() const
{
    const devserver::Run &run = m_record.run;
    TimelineRow row{.kind = RowKind::Run,
                    .name = tr("run"),
                    .maxAttempts = m_record.summary.maxAttempts,
                    .queuedAt = run.queuedAt,
                    .startedAt = run.startedAt,
                    .endedAt = run.endedAt};
    row.attempts = m_record.summary.attempt;
    if (run.status == RunStatus::Failed)
        row.error = errorLine(run.output);
    const TimePoint started = run.startedAt.value_or(m_end);
    row.bars.push_back({.state = BarState::Queued, .from = run.queuedAt, .to = started});
    if (!run.startedAt && m_isLive)
        row.bars.back().to.reset();
    TimePoint from = started;
    bool isOver = !run.startedAt;
    const auto add = [&](BarState state, std::optional<TimePoint> to, int cycle) {
        row.bars.push_back({.state = state, .from = from, .to = to, .cycle = cycle});
    };
    int cycle = 0;
    for (const TimelineRecord &record : m_record.timeline) {
        if (record.type == TimelineType::RunResumed) {
            from = record.at;
            isOver = false;
            ++cycle;
        } else if (record.type == TimelineType::RunFailed && !isOver) {
            add(BarState::Failed, record.at, cycle);
            isOver = true;
        }
    }
    row.state = m_isLive                             ? BarState::Running
                : run.status == RunStatus::Completed ? BarState::Succeeded
                : run.status == RunStatus::Failed    ? BarState::Failed
                                                     : BarState::Cancelled;
    if (!isOver)
        add(row.state, m_isLive ? std::nullopt : std::optional(m_end), cycle);
    if (m_isLive && !run.startedAt)
        row.state = BarState::Queued;
    return row;
}

TimelineDataPtr TimelineBuilder::build()
{
    numberAttempts();
    for (const TimelineRecord &record : m_record.timeline) {
        if (record.type == TimelineType::StepPlanned)
            readRecord(record);
    }
    readAttempts();
    for (const TimelineRecord &record : m_record.timeline) {
        if (record.type != TimelineType::StepPlanned)
            readRecord(record);
    }
    readGroups();
    addWaitingJobs();
    readMemos();
    dropQuietBody();
    for (TimelineDraft &each : m_drafts)
        addPlanned(each);
    addKept();
    std::erase_if(m_drafts, [](const TimelineDraft &each) { return each.row.bars.empty(); });
    std::stable_sort(m_drafts.begin(), m_drafts.end(),
                     [](const TimelineDraft &a, const TimelineDraft &b) {
                         return std::pair(a.firstSeen, a.number) < std::pair(b.firstSeen, b.number);
                     });

    auto data = std::make_shared<TimelineData>();
    data->run = m_record.run.id;
    data->state = displayState(m_record.summary);
    data->reason = waitReason(m_record.summary);
    data->isLive = m_isLive;
    data->marks = std::move(m_marks);
    data->start = m_record.run.queuedAt;
    data->end = std::max(m_end, data->start);
    data->rows.push_back(runRow());
    for (TimelineDraft &each : m_drafts) {
        finishRow(each.row);
        data->end = std::max(data->end, each.row.bars.back().end(m_end));
        data->rows.push_back(std::move(each.row));
    }
    addActive(*data);
    return data;
}

TimelineDataPtr makeTimeline(const devserver::api::RunRecord &record, TimePoint now)
{
    return TimelineBuilder(record, now).build();
}

} // namespace console
