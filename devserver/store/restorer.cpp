// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/restorer.h"

#include "devserver/store/rows.h"
#include "devserver/store/sourceterms.h"
#include "devserver/store/tables.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

constexpr char selectLastId[] = R"(
SELECT value
FROM meta
WHERE key = 'last_id')";

constexpr char selectEventExists[] = R"(
SELECT 1
FROM events
WHERE id = ?)";

// Answered from the index runs_by_schedule_key alone.
constexpr char selectHolders[] = R"(
SELECT function_id, MAX(id)
FROM runs
WHERE schedule_key = ?
GROUP BY function_id)";

constexpr char selectJobError[] = R"(
SELECT request, error
FROM attempts
WHERE run_id = ?
    AND job_id = ?
    AND outcome = ?
ORDER BY request DESC
LIMIT 1)";

// As in the summaries of the window; most runs have no row with a second attempt.
constexpr char selectHighestAttempt[] = R"(
SELECT MAX(attempt)
FROM attempts
WHERE run_id = ? AND attempt > 0 AND cycle = ?)";

class StatementColumns
{
public:
    explicit StatementColumns(const Statement *statement)
        : m_statement(statement)
    {}

    qint64 number() { return m_statement->numberAt(m_column++); }

    QByteArray bytes() { return m_statement->bytesAt(m_column++); }

    bool isNull() const { return m_statement->isNullAt(m_column); }

private:
    const Statement *m_statement;
    int m_column = 0;
};

template<typename T>
Result<std::vector<T>> readAll(Statement *statement)
{
    std::vector<T> rows;
    Result<bool> more = statement->next();
    for (; more && *more; more = statement->next())
        rows.push_back(readRow<T>(StatementColumns(statement)));
    if (!more)
        return tl::unexpected(more.error());
    return rows;
}

template<typename T>
Result<std::optional<T>> readOne(Statement *statement)
{
    std::optional<T> row;
    const Result<bool> found = statement->next();
    if (!found)
        return tl::unexpected(found.error());
    if (*found) {
        row = readRow<T>(StatementColumns(statement));
        statement->reset();
    }
    return row;
}

} // namespace

Result<void> Restorer::prepare(Database *database)
{
    const std::pair<Statement *, QByteArray> all[] = {
        {&m_apps, appsTable.select("ORDER BY id")},
        {&m_functions, functionsTable.select("ORDER BY id")},
        {&m_liveRuns, runsTable.select("WHERE status < 300 ORDER BY id")},
        {&m_lastId, selectLastId},
        {&m_run, runsTable.select("WHERE id = ?")},
        {&m_event, eventsTable.select("WHERE id = ?")},
        {&m_eventExists, selectEventExists},
        {&m_memos, memosTable.select("WHERE run_id = ? ORDER BY idx")},
        {&m_jobs, jobsTable.select("WHERE run_id = ? ORDER BY id")},
        {&m_openAttempts,
         attemptsTable.select("WHERE run_id = ? AND outcome = ? ORDER BY request")},
        {&m_highestAttempt, selectHighestAttempt},
        {&m_isEditedRetry, "SELECT "_ba + isEditedRetry + " FROM runs WHERE id = ?"},
        {&m_letter, lettersTable.select("WHERE run_id = ?")},
        {&m_holders, selectHolders},
        {&m_jobError, selectJobError},
        {&m_openBulks, bulksTable.select("WHERE ended_at IS NULL ORDER BY id")},
        {&m_bulkItems, bulkItemsTable.select("WHERE bulk_id = ? ORDER BY idx")},
    };
    for (const auto &[statement, sql] : all) {
        Result<Statement> prepared = database->prepare(sql);
        if (!prepared)
            return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return {};
}

Result<Snapshot> Restorer::snapshot()
{
    Snapshot snapshot;
    Result<std::vector<App>> apps = readAll<App>(&m_apps);
    if (!apps)
        return tl::unexpected(apps.error());
    snapshot.apps = std::move(*apps);
    Result<std::vector<Function>> functions = readAll<Function>(&m_functions);
    if (!functions)
        return tl::unexpected(functions.error());
    snapshot.functions = std::move(*functions);

    Result<std::vector<Run>> runs = readAll<Run>(&m_liveRuns);
    if (!runs)
        return tl::unexpected(runs.error());
    EventCache cache;
    snapshot.runs.reserve(runs->size());
    for (Run &run : *runs) {
        Result<RunSnapshot> whole = complete(std::move(run), &cache);
        if (!whole)
            return tl::unexpected(whole.error());
        snapshot.runs.push_back(std::move(*whole));
    }

    Result<std::vector<BulkSnapshot>> bulks = openBulks();
    if (!bulks)
        return tl::unexpected(bulks.error());
    snapshot.bulks = std::move(*bulks);

    const Result<bool> hasLastId = m_lastId.next();
    if (!hasLastId)
        return tl::unexpected(hasLastId.error());
    if (*hasLastId) {
        static_cast<Bytes16 &>(snapshot.lastId) = Bytes16::fromBytes(m_lastId.bytesAt(0));
        m_lastId.reset();
    }
    return snapshot;
}

Result<Recalled> Restorer::recall(const Recall &recall)
{
    Recalled recalled;
    for (const EventId &id : recall.seededEvents) {
        const Result<bool> stored = isStored(id);
        if (!stored)
            return tl::unexpected(stored.error());
        if (*stored)
            recalled.storedEvents.push_back(id);
    }
    for (const QByteArray &key : recall.scheduleKeys) {
        Result<std::vector<KeyHolder>> holders = holdersOf(key);
        if (!holders)
            return tl::unexpected(holders.error());
        recalled.holders.insert(recalled.holders.end(), holders->begin(), holders->end());
    }
    EventCache cache;
    for (const RunId &id : recall.runs) {
        Result<std::optional<Run>> run = findRun(id);
        if (!run)
            return tl::unexpected(run.error());
        if (!*run) {
            recalled.missingRuns.push_back(id);
            continue;
        }
        Result<RunSnapshot> whole = complete(std::move(**run), &cache);
        if (!whole)
            return tl::unexpected(whole.error());
        recalled.runs.push_back(std::move(*whole));
    }
    return recalled;
}

Result<std::vector<BulkSnapshot>> Restorer::openBulks()
{
    Result<std::vector<Bulk>> open = readAll<Bulk>(&m_openBulks);
    if (!open)
        return tl::unexpected(open.error());
    std::vector<BulkSnapshot> bulks;
    for (Bulk &bulk : *open) {
        m_bulkItems.bytes(bulk.id.value.view());
        Result<std::vector<BulkItem>> items = readAll<BulkItem>(&m_bulkItems);
        if (!items)
            return tl::unexpected(items.error());
        bulks.push_back({.bulk = std::move(bulk), .items = std::move(*items)});
    }
    return bulks;
}

Result<std::optional<Run>> Restorer::findRun(RunId id)
{
    m_run.bytes(id.value.view());
    return readOne<Run>(&m_run);
}

Result<RunSnapshot> Restorer::complete(Run run, EventCache *cache)
{
    RunSnapshot whole;
    Result<std::vector<EventPtr>> events = eventsOf(run, cache);
    if (!events)
        return tl::unexpected(events.error());
    whole.events = std::move(*events);

    m_memos.bytes(run.id.value.view());
    Result<std::vector<Memo>> memos = readAll<Memo>(&m_memos);
    if (!memos)
        return tl::unexpected(memos.error());
    for (Memo &memo : *memos)
        whole.memos.push_back(std::make_shared<const Memo>(std::move(memo)));

    m_jobs.bytes(run.id.value.view());
    Result<std::vector<Job>> jobs = readAll<Job>(&m_jobs);
    if (!jobs)
        return tl::unexpected(jobs.error());
    whole.jobs = std::move(*jobs);

    for (const Job &job : whole.jobs) {
        if (job.attempt == 0)
            continue;
        Result<std::optional<JobError>> failed = errorOf(job);
        if (!failed)
            return tl::unexpected(failed.error());
        if (*failed)
            whole.jobErrors.push_back(std::move(**failed));
    }

    m_openAttempts.bytes(run.id.value.view()).number(static_cast<int>(AttemptOutcome::Started));
    Result<std::vector<Attempt>> attempts = readAll<Attempt>(&m_openAttempts);
    if (!attempts)
        return tl::unexpected(attempts.error());
    whole.openAttempts = std::move(*attempts);

    Result<int> highest = highestAttemptOf(run);
    if (!highest)
        return tl::unexpected(highest.error());
    whole.highestAttempt = *highest;

    Result<bool> edited = isEdited(run);
    if (!edited)
        return tl::unexpected(edited.error());
    whole.isEditedRetry = *edited;

    m_letter.bytes(run.id.value.view());
    Result<std::optional<DeadLetter>> letter = readOne<DeadLetter>(&m_letter);
    if (!letter)
        return tl::unexpected(letter.error());
    whole.letter = std::move(*letter);
    whole.run = std::move(run);
    return whole;
}

Result<std::optional<JobError>> Restorer::errorOf(const Job &job)
{
    m_jobError.bytes(job.run.value.view()).bytes(job.id);
    m_jobError.number(static_cast<int>(AttemptOutcome::RetryableError));
    const Result<bool> found = m_jobError.next();
    if (!found)
        return tl::unexpected(found.error());
    std::optional<JobError> failed;
    if (*found)
        failed = JobError{.job = job.id,
                          .request = RequestId::fromBytes(m_jobError.bytesAt(0)),
                          .error = RawJson::fromTrusted(m_jobError.bytesAt(1))};
    m_jobError.reset();
    return failed;
}

Result<int> Restorer::highestAttemptOf(const Run &run)
{
    m_highestAttempt.bytes(run.id.value.view()).number(run.cycle);
    const Result<bool> found = m_highestAttempt.next();
    if (!found)
        return tl::unexpected(found.error());
    const int highest = *found ? static_cast<int>(m_highestAttempt.numberAt(0)) : 0;
    m_highestAttempt.reset();
    return highest;
}

Result<bool> Restorer::isEdited(const Run &run)
{
    if (run.originalRun.isNull())
        return false;
    m_isEditedRetry.bytes(run.id.value.view());
    const Result<bool> found = m_isEditedRetry.next();
    if (!found)
        return tl::unexpected(found.error());
    const bool isEdited = *found && m_isEditedRetry.numberAt(0) != 0;
    m_isEditedRetry.reset();
    return isEdited;
}

Result<std::vector<EventPtr>> Restorer::eventsOf(const Run &run, EventCache *cache)
{
    std::vector<EventPtr> events;
    for (const EventId &id : run.events) {
        EventPtr &shared = (*cache)[id.toBytes()];
        if (!shared) {
            m_event.bytes(id.value.view());
            Result<std::optional<Event>> event = readOne<Event>(&m_event);
            if (!event)
                return tl::unexpected(event.error());
            if (!*event) {
                return failure(ErrorCode::StoreDamaged,
                               u"event "_s + QString::fromLatin1(id.toText()) + u" of run "_s
                                   + QString::fromLatin1(run.id.toText()) + u" is missing"_s);
            }
            shared = std::make_shared<const Event>(std::move(**event));
        }
        events.push_back(shared);
    }
    return events;
}

Result<bool> Restorer::isStored(EventId id)
{
    m_eventExists.bytes(id.value.view());
    const Result<bool> found = m_eventExists.next();
    m_eventExists.reset();
    return found;
}

Result<std::vector<KeyHolder>> Restorer::holdersOf(const QByteArray &scheduleKey)
{
    std::vector<KeyHolder> holders;
    m_holders.bytes(scheduleKey);
    Result<bool> more = m_holders.next();
    for (; more && *more; more = m_holders.next()) {
        holders.push_back(KeyHolder{scheduleKey, FunctionId::fromBytes(m_holders.bytesAt(0)),
                                    RunId::fromBytes(m_holders.bytesAt(1))});
    }
    if (!more)
        return tl::unexpected(more.error());
    return holders;
}

} // namespace devserver::store
