// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/locationrow.h"

#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace console {

using namespace Qt::StringLiterals;

LocationRow::LocationRow(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 5, 12, 6);
    row->setSpacing(2);
    row->addWidget(addButton("go.back"_ba, u"backButton"_s));
    row->addWidget(addButton("go.forward"_ba, u"forwardButton"_s));
    row->addSpacing(8);

    m_view = new QToolButton(this);
    m_view->setObjectName(u"breadcrumb"_s);
    m_view->setAutoRaise(true);
    m_view->setFocusPolicy(Qt::TabFocus);
    QFont font = m_view->font();
    font.setPointSizeF(font.pointSizeF() * 1.1);
    font.setWeight(QFont::DemiBold);
    m_view->setFont(font);
    row->addWidget(m_view);
    m_separator = new QLabel(u"\u203a"_s, this);
    m_separator->setForegroundRole(QPalette::PlaceholderText);
    m_separator->setFont(font);
    row->addWidget(m_separator);
    row->addSpacing(9); // as much as before it
    m_inner = new QLabel(this);
    m_inner->setObjectName(u"breadcrumbInner"_s);
    m_inner->setTextFormat(Qt::PlainText);
    useCodeFont(m_inner);
    row->addWidget(m_inner);
    row->addStretch(1);

    QAction *palette = context.actions.action("go.palette"_ba);
    m_search = new QToolButton(this);
    m_search->setObjectName(u"paletteButton"_s);
    m_search->setText(
        tr("Search, commands   %1").arg(palette->shortcut().toString(QKeySequence::NativeText)));
    m_search->setIcon(context.icons.icon(u"search"_s, Token::TextDim));
    m_search->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_search->setFocusPolicy(Qt::TabFocus);
    m_search->setToolTip(tr("Actions, functions, runs, events"));
    m_search->setAccessibleName(tr("Command palette"));
    row->addWidget(m_search);
    connect(m_search, &QToolButton::clicked, palette, &QAction::trigger);
    connect(m_view, &QToolButton::clicked, this, &LocationRow::viewClicked);
    connect(&context.theme, &Theme::changed, this, [this] { update(); });
    setPlace({}, {});
}

QToolButton *LocationRow::addButton(const QByteArray &action, const QString &name)
{
    auto *button = new QToolButton(this);
    QAction *source = m_context.actions.action(action);
    button->setObjectName(name);
    button->setDefaultAction(source);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIconSize(QSize(18, 18));
    button->setAccessibleName(source->text());
    return button;
}

void LocationRow::setPlace(const QString &view, const QString &inner)
{
    m_view->setText(view);
    m_view->setAccessibleName(inner.isEmpty() ? view : tr("Back to %1").arg(view));
    m_view->setFocusPolicy(inner.isEmpty() ? Qt::NoFocus : Qt::TabFocus);
    m_inner->setText(visibleText(inner));
    m_separator->setVisible(!inner.isEmpty());
    m_inner->setVisible(!inner.isEmpty());
}

void LocationRow::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const int thick = m_context.theme.lineWidth();
    painter.fillRect(QRect(0, height() - thick, width(), thick),
                     m_context.theme.color(Token::Line));
}

} // namespace console
