// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "ui/widgets/infobar.h"

namespace devserver {
struct Notice;
}

namespace console {

class Navigator;

/// The bar about the state of an app: the engine names it so (Notice::about).
[[nodiscard]] QByteArray appBarId(devserver::AppId app);

/// What the server tells people once. If it is about runs, a button shows exactly those: the only
/// one itself, several by a filter line with their ids.
[[nodiscard]] InfoText noticeBar(const devserver::Notice &notice, Navigator &navigator);

} // namespace console
