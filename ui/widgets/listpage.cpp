// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/listpage.h"

#include "ui/core/pagedtablemodel.h"
#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/rowdelegate.h"

#include <QFocusEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

ListPage::ListPage(Context &context, ListTable *list, std::function<QString(int)> words,
                   QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_list(list)
    , m_words(std::move(words))
    , m_count(new QLabel(this))
{
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(list, 0, 0);
    layout->setRowStretch(0, 1);
    m_count->setObjectName(u"listCount"_s);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setContentsMargins(RowDelegate::padding, 1, 0, 0);
    layout->addWidget(m_count, 1, 0, Qt::AlignLeft | Qt::AlignVCenter);
    m_pill = new Pill(context, this); // after the list, which tells of what is new until its end
    QSizePolicy kept = m_pill->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    m_pill->setSizePolicy(kept);
    layout->addWidget(m_pill, 1, 0);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(list, &ListTable::replaced, this, &ListPage::follow);
    connect(list, &ListTable::selectionEdited, this, &ListPage::showCount);
}

/// The list tells of a choice until its end, which is after that of what is shown here.
ListPage::~ListPage()
{
    disconnect(m_list, nullptr, this, nullptr);
    if (!m_followed.isNull())
        disconnect(m_followed, nullptr, this, nullptr);
}

void ListPage::follow()
{
    PagedTableModel *model = m_list->list();
    if (model == m_followed)
        return;
    m_followed = model; // the one before is deleted by the list
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, signal, this, &ListPage::showCount);
    connect(model, &PagedTableModel::askingChanged, this, &ListPage::showCount);
    showCount();
}

/// A number that is shown is the number: of a list that was not read to its end nobody knows it.
void ListPage::showCount()
{
    const PagedTableModel *model = m_followed;
    if (model == nullptr || model != m_list->list())
        return;
    const auto chosen = static_cast<int>(m_list->selectedRows().size());
    const int rows = model->rowCount();
    QString text = m_words(rows);
    if (chosen > 1)
        text = tr("%L1 selected").arg(chosen);
    else if (rows == 0)
        text.clear();
    else if (model->hasMore())
        text = tr("First %1").arg(text);
    m_countText = text;
    fitCount();
}

void ListPage::fitCount()
{
    const int room = m_pill->isHidden() ? width() : (width() - m_pill->sizeHint().width()) / 2;
    const QMargins around = m_count->contentsMargins();
    const int needed =
        m_count->fontMetrics().horizontalAdvance(m_countText) + 2 * around.left() + around.right();
    const QString text = needed <= room ? m_countText : QString();
    if (m_count->text() != text)
        m_count->setText(text);
}

/// The pill has come, gone, or says something else.
bool ListPage::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
        fitCount();
    return QWidget::event(event);
}

int ListPage::stripHeight() const
{
    return m_pill->sizeHint().height();
}

void ListPage::focusInEvent(QFocusEvent *event)
{
    m_list->setFocus(event->reason());
}

void ListPage::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    const Theme &theme = m_context.theme;
    QPainter painter(this);
    const QRect strip(0, height() - stripHeight(), width(), stripHeight());
    painter.fillRect(strip, theme.color(Token::Window));
    painter.fillRect(strip.x(), strip.y(), width(), 1, theme.color(Token::Line));
}

} // namespace console
