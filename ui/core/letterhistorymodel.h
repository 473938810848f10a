// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/format.h"
#include "ui/core/listcell.h"

#include <QAbstractTableModel>

#include <vector>

namespace console {

/// What happened to a dead letter: each death, each retry, discards (ui.md 11). Newest on top; rows
/// are replaced, never reset. GUI thread.
class LetterHistoryModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { When, What, Detail, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] static std::vector<ColumnSpec> columns();

    void setRecord(const devserver::api::RunRecord &record);
    void clear();
    void setTimeStyle(TimeStyle style);

    /// The run that a dead letter goes on as, with other data; null if it was not edited.
    [[nodiscard]] static devserver::RunId editedRun(const devserver::api::RunRecord &record);

    /// The retries with their dates and how they went, a line each, oldest first.
    [[nodiscard]] static QString retries(const devserver::api::RunRecord &record, TimeStyle style);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Row {
        devserver::TimePoint at;
        QString what;
        QString detail;
        QString icon;
        Token token = Token::Text;
    };

    void setRows(std::vector<Row> rows);
    [[nodiscard]] static std::vector<Row> rowsOf(const devserver::api::RunRecord &record);

    std::vector<Row> m_rows;
    TimeStyle m_timeStyle = TimeStyle::Relative;
};

} // namespace console
