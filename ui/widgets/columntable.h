// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/smalltable.h"

namespace console {

/// A small table whose columns share the width, as those of the lists: what has no room is hidden,
/// with a sign in the header. One row can be chosen. GUI thread.
class ColumnTable final : public SmallTable
{
    Q_OBJECT

public:
    ColumnTable(Context &context, QAbstractItemModel *model, const std::vector<ColumnSpec> &columns,
                QWidget *parent = nullptr);

    void keyboardSearch(const QString &) override {}
};

} // namespace console
