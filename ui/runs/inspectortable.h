// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/smalltable.h"

#include <vector>

namespace console {

/// A small table of the inspector. Where it is narrow it gives up columns before it cuts what they
/// say.
class InspectorTable final : public SmallTable
{
    Q_OBJECT

public:
    InspectorTable(Context &context, const QString &name, const QString &accessibleName,
                   QWidget *parent);

    /// \a leastFirst: ids of the columns that may be given up, the least important one first.
    void setTable(QAbstractItemModel *model, std::vector<ColumnSpec> columns,
                  const std::vector<QByteArray> &leastFirst = {});

    /// After setTable: `Copy rows`, `Copy request ID`, behind \a actions.
    void giveMenu(std::vector<QByteArray> actions);

private:
    Context &m_context;
};

} // namespace console
