// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/eventsummaries.h"
#include "devserver/api/summaries.h"
#include "devserver/model/rawjson.h"

#include <QByteArray>

#include <vector>

/// What rows of lists show of larger things; the same for what the store reads and for what the
/// publisher tells.
namespace devserver::api {

/// Name and message of a normalised error; both empty if there is none.
struct ErrorExcerpt {
    QByteArray name;
    QByteArray message; ///< first line, at most 200 bytes; ends in an ellipsis if it has more
};

[[nodiscard]] ErrorExcerpt excerptOf(const RawJson &error);

/// A JSON text, or its beginning, in one line, at most 120 characters.
[[nodiscard]] QByteArray jsonPreview(QByteArrayView json);
/// `data` of an event in one line, at most 120 characters.
[[nodiscard]] QByteArray dataPreview(const RawJson &event);

/// Strings of a JSON array, `DeadLetter::completedSteps`.
[[nodiscard]] QByteArrayList namesIn(const RawJson &array);

/// Member `reason` of `DeadLetter::resolution`.
[[nodiscard]] QByteArray reasonIn(const RawJson &resolution);
/// Member `note` of `DeadLetter::resolution`, or of the record of a run that was made by it.
[[nodiscard]] QByteArray noteIn(const RawJson &json);

/// What a live run is doing, soonest first (semantics §1.1).
[[nodiscard]] std::vector<Activity> activitiesOf(const std::vector<Job> &jobs, TimePoint now);

/// The activity that the state of a run is made of: the executing one, else the soonest.
[[nodiscard]] std::optional<ActivityKind> leadingKind(const std::vector<Activity> &activities);

/// An event without what it started.
[[nodiscard]] EventSummary summaryOf(const Event &event);
/// A run as a chip of its event.
[[nodiscard]] StartedRun chipOf(const RunSummary &run);

/// What failed, of the event that its failure made (semantics §11.1); of another event null.
[[nodiscard]] RunId failedRunOf(const Event &event);

/// Begins with `inngest/`: made by a server, hidden by default.
[[nodiscard]] bool isInternalName(QByteArrayView eventName);

} // namespace devserver::api
