// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/clicks.h"
#include "ui/core/pagedtablemodel.h"
#include "ui/widgets/listtable.h"

namespace console::test {

/// Clicks the row with this id of a long list, in its first column.
inline void clickRowOf(ListTable *table, const QByteArray &id)
{
    const int row = table->list() == nullptr ? -1 : table->list()->rowOf(id);
    QVERIFY2(row >= 0, id.constData());
    clickCell(table, table->model()->index(row, 0));
}

} // namespace console::test
