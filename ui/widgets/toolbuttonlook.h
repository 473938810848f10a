// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QSize>

#include <vector>

class QPainter;
class QStyle;
class QStyleOptionToolButton;
class QToolButton;
class QWidget;

namespace console {

/// Tool buttons of ConsoleStyle: icon, words and the arrow of a menu stand together in the middle,
/// with the same room at both sides.

/// What the content and the room around it need; with words at least \a rowHeight.
[[nodiscard]] QSize toolButtonSize(const QStyleOptionToolButton &button, int rowHeight);
void drawToolButton(const QStyle &style, const QStyleOptionToolButton &button, QPainter *painter,
                    const QWidget *widget);

/// Makes one control of buttons that stand beside each other, in reading order: one frame with thin
/// lines between them.
void joinButtons(const std::vector<QToolButton *> &buttons);

} // namespace console
