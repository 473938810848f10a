// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/queries.h"
#include "devserver/model/event.h"
#include "devserver/model/function.h"
#include "devserver/model/result.h"
#include "devserver/model/verb.h"

#include <functional>
#include <vector>

namespace devserver::transport {

/// What the routes can ask of the rest of the server; given by the host (style.md 2.4). Engine
/// thread.
///
/// Every callback comes exactly once, after the commit that holds what was asked for (semantics
/// §10.2), or with the error that prevented it (Stopping, StoreFull, …).
struct EngineDoor {
    template<typename T>
    using Done = std::function<void(Result<T>)>;

    /// Ids in the order of the drafts; NotFound if a draft is for a function that is not
    /// registered.
    std::function<void(std::vector<EventDraft>, Done<std::vector<EventId>>)> sendEvents;
    std::function<void(Registration, Done<SyncDone>)> registerApp;
    /// A registration was refused before it came to the engine; name and address if it had them.
    std::function<void(QByteArray app, QByteArray url, const Error &why)> noteRefusal;
    std::function<void(QByteArray url, Done<SyncDone>)> removeApp;
    std::function<void(Verb, Done<VerbDone>)> request;
    api::QueryRunner query;
    /// Apps whose address was given or found, but that never registered: the data file does not
    /// have them. At once.
    std::function<std::vector<App>()> namelessApps;
};

} // namespace devserver::transport
