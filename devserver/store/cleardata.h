// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/clearing.h"
#include "devserver/model/result.h"

#include <functional>

namespace devserver::store {

/// Moves a file out of the way. \returns where it is then, or nothing if it stays where it was
using ToTrash = std::function<QString(const QString &path)>;

/// The trash of the desktop, in which a file can be found again.
[[nodiscard]] QString moveToTrash(const QString &path);

/// What clearing does, in this order. Until `SyncFolder` is done the old file is in its place, or
/// comes back to it.
enum class ClearStep {
    Lock,       ///< nobody else has the file
    Make,       ///< a new file beside it, with what is kept
    Settle,     ///< everything of the old one is in the file itself, none of it in a log
    Sync,       ///< the new one is on the disk
    Name,       ///< it gets the name that the old one will have
    Exchange,   ///< both change their names, at once
    SyncFolder, ///< and so does the disk
    Trash,      ///< the old one leaves the folder
};

/// What people and tests do to it.
struct ClearHooks {
    ToTrash trash = moveToTrash;
    /// Called before each step; with an error the step fails.
    std::function<Result<void>(ClearStep)> before = {};
    /// false: as on a file system that cannot exchange names. There is a second call of `before`
    /// for `Exchange` then, when the old file has both of its names.
    bool canExchange = true;
};

/// Puts a cleared file in the place of \a path, which no store may have open. The old file is kept
/// as a whole: in the trash, or beside the new one as `<name>.cleared-<date>.db`. Whenever the
/// process is killed, the old file or the new one is there, whole and under its name.
///
/// \returns after an error the old file is as before (or the error says where it is). StoreLocked:
/// another server or program has it; StoreFull, StoreDamaged, Store. All errors name the file.
/// Reads and writes: not on a thread that may not wait.
[[nodiscard]] Result<api::DataCleared> clearDataFile(const QString &path, api::ClearScope scope,
                                                     const ClearHooks &hooks = {});

} // namespace devserver::store
