// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 1, receive: which request means what.

#include "devserver/transport/routes.h"

#include "devserver/protocol/restcodec.h"
#include "devserver/protocol/signing.h"
#include "devserver/transport/routeparts.h"

#include <array>

namespace devserver::transport {

using namespace Qt::StringLiterals;

/// Has access to the handlers, which are private.
struct RouteTable {
    struct Row {
        QByteArrayView method;
        QByteArrayView pattern; ///< `*` stands for one part of the path
        void (Routes::*handle)(const Routes::Call &);
    };

    static constexpr std::array rows{
        Row{"GET", "/health", &Routes::health},
        Row{"GET", "/dev", &Routes::dev},
        Row{"POST", "/e/*", &Routes::events},
        Row{"POST", "/e", &Routes::events},
        Row{"POST", "/e/", &Routes::events},
        Row{"POST", "/invoke/*", &Routes::invoke},
        Row{"POST", "/fn/register", &Routes::registerApp},
        Row{"PUT", "/fn/register", &Routes::registerApp},
        Row{"DELETE", "/fn/remove", &Routes::removeApp},
        Row{"GET", "/v0/runs/*/batch", &Routes::showBatch},
        Row{"GET", "/v0/runs/*/actions", &Routes::showActions},
        Row{"DELETE", "/v0/runs/*", &Routes::cancelRunV0},
        Row{"GET", "/v1/events", &Routes::listEvents},
        Row{"GET", "/v1/events/*", &Routes::showEvent},
        Row{"GET", "/v1/events/*/runs", &Routes::showEventRuns},
        Row{"GET", "/v1/runs/*", &Routes::showRun},
        Row{"DELETE", "/v1/runs/*", &Routes::cancelRun},
        Row{"GET", "/v1/runs/*/jobs", &Routes::showJobs},
        Row{"GET", "/v1/runs/*/timeline", &Routes::showTimeline},
        Row{"GET", "/v1/runs/*/attempts", &Routes::showAttempts},
        Row{"POST", "/v1/runs/*/rerun", &Routes::rerun},
        Row{"GET", "/v1/apps/*/functions", &Routes::showApp},
        Row{"GET", "/v1/dead-letters", &Routes::listLetters},
        Row{"GET", "/v1/dead-letters/groups", &Routes::groupLetters},
        Row{"GET", "/v1/dead-letters/*", &Routes::showLetter},
        Row{"POST", "/v1/dead-letters/retry", &Routes::retryLetters},
        Row{"POST", "/v1/dead-letters/*/retry", &Routes::retryLetter},
        Row{"POST", "/v1/dead-letters/*/discard", &Routes::discardLetter},
        Row{"POST", "/v1/dead-letters/*/restore", &Routes::restoreLetter},
    };
};

namespace {

/// The open parts, decoded, if the path fits the pattern.
std::optional<QByteArrayList> matchPath(QByteArrayView pattern, const QByteArrayList &path)
{
    QByteArrayList parts;
    qsizetype index = 0;
    for (const QByteArray &want : pattern.toByteArray().split('/')) {
        if (index >= path.size())
            return std::nullopt;
        const QByteArray &have = path.at(index++);
        if (want == "*" && !have.isEmpty())
            parts.append(QByteArray::fromPercentEncoding(have));
        else if (want != have)
            return std::nullopt;
    }
    return index == path.size() ? std::optional(parts) : std::nullopt;
}

} // namespace

Routes::Routes(EngineDoor door, const Clock &clock, RouteSettings settings)
    : m_door(std::move(door))
    , m_clock(clock)
    , m_settings(std::move(settings))
    , m_guard(m_settings.allowedHosts, m_settings.allowedOrigins)
{}

std::optional<HttpReply> Routes::guard(const HttpRequest &head) const
{
    std::optional<HttpReply> reply = refusal(head);
    if (!reply)
        return reply;
    // A page that may call this server may also read why it was refused.
    for (const Header &header : m_guard.corsHeaders(head))
        reply->headers.set(header.name, header.value);
    return reply;
}

std::optional<HttpReply> Routes::refusal(const HttpRequest &head) const
{
    if (std::optional<HttpReply> refused = m_guard.check(head))
        return refused;
    if (std::optional<HttpReply> preflight = m_guard.preflight(head))
        return preflight;
    if (needsBearer(head)
        && !protocol::bearerMatches(head.header("authorization"), m_settings.signingKey))
        return errorReply(
            401,
            u"this server has a signing key: the Authorization header must carry it as a bearer token"_s);
    return std::nullopt;
}

bool Routes::needsBearer(const HttpRequest &head) const
{
    if (m_settings.signingKey.isEmpty())
        return false;
    // protocol §14.1; `/e` has its own key, `/health` is for probes.
    return head.path == "/dev" || head.path.startsWith("/fn/") || head.path.startsWith("/v0/")
           || head.path.startsWith("/v1/") || head.path.startsWith("/invoke/");
}

qint64 Routes::bodyLimit(const HttpRequest &head)
{
    constexpr qint64 mebibyte = 1024 * 1024;
    return head.path.startsWith("/e/") || head.path == "/e" ? 64 * mebibyte : 8 * mebibyte;
}

void Routes::handle(HttpRequest request, const Responder &respond)
{
    const Headers cors = m_guard.corsHeaders(request);
    const Responder answer([cors, respond](HttpReply reply) {
        for (const Header &header : cors)
            reply.headers.set(header.name, header.value);
        respond(std::move(reply));
    });
    const bool isHead = request.method == "HEAD";
    const QByteArrayList path = request.path.split('/');
    QByteArrayList allowed;
    for (const RouteTable::Row &row : RouteTable::rows) {
        std::optional<QByteArrayList> parts = matchPath(row.pattern, path);
        if (!parts)
            continue;
        if (row.method == request.method || (isHead && row.method == "GET")) {
            (this->*row.handle)(
                {.request = std::move(request), .parts = std::move(*parts), .respond = answer});
            return;
        }
        allowed.append(row.method.toByteArray());
    }
    if (allowed.isEmpty()) {
        answer(errorReply(404, u"there is nothing at "_s + QString::fromUtf8(request.path)));
        return;
    }
    HttpReply reply =
        errorReply(405, u"%1 is not allowed here"_s.arg(QString::fromLatin1(request.method)));
    reply.headers.add("Allow"_ba, allowed.join(", "));
    answer(std::move(reply));
}

void Routes::health(const Call &call)
{
    call.respond(jsonReply(200, R"({"status":200,"message":"OK"})"_ba));
}

void Routes::dev(const Call &call)
{
    m_door.query(api::CatalogQuery{},
                 [this, respond = call.respond](Result<api::QueryAnswer> answer) {
                     if (!answer) {
                         respond(failed(answer.error()));
                         return;
                     }
                     api::Catalog catalog = std::get<api::Catalog>(*answer);
                     for (App &app : m_door.namelessApps())
                         catalog.apps.push_back({.app = std::move(app), .functions = {}});
                     protocol::DevReport report{.version = QByteArrayLiteral(REDRIVE_VERSION),
                                                .urls = m_settings.sdkUrls,
                                                .hasDiscovery = m_settings.hasDiscovery,
                                                .hasPoll = m_settings.hasPoll,
                                                .pollSeconds = m_settings.pollSeconds,
                                                .retrySeconds = m_settings.retrySeconds,
                                                .hasSigningKey = !m_settings.signingKey.isEmpty(),
                                                .hasEventKeys = !m_settings.eventKeys.isEmpty(),
                                                .catalog = std::move(catalog)};
                     respond(jsonReply(200, protocol::encodeDev(report)));
                 });
}

} // namespace devserver::transport
