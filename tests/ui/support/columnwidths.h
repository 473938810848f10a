// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/runsstage.h"
#include "ui/core/runcolumns.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"

namespace console::test {

/// In this size, with the columns shared out.
inline void showIn(Stage &stage, QSize size)
{
    stage.view->resize(size);
    stage.settle();
    QTRY_COMPARE(stage.table->header()->length(), stage.table->viewport()->width());
}

/// Pixels that the column is too narrow for what the row says there; negative: to spare.
inline int missing(const Stage &stage, int row, RunColumn column)
{
    const QModelIndex index = stage.list()->index(row, static_cast<int>(column));
    return RowDelegate::widthsOf(stage.table->font(), index).whole
           - stage.table->columnWidth(index.column());
}

} // namespace console::test
