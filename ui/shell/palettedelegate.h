// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyledItemDelegate>

namespace console {

struct Context;

/// Paints a row of the palette: icon, text, and keys or a reason at the right.
class PaletteDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit PaletteDelegate(Context &context, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    [[nodiscard]] int areaWidth(const QStyleOptionViewItem &option) const;

    Context &m_context;
    mutable QFont m_areaFont;
    mutable int m_areaWidth = 0; ///< in that font
};

} // namespace console
