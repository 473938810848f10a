// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/bulk.h"
#include "devserver/model/id.h"
#include "devserver/model/rawjson.h"

#include <QByteArray>

#include <variant>

/// What people ask of a run, by a button or over HTTP (semantics §7.5, §9.5, §9.6).
namespace devserver {

struct CancelRun {
    RunId run;
};

/// Resumes a failed run in place.
struct RetryLetter {
    RunId run;
};

struct DiscardLetter {
    RunId run;
    QByteArray reason; ///< not empty
};

struct RestoreLetter {
    RunId run;
};

/// A new run of the same function for the same events.
struct RerunRun {
    RunId run;
};

/// The next attempt of everything in the run that backs off, or only of one job, is due now; the
/// attempts that were used stay used.
struct RetryNow {
    RunId run;
    JobId job; ///< empty: all
};

/// Sleeps of the run end now, all of them or only one job's.
struct SkipSleep {
    RunId run;
    JobId job; ///< empty: all
};

/// A new run of a failed run's function with other data (semantics §9.5): it takes over the
/// finished steps only if told so. The letter is resolved by it.
struct RetryEdited {
    RunId run;
    RawJson data; ///< an object; replaces `data` of the first event
    bool reusesSteps = false;
    QByteArray note = {}; ///< why, in the words of who did it
};

/// Retries many letters as one operation; VerbDone::bulk is its id.
struct StartBulk {
    BulkPlan plan;
};

/// Letters that wait stay as they are; those that are retrying go on.
struct StopBulk {
    BulkId bulk;
};

using Verb = std::variant<CancelRun, RetryLetter, DiscardLetter, RestoreLetter, RerunRun, RetryNow,
                          SkipSleep, RetryEdited, StartBulk, StopBulk>;

/// The verb is done.
struct VerbDone {
    RunId run;         ///< the new run of a rerun, else the run that was meant
    RunId originalRun; ///< of a rerun
    int cycle = 0;     ///< of a retry
    BulkId bulk;       ///< of a StartBulk
};

/// A registration is stored.
struct SyncDone {
    AppId app;
    bool isModified = false;
};

} // namespace devserver
