// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/summaries.h"

#include "devserver/api/excerpts.h"
#include "devserver/model/clock.h"
#include "devserver/store/errorterms.h"
#include "devserver/store/sourceterms.h"
#include "devserver/store/tables.h"

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

// The output of a run can be large; only errors are read.
constexpr char summaryToSource[] = R"(
SELECT
    runs.id,
    functions.slug,
    functions.name,
    (SELECT apps.name FROM apps WHERE apps.id = functions.app_id),
    events.name,
    )";
constexpr char summaryFromSource[] = R"(,
    runs.event_id,
    runs.status,
    (SELECT letters.state FROM letters WHERE letters.run_id = runs.id),
    runs.cycle,
    (SELECT COUNT(*)
        FROM memos
        WHERE memos.run_id = runs.id AND memos.dropped_in_cycle = 0),
    (SELECT COUNT(*)
        FROM memos
        WHERE memos.run_id = runs.id AND memos.dropped_in_cycle = 0 AND memos.kind = 2),
    (SELECT MAX(attempts.attempt)
        FROM attempts
        WHERE attempts.run_id = runs.id AND attempts.attempt > 0
            AND attempts.cycle = runs.cycle),
    functions.retries + 1,
    runs.queued_at,
    runs.started_at,
    runs.ended_at,
    CASE runs.status WHEN 400 THEN runs.output WHEN 500 THEN IFNULL()";
constexpr char summaryBehindError[] = R"(, x'') ELSE x'' END,
    (SELECT letters.fingerprint
        FROM letters
        WHERE letters.run_id = runs.id AND runs.status = 400),
    runs.original_run,
    )";
constexpr char summaryBehindOrigin[] = R"(,
    runs.schedule_key
FROM runs
    LEFT JOIN functions ON functions.id = runs.function_id
    LEFT JOIN events ON events.id = runs.event_id
WHERE runs.id = ?)";

// As the engine tells it: not during the next attempt, and of several the one that is due first.
constexpr char errorTriedAgain[] = R"(
SELECT attempts.error
FROM jobs
    JOIN attempts ON attempts.run_id = jobs.run_id AND attempts.job_id = jobs.id
WHERE jobs.run_id = ? AND jobs.attempt > 0 AND jobs.state <> ? AND attempts.outcome = 3
ORDER BY jobs.run_at, jobs.id, attempts.request DESC
LIMIT 1)";

constexpr char startedByEvent[] = R"(
SELECT id
FROM runs
WHERE event_id = ?
UNION
SELECT run_id
FROM run_events
WHERE event_id = ?
ORDER BY 1)";

QByteArray summaryOfRun()
{
    return QByteArray(summaryToSource) + sourceOfEvent + summaryFromSource + errorOfCancelled
           + summaryBehindError + isEditedRetry + summaryBehindOrigin;
}

struct SummaryRow {
    api::RunSummary summary;
    RawJson error;
};

SummaryRow rowOf(const QSqlQuery &query)
{
    SummaryRow row;
    api::RunSummary &run = row.summary;
    int letter = 0;
    int failedSteps = 0;
    int retriedTo = 0;
    RowReader<QueryColumns>(QueryColumns(&query)) >> run.id >> run.slug >> run.functionName
        >> run.appName >> run.trigger >> run.source >> run.event >> run.status >> letter
        >> run.cycle >> run.stepsKnown >> failedSteps >> retriedTo >> run.maxAttempts
        >> run.queuedAt >> run.startedAt >> run.endedAt >> row.error >> run.fingerprint
        >> run.originalRun >> run.isEditedRetry >> run.key;
    if (letter != 0)
        run.letter = static_cast<LetterState>(letter);
    run.stepsDone = run.stepsKnown - failedSteps;
    run.attempt = run.startedAt ? retriedTo + 1 : 0;
    return row;
}

/// What only live runs have.
Result<void> addWork(const QSqlDatabase &database, TimePoint now, SummaryRow *row)
{
    api::RunSummary &run = row->summary;
    const Result<std::vector<Job>> jobs =
        SqlSelect(database, jobsTable.select("WHERE run_id = ? ORDER BY id"_ba))
            .bind(run.id)
            .rows<Job>();
    if (!jobs)
        return tl::unexpected(jobs.error());
    run.activities = api::activitiesOf(*jobs, now);
    for (const Job &job : *jobs) {
        // A discovery has the name of the step that it tries again.
        if (job.kind == JobKind::Step || job.kind == JobKind::Sleep || !job.name.isEmpty())
            ++run.stepsKnown;
    }
    SqlSelect errors(database, errorTriedAgain);
    return errors.bind(run.id)
        .bind(static_cast<int>(JobState::Leased))
        .each([row](const QSqlQuery &query) {
            row->error = RawJson::fromTrusted(query.value(0).toByteArray());
        });
}

} // namespace

Result<std::vector<api::RunSummary>> runSummaries(const QSqlDatabase &database,
                                                  const std::vector<RunId> &ids, TimePoint now)
{
    std::vector<api::RunSummary> summaries;
    summaries.reserve(ids.size());
    SqlSelect select(database, summaryOfRun());
    for (const RunId &id : ids) {
        std::optional<SummaryRow> row;
        const Result<void> read =
            select.again().bind(id).each([&row](const QSqlQuery &query) { row = rowOf(query); });
        if (!read)
            return tl::unexpected(read.error());
        if (!row)
            continue;
        if (!isTerminal(row->summary.status)) {
            if (const Result<void> added = addWork(database, now, &*row); !added)
                return tl::unexpected(added.error());
        }
        const api::ErrorExcerpt error = api::excerptOf(row->error);
        row->summary.errorName = error.name;
        row->summary.errorMessage = error.message;
        summaries.push_back(std::move(row->summary));
    }
    return summaries;
}

Result<std::vector<RunId>> runsOfEvent(const QSqlDatabase &database, EventId event)
{
    std::vector<RunId> runs;
    SqlSelect select(database, startedByEvent);
    const Result<void> read = select.bind(event).bind(event).each([&runs](const QSqlQuery &query) {
        runs.push_back(RunId::fromBytes(query.value(0).toByteArray()));
    });
    if (!read)
        return tl::unexpected(read.error());
    return runs;
}

TimePoint systemNow()
{
    return SystemClock().now();
}

void bindAll(SqlSelect *select, const std::vector<SqlValue> &values)
{
    for (const SqlValue &value : values)
        std::visit([select](const auto &one) { select->bind(one); }, value);
}

api::PageToken tokenOf(const PageEnd &end)
{
    const qint64 *number = std::get_if<qint64>(&end.key);
    const QByteArray key =
        number != nullptr ? QByteArray::number(*number) : std::get<QByteArray>(end.key);
    return {
        packList({number != nullptr ? "n"_ba : "b"_ba, key, end.id, QByteArray::number(end.now)})};
}

Result<PageEnd> endOf(const api::PageToken &token)
{
    // One made by `pageBehind`; those of this store begin with the length of their first part, 1.
    constexpr qsizetype idSize = 16;
    if (token.bytes.size() == 1 + idSize && token.bytes.startsWith('i'))
        return PageEnd{.key = {}, .id = token.bytes.sliced(1), .isIdOnly = true};
    const std::vector<QByteArray> parts = unpackList(token.bytes);
    bool isNumber = parts.size() == 4;
    PageEnd end;
    if (isNumber) {
        end.id = parts[2];
        end.now = parts[3].toLongLong(&isNumber);
        if (parts[0] == "b")
            end.key = parts[1];
        else if (isNumber)
            end.key = qint64{parts[1].toLongLong(&isNumber)};
    }
    if (!isNumber)
        return failure(ErrorCode::InvalidInput, u"the page token is not one of this store"_s);
    return end;
}

} // namespace devserver::store
