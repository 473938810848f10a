// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/callanswercodec.h"

#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"
#include "devserver/protocol/answererror.h"
#include "devserver/protocol/durations.h"
#include "devserver/protocol/jsonmembers.h"
#include "devserver/protocol/opcodec.h"
#include "devserver/protocol/signing.h"

#include <algorithm>

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

constexpr int statusResult = 200;
constexpr int statusStreamed = 201;
constexpr int statusOps = 206;

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

void setHeader(HeaderList &headers, const QByteArray &name, const QByteArray &value)
{
    std::erase_if(headers, [&](const auto &header) {
        return header.first.compare(name, Qt::CaseInsensitive) == 0;
    });
    headers.emplace_back(name, value);
}

/// The answer inside a 201 (protocol.md 6.3), or the error that it reports or is.
Result<CallResponse> unwrapStream(const CallResponse &outer)
{
    const auto broken = [](const QByteArray &reason) {
        return failure(ErrorCode::InvalidInput,
                       QString::fromUtf8("the streamed answer "_ba + reason));
    };
    const Result<RawJson> json = RawJson::parse(outer.body);
    if (!json)
        return broken("is not complete JSON: "_ba + json.error().message.toUtf8());
    const JsonValue envelope = JsonValue::of(*json);
    const std::optional<JsonValue> status = member(envelope, "status");
    const std::optional<qint64> code = status ? status->toInt64() : std::nullopt;
    if (!code || *code < 200 || *code > 599 || *code == statusStreamed)
        return broken("has no status of its own"_ba);

    CallResponse inner{.status = static_cast<int>(*code), .headers = outer.headers, .body = {}};
    if (const std::optional<JsonValue> headers = member(envelope, "headers")) {
        for (const auto &[key, value] : headers->members())
            setHeader(inner.headers, key.toUtf8(),
                      value.isString() ? value.toUtf8() : value.toBytes());
    }
    std::optional<JsonValue> body = member(envelope, "body");
    if (!body && inner.status != statusResult)
        body = member(envelope, "error");
    if (body)
        inner.body = body->isString() ? body->toUtf8() : body->toBytes();
    return inner;
}

void readHeaders(CallAnswer &answer, const HeaderList &headers)
{
    if (const std::optional<QByteArray> value = headerValue(headers, "x-inngest-no-retry")) {
        const QByteArray flag = value->trimmed().toLower();
        if (flag == "true" || flag == "false")
            answer.noRetry = flag == "true";
    }
    if (const std::optional<QByteArray> value = headerValue(headers, "retry-after")) {
        answer.retryAfter = parseRetryAfter(value->trimmed());
        answer.hasBadRetryAfter = !answer.retryAfter && !value->trimmed().isEmpty();
    }
    if (const std::optional<QByteArray> value = headerValue(headers, "x-inngest-req-version")) {
        bool isNumber = false;
        const int version = value->trimmed().toInt(&isNumber);
        if (isNumber)
            answer.requestVersion = version;
    }

    JsonWriter writer;
    writer.beginArray();
    for (const auto &[name, value] : headers)
        writer.beginArray().string(name).string(value).endArray();
    writer.endArray();
    answer.headers = RawJson::fromTrusted(writer.take());
}

SignatureCheck signatureOf(const CallResponse &response, QByteArrayView signingKey, TimePoint now)
{
    if (signingKey.isEmpty())
        return SignatureCheck::Unchecked;
    const std::optional<QByteArray> given = headerValue(response.headers, "x-inngest-signature");
    if (!given || given->trimmed().isEmpty())
        return SignatureCheck::Missing;
    return verifySignature(given->trimmed(), response.body, signingKey, now)
               ? SignatureCheck::Valid
               : SignatureCheck::Invalid;
}

/// TypeScript SDKs say that they have handled a call, but not what they are, to those whom they do
/// not take for their server: 401, or 500 if they have no signing key.
bool isOfCloudMode(const HeaderList &headers)
{
    return headerValue(headers, "x-inngest-sdk-handled") && !headerValue(headers, "x-inngest-sdk");
}

/// What is to be done depends on whether the call was signed: an app in cloud mode takes no other,
/// and of those only what was signed with its own key (protocol.md 14). Retried as what follows.
AnswerError cloudModeError(int status, const QByteArray &body, bool isSigned)
{
    const QByteArray message =
        "The app runs in cloud mode and refused the call (HTTP "_ba + QByteArray::number(status)
        + (isSigned ? "). The INNGEST_SIGNING_KEY of the app and the signing key of this server"
                      " must be the same."_ba
                    : "). Set INNGEST_DEV=1 for it, so that it runs in dev mode."_ba);
    JsonWriter writer;
    writer.beginObject();
    writer.key("error").string(message);
    writer.key("name").string("App in cloud mode");
    writer.key("message").string(message);
    writer.key("stack").string(excerpt(body));
    writer.key("code").string("cloud_mode");
    writer.endObject();
    return {.error = RawJson::fromTrusted(writer.take()), .isSdk = false, .isCloudMode = !isSigned};
}

/// Whatever answered, it was not an SDK (protocol.md 6.2).
AnswerError notSdkError(int status, const QByteArray &body)
{
    if (isSuccess(status)) {
        return {.error =
                    ownError("not_sdk", "The response did not come from an Inngest SDK: it has no"
                                        " x-inngest-sdk header. Is this the URL of the app?"_ba),
                .isSdk = false};
    }
    const QByteArray message = "Your server returned HTTP "_ba + QByteArray::number(status)
                               + " before the SDK responded."_ba;
    JsonWriter writer;
    writer.beginObject();
    writer.key("error").string(message);
    writer.key("name").string("Server returned a fatal error");
    writer.key("message").string(message);
    writer.key("stack").string(excerpt(body));
    writer.key("code").string("not_sdk");
    writer.endObject();
    return {.error = RawJson::fromTrusted(writer.take()), .isSdk = false};
}

/// An error object may carry the flag itself; the header wins (semantics.md 2.6).
bool carriesNoRetry(const RawJson &error)
{
    const JsonValue object = JsonValue::of(error);
    const std::optional<JsonValue> flag = member(object, "noRetry");
    return flag && flag->toBool().value_or(false);
}

AnswerError functionError(CallAnswer &answer, const QByteArray &body)
{
    AnswerError error{.error = normaliseErrorBody(body), .isSdk = true};
    if (!answer.noRetry && carriesNoRetry(error.error))
        answer.noRetry = true;
    return error;
}

void decodeResult(CallAnswer &answer, const QByteArray &body)
{
    Result<RawJson> json = RawJson::parse(body);
    const bool isBlank = body.trimmed().isEmpty();
    if (answer.noRetry.value_or(false)) {
        answer.outcome = AnswerError{
            .error = normaliseError(json ? *json : RawJson::null(), "NonRetriableError"),
            .isSdk = true};
    } else if (json) {
        answer.outcome = AnswerResult{*std::move(json)};
    } else {
        // Text that is no JSON is the result as a string (protocol.md 6.1).
        answer.outcome =
            AnswerResult{isBlank ? RawJson::null() : RawJson::fromTrusted(jsonString(body))};
    }
}

void decodeProgress(CallAnswer &answer, const QByteArray &body)
{
    Result<std::vector<StepOp>> ops = decodeOps(body);
    if (!ops) {
        answer.outcome =
            AnswerError{.error = ownError("invalid_response", "The app's answer cannot be used: "_ba
                                                                  + ops.error().message.toUtf8()),
                        .isSdk = true};
        return;
    }
    for (StepOp &op : *ops) {
        if (op.code == OpCode::StepError && !answer.noRetry && carriesNoRetry(op.error))
            op.code = OpCode::StepFailed;
    }
    answer.outcome = AnswerOps{*std::move(ops)};
}

void decodeOutcome(CallAnswer &answer, const CallResponse &response, bool isSigned)
{
    if (response.body.size() > maxAnswerBytes) {
        answer.outcome =
            AnswerError{.error = ownError("output_too_large",
                                          "The response has more than "_ba
                                              + QByteArray::number(maxAnswerBytes) + " bytes"_ba),
                        .isSdk = true};
        return;
    }
    if (!headerValue(response.headers, "x-inngest-sdk")) {
        answer.outcome = !isSuccess(response.status) && isOfCloudMode(response.headers)
                             ? cloudModeError(response.status, response.body, isSigned)
                             : notSdkError(response.status, response.body);
        return;
    }
    if (response.status == statusResult)
        decodeResult(answer, response.body);
    else if (response.status == statusOps)
        decodeProgress(answer, response.body);
    else
        answer.outcome = functionError(answer, response.body);
}

} // namespace

CallAnswer decodeAnswer(const CallResponse &response, QByteArrayView signingKey, TimePoint now)
{
    CallAnswer answer;
    answer.body = response.body.first(std::min(response.body.size(), maxKeptBodyBytes));
    answer.bodySize = response.body.size();

    const bool isStreamed =
        response.status == statusStreamed && response.body.size() <= maxAnswerBytes;
    const Result<CallResponse> inner = isStreamed ? unwrapStream(response) : response;
    answer.httpStatus = inner ? inner->status : response.status;
    readHeaders(answer, inner ? inner->headers : response.headers);
    answer.signature = signatureOf(inner ? *inner : response, signingKey, now);
    if (inner) {
        decodeOutcome(answer, *inner, !signingKey.isEmpty());
    } else if (!headerValue(response.headers, "x-inngest-sdk")) {
        answer.outcome = notSdkError(response.status, response.body);
    } else {
        answer.outcome = AnswerError{
            .error = ownError("invalid_response", inner.error().message.toUtf8()), .isSdk = true};
    }
    return answer;
}

void addArrived(CallAnswer &answer, const CallResponse &arrived, qint64 bytes)
{
    answer.httpStatus = arrived.status;
    answer.body = arrived.body.first(std::min(arrived.body.size(), maxKeptBodyBytes));
    answer.bodySize = bytes;
    readHeaders(answer, arrived.headers);
}

} // namespace devserver::protocol
