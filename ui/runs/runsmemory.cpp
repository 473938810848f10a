// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What is kept of Runs: with its place in the history, and from one start to the next.

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
