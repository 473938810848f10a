// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Where a list stands: carried from one query to the next, and from one start to the next.

#include "ui/core/pagedtablemodel.h"
#include "ui/widgets/listtable.h"

#include <QHeaderView>
#include <QJsonObject>
#include <QScrollBar>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostCarried = 1000; // selected rows that go over to the next model

} // namespace

ListTable::Spot ListTable::spot() const
{
    Spot here;
    if (m_list == nullptr)
        return here;
    here.current = currentId();
    here.column = currentIndex().column();
    here.selected = selectedIds();
    if (const int top = rowAt(0); !isFollowing() && top >= 0) {
        here.top = m_list->idAt(top);
        here.offset = rowViewportPosition(top);
    }
    return here;
}

void ListTable::goTo(const Spot &spot)
{
    const int current = m_list->rowOf(spot.current);
    if (current >= 0) {
        selectionModel()->setCurrentIndex(m_list->index(current, std::max(spot.column, 0)),
                                          QItemSelectionModel::NoUpdate);
    }
    QItemSelection selection;
    for (const QByteArray &id :
         spot.selected.first(std::min<qsizetype>(spot.selected.size(), mostCarried))) {
        if (const int row = m_list->rowOf(id); row >= 0) {
            const QModelIndex index = m_list->index(row, 0);
            selection.select(index, index);
        }
    }
    selectionModel()->select(selection,
                             QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    updateGeometries();
    const int top = spot.top.isEmpty() ? -1 : m_list->rowOf(spot.top);
    const int height = verticalHeader()->defaultSectionSize();
    verticalScrollBar()->setValue(top < 0 ? 0 : top * height - spot.offset);
}

QJsonObject ListTable::saveSpot() const
{
    const Spot here = m_list == nullptr || m_list->rowCount() == 0 ? m_start : spot();
    if (here.top.isEmpty())
        return {};
    return {{"top"_L1, QString::fromUtf8(here.top)}, {"offset"_L1, here.offset}};
}

void ListTable::restoreSpot(const QJsonObject &saved)
{
    m_start.top = saved["top"_L1].toString().toUtf8();
    m_start.offset = saved["offset"_L1].toInt();
    if (m_coming == nullptr) // else when that is there
        goToStart();
}

void ListTable::goToStart()
{
    if (m_list == nullptr || m_list->rowCount() == 0 || m_start.top.isEmpty())
        return;
    Spot now = spot();
    now.top = std::exchange(m_start.top, {});
    now.offset = m_start.offset;
    goTo(now);
}

} // namespace console
