// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspectortable.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/headercap.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/rowmenu.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/stillpress.h"
#include "ui/widgets/textsizewatch.h"

#include <QEvent>
#include <QResizeEvent>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

InspectorTable::InspectorTable(Context &context, const QString &name, const QString &accessibleName,
                               QWidget *parent)
    : QTableView(parent)
    , m_context(context)
    , m_header(new ListHeader(context, this))
{
    setObjectName(name);
    setAccessibleName(accessibleName);
    setHorizontalHeader(m_header);
    capScrollBar(*this, context.theme);
    setFrameShape(NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegate(new RowDelegate(context.theme, context.icons, this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(context.settings.rowHeight());
    connect(&context.settings, &Settings::changed, this, [this, &context] {
        verticalHeader()->setDefaultSectionSize(context.settings.rowHeight());
    });
    connect(&context.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    new TextSizeWatch(*this, [this] { shareAnew(); });
}

void InspectorTable::setTable(QAbstractItemModel *model, std::vector<ColumnSpec> columns,
                              const std::vector<QByteArray> &leastFirst)
{
    setModel(model);
    for (ColumnSpec &column : columns) {
        const auto least = std::find(leastFirst.begin(), leastFirst.end(), column.id);
        column.rank = static_cast<int>(least - leastFirst.end());
        if (column.leastChars == 0)           // else it has a shorter form
            column.leastChars = column.chars; // given up before it is cut
    }
    m_header->setColumns(columns);
    connect(m_header, &ListHeader::columnsChosen, this, &InspectorTable::shareRoom);
    for (const auto signal : {&ListHeader::letGo, &ListHeader::measureWanted})
        connect(m_header, signal, this, &InspectorTable::measureSoon);
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

void InspectorTable::measureSoon()
{
    if (!std::exchange(m_isToMeasure, true))
        QMetaObject::invokeMethod(this, &InspectorTable::measure, Qt::QueuedConnection);
}

/// What is cut while one reads gets its room when nobody does, and columns go for it.
void InspectorTable::measure()
{
    m_isToMeasure = false;
    if (std::exchange(m_isToShare, false))
        shareRoom();
    else
        grow();
}

/// By the rows that changed.
void InspectorTable::grow()
{
    const bool isForAll = !m_header->isInUse();
    const auto rows = m_unmeasured.take({0, ListHeader::mostMeasured - 1}, isForAll);
    if (isForAll)
        return m_header->growUnread(m_header->widestOf(m_header->growingColumns(false), rows));
    m_unmeasured.passOver();
    m_header->growLive(m_header->widestOf(m_header->growingColumns(true), rows));
}

void InspectorTable::leaveEvent(QEvent *event)
{
    QTableView::leaveEvent(event);
    measureSoon(); // texts that are cut waited for that
}

void InspectorTable::shareRoom()
{
    m_unmeasured.clear();
    m_header->shareRoom(m_header->widestOf(m_header->growingColumns(false)));
}

void InspectorTable::giveMenu(std::vector<QByteArray> actions)
{
    bindRequestRows(m_context, *this);
    actions.insert(actions.end(), {"attempts.copyId"_ba, "list.copy"_ba});
    giveRowMenu(m_context, *this, std::move(actions));
}

void InspectorTable::mousePressEvent(QMouseEvent *event)
{
    pressWithoutScrolling(*this, [&] { QTableView::mousePressEvent(event); });
}

void InspectorTable::mouseReleaseEvent(QMouseEvent *event)
{
    releaseKeepingChoice(*this, *event, [&] { QTableView::mouseReleaseEvent(event); });
}

void InspectorTable::resizeEvent(QResizeEvent *event)
{
    const bool isOther = m_header->hasOtherRoom();
    QTableView::resizeEvent(event);
    if (isOther)
        shareRoom();
}

void InspectorTable::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    shareRoom();
}

/// All texts have other widths.
void InspectorTable::shareAnew()
{
    m_header->forgetGrowth();
    shareRoom();
}

} // namespace console
