// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"
#include "devserver/sdk/json.h"
#include "devserver/sdk/step.h"
#include "devserver/sdk/task.h"

#include <QByteArray>

#include <chrono>
#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

namespace devserver::sdk {

/// What started the run.
struct Event {
    QByteArray name;
    QByteArray id;
    TimePoint ts;
    Json data;
};

/// What a durable function sees of its run, and how it takes steps. Cheap to copy.
///
/// Each step runs once; its value is kept and is there at once when the function is called again.
/// Code outside of steps runs at every call, so it has no effects and gives the same each time.
class Context
{
public:
    explicit Context(Pass *pass)
        : m_pass(pass)
    {}

    [[nodiscard]] const Event &event() const;
    [[nodiscard]] QByteArray runId() const;
    /// 0, 1, …: counted up by errors, back to 0 when a step completes.
    [[nodiscard]] int attempt() const;

    /// A step: `work(args...)`, run once, its result kept under `id`. Awaiting it gives the result,
    /// or throws `StepFailed` once its attempts are used up.
    ///
    /// Arguments are copied, as by std::thread. What `work` returns must convert to Json, or be
    /// void.
    template<typename Work, typename... Args>
    [[nodiscard]] Step step(StepName id, Work &&work, Args &&...args) const
    {
        static_assert(std::invocable<std::decay_t<Work> &, std::decay_t<Args> &...>,
                      "the step's arguments do not fit its function");
        // g++ 12 destroys such temporaries twice in an expression with co_await.
        static_assert(std::is_lvalue_reference_v<Work> || std::is_trivially_destructible_v<Work>,
                      "let the lambda capture by reference, or give it a name first, or pass the"
                      " values as arguments of the step");
        return Step(m_pass, std::move(id.text),
                    bind(std::forward<Work>(work), std::forward<Args>(args)...), id.place);
    }

    /// As `step`, but awaiting it gives a `StepResult` and does not throw.
    template<typename Work, typename... Args>
    [[nodiscard]] TryStep tryStep(StepName id, Work &&work, Args &&...args) const
    {
        return TryStep(step(std::move(id), std::forward<Work>(work), std::forward<Args>(args)...));
    }

    /// Goes on after that time; holds no thread meanwhile.
    [[nodiscard]] Step sleep(QByteArray id, std::chrono::milliseconds duration) const;
    [[nodiscard]] Step sleepUntil(QByteArray id, TimePoint time) const;

private:
    template<typename Work, typename... Args>
    static Step::Work bind(Work &&work, Args &&...args)
    {
        return [work = std::decay_t<Work>(std::forward<Work>(work)),
                ... args = std::decay_t<Args>(std::forward<Args>(args))]() mutable -> Json {
            if constexpr (std::is_void_v<
                              std::invoke_result_t<decltype(work) &, decltype(args) &...>>) {
                std::invoke(work, args...);
                return {};
            } else {
                return std::invoke(work, args...);
            }
        };
    }

    Pass *m_pass;
};

/// A durable function: called from its top again and again, each time with one more result.
using Body = std::function<Task<Json>(Context)>;

} // namespace devserver::sdk
