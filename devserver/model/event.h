// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "devserver/model/rawjson.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace devserver {

/// Who sends an event, as far as the request tells. The engine makes `Event::source` of it, as it
/// knows the apps and the runs.
struct EventSender {
    QByteArray kind; ///< `composer`, `app`, `curl`, `http`, `redrive`; empty: nobody said
    QByteArray name; ///< of an app its SDK: `inngest-js:v4.24.0`; of other programs what they are
    RunId run;       ///< in whose trace it is sent, else null

    bool operator==(const EventSender &) const = default;
};

/// An event as its sender gave it, validated (protocol §3.2). Parts are the sender's bytes.
struct EventDraft {
    QByteArray name;              ///< UTF-8, 1..512 characters
    std::optional<QByteArray> id; ///< the sender's idempotency id
    std::optional<TimePoint> ts;  ///< absent: the time of receipt
    RawJson data;                 ///< an object; `{}` if it was absent or null; `_inngest` removed
    RawJson user;                 ///< an object; `{}` if it was absent or null
    RawJson v;                    ///< empty if absent
    RawJson meta;                 ///< empty if absent
    std::optional<EventId> seededId; ///< computed from the seed header (protocol §3.4)
    QByteArray target; ///< slug of the one function that it is for (`/invoke`), else empty
    EventSender sender;

    bool operator==(const EventDraft &) const = default;
};

/// A stored event.
struct Event {
    EventId internalId;
    QByteArray id;         ///< the sender's id, or the internal id as text
    bool hasOwnId = false; ///< the sender chose `id`, so it de-duplicates runs (semantics §3.2)
    QByteArray name;
    TimePoint ts;
    TimePoint receivedAt;
    /// `{"name","data","id","ts","user"[,"v","meta"]}` as it is spliced into calls (protocol §5.2).
    RawJson json;
    QByteArray target; ///< see EventDraft::target
    /// Who sent it, a word and mostly a name: `composer`, `curl`, `app shop`, `function
    /// shop-order`, `http wget`, `redrive` (made by the engine). Empty: an older version stored it.
    QByteArray source;
    bool isSeeded = false; ///< the sender computed the internal id; not stored

    bool operator==(const Event &) const = default;
};

/// Why an event did not start a function that it might have started (semantics §3.5).
enum class Refusal {
    Idempotency = 1,    ///< the same event id started `heldBy` within 24 h
    FilterNotSupported, ///< the trigger has an expression that this version cannot evaluate
    FilterFalse,        ///< the trigger's expression is false for this event
    FilterError,        ///< the expression failed; the detail says how
};

/// One row per (event, function) that was refused.
struct Delivery {
    EventId event;
    FunctionId function;
    Refusal refusal = Refusal::Idempotency;
    RunId heldBy;      ///< null unless the refusal names a run
    QByteArray detail; ///< text for people: expression, key, expiry
    TimePoint at;

    bool operator==(const Delivery &) const = default;
};

} // namespace devserver
