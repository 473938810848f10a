// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 1, receive: events, invokes and registrations.

#include "devserver/protocol/appurl.h"
#include "devserver/protocol/eventcodec.h"
#include "devserver/protocol/eventsender.h"
#include "devserver/protocol/registercodec.h"
#include "devserver/protocol/restcodec.h"
#include "devserver/transport/routeparts.h"
#include "devserver/transport/routes.h"

namespace devserver::transport {

using namespace Qt::StringLiterals;

namespace {

Result<Registration> decoded(const HttpRequest &request)
{
    const QByteArray expected = request.header("x-inngest-expected-server-kind");
    if (!expected.isEmpty() && expected != "dev")
        return failure(ErrorCode::InvalidInput,
                       u"Expected server kind %1, got dev"_s.arg(QString::fromUtf8(expected)));
    return protocol::decodeRegistration(request.body);
}

void nameSender(const HttpRequest &request, std::vector<EventDraft> *drafts)
{
    const QByteArray sdk = request.header("x-inngest-sdk");
    const QByteArray agent = request.header("user-agent");
    const QByteArray trace = request.header("traceparent");
    const EventSender sender =
        protocol::senderOf({.sdk = sdk, .userAgent = agent, .traceParent = trace});
    for (EventDraft &draft : *drafts)
        draft.sender = sender;
}

} // namespace

void Routes::events(const Call &call)
{
    const QByteArray key = call.parts.value(0);
    if (!m_settings.eventKeys.isEmpty() && !m_settings.eventKeys.contains(key)) {
        call.respond(
            errorReply(401, key.isEmpty() ? u"Event key is required"_s : u"Event key not found"_s));
        return;
    }
    protocol::EventBatch batch =
        protocol::decodeEvents(call.request.body, call.request.header("content-type"),
                               call.request.header("x-inngest-event-id-seed"));
    if (batch.drafts.empty()) {
        const int status = batch.error ? protocol::httpStatusOf(batch.error->code) : 200;
        call.respond(
            jsonReply(status == 413 ? 400 : status, protocol::encodeEventReply({}, batch.error)));
        return;
    }
    nameSender(call.request, &batch.drafts);
    // The good events before a bad one are accepted (protocol §3.3).
    m_door.sendEvents(std::move(batch.drafts), [respond = call.respond, error = batch.error](
                                                   const Result<std::vector<EventId>> &ids) {
        if (!ids)
            respond(failed(ids.error()));
        else
            respond(jsonReply(error ? 400 : 200, protocol::encodeEventReply(*ids, error)));
    });
}

void Routes::invoke(const Call &call)
{
    protocol::EventBatch batch = protocol::decodeInvoke(
        call.request.body, call.parts.value(0), call.request.header("x-inngest-event-id-seed"));
    if (batch.error) {
        call.respond(errorReply(400, batch.error->message));
        return;
    }
    nameSender(call.request, &batch.drafts);
    m_door.sendEvents(std::move(batch.drafts),
                      [respond = call.respond](const Result<std::vector<EventId>> &ids) {
                          if (ids)
                              respond(jsonReply(200, protocol::encodeInvokeReply(ids->front())));
                          else // protocol §3.8 knows 400 and 500 only
                              respond(errorReply(ids.error().code == ErrorCode::NotFound
                                                     ? 400
                                                     : protocol::httpStatusOf(ids.error().code),
                                                 ids.error().message));
                      });
}

void Routes::registerApp(const Call &call)
{
    Result<Registration> registration = decoded(call.request);
    if (!registration) {
        protocol::RegistrationSender sender = protocol::senderOf(call.request.body);
        m_door.noteRefusal(std::move(sender.appName), std::move(sender.url), registration.error());
        call.respond(jsonReply(400, protocol::encodeSyncError(registration.error())));
        return;
    }
    m_door.registerApp(std::move(*registration), [respond =
                                                      call.respond](const Result<SyncDone> &done) {
        if (!done) {
            respond(jsonReply(protocol::httpStatusOf(done.error().code),
                              protocol::encodeSyncError(done.error())));
            return;
        }
        const Uuid sync = Uuid::fromName("sync", done->app.toBytes());
        respond(jsonReply(200, protocol::encodeRegisterReply(done->app, sync, done->isModified)));
    });
}

void Routes::removeApp(const Call &call)
{
    const Result<QByteArray> url =
        protocol::normaliseUrl(parameter(call.request, "url").value_or(QByteArray()));
    if (!url) {
        call.respond(failed(url.error()));
        return;
    }
    m_door.removeApp(*url, [respond = call.respond](const Result<SyncDone> &done) {
        respond(done ? jsonReply(200, R"({"ok":true})"_ba) : failed(done.error()));
    });
}

} // namespace devserver::transport
