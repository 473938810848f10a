// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <vector>

class QTableView;

namespace console {

struct Context;

/// Gives a small table, which has its model, what the long ones have: `Copy rows` and a context
/// menu of \a actions (empty: a separator), with those that are bound for the table.
void giveRowMenu(Context &context, QTableView &table, std::vector<QByteArray> actions);

/// `Open run` and `Copy run ID` of the current row; \a runOf: a null id where a row has none.
void bindRunRows(Context &context, QTableView &table, std::function<devserver::RunId(int)> runOf,
                 std::function<void(int)> open);

/// `Copy request ID` of the current row of attempts or calls.
void bindRequestRows(Context &context, QTableView &table);

/// The chosen rows, shown columns, with tabs in between.
[[nodiscard]] QString chosenRowsText(const QTableView &table);

} // namespace console
