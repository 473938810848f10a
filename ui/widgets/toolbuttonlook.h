// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QSize>

class QPainter;
class QStyle;
class QStyleOptionToolButton;
class QWidget;

namespace console {

/// Tool buttons of ConsoleStyle: icon, words and the arrow of a menu stand together in the middle,
/// with the same room at both sides.

/// What the content and the room around it need; with words at least \a rowHeight.
[[nodiscard]] QSize toolButtonSize(const QStyleOptionToolButton &button, int rowHeight);
void drawToolButton(const QStyle &style, const QStyleOptionToolButton &button, QPainter *painter,
                    const QWidget *widget);

} // namespace console
