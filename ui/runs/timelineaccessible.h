// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace console {

class TimelineView;

/// Makes timelines readable as tables by assistive technology (ui.md §7.9). Once per program; more
/// does no harm.
void installTimelineAccessibility();

/// Says which cell has the focus now.
void tellFocus(TimelineView &view);

} // namespace console
