// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/migrations.h"

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

// "Rdrv", so that the file of another program is not taken for an empty one of ours.
constexpr qint64 applicationId = 0x52647276;

// Bytes are BLOBs also where they are text: they come back exactly as they came. Rows that may be
// large live in rowid tables (appended, found through a small index), small keyed ones in WITHOUT
// ROWID.
constexpr char initialSchema[] = R"(
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    ts INTEGER NOT NULL,
    has_own_id INTEGER NOT NULL,
    own_id BLOB NOT NULL,
    target BLOB NOT NULL,
    json BLOB NOT NULL
) STRICT;
CREATE INDEX events_by_name ON events (name, id);

CREATE TABLE runs (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    function_id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    more_events BLOB NOT NULL,
    schedule_key BLOB,
    original_run BLOB,
    queued_at INTEGER NOT NULL,
    function_version INTEGER NOT NULL,
    status INTEGER NOT NULL,
    cycle INTEGER NOT NULL,
    scheduled_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    request_version INTEGER NOT NULL,
    force_step_plan INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    timeline_next INTEGER NOT NULL,
    memo_next INTEGER NOT NULL,
    failed_step BLOB NOT NULL,
    cancel_cause BLOB NOT NULL,
    pending BLOB NOT NULL,
    output BLOB NOT NULL
) STRICT;
CREATE INDEX runs_by_event ON runs (event_id);
CREATE INDEX runs_by_schedule_key ON runs (schedule_key, function_id, id)
    WHERE schedule_key IS NOT NULL;
CREATE INDEX runs_live ON runs (id) WHERE status < 300;

CREATE TABLE run_events (
    event_id BLOB NOT NULL,
    run_id BLOB NOT NULL,
    PRIMARY KEY (event_id, run_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE memos (
    run_id BLOB NOT NULL,
    idx INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    dropped_in_cycle INTEGER NOT NULL,
    step BLOB NOT NULL,
    name BLOB NOT NULL,
    json BLOB NOT NULL,
    PRIMARY KEY (run_id, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
    id BLOB NOT NULL PRIMARY KEY,
    run_id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    step BLOB NOT NULL,
    name BLOB NOT NULL,
    state INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    interruptions INTEGER NOT NULL,
    enqueued_at INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    request BLOB,
    is_race INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX jobs_by_run ON jobs (run_id);

CREATE TABLE attempts (
    seq INTEGER PRIMARY KEY,
    run_id BLOB NOT NULL,
    request BLOB NOT NULL,
    job_id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    delivery INTEGER NOT NULL,
    cycle INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    request_version INTEGER NOT NULL,
    force_step_plan INTEGER NOT NULL,
    memo_count INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    finished_at INTEGER,
    http_status INTEGER NOT NULL,
    response_size INTEGER NOT NULL,
    no_retry INTEGER NOT NULL,
    next_attempt_at INTEGER,
    dns_us INTEGER NOT NULL,
    connect_us INTEGER NOT NULL,
    tls_us INTEGER NOT NULL,
    first_byte_us INTEGER NOT NULL,
    total_us INTEGER NOT NULL,
    step BLOB NOT NULL,
    step_name BLOB NOT NULL,
    url BLOB NOT NULL,
    response_headers BLOB NOT NULL,
    error BLOB NOT NULL,
    response_body BLOB NOT NULL,
    UNIQUE (run_id, request)
) STRICT;

CREATE TABLE timeline (
    run_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    type INTEGER NOT NULL,
    step BLOB NOT NULL,
    attempt INTEGER NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE letters (
    seq INTEGER PRIMARY KEY,
    run_id BLOB NOT NULL UNIQUE,
    function_id BLOB NOT NULL,
    state INTEGER NOT NULL,
    cycle INTEGER NOT NULL,
    failed_at INTEGER NOT NULL,
    closed_at INTEGER,
    fingerprint BLOB NOT NULL,
    reason BLOB NOT NULL,
    failed_step BLOB NOT NULL,
    failed_step_name BLOB NOT NULL,
    failed_step_attempts INTEGER NOT NULL,
    completed_steps BLOB NOT NULL,
    resolution BLOB NOT NULL,
    error BLOB NOT NULL
) STRICT;
CREATE INDEX letters_by_time ON letters (failed_at, run_id);
CREATE INDEX letters_by_state ON letters (state, failed_at, run_id);
CREATE INDEX letters_by_function ON letters (function_id, failed_at, run_id);
CREATE INDEX letters_by_fingerprint ON letters (fingerprint, failed_at, run_id);

CREATE TABLE deliveries (
    event_id BLOB NOT NULL,
    function_id BLOB NOT NULL,
    refusal INTEGER NOT NULL,
    held_by BLOB,
    at INTEGER NOT NULL,
    detail BLOB NOT NULL,
    PRIMARY KEY (event_id, function_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE apps (
    id BLOB NOT NULL PRIMARY KEY,
    name BLOB NOT NULL,
    kind INTEGER NOT NULL,
    url BLOB NOT NULL,
    sdk BLOB NOT NULL,
    framework BLOB NOT NULL,
    version BLOB NOT NULL,
    checksum BLOB NOT NULL,
    error BLOB NOT NULL,
    error_detail BLOB NOT NULL,
    synced_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE functions (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    app_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    is_archived INTEGER NOT NULL,
    slug BLOB NOT NULL,
    name BLOB NOT NULL,
    url BLOB NOT NULL,
    retries INTEGER NOT NULL,
    triggers BLOB NOT NULL,
    not_enforced BLOB NOT NULL,
    config BLOB NOT NULL
) STRICT;
CREATE INDEX functions_by_app ON functions (app_id, slug);
CREATE INDEX functions_by_slug ON functions (slug);
)";

constexpr char bulkRetries[] = R"(
CREATE TABLE bulks (
    id BLOB NOT NULL PRIMARY KEY,
    title BLOB NOT NULL,
    tries_one_first INTEGER NOT NULL,
    per_second INTEGER NOT NULL,
    stop_after_same INTEGER NOT NULL,
    total INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    retrying INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    failed_again INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    same_error INTEGER NOT NULL,
    ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX bulks_open ON bulks (id) WHERE ended_at IS NULL;

CREATE TABLE bulk_items (
    bulk_id BLOB NOT NULL,
    idx INTEGER NOT NULL,
    run_id BLOB NOT NULL,
    state INTEGER NOT NULL,
    detail BLOB NOT NULL,
    PRIMARY KEY (bulk_id, idx)
) STRICT, WITHOUT ROWID;
)";

// For the window's lists. All three are partial, so that a commit writes to them only when a run
// has ended, is a rerun, or a step is tried again.
constexpr char windowIndexes[] = R"(
CREATE INDEX runs_ended
    ON runs (id, status, function_id, event_id, queued_at, started_at, ended_at)
    WHERE status >= 300;
CREATE INDEX runs_by_original ON runs (original_run, id) WHERE original_run IS NOT NULL;
CREATE INDEX attempts_again ON attempts (run_id, attempt) WHERE attempt > 0;
)";

// One tree less to write in each commit: the jobs of a run are found by the key.
constexpr char jobsByKey[] = R"(
CREATE TABLE new_jobs (
    id BLOB NOT NULL,
    run_id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    step BLOB NOT NULL,
    name BLOB NOT NULL,
    state INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    interruptions INTEGER NOT NULL,
    enqueued_at INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    request BLOB,
    is_race INTEGER NOT NULL,
    PRIMARY KEY (run_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_jobs
SELECT id, run_id, kind, step, name, state, attempt, interruptions, enqueued_at, run_at, request,
       is_race
FROM jobs;
DROP TABLE jobs;
ALTER TABLE new_jobs RENAME TO jobs;
)";

// Whether the answer to a call was signed with our key (protocol §14.3).
constexpr char answerSignatures[] =
    "ALTER TABLE attempts ADD COLUMN signature INTEGER NOT NULL DEFAULT 0;";

// Apps that were found on a usual port, not named by anybody.
constexpr char foundApps[] = "ALTER TABLE apps ADD COLUMN is_found INTEGER NOT NULL DEFAULT 0;";

// Of apps of old files it is learnt when their address is given again, as at the next start.
constexpr char namedApps[] = "ALTER TABLE apps ADD COLUMN is_named INTEGER NOT NULL DEFAULT 0;";

// The last run of a function. Neither column ever changes: a run is written to it once.
constexpr char runsByFunction[] = "CREATE INDEX runs_by_function ON runs (function_id, id);";

// Old rows have none. The three of an attempt are those of its job, which is gone when it is read.
constexpr char queueTimes[] = R"(
ALTER TABLE jobs ADD COLUMN first_eligible_at INTEGER;
ALTER TABLE attempts ADD COLUMN enqueued_at INTEGER;
ALTER TABLE attempts ADD COLUMN run_at INTEGER;
ALTER TABLE attempts ADD COLUMN first_eligible_at INTEGER;
)";

// Who sent an event; older rows do not know.
constexpr char eventSources[] = "ALTER TABLE events ADD COLUMN source BLOB NOT NULL DEFAULT x'';";

// What was started by the failure of a run: found by the id of that, whatever the clock said.
constexpr char eventsOfFailures[] = R"(
CREATE INDEX events_of_failures ON events (own_id)
    WHERE name = CAST('inngest/function.failed' AS BLOB);
)";

// `source` was added behind `json`: without this, reading it walks through a large payload page by
// page. See sourceOfEvent. Payloads up to here lie in the page of their row.
constexpr char sourcesOfLargeEvents[] =
    "CREATE INDEX events_large ON events (id, source) WHERE LENGTH(json) > 3000;";

Result<qint64> versionOf(Database *database)
{
    return database->number("PRAGMA user_version"_ba);
}

Result<void> apply(Database *database, const Migration &step)
{
    Transaction transaction(database);
    Result<void> done = transaction.begin();
    if (done)
        done = database->execute(step.script);
    if (done) {
        done = database->execute("PRAGMA application_id = "_ba + QByteArray::number(applicationId)
                                 + ";PRAGMA user_version = "_ba + QByteArray::number(step.version));
    }
    return done ? transaction.commit() : done;
}

} // namespace

const std::vector<Migration> &migrations()
{
    static const std::vector<Migration> all = {
        {1, initialSchema}, {2, bulkRetries},       {3, windowIndexes},
        {4, jobsByKey},     {5, queueTimes},        {6, answerSignatures},
        {7, foundApps},     {8, runsByFunction},    {9, namedApps},
        {10, eventSources}, {11, eventsOfFailures}, {12, sourcesOfLargeEvents},
    };
    return all;
}

Result<void> checkOrigin(Database *database, const std::vector<Migration> &steps)
{
    const Result<qint64> application = database->number("PRAGMA application_id"_ba);
    if (!application)
        return tl::unexpected(application.error());
    const Result<qint64> tables = database->number("SELECT count(*) FROM sqlite_schema"_ba);
    if (!tables)
        return tl::unexpected(tables.error());
    if (*tables > 0 && *application != applicationId)
        return failure(ErrorCode::Store, u"it is a database of another program"_s);
    const Result<qint64> version = versionOf(database);
    if (!version)
        return tl::unexpected(version.error());
    const int newest = steps.back().version;
    if (*version > newest) {
        return failure(ErrorCode::Store, u"it was written by a newer version of Redrive (format "_s
                                             + QString::number(*version)
                                             + u", this one knows up to "_s
                                             + QString::number(newest) + u')');
    }
    return {};
}

Result<void> migrate(Database *database, const std::vector<Migration> &steps)
{
    if (const Result<void> ours = checkOrigin(database, steps); !ours)
        return ours;
    const Result<qint64> version = versionOf(database);
    if (!version)
        return tl::unexpected(version.error());
    for (const Migration &step : steps) {
        if (step.version <= *version)
            continue;
        if (const Result<void> done = apply(database, step); !done)
            return done;
    }
    return {};
}

} // namespace devserver::store
