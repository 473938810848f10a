// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

namespace console {

/// Keys of a part of the window that are no actions: they mean what they mean in every editor or
/// table, and nobody changes them. The shortcut sheet shows them with the others.
struct FixedKeys {
    const char *text; ///< marked with QT_TRANSLATE_NOOP("FixedKeys", …)
    const char *keys; ///< portable text, separated by `; `
    const char *area; ///< kind of the actions that they stand with: `composer`, `timeline`
};

[[nodiscard]] const std::vector<FixedKeys> &fixedKeys();

} // namespace console
