// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/notebar.h"

#include "ui/core/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace console {

NoteBar::NoteBar(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(12, 4, 8, 5);
    m_row->setSpacing(8);
    hide();
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void NoteBar::clear()
{
    while (QLayoutItem *item = m_row->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater(); // one of its buttons may be what called us
        }
        delete item;
    }
    hide();
}

void NoteBar::addText(const QString &text)
{
    auto *label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    m_row->addWidget(label, 1);
}

void NoteBar::addButton(const QString &name, const QString &text, std::function<void()> run)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, [run = std::move(run)] { run(); });
    m_row->addWidget(button);
}

void NoteBar::showNotes()
{
    setVisible(m_row->count() > 0);
}

void NoteBar::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::InfoBackground));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Token::Line));
}

} // namespace console
