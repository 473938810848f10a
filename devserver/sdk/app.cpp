// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/sdk/app.h"

#include "devserver/model/jsonwriter.h"
#include "devserver/protocol/answererror.h"
#include "devserver/sdk/pass.h"

#include <QCryptographicHash>

#include <algorithm>

namespace devserver::sdk {

using namespace Qt::StringLiterals;

namespace {

constexpr int statusUnknownFunction = 500;
constexpr int failureRetries = 1; // as the TypeScript SDK registers its handlers (protocol §2.6)

/// The registration as an SDK would send it (protocol §2.6).
RawJson configJson(const FunctionConfig &config)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("id").string(config.slug);
    writer.key("name").string(config.name);
    writer.key("triggers").beginArray();
    for (const Trigger &trigger : config.triggers) {
        writer.beginObject().key("event").string(trigger.event);
        if (!trigger.expression.isEmpty())
            writer.key("expression").string(trigger.expression);
        writer.endObject();
    }
    writer.endArray();
    writer.key("steps").beginObject().key("step").beginObject();
    writer.key("id").string("step").key("name").string("step");
    writer.key("retries").beginObject().key("attempts").value(config.retries).endObject();
    writer.endObject().endObject().endObject();
    return RawJson::fromTrusted(writer.take());
}

} // namespace

App::App(QByteArray name)
    : m_name(std::move(name))
{}

App &App::function(FunctionOptions options, Body body)
{
    FunctionConfig config;
    config.slug = m_name + '-' + options.id;
    config.name = options.name.isEmpty() ? options.id : options.name;
    config.retries = options.retries;
    config.triggers.push_back({.event = options.trigger});
    if (options.onFailure) {
        FunctionConfig failure;
        failure.slug = config.slug + "-failure";
        failure.name = config.name + " (failure)";
        failure.retries = failureRetries;
        failure.triggers.push_back(
            {.event = "inngest/function.failed",
             .expression = "event.data.function_id == '" + config.slug + '\''});
        add(std::move(failure), std::move(options.onFailure));
    }
    add(std::move(config), std::move(body));
    return *this;
}

void App::add(FunctionConfig config, Body body)
{
    config.config = configJson(config);
    m_functions.push_back({.config = std::move(config), .body = std::move(body)});
}

Registration App::registration() const
{
    Registration registration;
    registration.appName = m_name;
    registration.kind = AppKind::InProcess;
    registration.sdk = "cpp:v" REDRIVE_VERSION;
    registration.framework = "in-process";
    QCryptographicHash checksum(QCryptographicHash::Sha256);
    for (const Function &function : m_functions) {
        registration.functions.push_back(function.config);
        checksum.addData(function.config.config.bytes());
    }
    registration.checksum = checksum.result().toHex();
    return registration;
}

CallAnswer App::run(const CallRequest &request) const
{
    const auto function = std::ranges::find_if(
        m_functions, [&](const Function &each) { return each.config.slug == request.slug; });
    if (function == m_functions.end()) {
        // Retried, as over HTTP: a newer version of the app may know it.
        CallAnswer answer;
        answer.outcome = AnswerError{
            .error = protocol::ownError("function_not_found",
                                        "Could not find function with ID \"" + request.slug + '"')};
        answer.httpStatus = statusUnknownFunction;
        return answer;
    }
    Pass pass(request);
    return pass.run(function->body);
}

} // namespace devserver::sdk
