// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace console {

/// What the window calls the project of a data file: the folder it is in, or its own name where
/// that says more (ui.md §25); `memory` without a file.
[[nodiscard]] QString projectName(const QString &dataFile);

} // namespace console
