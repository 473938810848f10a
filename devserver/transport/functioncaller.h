// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"

#include <functional>

namespace devserver::transport {

/// Calls a function of an app and brings back the decoded answer. Engine thread.
class FunctionCaller
{
public:
    using Done = std::function<void(CallAnswer)>;

    FunctionCaller() = default;
    virtual ~FunctionCaller() = default;
    Q_DISABLE_COPY_MOVE(FunctionCaller)

    /// \a done is called exactly once, from the event loop, never inside `call`.
    virtual void call(CallRequest request, Done done) = 0;
    /// Calls in flight end with CallAborted.
    virtual void abortAll() = 0;
};

} // namespace devserver::transport
