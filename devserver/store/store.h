// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/queries.h"
#include "devserver/model/result.h"
#include "devserver/model/snapshot.h"
#include "devserver/model/write.h"

#include <QFuture>

#include <atomic>
#include <functional>
#include <memory>

namespace devserver::store {

/// Set to true, by any thread, once nobody waits for the answer any more. Null: never.
using Withdrawn = std::shared_ptr<const std::atomic<bool>>;

/// Called once, when a future has finished, by whoever finished it: a thread of the store, or the
/// caller's if the store is closed.
using Finished = std::function<void()>;

/// Where everything is kept. One writer; what `commit` reported as done survives SIGKILL and power
/// loss.
///
/// Called from the engine thread; futures finish on the store's own threads, those of writing and
/// those of reading each in the order of the calls, but for a StorageQuery. Futures are never
/// cancelled and never carry exceptions.
class Store
{
public:
    Store() = default;
    virtual ~Store() = default;
    Q_DISABLE_COPY_MOVE(Store)

    /// Opens (or creates and migrates) the file and reads all that is alive. Called again, after a
    /// StoreFull or StoreLocked, it only tries whether that is over, and reads.
    /// \returns StoreLocked if another server has it or, called again, another program writes;
    /// StoreDamaged, StoreFull, Store.
    [[nodiscard]] virtual QFuture<Result<Snapshot>> open(Finished finished = {}) = 0;
    /// Writes everything or nothing. An error is final for this instance (style.md 2.8), except
    /// StoreFull, after which the same writes may be tried again.
    [[nodiscard]] virtual QFuture<Result<void>> commit(Writes writes, Finished finished = {}) = 0;
    /// Looks up what the engine must know of the past; sees all earlier commits.
    [[nodiscard]] virtual QFuture<Result<Recalled>> recall(Recall recall,
                                                           Finished finished = {}) = 0;
    /// Answered by a reader thread; sees all earlier commits whose future is finished.
    /// \param withdrawn  ends the work soon; the answer is some error then
    [[nodiscard]] virtual QFuture<Result<api::QueryAnswer>> query(api::Query query,
                                                                  Withdrawn withdrawn = {}) = 0;
    /// Ends the threads after the commits that were given, and breaks off what reads; idempotent,
    /// blocks for at most one commit.
    virtual void close() = 0;
};

} // namespace devserver::store
