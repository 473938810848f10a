// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/listcell.h"
#include "ui/widgets/context.h"

#include <QAbstractTableModel>

namespace console {

/// Runs that belong together: of the same event, or of the same chain of reruns.
class RelatedModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Function, State, Relation, Duration, Run, ColumnCount };

    explicit RelatedModel(Context &context, QObject *parent = nullptr);

    void setRuns(devserver::RunId of, devserver::RunId original, devserver::EventId event,
                 const std::vector<devserver::api::RunSummary> &runs);

    [[nodiscard]] const devserver::api::RunSummary &run(int row) const
    {
        return m_runs[static_cast<std::size_t>(row)];
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString relation(const devserver::api::RunSummary &run) const;
    [[nodiscard]] Cell cell(const devserver::api::RunSummary &run, int column) const;

    Context &m_context;
    devserver::RunId m_of;
    devserver::RunId m_original;
    devserver::EventId m_event;
    std::vector<devserver::api::RunSummary> m_runs;
};

} // namespace console
