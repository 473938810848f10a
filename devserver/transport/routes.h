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
struct RouteSettings
{
    QByteArrayList eventKeys; ///< empty: every key is good (protocol §3.1)
    QByteArray signingKey; ///< empty: no bearer is asked for (protocol §14.1)
    QByteArrayList allowedHosts;
    QByteArrayList allowedOrigins;
    QByteArrayList sdkUrls; ///< for `/dev`
    bool hasDiscovery = true;
    bool hasPoll = true;
    int pollSeconds = 5;
    int retrySeconds = 0;
};

/// The HTTP surface (protocol §1.2): which request means what. One table of routes; each handler turns
/// bytes into a question at the door and the answer into bytes. Engine thread; outlives the server that
/// calls it.
class Routes final
{
public:
    Routes(EngineDoor door, const Clock &clock, RouteSettings settings);

    /// After the header: refuses foreign hosts and origins, answers preflights, asks for bearers.
    [[nodiscard]] std::optional<HttpReply> guard(const HttpRequest &head) const;
    /// Most bytes of a body (tech.md §1).
    [[nodiscard]] static qint64 bodyLimit(const HttpRequest &head);
    void handle(HttpRequest request, Responder respond);

private:
    friend struct RouteTable;

    /// A matched request: the parts of the path that the pattern left open, and who waits.
    struct Call
    {
        HttpRequest request;
        QByteArrayList parts;
        Responder respond;
    };

    [[nodiscard]] bool needsBearer(const HttpRequest &head) const;

    void health(Call call);
    void dev(Call call);
    void events(Call call);
    void invoke(Call call);
    void registerApp(Call call);
    void removeApp(Call call);

    void listEvents(Call call);
    void showEvent(Call call);
    void showEventRuns(Call call);
    void showRun(Call call);
    void showJobs(Call call);
    void showTimeline(Call call);
    void showAttempts(Call call);
    void showBatch(Call call);
    void showActions(Call call);
    void showApp(Call call);
    void cancelRun(Call call);
    void cancelRunV0(Call call);
    void rerun(Call call);

    void listLetters(Call call);
    void groupLetters(Call call);
    void showLetter(Call call);
    void retryLetter(Call call);
    void discardLetter(Call call);
    void restoreLetter(Call call);
    void replyWithLetter(const RunId &run, const Responder &respond);
    /// Replies with the letter as it is after the verb.
    [[nodiscard]] EngineDoor::Done<VerbDone> showAfterwards(const RunId &run, const Responder &respond);

    EngineDoor m_door;
    const Clock &m_clock;
    RouteSettings m_settings;
    OriginGuard m_guard;
};

} // namespace devserver::transport
