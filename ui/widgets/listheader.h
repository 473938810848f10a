// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/listcell.h"

#include <QHeaderView>

#include <vector>

class QMenu;

namespace console {

struct Context;

/// The header of a ListTable: flat, with our arrows; drag moves a column, a right click lists them,
/// a click sorts: once, the other way round, not at all (ui.md §6.1).
class ListHeader final : public QHeaderView
{
    Q_OBJECT

public:
    explicit ListHeader(Context &context, QWidget *parent = nullptr);

    /// Called with each model; the first time it also sets widths and what is shown.
    void setColumns(const std::vector<ColumnSpec> &columns);
    void resetColumns();

    /// \a column -1: the list's own order.
    void setSort(int column, Qt::SortOrder order);

    /// Order, widths and hidden columns by their ids, so that new columns do no harm.
    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state);

    /// A menu with a tick for each column and `Reset columns`; the caller shows and deletes it.
    [[nodiscard]] QMenu *columnMenu(QWidget *parent);

    /// The widest column takes what is left, until somebody changes a width.
    void fillWidth();

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void sortRequested(int column, Qt::SortOrder order);
    void sortCleared();

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void clickSection(int section);
    [[nodiscard]] int widthOf(const ColumnSpec &column) const;
    [[nodiscard]] int shownCount() const;

    Context &m_context;
    std::vector<ColumnSpec> m_columns;
    QByteArray m_saved; ///< restored before there were columns
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    bool m_isOwnResize = false;
    bool m_hasOwnWidths = true; ///< nobody dragged a border
};

} // namespace console
