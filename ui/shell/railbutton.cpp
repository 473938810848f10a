// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/railbutton.h"

#include "ui/core/format.h"
#include "ui/core/readable.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconExtent = 20;
constexpr int sideMargin = 8;
constexpr int iconLeft = 18; // the same with and without labels: nothing moves when they come
constexpr int labelGap = 12;
constexpr int markWidth = 3;
constexpr double radius = 5;
constexpr double disabledOpacity = 0.8; // is still read: at least 3.5:1 on either ground
constexpr double ringGap = 4;
constexpr double ringWidth = 2;

} // namespace

RailButton::RailButton(Context &context, const QString &iconName, const QString &title,
                       QWidget *parent)
    : QAbstractButton(parent)
    , m_context(context)
    , m_iconName(iconName)
{
    setText(title);
    setAccessibleName(title);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&context.theme, &Theme::changed, this, [this] { update(); });
}

void RailButton::setLabelShown(bool isShown)
{
    m_isLabelShown = isShown;
    update();
}

void RailButton::setNested()
{
    m_isNested = true;
    updateGeometry();
}

void RailButton::setBadge(const QString &badge, const QString &spoken, Token tint)
{
    if (badge == m_badge && tint == m_badgeTint)
        return;
    m_badge = badge;
    m_badgeTint = tint;
    setAccessibleName(spoken.isEmpty() ? text() : tr("%1, %2").arg(text(), spoken));
    update();
}

void RailButton::setProgress(double fraction, const QString &spoken)
{
    m_progress = fraction;
    setAccessibleName(spoken.isEmpty() ? text() : tr("%1, %2").arg(text(), spoken));
    update();
}

QSize RailButton::sizeHint() const
{
    return m_isNested ? QSize(56, qMax(26, fontMetrics().height() + 8))
                      : QSize(56, qMax(36, fontMetrics().height() + 16));
}

QSize RailButton::minimumSizeHint() const
{
    return sizeHint();
}

bool RailButton::event(QEvent *event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave)
        update();
    return QAbstractButton::event(event);
}

void RailButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    const Theme &theme = m_context.theme;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect plate = rect().adjusted(sideMargin, 1, -sideMargin, -1);
    QColor veil = theme.color(Token::Text);
    veil.setAlphaF(isChecked() ? 0.09F : isDown() ? 0.12F : underMouse() ? 0.05F : 0.0F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(veil);
    painter.drawRoundedRect(plate, radius, radius);
    if (isChecked()) {
        painter.setBrush(theme.color(Token::Accent));
        const QRectF mark(0, plate.top() + 6, markWidth, plate.height() - 12);
        painter.drawRoundedRect(QStyle::visualRect(layoutDirection(), rect(), mark.toRect()), 1.5,
                                1.5);
    }
    if (!isEnabled())
        painter.setOpacity(disabledOpacity);
    QRect icon(iconLeft, (height() - iconExtent) / 2, iconExtent, iconExtent);
    icon = QStyle::visualRect(layoutDirection(), rect(), icon);
    const Token tint = isChecked() ? Token::Accent : Token::TextDim;
    if (!m_isNested)
        painter.drawPixmap(
            icon, m_context.icons.pixmap(m_iconName, tint, iconExtent, devicePixelRatioF()));
    if (m_isLabelShown) {
        const QFont font = labelFont();
        painter.setFont(font);
        painter.setPen(theme.color(isChecked() ? Token::Text : Token::TextDim));
        const QRect label(iconLeft + iconExtent + labelGap, 0, width() - aroundLabel(m_badge),
                          height());
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), label),
                         static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading),
                         QFontMetrics(font).elidedText(text(), Qt::ElideRight, label.width()));
    }
    paintRing(painter, icon);
    paintBadge(painter, icon);
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        option.rect = plate;
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

void RailButton::paintRing(QPainter &painter, const QRect &icon) const
{
    if (m_progress < 0)
        return;
    const Theme &theme = m_context.theme;
    const QRectF ring = QRectF(icon).adjusted(-ringGap, -ringGap, ringGap, ringGap);
    constexpr int whole = 360 * 16; // as drawArc counts
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.blend(Token::StateRunning, 0.25), ringWidth));
    painter.drawEllipse(ring);
    painter.setPen(QPen(theme.color(Token::StateRunning), ringWidth, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, whole / 4, -qRound(whole * qBound(0.03, m_progress, 1.0)));
}

QFont RailButton::badgeFont() const
{
    QFont font = this->font();
    font.setPointSizeF(font.pointSizeF() * (m_isLabelShown ? 0.9 : 0.75));
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont RailButton::labelFont() const
{
    QFont font = this->font();
    font.setWeight(isChecked() ? QFont::DemiBold : m_isNested ? QFont::Normal : QFont::Medium);
    return font;
}

int RailButton::aroundLabel(const QString &badge) const
{
    const int label = iconLeft + iconExtent + labelGap + sideMargin;
    return badge.isEmpty() ? label : label + badgeSize(badge).width() + 2 * sideMargin;
}

int RailButton::wholeWidth() const
{
    QFont font = labelFont();
    font.setWeight(QFont::DemiBold);
    return aroundLabel(formatCount(9'999)) + QFontMetrics(font).horizontalAdvance(text()) + 1;
}

QSize RailButton::badgeSize(const QString &badge) const
{
    const QFontMetrics metrics(badgeFont());
    const int height = metrics.height() + (m_isLabelShown ? 2 : 0);
    return {qMax(height, metrics.horizontalAdvance(badge) + 10), height};
}

void RailButton::paintBadge(QPainter &painter, const QRect &icon) const
{
    if (m_badge.isEmpty())
        return;
    const QFont font = badgeFont();
    const int height = badgeSize(m_badge).height();
    const int width = badgeSize(m_badge).width();
    const QRect wide(this->width() - sideMargin - 8 - width, (this->height() - height) / 2, width,
                     height);
    const QRect narrow(icon.right() - 3, icon.top() - 5, width, height);
    const QRect box = m_isLabelShown ? QStyle::visualRect(layoutDirection(), rect(), wide) : narrow;
    painter.setPen(Qt::NoPen);
    const BadgeColors colors = badgeColors(m_context.theme, m_badgeTint);
    painter.setBrush(colors.ground);
    painter.drawRoundedRect(box, height / 2.0, height / 2.0);
    painter.setFont(font);
    painter.setPen(colors.ink);
    painter.drawText(box, static_cast<int>(Qt::AlignCenter), m_badge);
}

} // namespace console
