// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QLineEdit;
class QTableView;

namespace console {

struct Context;

/// The table of all actions and keys with a search line above it; in the settings the keys can be
/// changed.
class ShortcutTable final : public QWidget
{
    Q_OBJECT

public:
    ShortcutTable(Context &context, bool canEdit, QWidget *parent = nullptr);

private:
    QLineEdit *m_search;
    QTableView *m_table;
};

} // namespace console
