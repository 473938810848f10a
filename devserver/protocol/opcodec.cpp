// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/opcodec.h"

#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"
#include "devserver/protocol/durations.h"
#include "devserver/protocol/jsonmembers.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> invalid(const QByteArray &message)
{
    return failure(ErrorCode::InvalidInput, QString::fromUtf8(message));
}

/// Members that count; others (`timing`, `metadata`, SDK internals) are left alone.
struct Members {
    JsonValue op;
    JsonValue id;
    JsonValue name;
    JsonValue displayName;
    JsonValue opts;
    std::optional<JsonValue> data; ///< null is a value here
    JsonValue error;
    JsonValue userland;
};

/// One walk over the op: `data` may be megabytes.
Members readMembers(const JsonValue &object)
{
    Members members;
    for (const auto &[key, value] : object.members()) {
        if (key.equalsIgnoringCase("op"))
            members.op = value;
        else if (key.equalsIgnoringCase("id"))
            members.id = value;
        else if (key.equalsIgnoringCase("name"))
            members.name = value;
        else if (key.equalsIgnoringCase("displayName"))
            members.displayName = value;
        else if (key.equalsIgnoringCase("opts"))
            members.opts = value;
        else if (key.equalsIgnoringCase("data"))
            members.data = value;
        else if (key.equalsIgnoringCase("error"))
            members.error = value;
        else if (key.equalsIgnoringCase("userland"))
            members.userland = value;
    }
    return members;
}

QByteArray firstOf(std::initializer_list<QByteArray> texts)
{
    for (const QByteArray &text : texts) {
        if (!text.isEmpty())
            return text;
    }
    return {};
}

bool needsId(OpCode code)
{
    switch (code) {
    case OpCode::StepRun:
    case OpCode::Step:
    case OpCode::StepError:
    case OpCode::StepFailed:
    case OpCode::StepPlanned:
    case OpCode::Sleep:
        return true;
    case OpCode::None:
    case OpCode::RunComplete:
    case OpCode::WaitForEvent:
    case OpCode::WaitForSignal:
    case OpCode::InvokeFunction:
    case OpCode::Gateway:
    case OpCode::AiGateway:
    case OpCode::SyncRunComplete:
    case OpCode::DiscoveryRequest:
    case OpCode::DeferAdd:
    case OpCode::DeferAbort:
        return false;
    }
    Q_UNREACHABLE();
}

QByteArray tooLarge(QByteArrayView what, const QByteArray &name, qsizetype bytes)
{
    return "the "_ba + what + " of step \""_ba + name + "\" has "_ba + QByteArray::number(bytes)
           + " bytes, at most "_ba + QByteArray::number(maxStepBytes) + " are allowed"_ba;
}

/// What is wrong with the parts of a step that ran; empty if nothing is.
QByteArray stepProblem(const StepOp &op, const Members &members)
{
    if (op.data.sizeBytes() > maxStepBytes)
        return tooLarge("output", op.name, op.data.sizeBytes());
    const std::optional<JsonValue> input = member(members.opts, "input");
    if (!input)
        return {};
    if (!input->isArray())
        return "opts.input is "_ba + kindName(*input) + ", not an array"_ba;
    if (input->raw().size() > maxStepBytes)
        return tooLarge("input", op.name, input->raw().size());
    return {};
}

/// Go puts the time into `opts.duration`, the others into `name` (protocol.md 7.4).
QByteArray readSleep(StepOp &op, const Members &members)
{
    const QByteArray duration = textMember(members.opts, "duration");
    const QByteArray text = duration.isEmpty() ? members.name.toUtf8() : duration;
    const Result<SleepSpec> sleep = parseSleep(text);
    if (!sleep)
        return "the sleep \""_ba + text + "\" is neither a duration nor a time"_ba;
    op.sleep = *sleep;
    return {};
}

/// SDKs take an error without both for data (protocol.md 5.3). Whatever has them keeps its bytes.
RawJson withNameAndMessage(const JsonValue &error)
{
    QByteArray json = error.toBytes();
    for (const auto &[key, standard] :
         {std::pair("name"_ba, "Error"_ba), std::pair("message"_ba, "Step failed"_ba)}) {
        const std::optional<JsonValue> value = error.find(key);
        if (value && value->isString())
            continue;
        const QByteArray text = value && !value->isNull() ? value->toBytes() : standard;
        json = withMember(withoutMember(json, key), key, jsonString(text));
    }
    return RawJson::fromTrusted(std::move(json));
}

/// What only ops of this code have. \returns a problem, or nothing.
QByteArray readSpecifics(StepOp &op, const Members &members)
{
    switch (op.code) {
    case OpCode::StepRun:
    case OpCode::Step:
        return stepProblem(op, members);
    case OpCode::StepError:
    case OpCode::StepFailed:
        if (!members.error.isObject())
            return "it has no error object"_ba;
        op.error = withNameAndMessage(members.error);
        return stepProblem(op, members);
    case OpCode::Sleep:
        return readSleep(op, members);
    case OpCode::None:
    case OpCode::StepPlanned:
    case OpCode::RunComplete:
    case OpCode::WaitForEvent:
    case OpCode::WaitForSignal:
    case OpCode::InvokeFunction:
    case OpCode::Gateway:
    case OpCode::AiGateway:
    case OpCode::SyncRunComplete:
    case OpCode::DiscoveryRequest:
    case OpCode::DeferAdd:
    case OpCode::DeferAbort:
        return {};
    }
    Q_UNREACHABLE();
}

Result<StepOp> decodeOp(const JsonValue &value)
{
    if (!value.isObject())
        return invalid("it is "_ba + kindName(value) + ", not an object"_ba);
    const Members members = readMembers(value);
    if (!members.op.isString())
        return invalid("op is missing"_ba);
    const std::optional<OpCode> code = opCodeFromName(members.op.toUtf8());
    if (!code)
        return invalid("unknown opcode "_ba
                       + members.op.raw().first(std::min<qsizetype>(members.op.raw().size(), 100)));

    StepOp op;
    op.code = *code;
    op.id = members.id.toUtf8();
    op.name = firstOf({members.displayName.toUtf8(), members.name.toUtf8(), op.id});
    op.userId = textMember(members.userland, "id");
    if (const std::optional<JsonValue> index = member(members.userland, "index"))
        op.userIndex = static_cast<int>(
            std::clamp<qint64>(index->toInt64().value_or(0), 0, std::numeric_limits<int>::max()));
    op.isRace = textMember(members.opts, "parallelMode") == "race";
    if (members.data)
        op.data = toRawJson(*members.data);
    if (!members.error.isNull())
        op.error = toRawJson(members.error);
    if (!members.opts.isNull())
        op.opts = toRawJson(members.opts);

    if (needsId(op.code) && op.id.isEmpty())
        return invalid(toName(op.code) + " without id"_ba);
    if (const QByteArray problem = readSpecifics(op, members); !problem.isEmpty())
        return invalid(toName(op.code) + ": "_ba + problem);
    return op;
}

} // namespace

Result<std::vector<StepOp>> decodeOps(const QByteArray &body)
{
    if (body.trimmed().isEmpty())
        return invalid("the body is empty"_ba);
    const Result<RawJson> json = RawJson::parse(body);
    if (!json)
        return tl::unexpected(json.error());
    const JsonValue value = JsonValue::of(*json);

    std::vector<StepOp> ops;
    if (!value.isArray()) {
        Result<StepOp> op = decodeOp(value);
        if (!op)
            return tl::unexpected(op.error());
        ops.push_back(*std::move(op));
        return ops;
    }
    for (const JsonValue &element : value.elements()) {
        if (ops.size() > mostOpsPerAnswer)
            break; // none of them will be applied
        Result<StepOp> op = decodeOp(element);
        if (!op) {
            return invalid("op "_ba + QByteArray::number(ops.size() + 1) + ": "_ba
                           + op.error().message.toUtf8());
        }
        ops.push_back(*std::move(op));
    }
    if (ops.empty())
        ops.emplace_back(); // `[]` counts as one None
    return ops;
}

} // namespace devserver::protocol
