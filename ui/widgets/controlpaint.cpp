// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/controlpaint.h"

#include "ui/widgets/rule.h"

#include <QHeaderView>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QStyleOption>
#include <QTableView>
#include <QTreeView>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace console {

namespace {

constexpr double ringWidth = 2;
constexpr double radius = 4;
constexpr int buttonSide = 4; ///< least room left and right of the words
constexpr int roomBesideWords = 10;
constexpr int arrowShift = 4;         ///< of a number, towards its digits
constexpr double chosenAmount = 0.14; ///< of the accent, as chips that are chosen have

QPen linePen(const QStyleOption &option)
{
    return QPen(option.palette.color(QPalette::Mid), lineWidth(option.palette));
}

/// Of what can be ticked; what cannot be changed now is fainter.
QColor tickOutline(const QPalette &palette, bool isEnabled)
{
    constexpr double faint = 0.5;
    const QColor color = palette.color(QPalette::Dark);
    return isEnabled ? color : mixed(color, palette.color(QPalette::Window), faint);
}

QColor surface(const QStyleOption &option)
{
    const QPalette &palette = option.palette;
    const QColor text = palette.color(QPalette::ButtonText);
    const QColor ground = palette.color(QPalette::Button);
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    if (isEnabled && option.state & (QStyle::State_Sunken | QStyle::State_On))
        return mixed(text, ground, 0.12);
    if (isEnabled && option.state.testFlag(QStyle::State_MouseOver))
        return mixed(text, ground, 0.05);
    return ground;
}

/// At which of its sides the row ends. Columns can be hidden and in another order.
Qt::Edges rowEnds(const QAbstractItemView *view, const QRect &cell)
{
    const auto *table = qobject_cast<const QTableView *>(view);
    const auto *tree = qobject_cast<const QTreeView *>(view);
    const QHeaderView *header = table != nullptr  ? table->horizontalHeader()
                                : tree != nullptr ? tree->header()
                                                  : nullptr;
    if (header == nullptr)
        return Qt::LeftEdge | Qt::RightEdge;
    const auto isShown = [header](int visual) {
        return !header->isSectionHidden(header->logicalIndex(visual));
    };
    const int at = header->visualIndexAt(cell.center().x());
    bool isFirst = at >= 0;
    bool isLast = at >= 0;
    for (int visual = 0; visual < header->count(); ++visual) {
        if (visual < at && isShown(visual))
            isFirst = false;
        else if (visual > at && isShown(visual))
            isLast = false;
    }
    if (view->isRightToLeft())
        std::swap(isFirst, isLast);
    Qt::Edges ends;
    ends.setFlag(Qt::LeftEdge, isFirst);
    ends.setFlag(Qt::RightEdge, isLast);
    return ends;
}

} // namespace

void drawRing(const QStyleOption &option, QPainter *painter)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(option.palette.color(QPalette::Link), ringWidth));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), radius, radius);
    painter->restore();
}

void drawRowRing(const QAbstractItemView *view, const QRect &cell, const QColor &color,
                 QPainter *painter)
{
    constexpr auto line = static_cast<int>(ringWidth);
    painter->fillRect(QRect(cell.left(), cell.top(), cell.width(), line), color);
    painter->fillRect(QRect(cell.left(), cell.bottom() + 1 - line, cell.width(), line), color);
    const Qt::Edges ends = rowEnds(view, cell);
    if (ends.testFlag(Qt::LeftEdge))
        painter->fillRect(QRect(cell.left(), cell.top(), line, cell.height()), color);
    if (ends.testFlag(Qt::RightEdge))
        painter->fillRect(QRect(cell.right() + 1 - line, cell.top(), line, cell.height()), color);
}

QColor mixed(const QColor &over, const QColor &under, double amount)
{
    const auto mix = [amount](int top, int bottom) {
        return static_cast<int>(top * amount + bottom * (1 - amount) + 0.5);
    };
    return QColor(mix(over.red(), under.red()), mix(over.green(), under.green()),
                  mix(over.blue(), under.blue()));
}

bool hasKeyboardFocus(const QStyleOption &option)
{
    return option.state.testFlag(QStyle::State_HasFocus)
           && option.state.testFlag(QStyle::State_KeyboardFocusChange);
}

void drawButton(const QStyleOption &option, QPainter *painter)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    const bool isFlat = button != nullptr && button->features.testFlag(QStyleOptionButton::Flat);
    const bool isPlain = !(option.state & (QStyle::State_Sunken | QStyle::State_On))
                         && !option.state.testFlag(QStyle::State_MouseOver);
    if (!isFlat || !isPlain) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(isFlat ? QPen(Qt::NoPen) : linePen(option));
        painter->setBrush(surface(option));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), radius,
                                 radius);
        painter->restore();
    }
    if (hasKeyboardFocus(option))
        drawRing(option, painter);
}

void drawToolPanel(const QStyleOption &option, QPainter *painter, Qt::Edges joined)
{
    const bool isPlain = !(option.state & (QStyle::State_Sunken | QStyle::State_On))
                         && !(option.state.testFlag(QStyle::State_MouseOver)
                              && option.state.testFlag(QStyle::State_Enabled));
    const bool isRaised = option.state.testFlag(QStyle::State_AutoRaise);
    if (isPlain && isRaised)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isChosen = !isRaised && option.state.testFlag(QStyle::State_On)
                          && option.state.testFlag(QStyle::State_Enabled);
    const QColor accent = option.palette.color(QPalette::Link);
    painter->setPen(isRaised   ? QPen(Qt::NoPen)
                    : isChosen ? QPen(accent, lineWidth(option.palette))
                               : linePen(option));
    QColor ground = isChosen ? mixed(accent, option.palette.color(QPalette::Button), chosenAmount)
                             : surface(option);
    if (isRaised) { // over whatever is behind: a veil of the text colour
        ground = option.palette.color(QPalette::ButtonText);
        ground.setAlphaF(option.state & (QStyle::State_Sunken | QStyle::State_On) ? 0.12F : 0.06F);
    }
    painter->setBrush(ground);
    // Corners that are not those of the whole control lie outside of what is seen.
    const QRectF frame = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool isJoinedLeft = joined.testFlag(Qt::LeftEdge);
    painter->setClipRect(option.rect, Qt::IntersectClip);
    painter->drawRoundedRect(frame.adjusted(isJoinedLeft ? -2 * radius : 0, 0,
                                            joined.testFlag(Qt::RightEdge) ? 2 * radius : 0, 0),
                             radius, radius);
    if (isJoinedLeft)
        painter->drawLine(frame.topLeft(), frame.bottomLeft());
    if (isChosen && joined.testFlag(Qt::RightEdge))
        painter->drawLine(frame.topRight(), frame.bottomRight());
    painter->restore();
}

void drawMenuBarItem(const QStyle &style, const QStyleOptionMenuItem &item, QPainter *painter)
{
    const bool isOpen =
        item.state.testFlag(QStyle::State_Selected) && item.state.testFlag(QStyle::State_Sunken);
    const bool isEnabled = item.state.testFlag(QStyle::State_Enabled);
    painter->fillRect(item.rect,
                      item.palette.color(isOpen ? QPalette::Highlight : QPalette::Window));
    int words = Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip | Qt::TextSingleLine;
    if (style.styleHint(QStyle::SH_UnderlineShortcut, &item) == 0)
        words |= Qt::TextHideMnemonic;
    style.drawItemText(painter, item.rect.adjusted(0, 1, 0, -3), words, item.palette, isEnabled,
                       item.text, isOpen ? QPalette::HighlightedText : QPalette::ButtonText);
}

/// Fusion's ring cannot be seen on dark.
void drawRadio(const QStyleOption &option, QPainter *painter)
{
    const QPalette &palette = option.palette;
    const bool isOn = option.state.testFlag(QStyle::State_On);
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const QColor ring =
        isOn && isEnabled ? palette.color(QPalette::Link) : tickOutline(palette, isEnabled);
    const QRectF circle = QRectF(option.rect).adjusted(1, 1, -1, -1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(ring, isOn ? circle.width() / 3.2 : 1.2)); // on: a thick ring
    painter->setBrush(palette.color(QPalette::Base));
    const double inset = isOn ? circle.width() / 6.4 : 0.6;
    painter->drawEllipse(circle.adjusted(inset, inset, -inset, -inset));
    painter->restore();
}

/// As the ring: Fusion's box is darker than the dark window.
void drawCheckBox(const QStyleOption &option, QPainter *painter)
{
    const QPalette &palette = option.palette;
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const bool isFilled = isEnabled && !option.state.testFlag(QStyle::State_Off);
    const QColor edge = isFilled ? palette.color(QPalette::Link) : tickOutline(palette, isEnabled);
    const QRectF box = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(edge, 1.2));
    painter->setBrush(isFilled ? edge : palette.color(QPalette::Base));
    painter->drawRoundedRect(box, 3, 3);
    const QColor mark = isFilled ? palette.color(QPalette::Base) : edge;
    painter->setPen(QPen(mark, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box](double x, double y) {
        return QPointF(box.x() + x * box.width(), box.y() + y * box.height());
    };
    if (option.state.testFlag(QStyle::State_On))
        painter->drawPolyline(QPolygonF({at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.3)}));
    else if (option.state.testFlag(QStyle::State_NoChange))
        painter->drawLine(at(0.25, 0.5), at(0.75, 0.5));
    painter->restore();
}

void drawLineEdit(const QStyleOption &option, QPainter *painter)
{
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(&option);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool hasFrame = frame == nullptr || frame->lineWidth > 0;
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    painter->setPen(hasFrame ? linePen(option) : QPen(Qt::NoPen));
    painter->setBrush(option.palette.brush(isEnabled ? QPalette::Base : QPalette::Window));
    if (hasFrame)
        painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), radius,
                                 radius);
    else
        painter->drawRect(option.rect);
    painter->restore();
    if (hasFrame && option.state.testFlag(QStyle::State_HasFocus))
        drawRing(option, painter);
}

void drawChevron(QPainter *painter, const QPointF &middle, double degrees, const QColor &color)
{
    QPainterPath path(QPointF(-chevronWidth / 2.0, -chevronHeight / 2.0));
    path.lineTo(0, chevronHeight / 2.0);
    path.lineTo(chevronWidth / 2.0, -chevronHeight / 2.0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(middle);
    painter->rotate(degrees);
    painter->setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(path);
    painter->restore();
}

int pushButtonWidth(const QStyleOptionButton &button, int content)
{
    constexpr int narrowest = 56; ///< a button with words
    constexpr int gapOfQt = 4;    ///< that it counts between an icon and words
    const bool hasWords = !button.text.isEmpty();
    const bool hasBoth = hasWords && !button.icon.isNull();
    return std::max(content + 2 * roomBesideWords + (hasBoth ? iconGap - gapOfQt : 0),
                    hasWords ? narrowest : 0);
}

void drawButtonLabel(const QStyle &style, const QStyleOptionButton &button, QPainter *painter,
                     bool isLeading)
{
    const bool isEnabled = button.state.testFlag(QStyle::State_Enabled);
    const bool hasIcon = !button.icon.isNull();
    const bool hasArrow = button.features.testFlag(QStyleOptionButton::HasMenu);
    const int besides = (hasIcon ? button.iconSize.width() : 0)
                        + (hasArrow ? iconGap + chevronWidth : 0)
                        + (hasIcon && !button.text.isEmpty() ? iconGap : 0);
    const int room = button.rect.width() - 2 * buttonSide - besides;
    QString text = button.text;
    int words = button.fontMetrics.size(Qt::TextShowMnemonic, text).width();
    if (words > room) {
        text = button.fontMetrics.elidedText(text, Qt::ElideRight, room, Qt::TextShowMnemonic);
        words = std::max(room, 0);
    }
    const int spare = (button.rect.width() - words - besides) / 2;
    int x = button.rect.left() + (isLeading ? std::min(spare, roomBesideWords) : spare);
    const auto place = [&](int width, int height) {
        const QRect part(x, button.rect.top() + (button.rect.height() - height) / 2, width, height);
        return QStyle::visualRect(button.direction, button.rect, part);
    };
    if (hasIcon) {
        button.icon.paint(painter, place(button.iconSize.width(), button.iconSize.height()),
                          Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled,
                          button.state.testFlag(QStyle::State_On) ? QIcon::On : QIcon::Off);
        x += button.iconSize.width() + iconGap;
    }
    style.drawItemText(painter, place(words + 1, button.rect.height()),
                       Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                       button.palette, isEnabled, text, QPalette::ButtonText);
    x += words + iconGap;
    if (hasArrow)
        drawChevron(painter, QRectF(place(chevronWidth, chevronHeight)).center(), 0,
                    button.palette.color(isEnabled ? QPalette::Normal : QPalette::Disabled,
                                         QPalette::ButtonText));
}

void drawComboBox(const QStyle &style, const QStyleOptionComboBox &box, QPainter *painter,
                  const QWidget *widget)
{
    QStyleOptionFrame field;
    field.QStyleOption::operator=(box);
    field.lineWidth = box.frame ? 1 : 0;
    if (box.editable) {
        drawLineEdit(field, painter);
    } else if (box.frame) {
        drawButton(box, painter);
    }
    const QRect arrow =
        style.subControlRect(QStyle::CC_ComboBox, &box, QStyle::SC_ComboBoxArrow, widget);
    drawChevron(painter, QRectF(arrow).center(), 0, box.palette.color(QPalette::ButtonText));
}

void drawSpinBox(const QStyle &style, const QStyleOptionSpinBox &box, QPainter *painter,
                 const QWidget *widget)
{
    QStyleOptionFrame field;
    field.QStyleOption::operator=(box);
    field.lineWidth = box.frame ? 1 : 0;
    drawLineEdit(field, painter);
    if (box.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto draw = [&](QStyle::SubControl part, QAbstractSpinBox::StepEnabledFlag step,
                          double degrees) {
        // Below each other in a form, arrows of all boxes are at the same distance from the end.
        const int shift = box.direction == Qt::RightToLeft ? arrowShift : -arrowShift;
        const QRect rect =
            style.subControlRect(QStyle::CC_SpinBox, &box, part, widget).translated(shift, 0);
        const bool isOn = box.stepEnabled.testFlag(step) && box.state & QStyle::State_Enabled;
        QColor color = box.palette.color(QPalette::ButtonText);
        if (!isOn)
            color = mixed(color, box.palette.color(QPalette::Base), 0.35);
        const bool isHovered = isOn && box.activeSubControls.testFlag(part)
                               && box.state.testFlag(QStyle::State_MouseOver);
        if (isHovered)
            painter->fillRect(rect.adjusted(1, 1, -1, -1),
                              mixed(color, box.palette.color(QPalette::Base), 0.08));
        painter->save();
        painter->translate(QRectF(rect).center());
        painter->scale(0.8, 0.8); // two of them in the height of one
        drawChevron(painter, {}, degrees, color);
        painter->restore();
    };
    draw(QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, 180);
    draw(QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, 0);
}

} // namespace console
