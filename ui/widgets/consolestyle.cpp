// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/consolestyle.h"

#include "ui/widgets/toolbuttonlook.h"

#include <QAbstractItemView>
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

constexpr double ringWidth = 2;
constexpr double radius = 4;
constexpr int scrollBarExtent = 12;
constexpr int smallestTarget = 24;
constexpr int buttonPadding = 6;
constexpr double quietSelection = 0.16;
constexpr int lineEditSide = 4;
constexpr int smallestThumb = 28;

void drawRing(const QStyleOption &option, QPainter *painter)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(option.palette.color(QPalette::Highlight), ringWidth));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), radius, radius);
    painter->restore();
}

QColor mixed(const QColor &over, const QColor &under, double amount)
{
    const auto mix = [amount](int top, int bottom) {
        return static_cast<int>(top * amount + bottom * (1 - amount) + 0.5);
    };
    return QColor(mix(over.red(), under.red()), mix(over.green(), under.green()),
                  mix(over.blue(), under.blue()));
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
        painter->setPen(isFlat ? QPen(Qt::NoPen) : QPen(option.palette.color(QPalette::Mid)));
        painter->setBrush(surface(option));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), radius,
                                 radius);
        painter->restore();
    }
    if (hasKeyboardFocus(option))
        drawRing(option, painter);
}

void drawToolPanel(const QStyleOption &option, QPainter *painter)
{
    const bool isPlain = !(option.state & (QStyle::State_Sunken | QStyle::State_On))
                         && !(option.state.testFlag(QStyle::State_MouseOver)
                              && option.state.testFlag(QStyle::State_Enabled));
    const bool isRaised = option.state.testFlag(QStyle::State_AutoRaise);
    if (isPlain && isRaised)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(isRaised ? QPen(Qt::NoPen) : QPen(option.palette.color(QPalette::Mid)));
    QColor ground = surface(option);
    if (isRaised) { // over whatever is behind: a veil of the text colour
        ground = option.palette.color(QPalette::ButtonText);
        ground.setAlphaF(option.state & (QStyle::State_Sunken | QStyle::State_On) ? 0.12F : 0.06F);
    }
    painter->setBrush(ground);
    painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter->restore();
}

/// Fusion's ring cannot be seen on dark.
void drawRadio(const QStyleOption &option, QPainter *painter)
{
    const QPalette &palette = option.palette;
    const bool isOn = option.state.testFlag(QStyle::State_On);
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const QColor ring = isOn && isEnabled ? palette.color(QPalette::Highlight)
                                          : mixed(palette.color(QPalette::Text),
                                                  palette.color(QPalette::Base), 0.4);
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
    const QColor edge =
        isFilled ? palette.color(QPalette::Highlight)
                 : mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.4);
    const QRectF box = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(edge, 1.2));
    painter->setBrush(isFilled ? edge : palette.color(QPalette::Base));
    painter->drawRoundedRect(box, 3, 3);
    const QColor mark = isFilled ? palette.color(QPalette::HighlightedText) : edge;
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
    painter->setPen(hasFrame ? QPen(option.palette.color(QPalette::Mid)) : QPen(Qt::NoPen));
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

void drawScrollBar(const QStyle &style, const QStyleOptionSlider &slider, QPainter *painter,
                   const QWidget *widget)
{
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

/// A row that is selected shows where the focus is without a box around one of its cells.
void drawItemRing(const QStyleOption &option, QPainter *painter)
{
    if (option.state.testFlag(QStyle::State_Selected))
        return;
    painter->setPen(option.palette.color(QPalette::Highlight));
    painter->drawLine(option.rect.topLeft(), option.rect.topRight());
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
}

/// Selected rows of a list that the keys do not go to are calmer, as those of RowDelegate.
QStyleOptionViewItem calmed(const QStyleOptionViewItem &item, const QWidget *widget)
{
    QStyleOptionViewItem calm = item;
    const auto *view = qobject_cast<const QAbstractItemView *>(widget);
    if (view == nullptr || view->hasFocus() || !item.state.testFlag(QStyle::State_Selected))
        return calm;
    QPalette &palette = calm.palette;
    palette.setColor(QPalette::Highlight, mixed(palette.color(QPalette::Highlight),
                                                palette.color(QPalette::Base), quietSelection));
    palette.setColor(QPalette::HighlightedText, palette.color(QPalette::Text));
    return calm;
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
        if (qobject_cast<const QAbstractItemView *>(widget) != nullptr)
            drawItemRing(*option, painter);
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
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
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
        drawToolPanel(*option, painter);
        return;
    case PE_PanelLineEdit:
        drawLineEdit(*option, painter);
        return;
    case PE_FrameLineEdit: // part of the panel
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
    case PE_FrameTabBarBase:
        return;
    case PE_Frame:
        painter->save();
        painter->setPen(option->palette.color(QPalette::Midlight));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ConsoleStyle::drawControl(ControlElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    switch (element) {
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
    case PM_TabBarTabHSpace:
        return 18; // the seven tabs of the inspector stand side by side
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ConsoleStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                            QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut: // only after Alt would be better; Qt cannot tell
        return 0;
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
    switch (type) {
    case CT_PushButton:
        wanted += QSize(2 * buttonPadding, 0); // Fusion lets long words touch the frame
        return wanted.expandedTo(QSize(smallestTarget, smallestTarget + 2));
    case CT_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
            button != nullptr
            && !button->features.testFlag(QStyleOptionToolButton::MenuButtonPopup))
            wanted = toolButtonSize(*button);
        return wanted.expandedTo(QSize(smallestTarget, smallestTarget));
    case CT_ComboBox:
    case CT_LineEdit:
    case CT_SpinBox:
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
