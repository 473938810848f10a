// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/screens.h"

#include <vector>

namespace console::test {

/// One action of the registry: how a person gets to where it can be done, and what shows that it
/// was done.
struct Deed {
    const char *action;
    void (*prepare)(ScreenStage &stage);
    bool (*hasHappened)(ScreenStage &stage);
};

/// What the backend has for them.
void fillForDeeds(ScreenStage &stage);

/// One of every action.
[[nodiscard]] std::vector<Deed> deeds();

} // namespace console::test
