// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/listcell.h"

#include <QTableView>

#include <vector>

namespace console {

struct Context;
class ListHeader;

/// A small table in the look of the lists: same delegate and header, rows as high as in the
/// settings.
class InspectorTable final : public QTableView
{
    Q_OBJECT

public:
    InspectorTable(Context &context, const QString &name, const QString &accessibleName,
                   QWidget *parent);

    void setTable(QAbstractItemModel *model, const std::vector<ColumnSpec> &columns);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    ListHeader *m_header;
};

} // namespace console
