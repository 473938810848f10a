// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/relatedmodel.h"

#include "ui/core/format.h"
#include "ui/core/runwords.h"

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::RunSummary;

void RelatedModel::setRuns(devserver::RunId of, devserver::RunId original, devserver::EventId event,
                           const std::vector<RunSummary> &runs)
{
    m_of = of;
    m_original = original;
    m_event = event;
    std::vector<RunSummary> fresh;
    for (const RunSummary &each : runs) {
        if (each.id != of)
            fresh.push_back(each);
    }
    std::size_t same = 0;
    while (same < m_runs.size() && same < fresh.size() && m_runs[same].id == fresh[same].id) {
        m_runs[same] = fresh[same];
        Q_EMIT dataChanged(index(static_cast<int>(same)), index(static_cast<int>(same)));
        ++same;
    }
    if (same < m_runs.size()) {
        beginRemoveRows({}, static_cast<int>(same), rowCount() - 1);
        m_runs.resize(same);
        endRemoveRows();
    }
    if (same < fresh.size()) {
        beginInsertRows({}, static_cast<int>(same), static_cast<int>(fresh.size()) - 1);
        m_runs = std::move(fresh);
        endInsertRows();
    }
}

int RelatedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

QString RelatedModel::relation(const RunSummary &run) const
{
    if (run.id == m_original)
        return tr("this run is a rerun of it");
    if (run.originalRun == m_of || (!m_original.isNull() && run.originalRun == m_original))
        return tr("rerun");
    if (run.event == m_event)
        return tr("started by the same event");
    return tr("related");
}

QVariant RelatedModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RunSummary &of = m_runs[static_cast<std::size_t>(index.row())];
    const QString name = QString::fromUtf8(of.functionName);
    const QString state = stateWords(of);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return QString(name + u"  ·  "_s + state + u"  ·  "_s + shortId(of.id.toText()) + u"  ·  "_s
                       + relation(of));
    case Qt::ToolTipRole:
        return QString(tr("Enter opens it") + u"\n"_s + QString::fromLatin1(of.id.toText()));
    default:
        return {};
    }
}

} // namespace console
