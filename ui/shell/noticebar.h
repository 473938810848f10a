// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/infobar.h"

namespace devserver {
struct Notice;
}

namespace console {

class Navigator;

/// What the server tells people once. If it is about runs, a button shows exactly those: the only
/// one itself, several by a filter line with their ids.
[[nodiscard]] InfoText noticeBar(const devserver::Notice &notice, Navigator &navigator);

} // namespace console
