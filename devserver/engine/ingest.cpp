// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 3, ingest: a decoded event gets its id and its time, is stored, and goes on to match.

#include "devserver/engine/stages.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

/// The object that the functions see (protocol §5.2), with the sender's bytes spliced in.
RawJson eventJson(const Event &event, const EventDraft &draft)
{
    JsonWriter json(draft.data.bytes().size() + draft.user.bytes().size()
                    + draft.meta.bytes().size() + event.name.size() + event.id.size() + 96);
    json.beginObject();
    json.key("name").string(event.name);
    json.key("data").raw(draft.data.bytes());
    json.key("id").string(event.id);
    json.key("ts").value(toMs(event.ts));
    json.key("user").raw(draft.user.bytes());
    if (!draft.v.isEmpty())
        json.key("v").raw(draft.v.bytes());
    if (!draft.meta.isEmpty())
        json.key("meta").raw(draft.meta.bytes());
    json.endObject();
    return RawJson::fromTrusted(json.take());
}

void store(Turn &turn, const EventPtr &event)
{
    turn.outcome.writes.emplace_back(event);
    const MatchCount count = match(turn, event);
    turn.outcome.changes.emplace_back(
        EventStored{.event = event, .runs = count.runs, .refusals = count.refusals});
}

/// A seed from far in the future is no seed of an SDK; its event would stand before all others for
/// ever.
std::optional<EventId> seedOf(const Turn &turn, const EventDraft &draft)
{
    constexpr std::chrono::minutes clockTolerance{5};
    if (draft.seededId && draft.seededId->value.time() > turn.now + clockTolerance)
        return std::nullopt;
    return draft.seededId;
}

EventId ingestOne(Turn &turn, const EventDraft &draft)
{
    const std::optional<EventId> seeded = seedOf(turn, draft);
    // The same seed came before: an SDK repeats a send whose answer it did not get (semantics
    // §3.1).
    if (seeded && !turn.seededEvents.insert(*seeded).second)
        return *seeded;
    Event event;
    event.isSeeded = seeded.has_value();
    event.internalId = seeded.value_or(EventId{});
    if (!seeded)
        event.internalId = EventId{turn.state.ids.next(turn.now)};
    event.hasOwnId = draft.id.has_value() && !draft.id->isEmpty();
    event.id = event.hasOwnId ? *draft.id : event.internalId.toText();
    event.name = draft.name;
    event.ts = draft.ts.value_or(turn.now);
    event.receivedAt = turn.now;
    event.json = eventJson(event, draft);
    event.target = draft.target;
    event.source = sourceOf(turn.state, draft.sender);
    const EventId id = event.internalId;
    store(turn, std::make_shared<const Event>(std::move(event)));
    return id;
}

/// An app registers as `js:v4.24.0`, and sends as `inngest-js:v4.24.0`.
QByteArrayView withoutMaker(QByteArrayView sdk)
{
    constexpr QByteArrayView maker = "inngest-";
    return sdk.startsWith(maker) ? sdk.sliced(maker.size()) : sdk;
}

/// Requests do not name their app; it can be told if one app only has this SDK.
QByteArray appWith(const State &state, const QByteArray &sdk)
{
    QByteArray name;
    for (const auto &[id, entry] : state.apps) {
        if (entry.app.name.isEmpty() || withoutMaker(entry.app.sdk) != withoutMaker(sdk))
            continue;
        if (!name.isEmpty())
            return {};
        name = entry.app.name;
    }
    return name;
}

bool hasFunction(const State &state, const QByteArray &slug)
{
    const auto found = state.bySlug.find(slug);
    return found != state.bySlug.end() && !state.functions.at(found->second).isArchived;
}

} // namespace

QByteArray sourceOf(const State &state, const EventSender &sender)
{
    if (const auto run = state.runs.find(sender.run); run != state.runs.end()) {
        if (const auto function = state.functions.find(run->second.run.function);
            function != state.functions.end())
            return "function " + function->second.config.slug;
    }
    if (sender.name.isEmpty())
        return sender.kind;
    if (sender.kind != "app")
        return sender.kind + ' ' + sender.name;
    const QByteArray app = appWith(state, sender.name);
    return app.isEmpty() ? QByteArray("app (" + sender.name + ')') : QByteArray("app " + app);
}

void ingest(Turn &turn, const EventsReceived &input)
{
    for (const EventDraft &draft : input.drafts) {
        if (!draft.target.isEmpty() && !hasFunction(turn.state, draft.target)) {
            reply(turn, input.token,
                  Error{ErrorCode::NotFound,
                        u"could not find function with ID: "_s + QString::fromUtf8(draft.target)});
            return;
        }
    }
    EventsAccepted accepted;
    accepted.ids.reserve(input.drafts.size());
    for (const EventDraft &draft : input.drafts)
        accepted.ids.push_back(ingestOne(turn, draft));
    reply(turn, input.token, std::move(accepted));
}

void ingestSystemEvent(Turn &turn, QByteArray name, QByteArray id, QByteArray data,
                       const Event &about)
{
    EventDraft draft;
    draft.name = std::move(name);
    draft.data = RawJson::fromTrusted(std::move(data));
    draft.user = RawJson::fromTrusted(QByteArrayLiteral("{}"));
    if (const auto meta = JsonValue::of(about.json).find("meta"))
        draft.meta = RawJson::fromTrusted(meta->toBytes());

    Event event;
    event.internalId = EventId{turn.state.ids.next(turn.now)};
    event.id = id.isEmpty() ? event.internalId.toText() : std::move(id);
    event.name = draft.name;
    event.ts = turn.now;
    event.receivedAt = turn.now;
    event.json = eventJson(event, draft);
    event.source = "redrive"_ba;
    store(turn, std::make_shared<const Event>(std::move(event)));
}

} // namespace devserver::engine
