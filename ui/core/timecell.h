// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"
#include "ui/core/format.h"
#include "ui/core/listcell.h"

/// The column of a list that says when: its texts change while one looks, its borders do not.
namespace console {

/// As `formatTime`; where a date has no room, its day and the minute.
[[nodiscard]] Cell timeCell(devserver::TimePoint time, devserver::TimePoint now, TimeStyle style);

/// Every time of today fits; of another day the day, and the minute where there is room.
[[nodiscard]] ColumnSpec withTimeWidth(ColumnSpec column);

/// The same of how long something took: `59 m 59 s` where there is room, else `59 m`.
[[nodiscard]] ColumnSpec withDurationWidth(ColumnSpec column);

} // namespace console
