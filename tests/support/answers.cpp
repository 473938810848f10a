// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/answers.h"

#include "devserver/model/jsonwriter.h"

namespace devserver::test {

using namespace Qt::StringLiterals;

namespace {

RawJson errorJson(const QByteArray &message)
{
    JsonWriter writer;
    writer.beginObject().key("error").string(message).key("name").string("Error");
    return RawJson::fromTrusted(writer.key("message").string(message).endObject().take());
}

StepOp named(OpCode code, const QByteArray &step)
{
    StepOp op;
    op.code = code;
    op.id = step;
    op.name = step;
    op.userId = step;
    return op;
}

} // namespace

RawJson json(const char *text)
{
    return RawJson::fromTrusted(text);
}

namespace op {

StepOp run(const QByteArray &step, const char *data)
{
    StepOp op = named(OpCode::StepRun, step);
    op.data = json(data);
    return op;
}

StepOp error(const QByteArray &step, const QByteArray &message)
{
    StepOp op = named(OpCode::StepError, step);
    op.error = errorJson(message);
    return op;
}

StepOp failed(const QByteArray &step, const QByteArray &message)
{
    StepOp op = error(step, message);
    op.code = OpCode::StepFailed;
    return op;
}

StepOp planned(const QByteArray &step)
{
    return named(OpCode::StepPlanned, step);
}

StepOp sleep(const QByteArray &step, std::chrono::milliseconds duration)
{
    StepOp op = named(OpCode::Sleep, step);
    op.sleep = duration;
    return op;
}

StepOp sleepUntil(const QByteArray &step, TimePoint until)
{
    StepOp op = named(OpCode::Sleep, step);
    op.sleep = until;
    return op;
}

StepOp complete(const char *data)
{
    StepOp op = named(OpCode::RunComplete, "complete"_ba);
    op.data = json(data);
    return op;
}

StepOp of(OpCode code, const QByteArray &step)
{
    return named(code, step);
}

StepOp race(StepOp op)
{
    op.isRace = true;
    return op;
}

} // namespace op

CallAnswer ops(std::vector<StepOp> ops, int version)
{
    CallAnswer answer;
    answer.outcome = AnswerOps{std::move(ops)};
    answer.httpStatus = 206;
    answer.requestVersion = version;
    return answer;
}

CallAnswer result(const char *data)
{
    CallAnswer answer;
    answer.outcome = AnswerResult{json(data)};
    answer.httpStatus = 200;
    return answer;
}

CallAnswer failure(const QByteArray &message)
{
    CallAnswer answer;
    answer.outcome = AnswerError{.error = errorJson(message)};
    answer.httpStatus = 500;
    answer.body = message;
    answer.bodySize = message.size();
    return answer;
}

CallAnswer notSdk()
{
    CallAnswer answer = failure("not_sdk");
    std::get<AnswerError>(answer.outcome).isSdk = false;
    return answer;
}

CallAnswer unreachable()
{
    CallAnswer answer;
    answer.outcome = AppUnreachable{errorJson("connection refused")};
    return answer;
}

CallAnswer aborted()
{
    CallAnswer answer;
    answer.outcome = CallAborted{};
    return answer;
}

CallAnswer finally(CallAnswer answer)
{
    answer.noRetry = true;
    return answer;
}

CallAnswer retryAfter(CallAnswer answer, std::chrono::seconds delay)
{
    answer.retryAfter = delay;
    return answer;
}

CallAnswer retryAt(CallAnswer answer, TimePoint at)
{
    answer.retryAfter = at;
    return answer;
}

} // namespace devserver::test
