// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/reply.h"

#include <QTest>

#include <memory>
#include <optional>

namespace devserver::tests {

/// What will have the answer, or the error, of one call.
template<typename T>
std::shared_ptr<std::optional<Result<T>>> hear(api::Reply *reply)
{
    auto result = std::make_shared<std::optional<Result<T>>>();
    api::then<T>(
        reply, reply, [result](const T &answer) { *result = answer; },
        [result](const Error &error) { *result = tl::unexpected<Error>(error); });
    return result;
}

/// The answer to one call; an error, too, if none comes.
template<typename T>
Result<T> answerOf(api::Reply *reply)
{
    const auto result = hear<T>(reply);
    if (!QTest::qWaitFor([&result] { return result->has_value(); }, 10'000))
        return failure(ErrorCode::Timeout, QStringLiteral("no answer"));
    return **result;
}

} // namespace devserver::tests
