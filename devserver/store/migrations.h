// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/store/sqlite.h"

#include <vector>

namespace devserver::store {

/// One step of the schema. A released one is never edited; new ones are appended.
struct Migration {
    int version; ///< 1, 2, 3, …: what `PRAGMA user_version` says afterwards
    const char *script;
};

/// All steps, oldest first.
[[nodiscard]] const std::vector<Migration> &migrations();

/// Brings the file to the newest schema, each step in a transaction of its own together with its
/// version number. Changes nothing in a file that is not ours.
/// \returns Store for a file of a newer version or of another program.
[[nodiscard]] Result<void> migrate(Database *database,
                                   const std::vector<Migration> &steps = migrations());

/// Refuses what `migrate` would refuse, without writing.
[[nodiscard]] Result<void> checkOrigin(Database *database,
                                       const std::vector<Migration> &steps = migrations());

} // namespace devserver::store
