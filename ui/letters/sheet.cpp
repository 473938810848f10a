// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/sheet.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

namespace {

constexpr int margin = 12;
constexpr int below = 36; // the header of the list stays in sight
constexpr int shade = 6;
constexpr int widest = 640;
constexpr double radius = 8;

} // namespace

Sheet::Sheet(Context &context, QWidget *over)
    : QWidget(over)
    , m_context(context)
    , m_over(over)
    , m_title(new QLabel(this))
    , m_body(new QVBoxLayout)
{
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_title->setTextFormat(Qt::PlainText);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18 + shade, 14 + shade, 18 + shade, 16 + shade);
    layout->setSpacing(10);
    layout->addWidget(m_title);
    layout->addLayout(m_body);
    over->installEventFilter(this);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void Sheet::openSheet(const QString &title)
{
    setTitle(title);
    show();
    raise();
    place();
}

void Sheet::closeSheet()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT closed();
}

void Sheet::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void Sheet::place()
{
    const int width = std::min(widest, m_over->width() - 2 * margin) + 2 * shade;
    resize(width, sizeHint().height());
    // In a low pane its buttons matter more than the header of the list.
    move((m_over->width() - width) / 2, std::clamp(m_over->height() - height(), 0, below));
}

void Sheet::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor dark = m_context.theme.color(Token::Text);
    const QRectF card = QRectF(rect()).adjusted(shade, shade, -shade, -shade);
    for (int ring = shade; ring > 0; --ring) {
        dark.setAlphaF(0.02F);
        painter.setBrush(dark);
        painter.drawRoundedRect(card.adjusted(-ring, -ring + 2, ring, ring), radius + ring,
                                radius + ring);
    }
    painter.setPen(m_context.theme.color(Token::LineStrong));
    painter.setBrush(m_context.theme.color(Token::Raised));
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

void Sheet::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        closeSheet();
    else
        QWidget::keyPressEvent(event);
}

bool Sheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_over && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

} // namespace console
