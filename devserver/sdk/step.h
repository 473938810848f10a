// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"
#include "devserver/sdk/errors.h"
#include "devserver/sdk/json.h"
#include "devserver/sdk/task.h"

#include <QByteArray>

#include <tl/expected.hpp>

#include <chrono>
#include <concepts>
#include <functional>
#include <source_location>
#include <utility>
#include <variant>

namespace devserver::sdk {

class Pass;

/// The value of a step, or why it failed.
using StepResult = tl::expected<Json, StepFailure>;

/// The name of a step, with the place in the code that takes it: errors of the step name that.
struct StepName {
    template<std::convertible_to<QByteArray> Text>
    // NOLINTNEXTLINE(google-explicit-constructor): functions write just the text
    StepName(Text &&name, std::source_location where = std::source_location::current())
        : text(std::forward<Text>(name))
        , place(where)
    {}

    QByteArray text;
    std::source_location place;
};

/// A step or a sleep of a durable function; made by `Context`, to be awaited once.
class [[nodiscard]] Step : public Awaitable
{
public:
    using Work = std::function<Json()>;
    /// What to run, how long to sleep, or until when.
    using Action = std::variant<Work, std::chrono::milliseconds, TimePoint>;

    Step(Pass *pass, QByteArray name, Action action, std::source_location place = {});

    /// Looks the step up among the results of earlier calls; without one it is reported.
    bool await_ready();
    /// The value of the step; null for a sleep. Throws `StepFailed`.
    Json await_resume() const;

    [[nodiscard]] StepResult result() const;

    /// The op that leaves the work to a later call, or starts the sleep.
    [[nodiscard]] StepOp planned() const;

    [[nodiscard]] const StepId &id() const { return m_id; }

    /// Not a sleep.
    [[nodiscard]] bool hasWork() const { return std::holds_alternative<Work>(m_action); }

    /// Where the function takes it, as a line of a stack trace.
    [[nodiscard]] QByteArray frame() const { return frameOf(m_name, m_place); }

    [[nodiscard]] Json work() const { return std::get<Work>(m_action)(); }

private:
    Pass *m_pass;
    QByteArray m_name;
    Action m_action;
    std::source_location m_place;
    StepId m_id;     ///< empty until it is awaited: repeats are counted in the order of awaiting
    int m_index = 0; ///< how often the name was used before
    const Memo *m_memo = nullptr;
};

/// A step whose failure is a value, for fallbacks and rollbacks: C++ forbids `co_await` in a
/// `catch`.
class [[nodiscard]] TryStep : public Awaitable
{
public:
    explicit TryStep(Step step)
        : m_step(std::move(step))
    {}

    bool await_ready() { return m_step.await_ready(); }

    StepResult await_resume() const { return m_step.result(); }

private:
    Step m_step;
};

} // namespace devserver::sdk
