// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/queries.h"
#include "devserver/model/bulk.h"
#include "devserver/model/change.h"
#include "devserver/model/result.h"

#include <QByteArray>
#include <QByteArrayList>

#include <optional>
#include <vector>

/// JSON bodies that the server answers. One function per body; what is asked is read by the routes.
namespace devserver::protocol {

// replies of the event, invoke and sync doors (restreplies.cpp)

/// `/e/{key}` (protocol.md 3.3): the internal ids so far, and the error of the rest. Without ids
/// and error (an empty request) `ids` is `[""]`.
[[nodiscard]] QByteArray encodeEventReply(const std::vector<EventId> &ids,
                                          const std::optional<Error> &error);
/// `/invoke/{slug}` (protocol.md 3.8).
[[nodiscard]] QByteArray encodeInvokeReply(const EventId &id);
/// `/fn/register` (protocol.md 2.5); \a sync is any new id.
[[nodiscard]] QByteArray encodeRegisterReply(const AppId &app, const Uuid &sync, bool isModified);
/// Error of `/fn/register`: `{"error","code"?}`, code `sdk_version_denied` for `Unsupported`.
[[nodiscard]] QByteArray encodeSyncError(const Error &error);

/// Error of `/v0` and `/v1`: `{"error","status"[,"code"][,"data"]}` (protocol.md 1.3).
[[nodiscard]] QByteArray encodeError(int status, const QString &message, QByteArrayView code = {},
                                     const RawJson &data = {});
/// What status a failed query or verb is answered with.
[[nodiscard]] int httpStatusOf(ErrorCode code);

/// What `GET /dev` tells (protocol.md 2.1).
struct DevReport {
    QByteArray version;
    QByteArrayList urls; ///< named on the command line
    bool hasDiscovery = true;
    bool hasPoll = true;
    double pollSeconds = 5;
    double retrySeconds = 0; ///< 0: the table of semantics.md 2.4
    bool hasSigningKey = false;
    bool hasEventKeys = false;
    api::Catalog catalog;
};

[[nodiscard]] QByteArray encodeDev(const DevReport &report);

// `/v1` and its envelope `{"data","metadata"}` (protocol.md 12.2); `now` is when it was fetched

[[nodiscard]] QByteArray encodeEvents(const api::EventPage &page, TimePoint now);
/// The first event of the page alone.
[[nodiscard]] QByteArray encodeEvent(const api::EventPage &page, TimePoint now);
/// Runs as data; refusals under `metadata.skipped` (semantics.md 3.5).
[[nodiscard]] QByteArray encodeEventRuns(const api::EventRuns &runs, TimePoint now);
[[nodiscard]] QByteArray encodeRun(const api::RunDetail &run, TimePoint now);
[[nodiscard]] QByteArray encodeJobs(const api::RunDetail &run, TimePoint now);
[[nodiscard]] QByteArray encodeTimeline(const api::Timeline &timeline, TimePoint now);
/// Every delivery with its request, made again from events and memos, and its response. Bodies of
/// requests beyond 16 MiB in all are left out (`body` is null); those of failed attempts last.
[[nodiscard]] QByteArray encodeAttempts(const api::Attempts &attempts, TimePoint now);
[[nodiscard]] QByteArray encodeLetters(const api::LetterPage &page, TimePoint now);
[[nodiscard]] QByteArray encodeLetterGroups(const api::LetterGroups &groups, TimePoint now);
[[nodiscard]] QByteArray encodeLetter(const api::LetterDetail &letter, TimePoint now);
/// `GET /v1/apps/{name}/functions`: the first app of the catalogue with its functions.
[[nodiscard]] QByteArray encodeApp(const api::Catalog &catalog, TimePoint now);
/// `POST /v1/dead-letters/{id}/retry`
[[nodiscard]] QByteArray encodeRetryReply(const RunId &run, int cycle, TimePoint now);
/// `POST /v1/dead-letters/retry`
[[nodiscard]] QByteArray encodeBulkReply(const BulkId &bulk, qsizetype letters, TimePoint now);
/// `POST /v1/runs/{id}/rerun`
[[nodiscard]] QByteArray encodeRerunReply(const RunId &run, const RunId &original, TimePoint now);

/// Why a live run is not executing, soonest first (semantics.md 1.1).
[[nodiscard]] std::vector<Activity> activitiesOf(const std::vector<Job> &jobs, TimePoint now);

} // namespace devserver::protocol
