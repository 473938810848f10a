// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace devserver::api {

/// What may be known of a key: never all of it.
struct KeyTrace {
    QByteArray start; ///< of a signing key: `signkey-test-`
    QByteArray end;   ///< its last characters; empty if it is too short to give any away

    bool operator==(const KeyTrace &) const = default;
};

/// One socket that takes connections.
struct BoundAddress {
    QString text;           ///< `127.0.0.1:8288`, `[::1]:8288`
    bool isLoopback = true; ///< nobody but this machine reaches it

    bool operator==(const BoundAddress &) const = default;
};

/// Who gets in: what the server was started with, and what it is bound to (ui.md §25).
struct ServerAccess {
    std::vector<BoundAddress> addresses; ///< empty unless it serves
    QByteArrayList hosts;                ///< good `Host` names besides the built-in ones
    QByteArrayList origins;              ///< web origins that may change things
    std::vector<KeyTrace> eventKeys;     ///< empty: any key is taken
    QString eventKeysFrom;               ///< `--event-key` or `REDRIVE_EVENT_KEY`
    std::optional<KeyTrace> signingKey;  ///< nothing: nobody is asked for one
    QString signingKeyFrom;              ///< `--signing-key` or `REDRIVE_SIGNING_KEY`

    bool operator==(const ServerAccess &) const = default;
};

/// How a key that somebody has compares with the signing key of the server.
enum class KeyComparison {
    Same,
    Other,
    NoKey,    ///< it could sign nothing: no hex digits
    NoneHere, ///< the server has none
};

} // namespace devserver::api
