// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/listcell.h"
#include "ui/widgets/context.h"

#include <QAbstractTableModel>

#include <chrono>
#include <optional>

namespace console {

/// What belongs to a run: others of the same event or of the same chain of reruns, what its failure
/// started or what it was started by, and its dead letter. Runs are kept current by the feed.
class RelatedModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Function, State, Relation, Duration, Run, ColumnCount };

    explicit RelatedModel(Context &context, QObject *parent = nullptr);

    void setRecord(const devserver::api::RunRecord &record);
    /// Countdowns and durations as of now. \returns how long they read so; nothing if they stay
    std::optional<std::chrono::milliseconds> showTexts();

    /// Of the letter the run that it is about.
    [[nodiscard]] const devserver::api::RunSummary &run(int row) const
    {
        return m_rows[static_cast<std::size_t>(row)].run;
    }

    [[nodiscard]] bool isLetter(int row) const
    {
        return m_rows[static_cast<std::size_t>(row)].letter.has_value();
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

Q_SIGNALS:
    /// The state of one is another, from the feed.
    void changed();

private:
    struct Row {
        devserver::api::RunSummary run;
        std::optional<devserver::LetterState> letter; ///< the row is the dead letter of the run
    };

    void take(const std::vector<devserver::api::RunSummary> &runs);
    [[nodiscard]] QString relation(const Row &row) const;
    [[nodiscard]] Cell cell(const Row &row, int column) const;

    Context &m_context;
    devserver::RunId m_of;
    devserver::RunId m_original;
    bool m_isEdited = false;   ///< it is an edited retry of that one, else a rerun
    devserver::RunId m_failed; ///< whose failure started this run
    devserver::EventId m_event;
    std::vector<Row> m_rows;
};

} // namespace console
