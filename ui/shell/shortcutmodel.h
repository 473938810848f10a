// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/actionregistry.h"

#include <QAbstractTableModel>

#include <vector>

namespace console {

struct Context;

/// Where an action works, as a sheet calls it: `Timeline`.
[[nodiscard]] QString areaWord(const ActionSpec &spec);

/// Every action of the table: what it does, its keys, where they work, and what it is in conflict
/// with. Column 1 can be edited as text; where it cannot, the keys that are no actions follow.
class ShortcutModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { What, Keys, Where, columns };

    /// A number: first what has keys, area by area, then what has none.
    static constexpr int SheetOrderRole = Qt::UserRole;

    ShortcutModel(Context &context, bool canEdit, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

private:
    [[nodiscard]] QString keysOf(const ActionSpec &spec) const;
    [[nodiscard]] QString conflictOf(const ActionSpec &spec) const;
    [[nodiscard]] QVariant fixedData(int row, int column, int role) const;
    [[nodiscard]] QVariant lookOf(int column, int role, bool isInConflict) const;

    Context &m_context;
    bool m_canEdit;
};

/// The other action that one of these keys would set off as well; empty if there is none. Two
/// actions of panes may share a key: they never have the focus together unless they are about the
/// same kind of row (same word before the dot of their ids).
[[nodiscard]] QByteArray conflictingAction(const ActionRegistry &actions, const QByteArray &id,
                                           const QList<QKeySequence> &keys);

} // namespace console
