// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

namespace console {

/// A draft that is right but for its layout: two spaces per level, one member or element per line.
/// Comments keep the place before what they stand before, placeholders and numbers their text
/// (ui.md §10). Any thread. Cost: one pass.
[[nodiscard]] QByteArray formatDraft(const QByteArray &draft);

} // namespace console
