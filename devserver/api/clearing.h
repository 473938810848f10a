// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace devserver::api {

/// What goes when a data file is cleared (ui.md §25).
enum class ClearScope {
    History,    ///< events, runs and dead letters; apps with their functions stay
    Everything, ///< apps and functions, too
};

/// The data file is a new one, and what it was is kept as a whole.
struct DataCleared {
    QString oldFile; ///< absolute path of the old file
    bool isInTrash = false;
};

} // namespace devserver::api
