// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/findbar.h"

#include "ui/core/format.h"
#include "ui/widgets/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QToolButton *makeButton(Icons &icons, const QString &icon, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(icons.icon(icon, Token::TextDim));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

} // namespace

FindBar::FindBar(Icons &icons, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_count(new QLabel(this))
{
    setObjectName(u"findBar"_s);
    m_text->setObjectName(u"findText"_s);
    m_text->setAccessibleName(tr("Find"));
    m_text->setPlaceholderText(tr("Find"));
    m_text->setClearButtonEnabled(true);
    m_text->addAction(icons.icon(u"search"_s, Token::TextDim), QLineEdit::LeadingPosition);
    m_count->setObjectName(u"findCount"_s);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setMinimumWidth(fontMetrics().horizontalAdvance(u"9,999 of 9,999"_s));
    auto *previous = makeButton(icons, u"chevron-up"_s, tr("Previous (Shift+F3)"), this);
    auto *next = makeButton(icons, u"chevron-down"_s, tr("Next (F3)"), this);
    auto *close = makeButton(icons, u"close"_s, tr("Close (Esc)"), this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(4);
    row->addWidget(m_text, 1);
    row->addWidget(m_count);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(close);
    connect(m_text, &QLineEdit::textChanged, this, &FindBar::textChanged);
    connect(previous, &QToolButton::clicked, this, [this] { Q_EMIT stepped(-1); });
    connect(next, &QToolButton::clicked, this, [this] { Q_EMIT stepped(1); });
    connect(close, &QToolButton::clicked, this, &FindBar::close);
    hide();
}

void FindBar::open(const QString &text)
{
    if (!text.isEmpty() && !text.contains(u'\n'))
        m_text->setText(text);
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
    Q_EMIT textChanged(m_text->text());
}

void FindBar::close()
{
    hide();
    Q_EMIT closed();
}

QString FindBar::text() const
{
    return m_text->text();
}

void FindBar::setCount(int current, int count, bool isMore)
{
    if (m_text->text().isEmpty()) {
        m_count->clear();
        return;
    }
    if (count == 0) {
        m_count->setText(tr("Not found"));
        return;
    }
    const QString all = formatCount(count) + (isMore ? u"+"_s : QString());
    m_count->setText(tr("%1 of %2").arg(formatCount(current), all));
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    const bool isBack = event->modifiers().testFlag(Qt::ShiftModifier);
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F3:
        Q_EMIT stepped(isBack ? -1 : 1);
        return;
    case Qt::Key_Escape:
        close();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace console
