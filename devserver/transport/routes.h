// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/clock.h"
#include "devserver/transport/enginedoor.h"
#include "devserver/transport/http.h"
#include "devserver/transport/originguard.h"

#include <QByteArray>
#include <QByteArrayList>

#include <chrono>
#include <optional>

namespace devserver::transport {

/// What the routes need to know of the command line.
struct RouteSettings {
    QByteArrayList eventKeys; ///< empty: every key is good (protocol §3.1)
    QByteArray signingKey;    ///< empty: no bearer is asked for (protocol §14.1)
    QByteArrayList allowedHosts;
    QByteArrayList allowedOrigins;
    QByteArrayList sdkUrls; ///< for `/dev`
    bool hasDiscovery = true;
    bool hasPoll = true;
    double pollSeconds = 5;
    double retrySeconds = 0;
};

/// The HTTP surface (protocol §1.2): which request means what. One table of routes; each handler
/// turns bytes into a question at the door and the answer into bytes. Engine thread; outlives the
/// server that calls it.
class Routes final
{
public:
    Routes(EngineDoor door, const Clock &clock, RouteSettings settings);

    /// After the header: refuses foreign hosts and origins, answers preflights, asks for bearers.
    [[nodiscard]] std::optional<HttpReply> guard(const HttpRequest &head) const;
    /// Most bytes of a body (tech.md §1).
    [[nodiscard]] static qint64 bodyLimit(const HttpRequest &head);
    void handle(HttpRequest request, const Responder &respond);

private:
    friend struct RouteTable;

    /// A matched request: the parts of the path that the pattern left open, and who waits.
    struct Call {
        HttpRequest request;
        QByteArrayList parts;
        Responder respond;
    };

    [[nodiscard]] std::optional<HttpReply> refusal(const HttpRequest &head) const;
    [[nodiscard]] bool needsBearer(const HttpRequest &head) const;

    void health(const Call &call);
    void dev(const Call &call);
    void events(const Call &call);
    void invoke(const Call &call);
    void registerApp(const Call &call);
    void removeApp(const Call &call);

    void listEvents(const Call &call);
    void showEvent(const Call &call);
    void showEventRuns(const Call &call);
    void showRun(const Call &call);
    void showJobs(const Call &call);
    void showTimeline(const Call &call);
    void showAttempts(const Call &call);
    void showBatch(const Call &call);
    void showActions(const Call &call);
    void showApp(const Call &call);
    void cancelRun(const Call &call);
    void cancelRunV0(const Call &call);
    void rerun(const Call &call);

    void listLetters(const Call &call);
    void groupLetters(const Call &call);
    void showLetter(const Call &call);
    void retryLetter(const Call &call);
    void retryLetters(const Call &call);
    void discardLetter(const Call &call);
    void restoreLetter(const Call &call);
    void replyWithLetter(const RunId &run, const Responder &respond);
    /// Replies with the letter as it is after the verb.
    [[nodiscard]] EngineDoor::Done<VerbDone> showAfterwards(const RunId &run,
                                                            const Responder &respond);

    EngineDoor m_door;
    const Clock &m_clock;
    RouteSettings m_settings;
    OriginGuard m_guard;
};

} // namespace devserver::transport
