// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyledItemDelegate>

namespace console {

class ListTable;
struct Context;

/// Paints the Started column: a state glyph and a name for each function, as many as there is room
/// for, then how many more, then how many were not started. The rest of the cell is the table's
/// own delegate's.
class StartedDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    StartedDelegate(Context &context, ListTable &table);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    Context &m_context;
    ListTable &m_table;
};

} // namespace console
