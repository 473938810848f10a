// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"

#include <QByteArray>

#include <chrono>
#include <initializer_list>

/// What an app may answer, short enough to be read in a test.
namespace devserver::test {

[[nodiscard]] RawJson json(const char *text);

/// Ops of an answer; the id of a step is also its name.
namespace op {

[[nodiscard]] StepOp run(const QByteArray &step, const char *data = "1");
[[nodiscard]] StepOp error(const QByteArray &step, const QByteArray &message = "boom");
[[nodiscard]] StepOp failed(const QByteArray &step, const QByteArray &message = "boom");
[[nodiscard]] StepOp planned(const QByteArray &step);
[[nodiscard]] StepOp sleep(const QByteArray &step, std::chrono::milliseconds duration);
[[nodiscard]] StepOp sleepUntil(const QByteArray &step, TimePoint until);
[[nodiscard]] StepOp complete(const char *data);
[[nodiscard]] StepOp of(OpCode code, const QByteArray &step = "x");
[[nodiscard]] StepOp race(StepOp op);

} // namespace op

/// 206 with these ops; \a version is the header `x-inngest-req-version`.
[[nodiscard]] CallAnswer ops(std::vector<StepOp> ops, int version = 2);
/// 200.
[[nodiscard]] CallAnswer result(const char *data = "\"done\"");
/// 500: the body threw.
[[nodiscard]] CallAnswer failure(const QByteArray &message = "boom");
/// An answer that is not of an SDK (semantics §10.6).
[[nodiscard]] CallAnswer notSdk();
[[nodiscard]] CallAnswer unreachable();
[[nodiscard]] CallAnswer aborted();
/// The same answer with the header `x-inngest-no-retry: true`.
[[nodiscard]] CallAnswer finally(CallAnswer answer);
/// The same answer with a Retry-After header.
[[nodiscard]] CallAnswer retryAfter(CallAnswer answer, std::chrono::seconds delay);
[[nodiscard]] CallAnswer retryAt(CallAnswer answer, TimePoint at);

} // namespace devserver::test
