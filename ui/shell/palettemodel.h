// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/shell/paletteitem.h"

#include <QAbstractListModel>

#include <vector>

namespace console {

/// The rows of the palette, best first.
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { NoteRole = Qt::UserRole, KeysRole, IconRole, TintRole, ReasonRole };

    using QAbstractListModel::QAbstractListModel;

    void setItems(std::vector<PaletteItem> items);
    [[nodiscard]] const PaletteItem &item(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<PaletteItem> m_items;
};

} // namespace console
