// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/jsonoutline.h"

#include <QAbstractItemModel>
#include <QByteArray>

#include <memory>
#include <vector>

namespace console {

/// JSON as a tree; children are made when they are unfolded, a page at a time, and nothing is
/// parsed before. For another text make another model. GUI thread.
class JsonTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Key, Value, ColumnCount };

    enum Role {
        PathRole = Qt::UserRole, ///< QString, `data.items[3].sku`
        BytesRole,               ///< QByteArray, the value as it was sent
        TokenRole,               ///< int of console::Token, the colour of the value
    };

    static constexpr int pageRows = 200;

    /// \a json is valid, and the outline is its own.
    JsonTreeModel(QByteArray json, JsonOutline outline, QObject *parent = nullptr);
    ~JsonTreeModel() override;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Node;

    [[nodiscard]] Node *nodeOf(const QModelIndex &index) const;
    [[nodiscard]] std::vector<std::unique_ptr<Node>> read(Node &parent, int most);
    [[nodiscard]] QString keyText(const Node &node) const;
    [[nodiscard]] QString valueText(const Node &node) const;
    [[nodiscard]] QString hint(const Node &node) const;
    [[nodiscard]] QString path(const Node &node) const;
    [[nodiscard]] QByteArrayView bytesOf(const Node &node) const;
    [[nodiscard]] bool isContainer(const Node &node) const;

    QByteArray m_json;
    JsonOutline m_outline;
    std::unique_ptr<Node> m_root;
    bool m_isFetching = false;
};

} // namespace console
