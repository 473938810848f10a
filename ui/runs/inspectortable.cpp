// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspectortable.h"

#include "ui/widgets/rowmenu.h"

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

InspectorTable::InspectorTable(Context &context, const QString &name, const QString &accessibleName,
                               QWidget *parent)
    : SmallTable(context, parent)
    , m_context(context)
{
    setObjectName(name);
    setAccessibleName(accessibleName);
}

void InspectorTable::setTable(QAbstractItemModel *model, std::vector<ColumnSpec> columns,
                              const std::vector<QByteArray> &leastFirst)
{
    for (ColumnSpec &column : columns) {
        const auto least = std::find(leastFirst.begin(), leastFirst.end(), column.id);
        column.rank = static_cast<int>(least - leastFirst.end());
        if (column.leastChars == 0)           // else it has a shorter form
            column.leastChars = column.chars; // given up before it is cut
    }
    showModel(model, columns);
}

void InspectorTable::giveMenu(std::vector<QByteArray> actions)
{
    bindRequestRows(m_context, *this);
    actions.insert(actions.end(), {"attempts.copyId"_ba, "list.copy"_ba});
    giveRowMenu(m_context, *this, std::move(actions));
}

} // namespace console
