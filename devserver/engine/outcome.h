// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/input.h"
#include "devserver/model/call.h"
#include "devserver/model/change.h"
#include "devserver/model/result.h"
#include "devserver/model/write.h"

#include <optional>
#include <variant>
#include <vector>

namespace devserver::engine {

/// The events are stored; ids in the order of the drafts.
struct EventsAccepted {
    std::vector<EventId> ids;
};

/// Answers whoever sent the input with this token; only after the commit.
struct Reply {
    ReplyToken token = 0;
    std::variant<EventsAccepted, SyncDone, App, VerbDone, Error> body;
};

struct SendCall {
    CallRequest request;
};

/// Find out whether somebody listens at this address (semantics §10.6).
struct ProbeApp {
    AppId app;
    QByteArray url;
};

using Action = std::variant<Reply, SendCall, ProbeApp>;

/// What one step came to, sorted by destination: disk, then outside and window, then alarm.
struct Outcome {
    Writes writes;                   ///< one transaction
    std::vector<Action> actions;     ///< only after the commit
    std::vector<Change> changes;     ///< only after the commit
    std::optional<TimePoint> wakeAt; ///< next deadline
};

} // namespace devserver::engine
