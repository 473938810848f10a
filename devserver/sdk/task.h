// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <concepts>
#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace devserver::sdk {

/// What a durable function may await: steps, sleeps, tasks, and `all` of them.
///
/// Nothing here is ever resumed. A function runs from its top with the results that are known;
/// where one is missing it stops, its frame is dropped, and the next call starts at the top again.
/// So awaiting is: run until done or stopped (`await_ready`), then take the result
/// (`await_resume`).
class Awaitable
{
public:
    void await_suspend(std::coroutine_handle<>) const noexcept {}
};

template<typename T>
concept Awaited = std::derived_from<std::remove_cvref_t<T>, Awaitable>;

template<typename T>
class Task;

/// The part of a promise that does not depend on the result.
class TaskPromiseCore
{
public:
    std::suspend_always initial_suspend() const noexcept { return {}; }

    std::suspend_always final_suspend() const noexcept { return {}; }

    void unhandled_exception() noexcept { m_exception = std::current_exception(); }

    /// Only what replays can be awaited; timers, futures and sockets belong into a step.
    template<Awaited T>
    T &&await_transform(T &&awaited) const noexcept
    {
        return std::forward<T>(awaited);
    }

    void rethrow() const
    {
        if (m_exception)
            std::rethrow_exception(m_exception);
    }

private:
    std::exception_ptr m_exception;
};

template<typename T>
class TaskPromise : public TaskPromiseCore
{
public:
    Task<T> get_return_object();

    template<std::convertible_to<T> Value>
    void return_value(Value &&value)
    {
        m_value.emplace(std::forward<Value>(value));
    }

    T take()
    {
        rethrow();
        Q_ASSERT(m_value);
        return *std::move(m_value);
    }

private:
    std::optional<T> m_value;
};

template<>
class TaskPromise<void> : public TaskPromiseCore
{
public:
    Task<void> get_return_object();

    void return_void() const noexcept {}

    void take() const { rethrow(); }
};

/// A durable function, or a part of one: a lazy coroutine. It starts when it is awaited; dropping
/// it destroys its frame and those of all tasks that it awaits. Its exceptions reach who awaits it.
///
/// Give it parameters by value, and do not make it a lambda with captures: a frame may outlive
/// both.
template<typename T>
class [[nodiscard]] Task : public Awaitable
{
public:
    using promise_type = TaskPromise<T>;

    explicit Task(std::coroutine_handle<promise_type> frame)
        : m_frame(frame)
    {}

    Task(Task &&other) noexcept
        : m_frame(std::exchange(other.m_frame, nullptr))
    {}

    Task &operator=(Task &&other) noexcept
    {
        std::swap(m_frame, other.m_frame);
        return *this;
    }

    ~Task()
    {
        if (m_frame)
            m_frame.destroy();
    }

    bool await_ready()
    {
        m_frame.resume();
        return m_frame.done();
    }

    T await_resume() { return m_frame.promise().take(); }

private:
    std::coroutine_handle<promise_type> m_frame;
};

template<typename T>
Task<T> TaskPromise<T>::get_return_object()
{
    return Task<T>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}

inline Task<void> TaskPromise<void>::get_return_object()
{
    return Task<void>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}

} // namespace devserver::sdk
