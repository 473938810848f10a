// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// When the actions of a list of runs are checked again because of its rows.

#include "ui/core/feed.h"
#include "ui/core/runlistmodel.h"
#include "ui/runs/runactions.h"
#include "ui/widgets/context.h"
#include "ui/widgets/listtable.h"

#include <QItemSelectionModel>

#include <chrono>

namespace console {

using devserver::api::RunSummary;

namespace {

constexpr std::size_t mostNoted = 50; // rows; of more than one only numbers are said anyway
constexpr std::chrono::milliseconds lookAgainAfter(500);

/// Without a look at each of them.
std::size_t selectedCount(const ListTable &table)
{
    std::size_t count = 0;
    if (table.list() != nullptr) {
        for (const QItemSelectionRange &range : table.selectionModel()->selection())
            count += static_cast<std::size_t>(range.height());
    }
    return count;
}

} // namespace

void RunActions::watchRows()
{
    connect(&m_table, &ListTable::replaced, this, [this] {
        connect(m_table.list(), &PagedTableModel::rowsChanged, this, &RunActions::noteRows);
    });
    m_later.setSingleShot(true);
    m_later.setInterval(lookAgainAfter);
    connect(&m_later, &QTimer::timeout, this, &RunActions::compareNoted);
    // Of several some are not on screen, and of those the list tells nothing.
    connect(&m_context.feed, &Feed::runsChanged, this, [this] {
        if (selectedCount(m_table) > 1)
            lookLater();
    });
}

void RunActions::lookLater()
{
    if (!m_later.isActive())
        m_later.start();
}

/// While much goes on some row changes with each frame, and seldom one that an action is about. To
/// look at many takes its time: they wait.
void RunActions::noteRows()
{
    if (selectedCount(m_table) > mostNoted)
        lookLater();
    else
        compareNoted();
}

void RunActions::compareNoted()
{
    Noted now = note();
    if (now == m_noted)
        return;
    m_noted = std::move(now);
    m_context.actions.refresh();
}

RunActions::Noted RunActions::note() const
{
    Noted now;
    const auto *list = qobject_cast<const RunListModel *>(m_table.list());
    if (list == nullptr)
        return now;
    if (const int current = m_table.currentIndex().row(); current >= 0)
        now.rows.push_back(list->at(current));
    const std::vector<int> rows = m_table.selectedRows();
    now.selected = rows.size();
    if (rows.size() <= mostNoted) {
        for (const int row : rows)
            now.rows.push_back(list->at(row));
        return now;
    }
    now.fitting.resize(m_deeds.size());
    for (const int row : rows) {
        const RunSummary &run = list->at(row);
        for (std::size_t at = 0; at < m_deeds.size(); ++at)
            now.fitting[at] += m_deeds[at].fits(run) ? 1 : 0;
    }
    return now;
}

} // namespace console
