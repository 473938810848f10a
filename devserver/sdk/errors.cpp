// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/sdk/errors.h"

#include "devserver/model/jsonwriter.h"

#include <cstdlib>
#include <cxxabi.h>
#include <memory>
#include <typeinfo>

namespace devserver::sdk {

using namespace Qt::StringLiterals;

namespace {

QByteArray typeName(const std::exception &exception)
{
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> name(
        abi::__cxa_demangle(typeid(exception).name(), nullptr, nullptr, &status), &std::free);
    return name ? QByteArray(name.get()) : "Error"_ba;
}

RawJson errorJson(QByteArrayView name, QByteArrayView message)
{
    JsonWriter writer;
    writer.beginObject().key("name").string(name).key("message").string(message).endObject();
    return RawJson::fromTrusted(writer.take());
}

} // namespace

StepFailed::StepFailed(StepFailure failure)
    : m_failure(std::move(failure))
{}

NonRetriable::NonRetriable(const QByteArray &message)
    : std::runtime_error(message.constData())
{}

RetryAfter::RetryAfter(const QByteArray &message, std::chrono::milliseconds wait)
    : std::runtime_error(message.constData())
    , m_when(std::chrono::ceil<std::chrono::seconds>(wait))
{}

RetryAfter::RetryAfter(const QByteArray &message, TimePoint when)
    : std::runtime_error(message.constData())
    , m_when(when)
{}

Thrown describe(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const StepFailed &failed) {
        // Its attempts are used up: trying the function again would only throw it again.
        return {.error = failed.failure().error, .isFinal = true};
    } catch (const NonRetriable &error) {
        return {.error = errorJson("NonRetriableError", error.what()), .isFinal = true};
    } catch (const RetryAfter &error) {
        return {.error = errorJson("RetryAfterError", error.what()), .retryAfter = error.when()};
    } catch (const std::exception &error) {
        return {.error = errorJson(typeName(error), error.what())};
    } catch (...) {
        return {.error = errorJson("Error", "something that is no std::exception was thrown")};
    }
}

} // namespace devserver::sdk
