// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/runcolumns.h"
#include "ui/widgets/context.h"

#include <QAbstractTableModel>

#include <chrono>
#include <optional>
#include <vector>

namespace console {

/// The runs that one event started, kept current by the feed.
class EventRunsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit EventRunsModel(Context &context, QObject *parent = nullptr);

    /// \a runs of another event, or the same ones anew.
    void setRuns(devserver::EventId event, const std::vector<devserver::api::RunSummary> &runs);

    /// Countdowns and durations as of now. \returns how long they read so; nothing if they stay
    std::optional<std::chrono::milliseconds> showTexts();

    [[nodiscard]] const devserver::api::RunSummary &run(int row) const
    {
        return m_runs[static_cast<std::size_t>(row)];
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

Q_SIGNALS:
    /// A run came or changed.
    void runChanged(const devserver::api::RunSummary &run);

private:
    void take(const std::vector<devserver::api::RunSummary> &runs);

    Context &m_context;
    devserver::EventId m_event;
    std::vector<devserver::api::RunSummary> m_runs; ///< oldest first
};

} // namespace console
