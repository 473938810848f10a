// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/rowwriter.h"

#include "devserver/store/packedlist.h"
#include "devserver/store/tables.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

/// One write of `meta` for so much time at work.
constexpr std::chrono::milliseconds reservedAhead{200};

constexpr char insertRunEvent[] = R"(
INSERT INTO run_events (event_id, run_id)
VALUES (?, ?)
ON CONFLICT DO NOTHING)";

constexpr char deleteJob[] = R"(
DELETE FROM jobs
WHERE run_id = ?
    AND id = ?)";

constexpr char deleteApp[] = R"(
DELETE FROM apps
WHERE id = ?)";

constexpr char deleteReleasedMemos[] = R"(
DELETE FROM memos
WHERE run_id IN (
    SELECT run_id
    FROM letters
    WHERE state = ?
        AND closed_at < ?))";

constexpr char upsertMeta[] = R"(
INSERT INTO meta (key, value)
VALUES ('last_id', ?)
ON CONFLICT (key) DO UPDATE SET value = excluded.value)";

QByteArray upsert(const Table &table)
{
    const QByteArray columns = table.columns();
    QByteArray marks = "?"_ba;
    for (qsizetype i = columns.count(','); i > 0; --i)
        marks += ",?";
    QByteArray sql = "INSERT INTO "_ba + table.name + " (" + columns + ") VALUES (" + marks
                     + ") ON CONFLICT (" + table.key + ") DO ";
    const QByteArrayList changing = QByteArray(table.changing).split(',');
    if (table.changing[0] == '\0')
        return sql + "NOTHING";
    char separator = ' ';
    sql += "UPDATE SET";
    for (const QByteArray &column : changing) {
        sql += separator + column.trimmed() + " = excluded." + column.trimmed();
        separator = ',';
    }
    return sql;
}

/// The upsert of a live run whose status is as it was, with the same parameters: an UPDATE that
/// names `status` would rewrite the run's entry in the index of live runs in every commit.
QByteArray updateRunInPlace()
{
    const QByteArrayList columns = runsTable.columns().split(',');
    const QByteArrayList changing = QByteArray(runsTable.changing).split(',');
    const qsizetype fixed = columns.size() - changing.size();
    QByteArray sql = "UPDATE runs SET"_ba;
    QByteArray where = " WHERE id = ?1"_ba;
    char separator = ' ';
    for (qsizetype i = 0; i < changing.size(); ++i) {
        const QByteArray column = changing[i].trimmed();
        const QByteArray same = column + " = ?" + QByteArray::number(fixed + i + 1);
        if (column == "status") {
            where += " AND " + same;
            continue;
        }
        sql += separator + same;
        separator = ',';
    }
    return sql + where;
}

/// Binds the values of one row, left to right, and runs the statement.
class Binder
{
public:
    explicit Binder(Statement *statement)
        : m_statement(statement)
    {}

    Binder &operator<<(qint64 value)
    {
        m_statement->number(value);
        return *this;
    }

    Binder &operator<<(const QByteArray &value)
    {
        m_statement->bytes(value);
        return *this;
    }

    Binder &operator<<(const RawJson &value) { return *this << value.bytes(); }

    Binder &operator<<(TimePoint value) { return *this << toMs(value); }

    Binder &operator<<(std::chrono::microseconds value) { return *this << qint64{value.count()}; }

    template<typename T>

    requires std::is_enum_v<T> Binder &operator<<(T value)
    {
        return *this << qint64{static_cast<int>(value)};
    }

    Binder &operator<<(const std::optional<TimePoint> &value)
    {
        if (value)
            return *this << *value;
        m_statement->null();
        return *this;
    }

    /// A null id is stored as NULL, which a NOT NULL column refuses.
    template<typename Tag, typename Value>
    Binder &operator<<(const Id<Tag, Value> &id)
    {
        if (id.isNull())
            m_statement->null();
        else
            m_statement->bytes(id.value.view());
        return *this;
    }

    Binder &nullIfEmpty(const QByteArray &value)
    {
        if (value.isEmpty())
            m_statement->null();
        else
            m_statement->bytes(value);
        return *this;
    }

    Result<void> run() { return m_statement->run(); }

private:
    Statement *m_statement;
};

/// What a row of `runs` is made of; lives until the statement ran, because bytes are not copied.
struct RunRow {
    explicit RunRow(const Run &of)
        : run(of)
        , first(of.events.empty() ? EventId{} : of.events.front())
        , pending(packList(of.pending))
    {
        for (std::size_t i = 1; i < of.events.size(); ++i)
            further.append(of.events[i].value.view());
    }

    Result<void> write(Statement *statement) const
    {
        Binder binder(statement);
        binder << run.id << run.function << first << further;
        binder.nullIfEmpty(run.scheduleKey) << run.originalRun << run.queuedAt;
        binder << run.functionVersion << run.status << run.cycle << run.scheduledAt << run.startedAt
               << run.endedAt << run.requestVersion << run.forceStepPlan << run.generation
               << run.timelineNext << run.memoNext << run.failedStep << run.cancelCause << pending
               << run.output;
        return binder.run();
    }

    const Run &run;
    EventId first;
    QByteArray further;
    QByteArray pending;
};

QByteArray packTriggers(const std::vector<Trigger> &triggers)
{
    std::vector<QByteArray> parts;
    for (const Trigger &trigger : triggers)
        parts.insert(parts.end(), {trigger.event, trigger.expression, trigger.cron});
    return packList(parts);
}

} // namespace

Result<void> RowWriter::prepare(Database *database)
{
    m_database = database;
    const std::pair<Statement *, QByteArray> all[] = {
        {&m_event, upsert(eventsTable)},
        {&m_run, upsert(runsTable)},
        {&m_runInPlace, updateRunInPlace()},
        {&m_runEvent, insertRunEvent},
        {&m_memo, upsert(memosTable)},
        {&m_job, upsert(jobsTable)},
        {&m_jobGone, deleteJob},
        {&m_attempt, upsert(attemptsTable)},
        {&m_timeline, upsert(timelineTable)},
        {&m_letter, upsert(lettersTable)},
        {&m_delivery, upsert(deliveriesTable)},
        {&m_app, upsert(appsTable)},
        {&m_appGone, deleteApp},
        {&m_function, upsert(functionsTable)},
        {&m_release, deleteReleasedMemos},
        {&m_bulk, upsert(bulksTable)},
        {&m_bulkItem, upsert(bulkItemsTable)},
        {&m_meta, upsertMeta},
    };
    for (const auto &[statement, sql] : all) {
        Result<Statement> prepared = database->prepare(sql);
        if (!prepared)
            return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return {};
}

Result<void> RowWriter::write(const Write &write)
{
    return std::visit([this](const auto &row) { return writeRow(row); }, write);
}

Result<void> RowWriter::writeLastId()
{
    if (m_lastId <= m_reserved)
        return {};
    // Reserved ahead, so that not every commit writes this row: after a restart new ids sort after
    // all that may have been given away, and begin at most that much in the future.
    m_reserved = Ulid::fromParts(m_lastId.time() + reservedAhead, {});
    return m_meta.bytes(m_reserved.view()).run();
}

Result<void> RowWriter::writeRow(const EventPtr &event)
{
    // The clock of a sender says nothing about which ids we have given away.
    if (!event->isSeeded)
        note(event->internalId.value);
    return (Binder(&m_event) << event->internalId << event->name << event->receivedAt << event->ts
                             << event->hasOwnId << event->id << event->target << event->source
                             << event->json)
        .run();
}

Result<void> RowWriter::writeRow(const Run &run)
{
    note(run.id.value);
    const RunRow row(run);
    if (run.status == RunStatus::Running) {
        if (Result<void> done = row.write(&m_runInPlace); !done || m_database->changedRows() > 0)
            return done;
    }
    const Result<void> done = row.write(&m_run);
    if (done && run.events.size() > 1)
        return writeFurtherEvents(run);
    return done;
}

Result<void> RowWriter::writeFurtherEvents(const Run &run)
{
    for (std::size_t i = 1; i < run.events.size(); ++i) {
        if (Result<void> done = (Binder(&m_runEvent) << run.events[i] << run.id).run(); !done)
            return done;
    }
    return {};
}

Result<void> RowWriter::writeRow(const MemoWrite &write)
{
    const Memo &memo = *write.memo;
    return (Binder(&m_memo) << write.run << memo.index << memo.kind << memo.at << memo.attempts
                            << memo.droppedInCycle << memo.step << memo.name << memo.json)
        .run();
}

Result<void> RowWriter::writeRow(const Job &job)
{
    return (Binder(&m_job) << job.id << job.run << job.kind << job.step << job.name << job.state
                           << job.attempt << job.interruptions << job.enqueuedAt << job.runAt
                           << job.firstEligibleAt << job.request << job.isRace)
        .run();
}

Result<void> RowWriter::writeRow(const JobGone &gone)
{
    // The id begins with that of the run (see Job::id); without one there is no such job.
    const RunId run = RunId::fromText(gone.job.left(gone.job.indexOf(':'))).value_or(RunId{});
    return (Binder(&m_jobGone) << run << gone.job).run();
}

Result<void> RowWriter::writeRow(const Attempt &attempt)
{
    note(attempt.request.value);
    const CallTiming &timing = attempt.timing;
    Binder binder(&m_attempt);
    binder << attempt.run << attempt.request << attempt.job << attempt.kind << attempt.attempt
           << attempt.maxAttempts << attempt.delivery << attempt.cycle << attempt.generation
           << attempt.requestVersion << attempt.forceStepPlan << attempt.memoCount
           << attempt.enqueuedAt << attempt.runAt << attempt.firstEligibleAt << attempt.sentAt
           << attempt.outcome << attempt.finishedAt << attempt.httpStatus << attempt.responseSize
           << attempt.noRetry << attempt.nextAttemptAt << timing.dns << timing.connect << timing.tls
           << timing.firstByte << timing.total << attempt.step << attempt.stepName << attempt.url
           << attempt.responseHeaders << attempt.error << attempt.responseBody << attempt.signature;
    return binder.run();
}

Result<void> RowWriter::writeRow(const TimelineRecord &record)
{
    return (Binder(&m_timeline) << record.run << record.number << record.at << record.type
                                << record.step << record.attempt << record.payload)
        .run();
}

Result<void> RowWriter::writeRow(const DeadLetter &letter)
{
    return (Binder(&m_letter) << letter.run << letter.function << letter.state << letter.cycle
                              << letter.failedAt << letter.closedAt << letter.fingerprint
                              << letter.reason << letter.failedStep << letter.failedStepName
                              << letter.failedStepAttempts << letter.completedSteps
                              << letter.resolution << letter.error)
        .run();
}

Result<void> RowWriter::writeRow(const Delivery &delivery)
{
    return (Binder(&m_delivery) << delivery.event << delivery.function << delivery.refusal
                                << delivery.heldBy << delivery.at << delivery.detail)
        .run();
}

Result<void> RowWriter::writeRow(const App &app)
{
    return (Binder(&m_app) << app.id << app.name << app.kind << app.url << app.sdk << app.framework
                           << app.version << app.checksum << app.error << app.errorDetail
                           << app.syncedAt << app.isFound << app.isNamed)
        .run();
}

Result<void> RowWriter::writeRow(const AppGone &gone)
{
    return (Binder(&m_appGone) << gone.app).run();
}

Result<void> RowWriter::writeRow(const Function &function)
{
    const FunctionConfig &config = function.config;
    const QByteArray triggers = packTriggers(config.triggers);
    const QByteArray notEnforced =
        packList(std::vector<QByteArray>(config.notEnforced.begin(), config.notEnforced.end()));
    return (Binder(&m_function) << function.id << function.app << function.version
                                << function.isArchived << config.slug << config.name << config.url
                                << config.retries << triggers << notEnforced << config.config)
        .run();
}

Result<void> RowWriter::writeRow(const ReleaseDiscarded &release)
{
    return (Binder(&m_release) << LetterState::Discarded << release.before).run();
}

Result<void> RowWriter::writeRow(const Bulk &bulk)
{
    note(bulk.id.value);
    return (Binder(&m_bulk) << bulk.id << bulk.title << bulk.triesOneFirst << bulk.perSecond
                            << bulk.stopAfterSame << bulk.total << bulk.startedAt << bulk.state
                            << bulk.waiting << bulk.retrying << bulk.completed << bulk.failedAgain
                            << bulk.refused << bulk.sameError << bulk.endedAt)
        .run();
}

Result<void> RowWriter::writeRow(const BulkItemWrite &write)
{
    const BulkItem &item = write.item;
    return (Binder(&m_bulkItem) << write.bulk << write.index << item.run << item.state
                                << item.detail)
        .run();
}

void RowWriter::note(const Ulid &id)
{
    m_lastId = std::max(m_lastId, id);
}

} // namespace devserver::store
