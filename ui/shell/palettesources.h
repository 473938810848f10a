// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/eventsummaries.h"
#include "devserver/api/summaries.h"
#include "ui/shell/paletteitem.h"

#include <vector>

namespace console {

struct Context;

/// What the first letter restricts the palette to (ui.md §18).
enum class PaletteScope { All, Actions, Functions, Events, Ids, Saved, Time, Help };

/// Scope and the rest of the typed text.
struct PaletteQuery {
    PaletteScope scope = PaletteScope::All;
    QString text;
};

[[nodiscard]] PaletteQuery parsePaletteText(const QString &text);

/// Everything in memory that fits, unsorted. Actions as they are when it is called.
[[nodiscard]] std::vector<PaletteItem> paletteItems(Context &context, const PaletteQuery &query,
                                                    const devserver::api::EventNames &names);
[[nodiscard]] PaletteItem paletteItem(Context &context, const devserver::api::RunSummary &run);
[[nodiscard]] PaletteItem paletteItem(Context &context, const devserver::api::EventSummary &event);

} // namespace console
