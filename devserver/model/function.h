// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "devserver/model/rawjson.h"

#include <QByteArray>
#include <QByteArrayList>

#include <optional>
#include <vector>

namespace devserver {

/// What starts a function (protocol §2.6).
struct Trigger {
    QByteArray event;      ///< name or wildcard pattern; empty for a cron trigger
    QByteArray expression; ///< empty: every event of that name
    QByteArray cron;       ///< empty for an event trigger

    bool operator==(const Trigger &) const = default;
};

/// One function as its app registered it, validated (protocol §2.6, semantics §6.2).
struct FunctionConfig {
    QByteArray slug; ///< `<app>-<function>`
    QByteArray name; ///< display name
    std::vector<Trigger> triggers;
    QByteArray url;  ///< normalised call URL with `fnId` and `stepId=step`; empty in this process
    int retries = 4; ///< 0..20; attempts are one more
    /// Configured, but not enforced by this version: `cron`, `rateLimit`, `cancelOn`, ….
    QByteArrayList notEnforced;
    RawJson config; ///< the registration as it came, for the console

    bool operator==(const FunctionConfig &) const = default;
};

/// A registered function. Its id is derived from app and slug and never changes.
struct Function {
    FunctionId id;
    AppId app;
    int version = 1;
    bool isArchived = false; ///< missing from the last sync: starts no more runs
    FunctionConfig config;

    bool operator==(const Function &) const = default;
};

/// `App::error` of one that registers, but answers its signed calls with 401 (protocol §14): it
/// knows another signing key. Until a call is answered.
inline constexpr auto callsRefused = "calls_refused";

/// `App::error` of an app in cloud mode, which answers without taking us for its server, also if it
/// has synced before: told to register, it would do so with production.
inline constexpr auto cloudMode = "cloud_mode";
inline constexpr auto cloudModeDetail = "the app runs in cloud mode: set INNGEST_DEV=1 for it, or "
                                        "give this server its signing key with "
                                        "--signing-key";

/// How to reach the functions of an app.
enum class AppKind {
    Http = 1,  ///< calls go out over HTTP
    InProcess, ///< C++ functions in this process
};

/// An app that synced, or that was named on the command line and has not yet (empty name).
struct App {
    AppId id;
    QByteArray name;
    AppKind kind = AppKind::Http;
    QByteArray url; ///< normalised; identity of a placeholder
    QByteArray sdk; ///< `js:v4.24.0`
    QByteArray framework;
    QByteArray version;
    QByteArray checksum; ///< SHA-256 over the registration without `featureObservations`
    /// Code of protocol §2.3, `callsRefused` or `cloudMode`; empty if the last sync or poll was
    /// fine.
    QByteArray error;
    QByteArray errorDetail; ///< text for people
    TimePoint syncedAt;
    // How it came to be known; neither: it registered by itself.
    bool isFound = false; ///< found on one of the usual ports; nobody gave its address
    bool isNamed = false; ///< somebody gave its address, in the window or on the command line

    bool operator==(const App &) const = default;
};

/// One expression of a registration; the engine refuses what does not compile (semantics §6.2).
struct ExpressionText {
    QByteArray function; ///< slug
    QByteArray path;     ///< `triggers[0].expression`
    QByteArray text;

    bool operator==(const ExpressionText &) const = default;
};

/// A decoded `POST /fn/register` (protocol §2.4), or the functions of this process.
struct Registration {
    QByteArray appName;
    AppKind kind = AppKind::Http;
    QByteArray url; ///< normalised (protocol §2.5)
    QByteArray sdk;
    QByteArray framework;
    QByteArray appVersion;
    QByteArray checksum;
    std::vector<FunctionConfig> functions;
    std::vector<ExpressionText> expressions; ///< of all functions, in the order of the body

    bool operator==(const Registration &) const = default;
};

} // namespace devserver
