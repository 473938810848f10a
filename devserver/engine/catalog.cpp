// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The catalogue of apps and functions: what syncs and the command line say of them (protocol §2).
// What polls and refusals say is in registrations.cpp.

#include "devserver/engine/expressions.h"
#include "devserver/engine/registrations.h"
#include "devserver/engine/stages.h"

#include <algorithm>
#include <utility>

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

void writeFunction(Turn &turn, const Function &function)
{
    indexFunction(turn.state, function);
    turn.outcome.writes.emplace_back(function);
    turn.outcome.changes.emplace_back(FunctionChanged{.function = function});
}

void archive(Turn &turn, Function &function)
{
    function.isArchived = true;
    writeFunction(turn, function);
}

/// Its functions start no more runs. Those in flight wait until it registers again, so the entry
/// stays as the place where their calls queue.
void retire(Turn &turn, AppEntry &entry)
{
    for (auto &[id, function] : turn.state.functions) {
        if (function.app == entry.app.id && !function.isArchived)
            archive(turn, function);
    }
    turn.outcome.changes.emplace_back(AppChanged{.app = entry.app, .isGone = true});
    turn.outcome.writes.emplace_back(AppGone{.app = entry.app.id});
    entry.app.checksum.clear();
    entry.app.url.clear();
    entry.isPlaceholder = true;
    entry.isKept = false;
    entry.isRefusalTold = false; // the window forgets what was told of it
}

struct KnownAddress {
    bool isFound = false; ///< by a scan
    bool isNamed = false; ///< given by somebody
};

/// An address has one app, the one that registered there last: a placeholder makes room for it
/// (protocol §2.5), and so does an app that goes by another name now, or has given up its port.
/// \returns how the address came to be known.
KnownAddress takeAddress(Turn &turn, const AppId &owner, const Registration &given)
{
    KnownAddress known;
    if (given.url.isEmpty()) // functions of this process have no address, and take nobody's place
        return known;
    for (auto it = turn.state.apps.begin(); it != turn.state.apps.end();) {
        AppEntry &entry = it->second;
        if (it->first == owner || entry.app.url != given.url) {
            ++it;
            continue;
        }
        known.isFound = known.isFound || entry.app.isFound;
        known.isNamed = known.isNamed || entry.app.isNamed;
        if (entry.isPlaceholder) {
            it = erasePlaceholder(turn, it);
            continue;
        }
        notice(turn, "app " + given.appName + " registered at " + given.url + ", where app "
                         + entry.app.name + " was: the functions of " + entry.app.name
                         + " start no more runs, and its runs wait until it registers again");
        retire(turn, entry);
        ++it;
    }
    return known;
}

/// What a sync brought that this version accepts and does not act on yet: told together.
struct NotEnforced {
    QByteArrayList functions; ///< `orders (throttle, cron)`
    bool hasCron = false;

    void add(const FunctionConfig &config)
    {
        if (config.notEnforced.isEmpty())
            return;
        functions.append(config.slug + " (" + config.notEnforced.join(", ") + ')');
        hasCron = hasCron || config.notEnforced.contains("cron");
    }
};

void noteWhatIsNotEnforced(Turn &turn, const QByteArray &app, const NotEnforced &found)
{
    constexpr qsizetype mostNamed = 8;
    if (found.functions.isEmpty())
        return;
    const qsizetype more = found.functions.size() - mostNamed;
    QByteArray text =
        "app " + app + " uses settings that this version accepts but does not enforce: "
        + found.functions.first(std::min(found.functions.size(), mostNamed)).join(", ");
    if (more > 0)
        text += " and " + QByteArray::number(more) + " more";
    if (found.hasCron)
        text += "; a cron trigger does not start its function";
    notice(turn, Notice{.text = std::move(text), .about = aboutNotEnforced});
}

/// The address of the app, with what the function adds to it.
QByteArray functionUrl(const QByteArray &app, const QByteArray &function)
{
    const qsizetype query = function.indexOf('?');
    if (query < 0)
        return app;
    return app + (app.contains('?') ? '&' : '?') + function.mid(query + 1);
}

/// A placeholder is nothing but its address.
void movePlaceholder(Turn &turn, AppEntry &entry, const QByteArray &url)
{
    retire(turn, entry);
    nameApp(turn, {.url = url, .isKept = true});
}

/// Not its checksum: what it registered is of the other address.
void moveEntry(Turn &turn, AppEntry &entry, const QByteArray &url)
{
    (void)takeAddress(turn, entry.app.id, {.appName = entry.app.name, .url = url});
    takeBackRefusal(turn, entry, " is called at " + url + " as soon as it registers there");
    holdApp(turn, entry);
    entry.refusal.clear();
    entry.app.url = url;
    entry.app.isFound = false;
    entry.app.isNamed = true;
    entry.app.checksum.clear();
    entry.app.error = "unreachable"_ba;
    entry.app.errorDetail = "not synced yet"_ba;
    writeApp(turn, entry);
    for (auto &[id, function] : turn.state.functions) {
        if (function.app != entry.app.id)
            continue;
        function.config.url = functionUrl(url, function.config.url);
        writeFunction(turn, function);
    }
}

/// Where an app was before it registered.
struct Place {
    QByteArray url; ///< empty: nowhere
    bool isMoving = false;
    bool hadError = false;
};

/// What is told of an app that has registered, in one notice.
void welcome(Turn &turn, AppEntry &entry, const Place &before)
{
    const bool isElsewhere = !before.url.isEmpty() && before.url != entry.app.url;
    const QByteArray now = " is called at " + entry.app.url + " now";
    if (before.isMoving)
        eraseStrays(turn, entry.app.id);
    if (isElsewhere && !entry.isOffline)
        notice(turn, Notice{.text = "app " + entry.app.name + now + ", no longer at " + before.url
                                    + "; it registered there last",
                            .level = NoticeLevel::Info,
                            .about = aboutApp(entry.app.id),
                            .isPassing = before.hadError});
    else if (!entry.isOffline)
        takeBackRefusal(turn, entry, " has registered");
    entry.isRefusalTold = false;
    releaseApp(turn, entry, before.isMoving || isElsewhere ? now : " is back"_ba);
}

/// \returns whether anything changed.
bool syncFunction(Turn &turn, AppId app, const FunctionConfig &config, NotEnforced &notEnforced)
{
    const FunctionId id{Uuid::fromName(app.toBytes(), config.slug)};
    const auto known = turn.state.functions.find(id);
    if (known == turn.state.functions.end()) {
        const Function fresh{.id = id, .app = app, .config = config};
        turn.state.functions.emplace(id, fresh);
        writeFunction(turn, fresh);
        notEnforced.add(config);
        return true;
    }
    Function &function = known->second;
    if (function.config == config && !function.isArchived)
        return false;
    if (function.config != config) {
        ++function.version;
        notEnforced.add(config);
    }
    function.config = config;
    function.isArchived = false;
    writeFunction(turn, function);
    releaseFunction(turn, function);
    return true;
}

bool syncFunctions(Turn &turn, AppId app, const Registration &given)
{
    bool isModified = false;
    NotEnforced notEnforced;
    std::set<FunctionId> present;
    for (const FunctionConfig &config : given.functions) {
        isModified = syncFunction(turn, app, withFilterNote(config), notEnforced) || isModified;
        present.insert(FunctionId{Uuid::fromName(app.toBytes(), config.slug)});
    }
    for (auto &[id, function] : turn.state.functions) {
        if (function.app != app || function.isArchived || present.contains(id))
            continue;
        archive(turn, function);
        isModified = true;
    }
    noteWhatIsNotEnforced(turn, given.appName, notEnforced);
    return isModified;
}

} // namespace

void sync(Turn &turn, const FunctionsSynced &input)
{
    const Registration &given = input.registration;
    if (const Result<void> checked = checkExpressions(given); !checked) {
        noteRefusal(turn, {.appName = given.appName,
                           .url = given.url,
                           .reason = checked.error().message.toUtf8()});
        reply(turn, input.token, checked.error());
        return;
    }
    const AppId id{Uuid::fromName("app", given.appName)};
    if (const SyncRefused refused = whyNotHere(turn.state, id, given); !refused.reason.isEmpty()) {
        noteRefusal(turn, refused);
        reply(turn, input.token, Error{ErrorCode::Conflict, QString::fromUtf8(refused.reason)});
        return;
    }
    const KnownAddress known = takeAddress(turn, id, given);
    const bool isNew =
        !turn.state.apps.contains(id) || turn.state.apps.at(id).app.checksum.isEmpty();
    AppEntry &entry = turn.state.apps[id];
    const bool isSame = !isNew && entry.app.checksum == given.checksum;
    // As it was it may refuse its calls still; another one shows that by its next answer.
    const bool isRefusing = entry.app.error == callsRefused;
    const bool hadError = !entry.app.error.isEmpty() && !isRefusing;
    const bool isThere = entry.app.url == given.url;
    const Place before{.url = entry.isPlaceholder ? QByteArray() : entry.app.url,
                       .isMoving = entry.isMoving(),
                       .hadError = hadError};
    entry.isPlaceholder = false;
    entry.isConfirmed = true;
    entry.refusal.clear();
    if (!isSame || hadError) {
        entry.app = App{.id = id,
                        .name = given.appName,
                        .kind = given.kind,
                        .url = given.url,
                        .sdk = given.sdk,
                        .framework = given.framework,
                        .version = given.appVersion,
                        .checksum = given.checksum,
                        .error = {},
                        .errorDetail = {},
                        .syncedAt = turn.now,
                        .isFound = known.isFound || (isThere && entry.app.isFound),
                        .isNamed = known.isNamed || (isThere && entry.app.isNamed)};
        writeApp(turn, entry);
    }
    const bool isModified = !isSame && syncFunctions(turn, id, given);
    // Code that changes is often broken for a moment; a first sync is no change (semantics §10.6).
    if (isModified && !isNew)
        entry.graceUntil = turn.now + std::chrono::seconds(30);
    welcome(turn, entry, before);
    reply(turn, input.token, SyncDone{.app = id, .isModified = isModified || isNew});
}

void nameApp(Turn &turn, const AppNamed &input)
{
    for (auto &[id, entry] : turn.state.apps) {
        if (entry.app.url != input.url)
            continue;
        if (input.isFound)
            entry.silences = 0;
        const bool isGiven = !entry.app.isNamed && !input.isFound; // somebody did so since
        const bool staysNow = input.isKept && entry.isPlaceholder && !entry.isKept;
        entry.isKept = entry.isKept || staysNow;
        if (isGiven) {
            entry.app.isFound = false;
            entry.app.isNamed = true;
        }
        if (isGiven || staysNow)
            writeApp(turn, entry);
        return;
    }
    const AppId id{Uuid::fromName("url", input.url)};
    AppEntry &entry = turn.state.apps[id];
    entry.isPlaceholder = true;
    entry.isKept = input.isKept;
    entry.calledElsewhere = {};
    entry.app = App{.id = id,
                    .name = {},
                    .url = input.url,
                    .sdk = {},
                    .framework = {},
                    .version = {},
                    .checksum = {},
                    .error = "unreachable"_ba,
                    .errorDetail = "not synced yet"_ba,
                    .syncedAt = {},
                    .isFound = input.isFound,
                    .isNamed = !input.isFound};
    writeApp(turn, entry);
}

void removeApp(Turn &turn, const AppRemoved &input)
{
    std::vector<AppId> removed;
    for (const auto &[id, entry] : turn.state.apps) {
        if (entry.app.url == input.url && entry.app.kind == AppKind::Http)
            removed.push_back(id);
    }
    if (removed.empty()) {
        reply(turn, input.token,
              Error{ErrorCode::NotFound,
                    u"no app has the address "_s + QString::fromUtf8(input.url)});
        return;
    }
    for (const AppId &id : removed)
        retire(turn, turn.state.apps.at(id));
    reply(turn, input.token, SyncDone{.app = removed.front(), .isModified = true});
}

void moveApp(Turn &turn, const AppMoved &input)
{
    const auto found = turn.state.apps.find(input.app);
    if (found == turn.state.apps.end() || found->second.app.kind != AppKind::Http
        || found->second.app.url.isEmpty()) {
        reply(turn, input.token, Error{ErrorCode::NotFound, u"no such app"_s});
        return;
    }
    for (const auto &[id, other] : turn.state.apps) {
        if (id == input.app || other.isPlaceholder || other.app.url != input.url)
            continue;
        reply(turn, input.token,
              Error{ErrorCode::Conflict,
                    QString::fromUtf8(input.url + " is the address of " + other.app.name)});
        return;
    }
    AppEntry &entry = found->second;
    const bool isModified = entry.app.url != input.url;
    if (isModified && entry.isPlaceholder)
        movePlaceholder(turn, entry, input.url);
    else if (isModified)
        moveEntry(turn, entry, input.url);
    reply(turn, input.token, SyncDone{.app = input.app, .isModified = isModified});
}

} // namespace devserver::engine
