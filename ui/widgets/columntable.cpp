// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/columntable.h"

#include <QHeaderView>

namespace console {

ColumnTable::ColumnTable(Context &context, QAbstractItemModel *model,
                         const std::vector<ColumnSpec> &columns, QWidget *parent)
    : SmallTable(context, parent)
{
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    showModel(model, columns);
    horizontalHeader()->setSectionsMovable(false);
}

} // namespace console
