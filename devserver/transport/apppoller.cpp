// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/apppoller.h"

#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"
#include "devserver/protocol/signing.h"

#include <utility>

namespace devserver::transport {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What the app says is wrong, in its own words if there are any.
QByteArray detailOf(const HttpResponse &response)
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
    default:
        return status >= 500 ? "internal_server_error"_ba : "bad_response"_ba;
    }
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
    if (app.kind != AppKind::Http || app.url.isEmpty())
        return;
    const bool isNew = !m_apps.contains(app.id);
    Followed &followed = m_apps[app.id];
    followed.url = app.url;
    followed.hasError = !app.error.isEmpty();
    if (!m_timer.isActive())
        m_timer.start();
    if (isNew && followed.hasError)
        poll(app.id, followed);
}

void AppPoller::tell(Followed *app, const QByteArray &error, const QByteArray &detail)
{
    for (const Asked &asked : std::exchange(app->waiting, {}))
        asked(error, detail);
}

void AppPoller::forget(const AppId &app)
{
    if (auto gone = m_apps.extract(app); !gone.empty())
        tell(&gone.mapped(), "aborted"_ba, {});
    if (m_apps.empty())
        m_timer.stop();
}

void AppPoller::stop()
{
    m_timer.stop();
    for (auto &[id, app] : std::exchange(m_apps, {}))
        tell(&app, "aborted"_ba, {});
}

void AppPoller::pollAll()
{
    for (auto &[id, app] : m_apps) {
        if (m_settings.pollsHealthyApps || app.hasError)
            poll(id, app);
    }
}

void AppPoller::pollOne(const AppId &app, Asked asked)
{
    const auto found = m_apps.find(app);
    if (found == m_apps.end()) {
        asked("aborted"_ba, {});
        return;
    }
    found->second.waiting.push_back(std::move(asked));
    poll(found->first, found->second);
}

void AppPoller::poll(const AppId &id, Followed &app)
{
    if (app.isAsking)
        return;
    app.isAsking = true;
    JsonWriter json;
    HttpCall call;
    call.method = "PUT"_ba;
    call.url = app.url;
    call.body = json.beginObject().key("url").string(app.url).endObject().take();
    call.timeout = 10s;
    call.headers = {{"Content-Type"_ba, "application/json"_ba},
                    {"X-Inngest-Server-Kind"_ba, "dev"_ba}};
    if (!m_settings.signingKey.isEmpty())
        call.headers.add("X-Inngest-Signature"_ba,
                         protocol::signature(call.body, m_settings.signingKey,
                                             std::chrono::floor<std::chrono::milliseconds>(
                                                 std::chrono::system_clock::now())));
    m_client.send(std::move(call), [this, id](const HttpResult &result) { finished(id, result); });
}

void AppPoller::finished(const AppId &id, const HttpResult &result)
{
    const auto found = m_apps.find(id);
    if (found == m_apps.end())
        return;
    found->second.isAsking = false;
    QByteArray error;
    QByteArray detail;
    if (!result.outcome) {
        const CallFailure &failure = result.outcome.error();
        error = failure.kind == CallFailureKind::Aborted    ? "aborted"_ba
                : failure.kind == CallFailureKind::Protocol ? "unsupported_protocol"_ba
                                                            : "unreachable"_ba;
        detail = failure.message.toUtf8();
    } else if (result.outcome->status < 200 || result.outcome->status >= 300) {
        error = codeOf(result.outcome->status);
        detail = detailOf(*result.outcome);
    }
    if (error != "aborted")
        m_polled(id, error, detail);
    tell(&found->second, error, detail);
}

} // namespace devserver::transport
