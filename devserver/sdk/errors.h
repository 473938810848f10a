// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/rawjson.h"
#include "devserver/model/time.h"

#include <QByteArray>

#include <chrono>
#include <exception>
#include <optional>
#include <source_location>
#include <stdexcept>
#include <variant>

namespace devserver::sdk {

/// Why a step failed for good: its attempts are used up, or its error said that no retry helps.
struct StepFailure {
    QByteArray step; ///< id of the step
    QByteArray name; ///< kind of the error, `NonRetriableError`, `shop::CardDeclined`
    QByteArray message;
    RawJson error; ///< as it was reported (protocol §5.3)

    bool operator==(const StepFailure &) const = default;
};

/// Thrown where a failed step is awaited; if nobody catches it, the run fails with the step's
/// error.
class StepFailed : public std::exception
{
public:
    explicit StepFailed(StepFailure failure);

    [[nodiscard]] const StepFailure &failure() const { return m_failure; }

    [[nodiscard]] const char *what() const noexcept override
    {
        return m_failure.message.constData();
    }

private:
    StepFailure m_failure;
};

/// Throw it when trying again cannot help: the step, or the run, fails at once.
class NonRetriable : public std::runtime_error
{
public:
    explicit NonRetriable(const QByteArray &message);
};

/// Throw it to say when the next attempt makes sense. Does not grant more attempts.
class RetryAfter : public std::runtime_error
{
public:
    using When = std::variant<std::chrono::seconds, TimePoint>;

    /// \param wait  rounded up to seconds; the server takes 1 s to 24 h.
    RetryAfter(const QByteArray &message, std::chrono::milliseconds wait);
    RetryAfter(const QByteArray &message, TimePoint when);

    [[nodiscard]] const When &when() const { return m_when; }

private:
    When m_when;
};

/// An exception as an answer reports it.
struct Thrown {
    RawJson error; ///< `{"name","message"}`, or the error of a failed step as it was
    bool isFinal = false;
    std::optional<RetryAfter::When> retryAfter;
};

/// What escaped from a step or from a function. \a frame  where that was, as a line of a stack
/// trace; empty if it is not known.
[[nodiscard]] Thrown describe(const std::exception_ptr &exception, const QByteArray &frame = {});

/// `poisonJob, step parse-message (/src/poisonjob.cpp:41:9)`: C++ has no stack of an exception, but
/// the step knows where the function takes it.
[[nodiscard]] QByteArray frameOf(const QByteArray &step, const std::source_location &place);

} // namespace devserver::sdk
