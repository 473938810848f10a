// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/engine/registrations.h"

#include "devserver/engine/stages.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

/// A scan found something there, and nobody gave the address or registered.
bool isGuess(const AppEntry &entry)
{
    return entry.isPlaceholder && entry.app.isFound;
}

/// Of what a scan found: it is an app that is called elsewhere.
bool isStray(const AppEntry &entry)
{
    return isGuess(entry) && !entry.calledElsewhere.isNull();
}

/// Nothing is there any more. An app that just starts again is missed once.
bool isVanished(const AppEntry &entry)
{
    constexpr int enough = 2;
    return isGuess(entry) && entry.silences >= (isStray(entry) ? 1 : enough);
}

void setError(Turn &turn, AppEntry &entry, const QByteArray &error, const QByteArray &detail)
{
    if (entry.app.error == error && entry.app.errorDetail == detail)
        return;
    entry.app.error = error;
    entry.app.errorDetail = detail;
    writeApp(turn, entry);
}

/// The app of that id, else the one at that address: who is asked or registers there may have
/// another name by now, or none that can be read. Null if there is neither, as after a removal.
AppEntry *findAppAt(State &state, const AppId &id, const QByteArray &url)
{
    const auto found = state.apps.find(id);
    if (found != state.apps.end() && !found->second.app.url.isEmpty())
        return &found->second;
    for (auto &[other, entry] : state.apps) {
        if (!url.isEmpty() && entry.app.url == url)
            return &entry;
    }
    return nullptr;
}

/// Who answered: no longer the app of that id if it has another address since.
AppEntry *findPolled(State &state, const AppPolled &input)
{
    const auto found = state.apps.find(input.app);
    const bool hasMoved =
        found != state.apps.end() && !input.url.isEmpty() && found->second.app.url != input.url;
    return findAppAt(state, hasMoved ? AppId() : input.app, input.url);
}

void judgePoll(Turn &turn, AppEntry &entry, const AppPolled &input)
{
    entry.isConfirmed = input.error.isEmpty();
    entry.silences = input.error == "unreachable" ? entry.silences + 1 : 0;
    const bool isReached = input.error != "unreachable" && input.error != "unsupported_protocol";
    if (input.error.isEmpty())
        releaseApp(turn, entry);
    else if (entry.silences > 0)
        entry.isRefusing = false; // it is asked by probes again
    // Some SDKs answer 200 although their registration was refused (protocol §2.5).
    if (isReached && !entry.refusal.isEmpty()) {
        setError(turn, entry, entry.refusalCode, entry.refusal);
        return;
    }
    entry.refusal.clear();
    if (entry.isPlaceholder && entry.silences > 0) // what was refused there is not there
        takeBackRefusal(turn, entry, " does not answer any more");
    if (input.error.isEmpty() && entry.app.error == callsRefused)
        return; // it registers as before
    if (input.error.isEmpty() && (entry.isPlaceholder || entry.isMoving()))
        setError(turn, entry, "bad_response"_ba,
                 "the app answered, but did not register at this address"
                     + (input.detail.isEmpty() ? QByteArray() : "; " + input.detail));
    else
        setError(turn, entry, input.error, input.error.isEmpty() ? QByteArray() : input.detail);
}

/// Whether an app stays where it is although it registers at the address of a placeholder: what a
/// scan found takes no app away from an address that is good, or was given; nor does one given
/// address from another. One that does not answer may well have gone there; one that refuses its
/// calls answers.
bool keepsPlace(const AppEntry &entry, const AppEntry *there)
{
    const bool isWrong = !entry.app.error.isEmpty() && entry.app.error != callsRefused;
    if (there == nullptr || !there->isPlaceholder || entry.isPlaceholder || entry.app.url.isEmpty()
        || isWrong || entry.isOffline)
        return false;
    return there->app.isFound ? entry.app.isNamed || entry.isConfirmed
                              : entry.app.isNamed && entry.isConfirmed;
}

const AppEntry *findAt(const State &state, const QByteArray &url)
{
    const auto found = std::ranges::find_if(
        state.apps, [&url](const auto &known) { return known.second.app.url == url; });
    return url.isEmpty() || found == state.apps.end() ? nullptr : &found->second;
}

/// Nothing is wrong with what a scan found: the app itself tells where it is called.
void noteStray(Turn &turn, AppEntry &stray, const QByteArray &code, const QByteArray &reason)
{
    const AppEntry &owner = turn.state.apps.at(stray.calledElsewhere);
    if (owner.isMoving()) { // until it is there it is good to know where it answers
        stray.refusal = reason;
        stray.refusalCode = code;
        setError(turn, stray, code, reason);
        return;
    }
    if (std::exchange(turn.state.lastRefusal, reason) != reason)
        notice(turn, Notice{.text = "app " + owner.app.name + " answers at " + stray.app.url
                                    + ", too; it is called at " + owner.app.url + " only",
                            .level = NoticeLevel::Info,
                            .about = aboutApp(owner.app.id)});
    erasePlaceholder(turn, turn.state.apps.find(stray.app.id));
}

} // namespace

void writeApp(Turn &turn, AppEntry &entry)
{
    turn.outcome.changes.emplace_back(AppChanged{.app = entry.app});
    if (!entry.isPlaceholder || entry.isKept)
        turn.outcome.writes.emplace_back(entry.app);
}

AppPlace erasePlaceholder(Turn &turn, AppPlace place)
{
    turn.outcome.changes.emplace_back(AppChanged{.app = place->second.app, .isGone = true});
    if (place->second.isKept)
        turn.outcome.writes.emplace_back(AppGone{.app = place->first});
    return turn.state.apps.erase(place);
}

void noteCall(Turn &turn, AppEntry &entry, const CallAnswer &answer)
{
    constexpr int unauthorized = 401;
    if (entry.app.kind != AppKind::Http || entry.isMoving())
        return;
    const auto *error = std::get_if<AnswerError>(&answer.outcome);
    const bool isTaken = std::holds_alternative<AnswerOps>(answer.outcome)
                         || std::holds_alternative<AnswerResult>(answer.outcome)
                         || (error != nullptr && error->isSdk);
    if (entry.app.error == cloudMode) // until it is asked again, which tells more
        return;
    if (error != nullptr && error->isCloudMode)
        setError(turn, entry, cloudMode, cloudModeDetail);
    else if (answer.httpStatus == unauthorized)
        setError(turn, entry, callsRefused, "its calls are answered 401"_ba);
    else if (isTaken && entry.app.error == callsRefused)
        setError(turn, entry, {}, {});
}

void eraseStrays(Turn &turn, const AppId &app)
{
    for (auto it = turn.state.apps.begin(); it != turn.state.apps.end();) {
        const bool isOne = isStray(it->second) && it->second.calledElsewhere == app;
        it = isOne ? erasePlaceholder(turn, it) : std::next(it);
    }
}

void takeBackRefusal(Turn &turn, AppEntry &entry, const QByteArray &words)
{
    const bool isTold = std::exchange(entry.isRefusalTold, false);
    if (!isTold && turn.state.lastRefused != entry.app.id)
        return;
    turn.state.lastRefused = {};
    turn.state.lastRefusal.clear();
    const QByteArray &who = entry.app.name.isEmpty() ? entry.app.url : entry.app.name;
    notice(turn, Notice{.text = "app " + who + words,
                        .level = NoticeLevel::Info,
                        .about = aboutApp(entry.app.id),
                        .isPassing = true});
}

SyncRefused whyNotHere(const State &state, const AppId &id, const Registration &given)
{
    SyncRefused refused{.appName = given.appName, .url = given.url, .reason = {}};
    const AppEntry *there = findAt(state, given.url);
    for (const auto &[other, entry] : state.apps) {
        const bool isThere = entry.app.url == given.url;
        if (isThere)
            refused.appName.clear(); // the one at the address is to tell it
        const bool stays = other == id && keepsPlace(entry, there);
        if ((!entry.isMoving() && !stays) || isThere == (other == id))
            continue;
        if (isThere) {
            refused.code = "other_app"_ba;
            refused.reason = "app " + given.appName + " is there, not app " + entry.app.name;
        } else {
            refused.code = "other_address"_ba;
            refused.calledElsewhere = id;
            refused.reason = "app " + given.appName + " registered at " + given.url
                             + ", but its address here is " + entry.app.url;
        }
    }
    return refused;
}

void notePoll(Turn &turn, const AppPolled &input)
{
    AppEntry *entry = findPolled(turn.state, input);
    const auto asked = turn.state.apps.find(input.app);
    if (entry == nullptr && asked != turn.state.apps.end() && !asked->second.app.url.isEmpty()) {
        reply(turn, input.token, asked->second.app); // it is elsewhere, and was not asked there
        return;
    }
    if (entry == nullptr) {
        reply(turn, input.token, Error{ErrorCode::NotFound, u"the app was removed meanwhile"_s});
        return;
    }
    judgePoll(turn, *entry, input);
    reply(turn, input.token, entry->app);
    if (isVanished(*entry)) // a scan finds it when it is back
        erasePlaceholder(turn, turn.state.apps.find(entry->app.id));
}

void noteRefusal(Turn &turn, const SyncRefused &input)
{
    constexpr qsizetype longest = 500;
    const QByteArray reason = input.reason.first(std::min(input.reason.size(), longest));
    const AppId named =
        input.appName.isEmpty() ? AppId() : AppId{Uuid::fromName("app", input.appName)};
    AppEntry *entry = findAppAt(turn.state, named, input.url);
    if (entry != nullptr)
        entry->calledElsewhere = input.calledElsewhere;
    if (entry != nullptr && isStray(*entry)) {
        noteStray(turn, *entry, input.code, reason);
        return;
    }
    const bool isKnown =
        entry != nullptr ? entry->refusal == reason : turn.state.lastRefusal == reason;
    if (isKnown)
        return;
    const QByteArray &who = input.appName.isEmpty() ? input.url : input.appName;
    const AppId &about = entry != nullptr ? entry->app.id : named;
    notice(turn, Notice{.text = "the registration of " + (who.isEmpty() ? "an app"_ba : "app "_ba)
                                + who + " was refused: " + reason,
                        .about = about.isNull() ? QByteArray() : aboutApp(about)});
    turn.state.lastRefusal = reason;
    turn.state.lastRefused = named;
    if (entry == nullptr)
        return;
    entry->isRefusalTold = true;
    entry->refusal = reason;
    entry->refusalCode = input.code;
    if (entry->isPlaceholder) // of an app that is known nothing changes until it is asked again
        setError(turn, *entry, input.code, reason);
}

} // namespace devserver::engine
