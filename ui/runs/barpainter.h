// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"
#include "ui/core/timelinedata.h"

#include <QRectF>

class QPainter;

namespace console {

/// Fills \a rect with the colour and pattern of a state, so that states differ in grey, too
/// (ui.md §3.1). \a pulse  0..1, how bright the leading edge of a running bar is.
void paintBarFill(QPainter &painter, const QRectF &rect, BarState state, const Theme &theme,
                  double pulse);

/// The line of a wait between two attempts, in whole dashes from \a from towards \a to, which may
/// be left of it; nothing where none has room.
void paintWaitLine(QPainter &painter, const QPointF &from, double to, BarState state,
                   const Theme &theme);

/// Pixels that the end of a failed bar is cut in.
[[nodiscard]] double notchOf(double width);

/// Rising ones, over what is there.
void paintDiagonalLines(QPainter &painter, const QRectF &rect, const QColor &color,
                        double distance);

} // namespace console
