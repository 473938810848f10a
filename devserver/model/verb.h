// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"

#include <QByteArray>

#include <variant>

/// What people ask of a run, by a button or over HTTP (semantics §7.5, §9.5, §9.6).
namespace devserver {

struct CancelRun
{
    RunId run;
};

/// Resumes a failed run in place.
struct RetryLetter
{
    RunId run;
};

struct DiscardLetter
{
    RunId run;
    QByteArray reason; ///< not empty
};

struct RestoreLetter
{
    RunId run;
};

/// A new run of the same function for the same events.
struct RerunRun
{
    RunId run;
};

using Verb = std::variant<CancelRun, RetryLetter, DiscardLetter, RestoreLetter, RerunRun>;

/// The verb is done.
struct VerbDone
{
    RunId run; ///< the new run of a rerun, else the run that was meant
    RunId originalRun; ///< of a rerun
    int cycle = 0; ///< of a retry
};

/// A registration is stored.
struct SyncDone
{
    AppId app;
    bool isModified = false;
};

} // namespace devserver
