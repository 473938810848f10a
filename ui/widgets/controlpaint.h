// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QColor>
#include <QRectF>

class QAbstractItemView;
class QPainter;
class QStyle;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionMenuItem;
class QStyleOptionSpinBox;
class QWidget;

namespace console {

/// How ConsoleStyle paints single controls; no more than what Fusion does otherwise.

constexpr int iconGap = 8;       ///< between an icon and its words
constexpr int chevronWidth = 8;  ///< across its open side
constexpr int chevronHeight = 4; ///< from there to its tip

/// \a amount 0..1 of \a over on \a under.
[[nodiscard]] QColor mixed(const QColor &over, const QColor &under, double amount);
[[nodiscard]] bool hasKeyboardFocus(const QStyleOption &option);

void drawRing(const QStyleOption &option, QPainter *painter);
/// What of the ring around a whole row is in the cell: its ends are in the first and the last one.
void drawRowRing(const QAbstractItemView *view, const QRect &cell, const QColor &color,
                 QPainter *painter);
/// The one arrow of all controls; \a degrees clockwise from pointing down.
void drawChevron(QPainter *painter, const QPointF &middle, double degrees, const QColor &color);
void drawButton(const QStyleOption &option, QPainter *painter);
/// With room beside its \a content, as QPushButton measures it. Fusion lets long words touch the
/// frame, and makes short ones as wide as those of a dialog.
[[nodiscard]] int pushButtonWidth(const QStyleOptionButton &button, int content);
/// Property of a button whose content begins at its left side, in a column of equal ones.
constexpr auto leadingContent = "leadingContent";
/// Icon, words and the arrow of a menu in the middle of the button.
void drawButtonLabel(const QStyle &style, const QStyleOptionButton &button, QPainter *painter,
                     bool isLeading = false);
/// Property of a button that is part of one control: where others go on, if not mirrored.
constexpr auto joinedEdges = "joinedEdges";
/// \a joined  where the next button of the same control goes on
void drawToolPanel(const QStyleOption &option, QPainter *painter, Qt::Edges joined = {});
/// A word of the menu bar: Fusion draws a line below each that ends between them.
void drawMenuBarItem(const QStyle &style, const QStyleOptionMenuItem &item, QPainter *painter);
void drawRadio(const QStyleOption &option, QPainter *painter);
void drawCheckBox(const QStyleOption &option, QPainter *painter);
void drawLineEdit(const QStyleOption &option, QPainter *painter);
void drawComboBox(const QStyle &style, const QStyleOptionComboBox &box, QPainter *painter,
                  const QWidget *widget);
void drawSpinBox(const QStyle &style, const QStyleOptionSpinBox &box, QPainter *painter,
                 const QWidget *widget);

} // namespace console
