// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"
#include "devserver/model/event.h"
#include "devserver/model/function.h"
#include "devserver/model/id.h"
#include "devserver/model/verb.h"

#include <cstdint>
#include <variant>
#include <vector>

/// What may change the state of the engine. Everything is an input: HTTP, timers, answers, verbs of
/// people, tests (style.md 2.1). Plain values, posted in the order in which they are to be taken.
namespace devserver::engine {

/// Names who waits for a Reply; 0: nobody.
using ReplyToken = std::uint64_t;

/// One request with events; all of them are stored or none is (protocol §3).
struct EventsReceived {
    ReplyToken token = 0;
    std::vector<EventDraft> drafts;
};

/// An app registered itself (protocol §2.5).
struct FunctionsSynced {
    ReplyToken token = 0;
    Registration registration;
};

/// A registration that could not be decoded (protocol §2.5); the app may be one that is known.
struct SyncRefused {
    QByteArray appName; ///< may be empty
    QByteArray url;     ///< normalised; may be empty
    QByteArray reason;
    QByteArray code = QByteArrayLiteral("bad_request"); ///< as `App::error`
    AppId calledElsewhere = {}; ///< the app, if its address here is another one
};

/// An address from the command line or from discovery: a placeholder until its first sync.
struct AppNamed {
    QByteArray url;
    bool isFound = false; ///< by discovery
    bool isKept = false;  ///< a person gave it: known until it is removed, also after a restart
};

struct AppRemoved {
    ReplyToken token = 0;
    QByteArray url;
};

/// Another address for an app: it is called there and nowhere else from now on, as soon as it has
/// registered there.
struct AppMoved {
    ReplyToken token = 0;
    AppId app;
    QByteArray url; ///< normalised
};

/// What a poll of an app came to (protocol §2.3). An empty error clears the one before.
struct AppPolled {
    ReplyToken token = 0; ///< answered with the `App` at this address as it is afterwards
    AppId app;
    QByteArray url; ///< that was asked: a placeholder has another id once it has registered
    QByteArray error;
    QByteArray detail; ///< for people; without an error: what helps one that did not register
};

/// The app of an offline probe answered, or did not.
struct ProbeFinished {
    AppId app;
    bool isReachable = false;
};

/// Fenced by run, job and request: an answer that is not awaited any more is recorded and ignored.
struct CallFinished {
    RunId run;
    JobId job;
    RequestId request;
    CallAnswer answer;
};

/// The alarm rang. Early is harmless: nothing is due then.
struct TimeReached {};

/// Why the state was built again from what is stored.
enum class RestoreCause {
    Restart, ///< the server was started
    Disk,    ///< the data file could not be written: the disk was full, or the file was locked
};

/// First input after a restore: repairs what a crash left half done (semantics §10.3).
struct Restored {
    RestoreCause cause = RestoreCause::Restart;
};

/// The server stops: nothing is leased from now on (semantics §10.4).
struct Stopping {};

/// A person, or a program for one, asked for something.
struct VerbRequested {
    ReplyToken token = 0;
    Verb verb;
    QByteArray actor; ///< where it came from: `window`, `api`
};

using Input = std::variant<EventsReceived, FunctionsSynced, SyncRefused, AppNamed, AppRemoved,
                           AppMoved, AppPolled, ProbeFinished, CallFinished, TimeReached, Restored,
                           Stopping, VerbRequested>;

} // namespace devserver::engine
