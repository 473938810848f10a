// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/runlistmodel.h"

#include "ui/core/feed.h"
#include "ui/core/filtermatch.h"

namespace console {

using devserver::api::RunSort;
using devserver::api::RunSummary;

RunListModel::RunListModel(devserver::api::ConsoleBackend &backend, FrameClock &clock, Feed &feed,
                           devserver::api::RunsQuery query, QObject *parent)
    : PagedRows<RunRows>(backend, clock, runColumns(), parent)
    , m_query(std::move(query))
{
    connect(&feed, &Feed::runsChanged, this,
            [this](const std::vector<RunSummary> &runs) { take(runs); });
}

void RunListModel::setShowsApps(bool showsApps)
{
    if (m_showsApps == showsApps)
        return;
    m_showsApps = showsApps;
    if (rowCount() > 0) {
        const int column = static_cast<int>(RunColumn::Function);
        Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column),
                           {Qt::DisplayRole, CellDataRole});
    }
}

devserver::api::Reply *RunListModel::askPage(const devserver::api::PageToken &after, int limit)
{
    devserver::api::RunsQuery query = m_query;
    query.after = after;
    query.limit = limit;
    return backend().ask(std::move(query));
}

Fit RunListModel::fit(const RunSummary &run) const
{
    return filterFits(m_query.filter, run, now());
}

devserver::api::Reply *RunListModel::askAbout(std::vector<devserver::RunId> runs)
{
    return backend().ask(
        devserver::api::RunsQuery{.filter = m_query.filter, .after = {}, .among = std::move(runs)});
}

bool RunListModel::takesNew() const
{
    return m_query.sort == RunSort::Queued && m_query.isDescending;
}

void RunListModel::intern(RunSummary &run)
{
    for (QByteArray *text :
         {&run.slug, &run.functionName, &run.appName, &run.trigger, &run.errorName})
        *text = *m_texts.insert(*text);
}

RunCellStyle RunListModel::style() const
{
    return {.now = now(), .times = timeStyle(), .showsApps = m_showsApps};
}

Cell RunListModel::cell(int row, int column) const
{
    return runCell(at(row), static_cast<RunColumn>(column), style());
}

QString RunListModel::toolTip(int row, int column) const
{
    return runToolTip(at(row), static_cast<RunColumn>(column), style());
}

QString RunListModel::spoken(int row, int column) const
{
    return runSpoken(at(row), static_cast<RunColumn>(column), style());
}

QString RunListModel::filterTerm(int row, int column) const
{
    return runFilterTerm(at(row), static_cast<RunColumn>(column));
}

QString RunListModel::copyText(int row, int column) const
{
    return runCopyText(at(row), static_cast<RunColumn>(column), style());
}

std::optional<std::chrono::milliseconds>
RunListModel::timeUntilChange(int row, devserver::TimePoint now) const
{
    Q_UNUSED(now)
    return runTextChange(at(row), style());
}

} // namespace console
