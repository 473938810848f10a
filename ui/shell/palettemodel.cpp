// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/palettemodel.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QString spokenText(const PaletteItem &item)
{
    QStringList parts = {item.text};
    parts += item.reason.isEmpty() ? QStringList{item.note, item.keys} : QStringList{item.reason};
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

} // namespace

void PaletteModel::setItems(std::vector<PaletteItem> items)
{
    const auto before = static_cast<int>(m_items.size());
    const auto after = static_cast<int>(items.size());
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_items.resize(items.size());
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_items.insert(m_items.end(), items.begin() + before, items.end());
        endInsertRows();
    }
    m_items = std::move(items);
    if (!m_items.empty())
        Q_EMIT dataChanged(index(0), index(after - 1));
}

const PaletteItem &PaletteModel::item(int row) const
{
    return m_items.at(static_cast<std::size_t>(row));
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    const PaletteItem &item = this->item(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return item.text;
    case Qt::AccessibleTextRole:
        return spokenText(item);
    case Qt::ToolTipRole:
    case ReasonRole:
        return item.reason;
    case NoteRole:
        return item.note;
    case KeysRole:
        return item.keys;
    case IconRole:
        return item.icon;
    case TintRole:
        return static_cast<int>(item.tint);
    default:
        return {};
    }
}

} // namespace console
