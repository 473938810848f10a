// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/runsstack.h"

#include "ui/core/filtertext.h"
#include "ui/widgets/context.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filtermiss.h"
#include "ui/widgets/listpage.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/welcomepage.h"

#include <QHeaderView>
#include <QResizeEvent>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::CountQuery;
using devserver::api::Filter;

RunsStack::RunsStack(Context &context, QWidget *parent)
    : QStackedWidget(parent)
    , m_table(new ListTable(context, this))
    , m_page(new ListPage(
          context, m_table, [](int rows) { return tr("%Ln run(s)", nullptr, rows); }, this))
    , m_empty(new EmptyState(context, this))
    , m_miss(new FilterMiss(context, *m_empty, CountQuery::Of::Runs))
    , m_welcome(new WelcomePage(context, this))
{
    m_table->setObjectName(u"runsTable"_s);
    m_table->setAccessibleName(tr("Runs"));
    m_empty->setObjectName(u"runsEmpty"_s);
    connect(m_miss, &FilterMiss::filterChosen, this, &RunsStack::filterChosen);
    m_page->pill()->setObjectName(u"runsPill"_s);
    addWidget(m_page);
    addWidget(m_empty);
    addWidget(m_welcome);
    setMinimumWidth(200);
}

QSize RunsStack::minimumSizeHint() const
{
    const int row = m_table->verticalHeader()->defaultSectionSize();
    return {QStackedWidget::minimumSizeHint().width(),
            m_table->horizontalHeader()->height() + row + m_page->stripHeight()};
}

/// The row that was chosen does not go under the panel that opens because of it.
void RunsStack::resizeEvent(QResizeEvent *event)
{
    QStackedWidget::resizeEvent(event);
    const int lost = event->oldSize().height() - event->size().height();
    const QModelIndex current = m_table->currentIndex();
    const QRect row = m_table->visualRect(current);
    const int before = m_table->viewport()->height() + lost; // it has its new size here
    if (lost <= 0 || !current.isValid() || row.bottom() < 0 || row.top() >= before)
        return;
    // Scroll bars are only right when the table has been laid out, too.
    QMetaObject::invokeMethod(
        m_table, [this] { m_table->scrollTo(m_table->currentIndex()); }, Qt::QueuedConnection);
}

void RunsStack::showRows(int count, const Filter &filter)
{
    QWidget *shown = m_page;
    if (count == 0) {
        shown = filter.isAll() ? static_cast<QWidget *>(m_welcome) : m_empty;
        if (shown == m_empty)
            m_miss->explain(tr("No run matches %1").arg(filterText(filter)), filter);
    }
    if (currentWidget() == shown)
        return;
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    setCurrentWidget(shown);
    if (hadFocus && shown == m_page)
        m_table->setFocus();
}

Pill *RunsStack::pill() const
{
    return m_page->pill();
}

bool RunsStack::isWelcoming() const
{
    return currentWidget() == m_welcome;
}

} // namespace console
