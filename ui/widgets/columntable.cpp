// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/columntable.h"

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

ColumnTable::ColumnTable(Context &context, QAbstractItemModel *model,
                         const std::vector<ColumnSpec> &columns, QWidget *parent)
    : QTableView(parent)
    , m_header(new ListHeader(context, this))
{
    setHorizontalHeader(m_header);
    capScrollBar(*this, context.theme);
    setModel(model);
    setItemDelegate(new RowDelegate(context.theme, context.icons, this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    m_header->setColumns(columns);
    m_header->setSectionsMovable(false);
    const auto applyLook = [this, &context] {
        verticalHeader()->setDefaultSectionSize(context.settings.rowHeight());
    };
    applyLook();
    connect(&context.settings, &Settings::changed, this, applyLook);
    connect(&context.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
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
    connect(m_header, &ListHeader::columnsChosen, this, &ColumnTable::shareRoom);
    for (const auto signal : {&ListHeader::letGo, &ListHeader::measureWanted})
        connect(m_header, signal, this, &ColumnTable::measureSoon);
    new TextSizeWatch(*this, [this] { shareAnew(); });
}

void ColumnTable::measureSoon()
{
    if (!std::exchange(m_isToMeasure, true))
        QMetaObject::invokeMethod(this, &ColumnTable::measure, Qt::QueuedConnection);
}

void ColumnTable::measure()
{
    m_isToMeasure = false;
    if (m_isToShare)
        shareRoom();
    else
        grow();
}

/// By the rows that changed.
void ColumnTable::grow()
{
    const bool isForAll = !m_header->isInUse();
    const auto rows = m_unmeasured.take({0, ListHeader::mostMeasured - 1}, isForAll);
    if (isForAll)
        return m_header->growUnread(m_header->widestOf(m_header->growingColumns(false), rows));
    m_unmeasured.passOver();
    m_header->growLive(m_header->widestOf(m_header->growingColumns(true), rows));
}

void ColumnTable::shareRoom()
{
    if (std::exchange(m_isToShare, false))
        m_header->forgetGrowth(); // these are other rows, all of them
    m_unmeasured.clear();
    m_header->shareRoom(m_header->widestOf(m_header->growingColumns(false)));
}

void ColumnTable::mousePressEvent(QMouseEvent *event)
{
    pressWithoutScrolling(*this, [&] { QTableView::mousePressEvent(event); });
}

void ColumnTable::mouseReleaseEvent(QMouseEvent *event)
{
    releaseKeepingChoice(*this, *event, [&] { QTableView::mouseReleaseEvent(event); });
}

void ColumnTable::leaveEvent(QEvent *event)
{
    QTableView::leaveEvent(event);
    measureSoon(); // texts that are cut waited for that
}

void ColumnTable::resizeEvent(QResizeEvent *event)
{
    const bool isOther = m_header->hasOtherRoom();
    QTableView::resizeEvent(event);
    if (isOther)
        shareRoom();
}

void ColumnTable::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    shareRoom();
}

/// All texts have other widths.
void ColumnTable::shareAnew()
{
    m_header->forgetGrowth();
    shareRoom();
}

} // namespace console
