// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/timelinetip.h"

#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/widgets/icons.h"

#include <QFontMetrics>
#include <QPainter>
#include <QScreen>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int padding = 12;
constexpr int iconSize = 16;
constexpr int widest = 420;
constexpr int titleFlags = int(Qt::AlignLeft) | int(Qt::TextWordWrap) | int(Qt::TextWrapAnywhere);

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

} // namespace

TimelineTip::TimelineTip(Theme &theme, Icons &icons, QWidget *parent)
    : QFrame(parent, Qt::ToolTip)
    , m_theme(theme)
    , m_icons(icons)
{
    setObjectName(u"timelineTip"_s);
    setAccessibleName(tr("Details of the timeline"));
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_ShowWithoutActivating);
}

void TimelineTip::setCard(const TimelineCard &card)
{
    m_card = card;
    m_card.title = visibleText(card.title);
    m_card.note = visibleText(card.note, LineEnds::Kept);
    m_isPinned = false;
    setAccessibleDescription(card.toText());
    resize(contentSize());
    update();
}

void TimelineTip::leave()
{
    if (!m_isPinned)
        hide();
}

void TimelineTip::hideEvent(QHideEvent *event)
{
    m_isPinned = false;
    QFrame::hideEvent(event);
}

void TimelineTip::showAt(const QPoint &global)
{
    QPoint at = global;
    if (const QScreen *on = screen()) {
        const QRect area = on->availableGeometry();
        at.setX(std::clamp(at.x(), area.left(), std::max(area.left(), area.right() - width())));
        if (at.y() + height() > area.bottom())
            at.setY(std::max(area.top(), global.y() - height() - 28));
    }
    move(at);
    show();
}

int TimelineTip::labelWidth() const
{
    int width = 0;
    for (const auto &[what, value] : m_card.lines)
        width = std::max(width, fontMetrics().horizontalAdvance(what));
    return width + 16;
}

QRect TimelineTip::titleRect(int width) const
{
    const QFontMetrics metrics(bold(font()));
    const int left = padding + iconSize + 6;
    const QRect room(left, padding - 2, width - left - padding, 4 * metrics.lineSpacing());
    return metrics.boundingRect(room, titleFlags, m_card.title) & room;
}

QRect TimelineTip::noteRect(int width, int top) const
{
    if (m_card.note.isEmpty())
        return {};
    const QRect room(padding, top, width - 2 * padding, 4 * fontMetrics().lineSpacing());
    return fontMetrics().boundingRect(room, Qt::TextWordWrap | Qt::TextWrapAnywhere, m_card.note)
           & room;
}

QSize TimelineTip::contentSize() const
{
    const QFontMetrics metrics(fontMetrics());
    int width = QFontMetrics(bold(font())).horizontalAdvance(m_card.title) + iconSize + 6;
    width = std::max(width, metrics.horizontalAdvance(m_card.word));
    for (const auto &[what, value] : m_card.lines)
        width = std::max(width, labelWidth() + metrics.horizontalAdvance(value));
    width = std::min(std::max(width, metrics.horizontalAdvance(m_card.note)) + 2 * padding, widest);
    int height = padding + titleRect(width).height() + metrics.lineSpacing() + 10;
    height += static_cast<int>(m_card.lines.size()) * (metrics.lineSpacing() + 2);
    if (const QRect note = noteRect(width, 0); !note.isEmpty())
        height += note.height() + 10;
    return {width, height + padding - 2};
}

void TimelineTip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Raised));
    painter.setPen(m_theme.color(Token::LineStrong));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    painter.fillRect(QRect(0, 0, 3, height()), m_theme.color(m_card.token));
    const QFontMetrics metrics(fontMetrics());
    const int line = metrics.lineSpacing();
    int y = padding - 2;
    painter.drawPixmap(padding, y + (line - iconSize) / 2,
                       m_icons.pixmap(m_card.icon, m_card.token, iconSize, devicePixelRatioF()));
    painter.setFont(bold(font()));
    painter.setPen(m_theme.color(Token::Text));
    const QRect title = titleRect(width());
    painter.drawText(title, titleFlags, m_card.title);
    y += std::max(line, title.height()) + 2;
    painter.setFont(font());
    painter.setPen(m_theme.color(m_card.token));
    painter.drawText(QRect(padding, y, width() - 2 * padding, line),
                     Qt::AlignLeft | Qt::AlignVCenter, m_card.word);
    y += line + 8;
    const int labels = labelWidth();
    for (const auto &[what, value] : m_card.lines) {
        painter.setPen(m_theme.color(Token::TextDim));
        painter.drawText(QRect(padding, y, labels, line), Qt::AlignLeft | Qt::AlignVCenter, what);
        painter.setPen(m_theme.color(Token::Text));
        painter.drawText(QRect(padding + labels, y, width() - padding - labels, line),
                         Qt::AlignLeft | Qt::AlignVCenter, value);
        y += line + 2;
    }
    const QRect note = noteRect(width(), y + 6);
    if (note.isEmpty())
        return;
    painter.setPen(m_theme.color(m_card.isError ? Token::StateFailed : Token::TextDim));
    painter.drawText(note, Qt::TextWordWrap | Qt::TextWrapAnywhere, m_card.note);
}

} // namespace console
