// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonvalue.h"
#include "tests/fuzz/answerfile.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace devserver;

void require(bool condition)
{
    if (!condition)
        std::abort();
}

bool isReport(const AnswerError &error)
{
    const JsonValue object = JsonValue::of(error.error);
    require(validateJson(error.error.bytes()) && object.isObject());
    require(object.find("message").has_value() && object.find("name").has_value());
    const QByteArray code = object.find("code").value_or(JsonValue()).toUtf8();
    return error.isSdk && code != "invalid_response";
}

bool isUsable(const AnswerOps &answer)
{
    require(!answer.ops.empty());
    for (const StepOp &op : answer.ops) {
        for (const RawJson &part : {op.data, op.error, op.opts})
            require(part.isEmpty() || validateJson(part.bytes()));
    }
    return true;
}

} // namespace

/// Input as tests/fuzz/answerfile.h has it. 0: progress, a result, or an error that the app
/// reported; -1: an answer that cannot be used.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray file = QByteArrayView(data, static_cast<qsizetype>(size)).toByteArray();
    const CallAnswer answer = protocol::decodeAnswer(fuzz::readAnswerFile(file));
    require(validateJson(answer.headers.bytes()).has_value());
    if (const auto *ops = std::get_if<AnswerOps>(&answer.outcome))
        return isUsable(*ops) ? 0 : -1;
    if (const auto *result = std::get_if<AnswerResult>(&answer.outcome)) {
        require(validateJson(result->result.bytes()).has_value());
        return 0;
    }
    const auto *error = std::get_if<AnswerError>(&answer.outcome);
    require(error != nullptr);
    return isReport(*error) ? 0 : -1;
}
