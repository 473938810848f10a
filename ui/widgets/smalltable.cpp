// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/smalltable.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/headercap.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/stillpress.h"
#include "ui/widgets/textsizewatch.h"

#include <QEvent>
#include <QResizeEvent>

#include <utility>

namespace console {

SmallTable::SmallTable(Context &context, QWidget *parent)
    : QTableView(parent)
    , m_header(new ListHeader(context, this))
{
    setHorizontalHeader(m_header);
    capScrollBar(*this, context.theme);
    setItemDelegate(new RowDelegate(context.theme, context.icons, this));
    setFrameShape(NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    const auto applyHeight = [this, &context] {
        verticalHeader()->setDefaultSectionSize(context.settings.rowHeight());
    };
    applyHeight();
    connect(&context.settings, &Settings::changed, this, applyHeight);
    connect(&context.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    new TextSizeWatch(*this, [this] { shareAnew(); });
}

void SmallTable::showModel(QAbstractItemModel *model, const std::vector<ColumnSpec> &columns)
{
    setModel(model);
    m_header->setColumns(columns);
    connect(m_header, &ListHeader::columnsChosen, this, &SmallTable::shareRoom);
    for (const auto signal : {&ListHeader::letGo, &ListHeader::measureWanted})
        connect(m_header, signal, this, &SmallTable::measureSoon);
    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                m_isToShare = m_isToShare || last - first + 1 == this->model()->rowCount();
                m_unmeasured.insert(first, last);
                measureSoon();
            });
    connect(model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &from, const QModelIndex &to) {
                m_unmeasured.add(from.row(), to.row());
                measureSoon();
            });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_unmeasured.addAll(); // others have their numbers
        measureSoon();
    });
}

void SmallTable::measureSoon()
{
    if (!std::exchange(m_isToMeasure, true))
        QMetaObject::invokeMethod(this, &SmallTable::measure, Qt::QueuedConnection);
}

void SmallTable::measure()
{
    m_isToMeasure = false;
    if (m_isToShare)
        shareRoom();
    else
        grow();
}

/// By the rows that changed.
void SmallTable::grow()
{
    using Growth = ListHeader::Growth;
    const bool isForAll = !m_header->isInUse();
    const auto rows = m_unmeasured.take({0, ListHeader::mostMeasured - 1}, isForAll);
    if (isForAll)
        return m_header->growUnread(
            m_header->widestOf(m_header->growingColumns(Growth::All), rows));
    m_unmeasured.passOver();
    m_header->growLive(m_header->widestOf(m_header->growingColumns(Growth::Live), rows));
}

void SmallTable::shareRoom()
{
    if (std::exchange(m_isToShare, false))
        m_header->forgetGrowth();
    m_unmeasured.clear();
    m_header->shareRoom(m_header->widestOf(m_header->growingColumns(ListHeader::Growth::All)));
}

/// All texts have other widths.
void SmallTable::shareAnew()
{
    m_header->forgetGrowth();
    shareRoom();
}

void SmallTable::mousePressEvent(QMouseEvent *event)
{
    pressWithoutScrolling(*this, [&] { QTableView::mousePressEvent(event); });
}

void SmallTable::mouseReleaseEvent(QMouseEvent *event)
{
    releaseKeepingChoice(*this, *event, [&] { QTableView::mouseReleaseEvent(event); });
}

void SmallTable::leaveEvent(QEvent *event)
{
    QTableView::leaveEvent(event);
    measureSoon(); // texts that are cut waited for that
}

void SmallTable::resizeEvent(QResizeEvent *event)
{
    const bool isOther = m_header->hasOtherRoom();
    QTableView::resizeEvent(event);
    if (isOther)
        shareRoom();
}

void SmallTable::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    shareRoom();
}

} // namespace console
