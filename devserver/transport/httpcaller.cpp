// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 9, call: one request to an app and its answer.

#include "devserver/transport/httpcaller.h"

#include "devserver/protocol/answererror.h"
#include "devserver/protocol/callanswercodec.h"
#include "devserver/protocol/callcodec.h"
#include "devserver/protocol/jcs.h"
#include "devserver/protocol/signing.h"

namespace devserver::transport {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds callTimeout = 2h; // protocol §1.4

CallTiming timingOf(const HttpTimings &timings)
{
    return {.dns = timings.dns,
            .connect = timings.connect,
            .tls = timings.tls,
            .firstByte = timings.firstByte,
            .total = timings.total};
}

CallAnswer errorOf(const CallFailure &failure)
{
    const QByteArray message = failure.message.toUtf8();
    switch (failure.kind) {
    case CallFailureKind::Unreachable:
        return protocol::unreachableError(message);
    case CallFailureKind::Broken:
        return protocol::brokenError(
            "http_unreachable", "The call broke off, the app may have done its work: " + message);
    case CallFailureKind::TimedOut:
        return protocol::brokenError("timeout", message);
    case CallFailureKind::TooLarge:
        return protocol::brokenError("output_too_large", message);
    case CallFailureKind::Protocol:
        return protocol::brokenError("http_protocol", message);
    case CallFailureKind::Aborted:
        break;
    }
    CallAnswer aborted;
    aborted.outcome = CallAborted{};
    return aborted;
}

protocol::CallResponse responseOf(HttpResponse response)
{
    protocol::CallResponse decoded{
        .status = response.status, .headers = {}, .body = std::move(response.body)};
    decoded.headers.reserve(response.headers.size());
    for (const Header &header : response.headers)
        decoded.headers.emplace_back(header.name, header.value);
    return decoded;
}

CallAnswer answerOf(HttpResult result, QByteArrayView signingKey, TimePoint now)
{
    CallAnswer answer;
    if (result.outcome) {
        answer = protocol::decodeAnswer(responseOf(*std::move(result.outcome)), signingKey, now);
    } else {
        CallFailure &failure = result.outcome.error();
        answer = errorOf(failure);
        if (failure.arrived)
            protocol::addArrived(answer, responseOf(*std::move(failure.arrived)),
                                 failure.arrivedBytes);
        if (!signingKey.isEmpty())
            answer.signature = SignatureCheck::Missing;
    }
    answer.timing = timingOf(result.timings);
    return answer;
}

} // namespace

HttpCaller::HttpCaller(HttpClient &client, const Clock &clock, QByteArray signingKey)
    : m_client(client)
    , m_clock(clock)
    , m_signingKey(std::move(signingKey))
{}

void HttpCaller::call(CallRequest request, Done done)
{
    HttpCall call;
    call.method = "POST"_ba;
    call.url = protocol::callUrl(request);
    call.body = protocol::encodeCall(request, protocol::exceedsCallLimit(request));
    call.timeout = callTimeout;
    call.maxBody = protocol::maxAnswerBytes;
    for (auto &[name, value] : protocol::callHeaders(request))
        call.headers.add(std::move(name), std::move(value));
    if (!m_signingKey.isEmpty()) {
        // SDKs verify over the canonical form, so that is what is sent (protocol §14.3).
        call.body = canonicalJson(RawJson::fromTrusted(std::move(call.body)));
        call.headers.add("X-Inngest-Signature"_ba,
                         protocol::signature(call.body, m_signingKey, m_clock.now()));
    }
    m_client.send(std::move(call), [this, done = std::move(done)](HttpResult result) {
        done(answerOf(std::move(result), m_signingKey, m_clock.now()));
    });
}

void HttpCaller::abortAll()
{
    m_client.abortAll();
}

} // namespace devserver::transport
