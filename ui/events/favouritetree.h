// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/events/favourites.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace console {

struct Context;

/// The favourites by their folders: `orders/new order` stands in `orders`. Folders come first. Rows
/// come and go one by one, so that what is unfolded stays so.
class FavouriteTree final : public QAbstractItemModel
{
    Q_OBJECT

public:
    FavouriteTree(Context &context, Favourites *favourites, QObject *parent = nullptr);
    ~FavouriteTree() override;
    Q_DISABLE_COPY_MOVE(FavouriteTree)

    /// Null for a folder.
    [[nodiscard]] const Favourites::Entry *favourite(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Node;

    [[nodiscard]] Node &nodeOf(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const Node &node) const;
    [[nodiscard]] Node *child(const Node &node, const QString &name, bool isFolder) const;
    Node &addChild(Node &node, const QString &name, bool isFolder);
    [[nodiscard]] Node *find(const QString &favourite) const;
    void add(const QString &favourite);
    void remove(const QString &favourite);

    Context &m_context;
    Favourites *m_favourites;
    std::unique_ptr<Node> m_root;
};

} // namespace console
