// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"
#include "devserver/model/function.h"
#include "devserver/sdk/all.h"
#include "devserver/sdk/context.h"
#include "devserver/sdk/json.h"
#include "devserver/sdk/task.h"

#include <QByteArray>

#include <vector>

namespace devserver::sdk {

struct FunctionOptions {
    QByteArray id;      ///< unique in the app; never change it while runs are in progress
    QByteArray trigger; ///< name of the event that starts it
    int retries = 4;    ///< 0..20; attempts are one more
    QByteArray name;    ///< for people; empty: the id
    Body onFailure;     ///< runs once after a run has failed for good; may be empty
};

/// The durable functions of this process, written as C++ coroutines. This folder is the step API
/// that becomes the public C++ SDK: App, Context, Step, Task, `all`, Json and the errors. It speaks
/// the call protocol in decoded form (`CallRequest` to `CallAnswer`), and knows nothing of engine
/// and transport. \code
///     sdk::Task<sdk::Json> greet(sdk::Context ctx)
///     {
///         const sdk::Json name = co_await ctx.step("look-up", lookUp, ctx.event().data["user"]);
///         co_await ctx.sleep("be-patient", 2s);
///         co_return co_await ctx.step("send", sendGreeting, name);
///     }
///
///     sdk::App app("hello");
///     app.function({ .id = "greet", .trigger = "user/joined" }, greet);
/// \endcode
class App
{
public:
    explicit App(QByteArray name);

    /// Adds a function. Not while calls are running.
    App &function(FunctionOptions options, Body body);

    [[nodiscard]] Registration registration() const;

    /// Runs one request of a run. Called from any thread, several at once.
    [[nodiscard]] CallAnswer run(const CallRequest &request) const;

private:
    struct Function {
        FunctionConfig config;
        Body body;
    };

    void add(FunctionConfig config, Body body);

    QByteArray m_name;
    std::vector<Function> m_functions;
};

} // namespace devserver::sdk
