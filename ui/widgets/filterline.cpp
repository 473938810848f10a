// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/filterline.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/savedchips.h"

#include <QFontMetrics>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

namespace {

constexpr int caretSize = 4;
constexpr int caretGap = 8;
constexpr int chipsGap = 6;

} // namespace

FilterLine::FilterLine(Context &context, FilterSubject subject, const QByteArray &name,
                       QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_edit(new FilterEdit(context, subject, name, this))
    , m_room(new QWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_edit);
    m_room->hide();
    layout->addWidget(m_room);
    auto *chips = new SavedChips(context, *m_edit, this);
    chips->setContentsMargins(0, chipsGap, 0, 0);
    layout->addWidget(chips);
    connect(m_edit, &FilterEdit::errorShown, this, &FilterLine::say);
}

void FilterLine::say(const QString &message, int position)
{
    m_message = message;
    m_position = position;
    const int room = message.isEmpty() ? 0 : fontMetrics().height() + 6;
    m_room->setFixedHeight(room);
    m_room->setVisible(room > 0);
    update();
}

void FilterLine::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    if (m_message.isEmpty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = m_context.theme.color(Token::StateFailed);
    const int top = m_edit->geometry().bottom() + 3;
    const int x = std::min(m_edit->x() + m_edit->xOf(m_position), width() - 2 * caretGap);
    const int length = fontMetrics().horizontalAdvance(m_message);
    const bool isBehind = x + caretGap + length <= width();
    const bool isBefore = !isBehind && length + caretGap <= x;
    if (isBehind || isBefore) { // else the words need all the room: they name what they are about
        const QPointF caret[] = {QPointF(x, top), QPointF(x + caretSize, top + 1.5 * caretSize),
                                 QPointF(x - caretSize, top + 1.5 * caretSize)};
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPolygon(caret, 3);
    }
    painter.setPen(color);
    const int textX = isBehind ? x + caretGap : isBefore ? x - caretGap - length : 0;
    painter.drawText(textX, top + fontMetrics().ascent() - 1,
                     fontMetrics().elidedText(m_message, Qt::ElideRight, width()));
}

} // namespace console
