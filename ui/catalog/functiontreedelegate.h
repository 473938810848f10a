// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/context.h"

#include <QStyledItemDelegate>

namespace console {

/// A function's row: the state of its last run in front of the name, below the text of what it is
/// in.
class FunctionTreeDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    FunctionTreeDelegate(Context &context, QObject *parent);

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    Context &m_context;
};

} // namespace console
