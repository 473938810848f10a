// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/rowmenu.h"

#include "ui/core/listcell.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>

#include <algorithm>
#include <utility>

namespace console {

QString chosenRowsText(const QTableView &table)
{
    QModelIndexList rows = table.selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    const QHeaderView &header = *table.horizontalHeader();
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList cells;
        for (int visual = 0; visual < header.count(); ++visual) {
            const int column = header.logicalIndex(visual);
            if (header.isSectionHidden(column))
                continue;
            const QModelIndex cell = row.siblingAtColumn(column);
            const QString whole = cell.data(CopyTextRole).toString();
            cells.append(whole.isEmpty() ? cell.data().toString() : whole);
        }
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

void giveRowMenu(Context &context, QTableView &table, std::vector<QByteArray> actions)
{
    context.actions.bind(
        "list.copy", &table, [&] { context.desktop.copy(chosenRowsText(table)); },
        [&]() -> Availability {
            return {.isEnabled = table.selectionModel()->hasSelection(),
                    .reason = QCoreApplication::translate("RowMenu", "No row is selected"),
                    .text = {}};
        });
    QObject::connect(table.selectionModel(), &QItemSelectionModel::selectionChanged,
                     &context.actions, &ActionRegistry::refresh);
    table.setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(&table, &QWidget::customContextMenuRequested, &table,
                     [&context, &table, actions = std::move(actions)](const QPoint &at) {
                         QMenu *menu = context.actions.contextMenu(&table, actions);
                         // It would be about another row.
                         QObject::connect(table.selectionModel(),
                                          &QItemSelectionModel::currentChanged, menu,
                                          &QWidget::close);
                         menu->popup(table.viewport()->mapToGlobal(at));
                     });
}

void bindRunRows(Context &context, QTableView &table, std::function<devserver::RunId(int)> runOf,
                 std::function<void(int)> open)
{
    const auto current = [&table, runOf = std::move(runOf)] {
        const QModelIndex index = table.currentIndex();
        return index.isValid() ? runOf(index.row()) : devserver::RunId();
    };
    const auto hasRun = [current]() -> Availability {
        return {.isEnabled = !current().isNull(),
                .reason = QCoreApplication::translate("RowMenu", "This row has no run"),
                .text = {}};
    };
    context.actions.bind(
        "run.open", &table, [&table, open = std::move(open)] { open(table.currentIndex().row()); },
        hasRun);
    context.actions.bind(
        "run.copyId", &table,
        [&context, current] { context.desktop.copy(QString::fromLatin1(current().toText())); },
        hasRun);
}

void bindRequestRows(Context &context, QTableView &table)
{
    const auto request = [&table] { return table.currentIndex().data(RowIdRole).toByteArray(); };
    context.actions.bind(
        "attempts.copyId", &table,
        [&context, request] { context.desktop.copy(QString::fromLatin1(request())); },
        [request]() -> Availability {
            return {.isEnabled = devserver::RequestId::fromText(request()).has_value(),
                    .reason = QCoreApplication::translate("RowMenu", "This row is no request"),
                    .text = {}};
        });
}

} // namespace console
