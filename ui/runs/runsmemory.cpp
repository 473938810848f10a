// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What is kept of Runs: over a new filter, with its place in the history, and from one start to the
// next.

#include "devserver/api/consolebackend.h"
#include "ui/core/filtermatch.h"
#include "ui/core/runlistmodel.h"
#include "ui/runs/runpanel.h"
#include "ui/runs/runsview.h"
#include "ui/widgets/innerlayout.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listtable.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::RunSort;

QJsonObject RunsView::saveSpot() const
{
    QJsonObject spot = View::saveSpot();
    spot.insert("panel"_L1, m_panel->saveSpot());
    return spot;
}

void RunsView::restoreSpot(const QJsonObject &spot)
{
    View::restoreSpot(spot);
    m_panel->restoreSpot(spot["panel"_L1].toObject());
}

/// As if nothing had been chosen; what somebody goes to says that it is not there.
void RunsView::forgetShown()
{
    m_subject = {};
    m_visited = {};
    setFullSize(false);
    showDetail({});
}

void RunsView::noteOtherQuestion(const devserver::api::Filter &filter)
{
    m_visited = {};
    const int row = list() == nullptr ? -1 : list()->rowOf(m_shown.toText());
    m_leftOut.noteOtherQuestion(
        row >= 0 && filterFits(filter, list()->at(row), context().backend.now()) == Fit::No);
}

/// It is back as soon as its row is; one that was gone to stays.
void RunsView::leaveWhatTheFilterLeavesOut()
{
    const bool isLeftOut = m_leftOut.take(*list(), m_shown.toText());
    if (!isLeftOut || m_isFullSize || m_shown.isNull() || m_shown == m_visited)
        return;
    m_subject = m_shown;
    m_table->clearCurrent(); // nor is another one chosen instead
    showDetail({});
}

QByteArray RunsView::saveState() const
{
    QJsonObject state;
    state.insert("columns"_L1, QString::fromUtf8(m_table->header()->saveColumns()));
    state.insert("splitter"_L1, QString::fromLatin1(m_splitter->save().toBase64()));
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void RunsView::restoreState(const QByteArray &state)
{
    const QJsonObject saved = QJsonDocument::fromJson(state).object();
    if (saved.isEmpty())
        return;
    m_table->header()->restoreColumns(saved["columns"_L1].toString().toUtf8());
    m_splitter->restore(QByteArray::fromBase64(saved["splitter"_L1].toString().toLatin1()));
}

QJsonObject RunsView::saveRows() const
{
    return {{"sort"_L1, static_cast<int>(m_sort.by)}, {"descending"_L1, m_sort.isDescending}};
}

void RunsView::restoreRows(const QJsonObject &rows)
{
    const int by = rows["sort"_L1].toInt(-1);
    if (by >= 0 && by <= static_cast<int>(RunSort::Attempts))
        setSort({static_cast<RunSort>(by), rows["descending"_L1].toBool(true)});
}

} // namespace console
