// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/listcell.h"

#include <QTableView>

#include <vector>

namespace console {

struct Context;
class ListHeader;

/// A small table in the look of the lists: same delegate and header, rows as high as in the
/// settings. Where it is narrow it gives up columns instead of scrolling.
class InspectorTable final : public QTableView
{
    Q_OBJECT

public:
    InspectorTable(Context &context, const QString &name, const QString &accessibleName,
                   QWidget *parent);

    /// \a leastFirst: ids of the columns that may be given up, the least important one first.
    void setTable(QAbstractItemModel *model, const std::vector<ColumnSpec> &columns,
                  const std::vector<QByteArray> &leastFirst = {});

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitColumns();
    [[nodiscard]] int widthOf(const ColumnSpec &column) const;
    /// Somebody chose columns, their order or their widths: they stay.
    [[nodiscard]] bool isChosen() const;

    ListHeader *m_header;
    std::vector<ColumnSpec> m_columns; ///< as they are shown now
    QByteArray m_fitted;               ///< state of the header then
    std::vector<QByteArray> m_leastFirst;
};

} // namespace console
