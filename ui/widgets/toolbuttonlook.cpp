// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/toolbuttonlook.h"

#include "ui/widgets/controlpaint.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionToolButton>
#include <QToolButton>
#include <QVariant>
#include <QWidget>

#include <algorithm>

namespace console {

namespace {

constexpr int side = 10;      ///< room left and right of words
constexpr int sideOfIcon = 5; ///< of an icon alone, and of an icon before words
constexpr int upright = 5;

/// What of the option is shown, with its measures.
struct Content {
    bool hasIcon = false;
    bool hasText = false;
    bool hasArrow = false;  ///< of a menu
    bool isPointer = false; ///< an arrow instead of an icon, as at the ends of a tab bar
    bool isOver = false;    ///< icon above the words
    int textWidth = 0;

    [[nodiscard]] int width(const QStyleOptionToolButton &button) const
    {
        if (isOver)
            return std::max(hasIcon ? button.iconSize.width() : 0, textWidth);
        int sum = 0;
        int parts = 0;
        const auto add = [&](bool isThere, int width) {
            sum += isThere ? width : 0;
            parts += isThere ? 1 : 0;
        };
        add(hasIcon, button.iconSize.width());
        add(hasText, textWidth);
        add(hasArrow, chevronWidth);
        return sum + std::max(0, parts - 1) * iconGap;
    }
};

Content contentOf(const QStyleOptionToolButton &button)
{
    Content content;
    content.hasIcon = !button.icon.isNull() && button.toolButtonStyle != Qt::ToolButtonTextOnly;
    content.hasText = !button.text.isEmpty()
                      && (button.toolButtonStyle != Qt::ToolButtonIconOnly || !content.hasIcon);
    content.isOver =
        content.hasIcon && content.hasText && button.toolButtonStyle == Qt::ToolButtonTextUnderIcon;
    content.isPointer = button.features.testFlag(QStyleOptionToolButton::Arrow)
                        && button.arrowType != Qt::NoArrow && !content.hasText;
    content.hasArrow = button.features.testFlag(QStyleOptionToolButton::HasMenu)
                       && !button.features.testFlag(QStyleOptionToolButton::PopupDelay);
    if (content.hasText)
        content.textWidth = button.fontMetrics.size(Qt::TextShowMnemonic, button.text).width();
    return content;
}

void drawPointer(const QStyleOptionToolButton &button, QPainter *painter)
{
    const double turns[] = {0, 180, 0, 90, -90}; // as Qt::ArrowType counts: none, up, down, …
    drawChevron(painter, QRectF(button.rect).center(), turns[button.arrowType],
                button.palette.color(QPalette::ButtonText));
}

void drawContent(const QStyle &style, const QStyleOptionToolButton &button, QPainter *painter)
{
    Content content = contentOf(button);
    if (content.isPointer) {
        drawPointer(button, painter);
        return;
    }
    const bool isEnabled = button.state.testFlag(QStyle::State_Enabled);
    const QIcon::Mode mode = isEnabled ? QIcon::Normal : QIcon::Disabled;
    const QIcon::State state = button.state.testFlag(QStyle::State_On) ? QIcon::On : QIcon::Off;
    // Words give way where there is no room, the arrow behind them does not.
    const int missing = content.width(button) - (button.rect.width() - 2 * sideOfIcon);
    if (missing > 0 && !content.isOver)
        content.textWidth = std::max(0, content.textWidth - missing);
    int x = button.rect.left() + (button.rect.width() - content.width(button)) / 2;
    int textTop = button.rect.top();
    int textHeight = button.rect.height();
    if (content.hasIcon) {
        const int tall = button.iconSize.height();
        int top = button.rect.top() + (button.rect.height() - tall) / 2;
        if (content.isOver) {
            top = button.rect.top() + upright;
            textTop = top + tall;
            textHeight = button.rect.bottom() + 1 - textTop;
        }
        const int left = content.isOver ? button.rect.left()
                                              + (button.rect.width() - button.iconSize.width()) / 2
                                        : x;
        button.icon.paint(painter, QRect(QPoint(left, top), button.iconSize), Qt::AlignCenter, mode,
                          state);
        if (!content.isOver)
            x += button.iconSize.width() + iconGap;
    }
    if (content.hasText) {
        const QString text =
            missing > 0 && !content.isOver ? button.fontMetrics.elidedText(
                button.text, Qt::ElideRight, content.textWidth, Qt::TextShowMnemonic)
                                           : button.text;
        painter->setFont(button.font);
        style.drawItemText(painter, QRect(x, textTop, content.textWidth + 1, textHeight),
                           Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic
                               | Qt::TextSingleLine,
                           button.palette, isEnabled, text, QPalette::ButtonText);
        x += content.textWidth + iconGap;
    }
    if (content.hasArrow)
        drawChevron(painter, QPointF(x + chevronWidth / 2.0, button.rect.center().y() + 0.5), 0,
                    button.palette.color(QPalette::ButtonText));
}

} // namespace

QSize toolButtonSize(const QStyleOptionToolButton &button, int rowHeight)
{
    const Content content = contentOf(button);
    const int text = content.hasText ? button.fontMetrics.height() : 0;
    const int icon = content.hasIcon ? button.iconSize.height() : 0;
    const int height = content.isOver ? text + icon : std::max(text, icon);
    const int sides = 2 * (content.hasText ? side : sideOfIcon);
    const bool isInRow = content.hasText && !content.isOver; // beside boxes and other buttons
    return {content.width(button) + sides, std::max(height + 2 * upright, isInRow ? rowHeight : 0)};
}

void drawToolButton(const QStyle &style, const QStyleOptionToolButton &button, QPainter *painter,
                    const QWidget *widget)
{
    QStyleOptionToolButton look = button;
    if (button.activeSubControls.testFlag(QStyle::SC_ToolButton))
        look.state |= button.state & QStyle::State_Sunken;
    if (contentOf(button).isPointer)
        look.state |= QStyle::State_AutoRaise; // no box in a row of tabs
    style.drawPrimitive(QStyle::PE_PanelButtonTool, &look, painter, widget);
    if (button.state.testFlag(QStyle::State_HasFocus)) {
        QStyleOptionFocusRect ring;
        ring.QStyleOption::operator=(button);
        style.drawPrimitive(QStyle::PE_FrameFocusRect, &ring, painter, widget);
    }
    drawContent(style, button, painter);
}

void joinButtons(const std::vector<QToolButton *> &buttons)
{
    for (std::size_t at = 0; at < buttons.size(); ++at) {
        Qt::Edges joined;
        joined.setFlag(Qt::LeftEdge, at > 0);
        joined.setFlag(Qt::RightEdge, at + 1 < buttons.size());
        buttons[at]->setProperty(joinedEdges, joined.toInt());
    }
}

} // namespace console
