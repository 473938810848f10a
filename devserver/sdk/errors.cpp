// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/sdk/errors.h"

#include "devserver/model/jsonwriter.h"

#include <algorithm>
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

/// With a stack as JavaScript writes it, if there is a frame (protocol §5.3).
RawJson errorJson(const QByteArray &name, const QByteArray &message, const QByteArray &frame)
{
    JsonWriter writer;
    writer.beginObject().key("name").string(name).key("message").string(message);
    if (!frame.isEmpty())
        writer.key("stack").string(QByteArray(name + ": " + message + "\n    at " + frame));
    writer.endObject();
    return RawJson::fromTrusted(writer.take());
}

/// `poisonJob` of `Task<Json> sample::poisonJob(Context)`.
QByteArray plainName(const char *signature)
{
    QByteArray name(signature);
    name.truncate(std::max(qsizetype(0), name.indexOf('(')));
    name = name.mid(name.lastIndexOf(' ') + 1);
    return name.mid(name.lastIndexOf(':') + 1);
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

QByteArray frameOf(const QByteArray &step, const std::source_location &place)
{
    if (place.line() == 0)
        return {};
    QByteArray what = plainName(place.function_name());
    const bool isPlain = !step.contains('(') && !step.contains('\n');
    if (isPlain)
        what += (what.isEmpty() ? "step " : ", step ") + step;
    const QByteArray at = QByteArray(place.file_name()) + ':' + QByteArray::number(place.line())
                          + ':' + QByteArray::number(place.column());
    return what.isEmpty() ? at : QByteArray(what + " (" + at + ')');
}

Thrown describe(const std::exception_ptr &exception, const QByteArray &frame)
{
    try {
        std::rethrow_exception(exception);
    } catch (const StepFailed &failed) {
        // Its attempts are used up: trying the function again would only throw it again.
        return {.error = failed.failure().error, .isFinal = true};
    } catch (const NonRetriable &error) {
        return {.error = errorJson("NonRetriableError", error.what(), frame), .isFinal = true};
    } catch (const RetryAfter &error) {
        return {.error = errorJson("RetryAfterError", error.what(), frame),
                .retryAfter = error.when()};
    } catch (const std::exception &error) {
        return {.error = errorJson(typeName(error), error.what(), frame)};
    } catch (...) {
        return {.error =
                    errorJson("Error", "something that is no std::exception was thrown", frame)};
    }
}

} // namespace devserver::sdk
