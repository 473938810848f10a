// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/apppoller.h"

#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"
#include "devserver/protocol/signing.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace devserver::transport {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What the app says is wrong, in its own words if there are any.
QByteArray wordsOf(const HttpResponse &response)
{
    const Result<RawJson> body = RawJson::parse(response.body);
    if (body) {
        const JsonValue root = JsonValue::of(*body);
        for (const QByteArrayView key : {QByteArrayView("message"), QByteArrayView("error")}) {
            const std::optional<JsonValue> text = root.find(key);
            if (text && text->isString())
                return text->toUtf8();
        }
    }
    return "the app answered " + QByteArray::number(response.status);
}

QByteArray codeOf(int status)
{
    switch (status) {
    case 400:
        return "bad_request"_ba;
    case 401:
        return "unauthorized"_ba;
    case 403:
        return "forbidden"_ba;
    case 404:
        return "url_not_found"_ba;
    case 501: // of a server that knows no PUT
        return "bad_response"_ba;
    default:
        return status >= 500 ? "internal_server_error"_ba : "bad_response"_ba;
    }
}

/// Of the registration: the Python SDK passes the answer to it on with status 200, also a refusal
/// such as `{"error":"…","status":401}`.
int statusOf(const HttpResponse &response)
{
    if (response.status < 200 || response.status >= 300)
        return response.status;
    const Result<RawJson> body = RawJson::parse(response.body);
    if (!body)
        return response.status;
    const JsonValue root = JsonValue::of(*body);
    const std::optional<JsonValue> error = root.find("error");
    if (!error || !error->isString())
        return response.status;
    const std::optional<JsonValue> status = root.find("status");
    const qint64 told = status ? status->toInt64().value_or(0) : 0;
    return told >= 400 && told < 600 ? static_cast<int>(told) : 400;
}

bool isGood(int status)
{
    return status >= 200 && status < 300;
}

QByteArray errorCodeOf(const HttpResult &result)
{
    if (result.outcome) {
        const int status = statusOf(*result.outcome);
        return isGood(status) ? QByteArray() : codeOf(status);
    }
    return result.outcome.error().kind == CallFailureKind::Protocol ? "unsupported_protocol"_ba
                                                                    : "unreachable"_ba;
}

QByteArray detailOf(const HttpResult &result)
{
    if (result.outcome)
        return isGood(statusOf(*result.outcome)) ? QByteArray() : wordsOf(*result.outcome);
    return result.outcome.error().message.toUtf8();
}

bool isAborted(const HttpResult &result)
{
    return !result.outcome && result.outcome.error().kind == CallFailureKind::Aborted;
}

/// What looked at it is not its server: TypeScript SDKs do not tell it what they are, and answer
/// 401, or 500 if they have no signing key; others tell their mode.
bool isInCloudMode(const HttpResponse &response, bool isSigned)
{
    const bool isReserved = response.headers.contains("x-inngest-sdk-handled")
                            && !response.headers.contains("x-inngest-sdk");
    if (response.status == 401 || isReserved)
        return true;
    const Result<RawJson> body = RawJson::parse(response.body);
    if (isSigned || !body)
        return false;
    const std::optional<JsonValue> mode = JsonValue::of(*body).find("mode");
    return mode && mode->isString() && mode->toUtf8() == "cloud";
}

} // namespace

AppPoller::AppPoller(HttpClient &client, Settings settings, Polled polled, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_settings(std::move(settings))
    , m_polled(std::move(polled))
    , m_timer(this)
{
    m_timer.setInterval(m_settings.interval);
    connect(&m_timer, &QTimer::timeout, this, &AppPoller::pollAll);
}

void AppPoller::follow(const App &app)
{
    if (m_isStopped || app.kind != AppKind::Http || app.url.isEmpty())
        return;
    const auto known = m_apps.find(app.id);
    const bool isNew = known == m_apps.end();
    const bool hasMoved = !isNew && known->second.url != app.url;
    Followed &followed = m_apps[app.id];
    followed.url = app.url;
    followed.hasError = !app.error.isEmpty();
    followed.isLeaving = false;
    if (!m_timer.isActive())
        m_timer.start();
    if (hasMoved && followed.isAsking) // the answer is of the old address
        followed.asksAgain = true;
    if ((isNew || hasMoved) && followed.hasError)
        poll(app.id, followed);
}

bool AppPoller::isFollowed(const QByteArray &url) const
{
    return std::any_of(m_apps.begin(), m_apps.end(), [&url](const auto &known) {
        return known.second.url == url && !known.second.isLeaving;
    });
}

void AppPoller::forget(const AppId &app)
{
    const auto found = m_apps.find(app);
    if (found == m_apps.end())
        return;
    if (found->second.isAsking)
        found->second.isLeaving = true;
    else
        m_apps.erase(found);
}

void AppPoller::refuse(const std::vector<AppPoll::Asker> &askers)
{
    for (const AppPoll::Asker &asker : askers)
        asker(failure(ErrorCode::Stopping, u"the app is not asked any more"_s));
}

void AppPoller::stop()
{
    m_isStopped = true;
    m_timer.stop();
    for (const auto &[id, app] : std::exchange(m_apps, {})) {
        refuse(app.askers);
        refuse(app.waiting);
    }
}

void AppPoller::pollAll()
{
    if (m_apps.empty())
        m_timer.stop();
    for (auto &[id, app] : m_apps) {
        if (!app.isLeaving && (m_settings.pollsHealthyApps || app.hasError))
            poll(id, app);
    }
}

void AppPoller::pollOne(const AppId &app, AppPoll::Asker asker)
{
    const auto found = m_apps.find(app);
    if (found == m_apps.end() || found->second.isLeaving) {
        refuse({std::move(asker)});
        return;
    }
    found->second.waiting.push_back(std::move(asker));
    poll(found->first, found->second);
}

void AppPoller::poll(const AppId &id, Followed &app)
{
    if (app.isAsking)
        return;
    app.isAsking = true;
    app.askers = std::exchange(app.waiting, {});
    look(id, app.url);
}

/// An app that has the key may run in either mode; the Python SDK refuses the other one's kind.
void AppPoller::sign(HttpCall &call) const
{
    if (m_settings.signingKey.isEmpty())
        call.headers.add("X-Inngest-Server-Kind"_ba, "dev"_ba);
    else
        call.headers.add("X-Inngest-Signature"_ba,
                         protocol::signature(call.body, m_settings.signingKey,
                                             std::chrono::floor<std::chrono::milliseconds>(
                                                 std::chrono::system_clock::now())));
}

/// An app in cloud mode that is told to register does so with production; also one that was in dev
/// mode a moment ago, and has started anew since.
void AppPoller::look(const AppId &id, const QByteArray &url)
{
    HttpCall call;
    call.url = url;
    call.timeout = 10s;
    sign(call);
    m_client.send(std::move(call),
                  [this, id, url](const HttpResult &result) { looked(id, url, result); });
}

void AppPoller::looked(const AppId &id, const QByteArray &url, const HttpResult &result)
{
    const auto found = m_apps.find(id);
    if (found == m_apps.end() || isAborted(result))
        return;
    const bool hasKey = !m_settings.signingKey.isEmpty();
    if (!result.outcome || !isFollowed(url))
        finished(id, url, result); // of an address that was given up nothing is wanted any more
    else if (isInCloudMode(*result.outcome, hasKey))
        judged({.app = id,
                .url = url,
                .error = hasKey ? "unauthorized"_ba : QByteArray(cloudMode),
                .detail = hasKey ? "the app knows another signing key than this server"_ba
                                 : QByteArray(cloudModeDetail),
                .askers = {}});
    else
        tellToRegister(id, url);
}

void AppPoller::tellToRegister(const AppId &id, const QByteArray &url)
{
    JsonWriter json;
    HttpCall call;
    call.method = "PUT"_ba;
    call.url = url;
    call.body = json.beginObject().key("url").string(url).endObject().take();
    call.timeout = 10s;
    call.headers = {{"Content-Type"_ba, "application/json"_ba}};
    sign(call);
    m_client.send(std::move(call),
                  [this, id, url](const HttpResult &result) { finished(id, url, result); });
}

void AppPoller::finished(const AppId &id, const QByteArray &url, const HttpResult &result)
{
    if (isAborted(result)) // the server stops, and knows nothing about the app
        return;
    judged({.app = id,
            .url = url,
            .error = errorCodeOf(result),
            .detail = detailOf(result),
            .askers = {}});
}

void AppPoller::judged(AppPoll answered)
{
    const auto found = m_apps.find(answered.app);
    if (found == m_apps.end())
        return;
    Followed &app = found->second;
    app.isAsking = false;
    answered.askers = std::exchange(app.askers, {});
    const bool asksAgain = std::exchange(app.asksAgain, false) || !app.waiting.empty();
    if (asksAgain && isFollowed(app.url)) {
        poll(found->first, app);
    } else { // if it was removed meanwhile, they hear that
        std::move(app.waiting.begin(), app.waiting.end(), std::back_inserter(answered.askers));
        app.waiting.clear();
        if (app.isLeaving)
            m_apps.erase(found);
    }
    m_polled(std::move(answered)); // at the end: the app may be forgotten by it
}

} // namespace devserver::transport
