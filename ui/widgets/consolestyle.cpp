// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/consolestyle.h"

#include "ui/widgets/controlpaint.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/toolbuttonlook.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QDialogButtonBox>
#include <QListView>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QWidget>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int scrollBarExtent = 12;
constexpr int smallestTarget = 24;
constexpr int lineEditSide = 4;
constexpr int comboSide = 2;      ///< besides what Fusion leaves: words begin as those in fields
constexpr int innerFieldSide = 3; ///< of the line edit in a combo box: it has no frame of its own
constexpr int numberSide = 2;     ///< the same in a spin box, which has a narrow one
constexpr int tickGap = 6;        ///< between the mark and the words
constexpr int smallestThumb = 28;
constexpr int roomOverWords = 10; ///< of all controls that stand in one row
constexpr double branchAmount = 0.65;

void drawTab(const QStyleOptionTab &tab, QPainter *painter)
{
    const bool isSelected = tab.state.testFlag(QStyle::State_Selected);
    const bool isHovered = tab.state.testFlag(QStyle::State_MouseOver);
    if (!isSelected && !isHovered)
        return;
    const QColor color =
        isSelected ? tab.palette.color(QPalette::Link) : tab.palette.color(QPalette::Mid);
    const bool isBelow =
        tab.shape == QTabBar::RoundedSouth || tab.shape == QTabBar::TriangularSouth;
    QRect line = tab.rect.adjusted(6, 0, -6, 0);
    line.setTop(isBelow ? tab.rect.top() : tab.rect.bottom() - 1);
    line.setHeight(2);
    painter->fillRect(line, color);
}

void drawHeader(const QStyleOptionHeader &header, QPainter *painter)
{
    const QColor ground = header.palette.color(QPalette::Window);
    const bool isHovered = header.state.testFlag(QStyle::State_MouseOver)
                           && header.state.testFlag(QStyle::State_Enabled);
    painter->fillRect(header.rect, isHovered
                                       ? mixed(header.palette.color(QPalette::Text), ground, 0.05)
                                       : ground);
    painter->setPen(header.palette.color(QPalette::Midlight));
    painter->drawLine(header.rect.bottomLeft(), header.rect.bottomRight());
    if (header.orientation == Qt::Horizontal && header.position != QStyleOptionHeader::End
        && header.position != QStyleOptionHeader::OnlyOneSection)
        painter->drawLine(header.rect.topRight() + QPoint(0, 5),
                          header.rect.bottomRight() - QPoint(0, 5));
}

/// What scrolls goes on to the edge of the pane, below the bars and where they meet.
void fillGround(const QAbstractScrollArea *area, const QRect &rect, QPainter *painter)
{
    if (area == nullptr)
        return;
    const QWidget *viewport = area->viewport();
    if (viewport->autoFillBackground() || viewport->testAttribute(Qt::WA_OpaquePaintEvent))
        painter->fillRect(rect,
                          area->viewport()->palette().color(area->viewport()->backgroundRole()));
}

void drawScrollBar(const QStyle &style, const QStyleOptionSlider &slider, QPainter *painter,
                   const QWidget *widget)
{
    const QWidget *box = widget == nullptr ? nullptr : widget->parentWidget();
    fillGround(
        qobject_cast<const QAbstractScrollArea *>(box == nullptr ? nullptr : box->parentWidget()),
        slider.rect, painter);
    if (slider.minimum == slider.maximum)
        return;
    const QRect thumb =
        style.subControlRect(QStyle::CC_ScrollBar, &slider, QStyle::SC_ScrollBarSlider, widget);
    const bool isHeld = slider.state.testFlag(QStyle::State_Sunken);
    const bool isHovered = slider.state.testFlag(QStyle::State_MouseOver);
    QColor color = slider.palette.color(QPalette::Text);
    color.setAlphaF(isHeld ? 0.5F : isHovered ? 0.4F : 0.25F);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    const bool isVertical = slider.orientation == Qt::Vertical;
    const QRectF shape =
        isVertical ? QRectF(thumb).adjusted(3, 1, -3, -1) : QRectF(thumb).adjusted(1, 3, -1, -3);
    painter->drawRoundedRect(shape, 3, 3);
    painter->restore();
}

/// The arrow of a row that has rows below it.
void drawBranch(const QStyleOption &option, QPainter *painter)
{
    if (!option.state.testFlag(QStyle::State_Children))
        return;
    const bool isOpen = option.state.testFlag(QStyle::State_Open);
    const double closed = option.direction == Qt::RightToLeft ? 90 : -90;
    const bool isSelected = option.state.testFlag(QStyle::State_Selected)
                            && option.state.testFlag(QStyle::State_Active);
    drawChevron(painter, QRectF(option.rect).center(), isOpen ? 0 : closed,
                isSelected ? option.palette.color(QPalette::HighlightedText)
                           : mixed(option.palette.color(QPalette::Text),
                                   option.palette.color(QPalette::Base), branchAmount));
}

double pointingTo(QStyle::PrimitiveElement arrow)
{
    switch (arrow) {
    case QStyle::PE_IndicatorArrowUp:
        return 180;
    case QStyle::PE_IndicatorArrowLeft:
        return 90;
    case QStyle::PE_IndicatorArrowRight:
        return -90;
    default:
        return 0;
    }
}

/// Selected: in a menu.
void drawArrow(QStyle::PrimitiveElement arrow, const QStyleOption &option, QPainter *painter)
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    drawChevron(
        painter, QRectF(option.rect).center(), pointingTo(arrow),
        option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::ButtonText));
}

/// A row that is selected shows where the focus is without a box around one of its cells.
void drawItemRing(const QAbstractItemView *view, const QStyleOption &option, QPainter *painter)
{
    if (option.state.testFlag(QStyle::State_Selected))
        return;
    drawRowRing(view, option.rect, option.palette.color(QPalette::Link), painter);
}

/// Where other buttons of one control are.
Qt::Edges joinedOf(const QWidget *widget)
{
    const QVariant told = widget == nullptr ? QVariant() : widget->property(joinedEdges);
    const Qt::Edges edges = Qt::Edges::fromInt(told.toUInt());
    if (widget == nullptr || !widget->isRightToLeft())
        return edges;
    Qt::Edges mirrored;
    mirrored.setFlag(Qt::LeftEdge, edges.testFlag(Qt::RightEdge));
    mirrored.setFlag(Qt::RightEdge, edges.testFlag(Qt::LeftEdge));
    return mirrored;
}

/// Selected rows of a list that the keys do not go to are calmer, as those of RowDelegate.
QStyleOptionViewItem calmed(const QStyleOptionViewItem &item, const QWidget *widget)
{
    QStyleOptionViewItem calm = item;
    const auto *view = qobject_cast<const QAbstractItemView *>(widget);
    if (view == nullptr || view->hasFocus() || !item.state.testFlag(QStyle::State_Selected))
        return calm;
    QPalette &palette = calm.palette;
    for (const QPalette::ColorRole role : {QPalette::Highlight, QPalette::HighlightedText})
        palette.setColor(role, palette.color(QPalette::Inactive, role));
    return calm;
}

void drawFrame(const QStyleOption &option, QPainter *painter)
{
    painter->save();
    painter->setPen(option.palette.color(QPalette::Midlight));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    painter->restore();
}

} // namespace

ConsoleStyle::ConsoleStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{}

void ConsoleStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                                 QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_FrameFocusRect:
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget))
            drawItemRing(view, *option, painter);
        else
            drawRing(*option, painter);
        return;
    case PE_PanelItemViewRow:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            const QStyleOptionViewItem calm = calmed(*item, widget);
            QProxyStyle::drawPrimitive(element, &calm, painter, widget);
        }
        return;
    case PE_PanelScrollAreaCorner:
        fillGround(qobject_cast<const QAbstractScrollArea *>(widget), option->rect, painter);
        return;
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
    case PE_IndicatorArrowLeft:
    case PE_IndicatorArrowRight:
        drawArrow(element, *option, painter);
        return;
    case PE_IndicatorBranch:
        drawBranch(*option, painter);
        return;
    case PE_IndicatorRadioButton:
        drawRadio(*option, painter);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckBox(*option, painter);
        return;
    case PE_PanelButtonCommand:
        drawButton(*option, painter);
        return;
    case PE_PanelButtonTool:
        drawToolPanel(*option, painter, joinedOf(widget));
        return;
    case PE_PanelLineEdit:
        drawLineEdit(*option, painter);
        return;
    case PE_PanelStatusBar: // other bars may stand above it
        painter->fillRect(QRect(option->rect.topLeft(), QSize(option->rect.width(), 1)),
                          option->palette.color(QPalette::Midlight));
        return;
    case PE_FrameLineEdit: // part of the panel
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase:
        return;
    case PE_Frame:
        drawFrame(*option, painter);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ConsoleStyle::drawControl(ControlElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            drawButtonLabel(*this, *button, painter,
                            widget != nullptr && widget->property(leadingContent).toBool());
        return;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            drawTab(*tab, painter);
        return;
    case CE_HeaderSection:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            drawHeader(*header, painter);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
        painter->setPen(option->palette.color(QPalette::Midlight));
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
        return;
    case CE_ItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            const QStyleOptionViewItem calm = calmed(*item, widget);
            QProxyStyle::drawControl(element, &calm, painter, widget);
        }
        return;
    case CE_Splitter: {
        const bool isAcross = option->state.testFlag(State_Horizontal);
        const QPoint middle = option->rect.center();
        painter->setPen(option->palette.color(QPalette::Midlight));
        if (isAcross)
            painter->drawLine(middle.x(), option->rect.top(), middle.x(), option->rect.bottom());
        else
            painter->drawLine(option->rect.left(), middle.y(), option->rect.right(), middle.y());
        return;
    }
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            drawMenuBarItem(*this, *item, painter);
        return;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void ConsoleStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                      QPainter *painter, const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option))
            drawScrollBar(*this, *slider, painter, widget);
        return;
    }
    if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        control == CC_ComboBox && box != nullptr) {
        drawComboBox(*this, *box, painter, widget);
        return;
    }
    if (const auto *box = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        control == CC_SpinBox && box != nullptr) {
        drawSpinBox(*this, *box, painter, widget);
        return;
    }
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (control == CC_ToolButton && button != nullptr
        && !button->features.testFlag(QStyleOptionToolButton::MenuButtonPopup)) {
        drawToolButton(*this, *button, painter, widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int ConsoleStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                              const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return scrollBarExtent;
    case PM_ScrollBarSliderMin:
        return smallestThumb;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
        return 16;
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
        return 5;
    case PM_TabBarScrollButtonWidth:
        return smallestTarget;
    case PM_FocusFrameHMargin: // left and right of the words
        return qobject_cast<const QListView *>(widget) == nullptr
                   ? QProxyStyle::pixelMetric(metric, option, widget)
                   : 8;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return tickGap;
    case PM_TabBarTabHSpace:
        return 24; // words begin where the content below them does
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

/// Labels keep the picture that they were given: on a screen with other pixels it is made again.
void ConsoleStyle::drawItemPixmap(QPainter *painter, const QRect &rect, int alignment,
                                  const QPixmap &pixmap) const
{
    QProxyStyle::drawItemPixmap(painter, rect, alignment,
                                Icons::forRatio(pixmap, painter->device()->devicePixelRatioF()));
}

int ConsoleStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                            QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons: // they would be those of another icon theme
    case SH_UnderlineShortcut:                // only after Alt would be better; Qt cannot tell
        return 0;
    case SH_DialogButtonLayout: // as in the sheets: Cancel, and last what the dialog is for
        return QDialogButtonBox::GnomeLayout;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QRect ConsoleStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                   SubControl part, const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        box != nullptr && part == SC_ComboBoxEditField) {
        const QRect words = QProxyStyle::subControlRect(control, option, part, widget);
        const int side = box->editable ? innerFieldSide : comboSide;
        return box->direction == Qt::RightToLeft ? words.adjusted(0, 0, -side, 0)
                                                 : words.adjusted(side, 0, 0, 0);
    }
    if (const auto *box = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        box != nullptr && part == SC_SpinBoxEditField) {
        const QRect words = QProxyStyle::subControlRect(control, option, part, widget);
        return box->direction == Qt::RightToLeft ? words.adjusted(0, 0, -numberSide, 0)
                                                 : words.adjusted(numberSide, 0, 0, 0);
    }
    if (control != CC_ScrollBar || slider == nullptr)
        return QProxyStyle::subControlRect(control, option, part, widget);
    // No arrows: the groove is the whole bar.
    const bool isVertical = slider->orientation == Qt::Vertical;
    const int length = isVertical ? slider->rect.height() : slider->rect.width();
    const qint64 range = qint64(slider->maximum) - slider->minimum;
    const qint64 whole = range + slider->pageStep;
    const int thumb = whole <= 0
                          ? length
                          : std::clamp(static_cast<int>(qint64(length) * slider->pageStep / whole),
                                       std::min(smallestThumb, length), length);
    const int start =
        sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition,
                                length - thumb, slider->upsideDown);
    const auto along = [&](int from, int size) {
        return isVertical ? QRect(slider->rect.left(), slider->rect.top() + from,
                                  slider->rect.width(), size)
                          : QRect(slider->rect.left() + from, slider->rect.top(), size,
                                  slider->rect.height());
    };
    switch (part) {
    case SC_ScrollBarGroove:
        return slider->rect;
    case SC_ScrollBarSlider:
        return along(start, thumb);
    case SC_ScrollBarSubPage:
        return along(0, start);
    case SC_ScrollBarAddPage:
        return along(start + thumb, length - start - thumb);
    default:
        return {};
    }
}

QRect ConsoleStyle::subElementRect(SubElement element, const QStyleOption *option,
                                   const QWidget *widget) const
{
    if (element == SE_RadioButtonContents) // the words beside both marks begin alike
        element = SE_CheckBoxContents;
    if (element == SE_ItemViewItemFocusRect) // it goes on over icons
        return option->rect;
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    if (element == SE_LineEditContents && frame != nullptr && frame->lineWidth > 0)
        return rect.adjusted(lineEditSide, 0, -lineEditSide, 0);
    return rect;
}

QSize ConsoleStyle::sizeFromContents(ContentsType type, const QStyleOption *option,
                                     const QSize &size, const QWidget *widget) const
{
    QSize wanted = QProxyStyle::sizeFromContents(type, option, size, widget);
    // One height for what stands in one row.
    const int words = option == nullptr ? 0 : option->fontMetrics.height() + roomOverWords;
    const QSize smallest(smallestTarget, std::max(smallestTarget + 2, words));
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            wanted.setWidth(pushButtonWidth(*button, size.width()));
        return QSize(wanted.width(), smallest.height()).expandedTo(smallest);
    case CT_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
            button != nullptr
            && !button->features.testFlag(QStyleOptionToolButton::MenuButtonPopup))
            wanted = toolButtonSize(*button, smallest.height());
        return wanted.expandedTo(QSize(smallestTarget, smallestTarget));
    case CT_ComboBox: // and what is given to the left of the words
        wanted += QSize(comboSide, 0);
        [[fallthrough]];
    case CT_SpinBox:
        return QSize(wanted.width(), smallest.height()).expandedTo(smallest);
    case CT_LineEdit:
        return wanted.expandedTo(smallest);
    case CT_CheckBox:
    case CT_RadioButton:
        return wanted.expandedTo(QSize(smallestTarget, smallestTarget));
    case CT_TabBarTab:
        return wanted.expandedTo(QSize(smallestTarget, smallestTarget + 4));
    case CT_MenuBarItem:
        return wanted + QSize(4, 4);
    default:
        return wanted;
    }
}

} // namespace console
