// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/eventsummaries.h"
#include "ui/core/format.h"
#include "ui/core/listcell.h"
#include "ui/core/pagedrows.h"

#include <QStringList>

#include <vector>

/// What the columns of the list of events say (ui.md §9).
namespace console {

enum class EventColumn {
    Received,
    Event,
    Preview,
    Started, ///< painted as chips; the cell has text only when nothing was started
    Source,
    EventId,
    Key, ///< the id that its sender chose
    Size,
};

/// In the order of EventColumn.
[[nodiscard]] std::vector<ColumnSpec> eventColumns();

struct EventCellStyle {
    devserver::TimePoint now;
    TimeStyle times = TimeStyle::Relative;
};

[[nodiscard]] Cell eventCell(const devserver::api::EventSummary &event, EventColumn column,
                             const EventCellStyle &style);
[[nodiscard]] QString eventToolTip(const devserver::api::EventSummary &event, EventColumn column,
                                   const EventCellStyle &style);
[[nodiscard]] QString eventSpoken(const devserver::api::EventSummary &event, EventColumn column,
                                  const EventCellStyle &style);
[[nodiscard]] QString eventFilterTerm(const devserver::api::EventSummary &event,
                                      EventColumn column);
[[nodiscard]] QString eventCopyText(const devserver::api::EventSummary &event, EventColumn column);

/// One function that an event started, as the Started column paints it.
struct StartedChip {
    QString icon;
    Token token = Token::Text;
    QString text;  ///< name of the function, `×3` behind it if it was started more than once
    QString words; ///< `charge-order: Dead`
};

[[nodiscard]] std::vector<StartedChip> startedChips(const devserver::api::EventSummary &event);
/// `2 not started`: how many functions were not started although they listen; empty: none.
[[nodiscard]] QString refusalWords(const devserver::api::EventSummary &event);

/// Whether a changed event belongs to what is shown.
[[nodiscard]] Fit filterFits(const devserver::api::Filter &filter,
                             const devserver::api::EventSummary &event, devserver::TimePoint now);

} // namespace console
