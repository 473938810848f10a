// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/context.h"

#include <QStyledItemDelegate>

namespace console {

/// A row of Apps: the state with its icon and colour, roomier cells.
class AppRowDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    AppRowDelegate(Context &context, QObject *parent);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    Context &m_context;
};

} // namespace console
