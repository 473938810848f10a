// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyledItemDelegate>

namespace console {

struct Context;

/// Rows of the tree of dead letters: an error with its message below it, and the trend as small
/// bars.
class GroupDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit GroupDelegate(Context &context, QObject *parent = nullptr);

    /// Of a row, also left of its cells.
    [[nodiscard]] static QColor background(Context &context, bool isSelected, bool hasFocus);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    void paintTrend(QPainter *painter, const QRect &rect, const std::vector<int> &trend,
                    bool isStrong) const;
    void paintGroup(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                    bool isStrong) const;

    Context &m_context;
};

} // namespace console
