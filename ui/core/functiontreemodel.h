// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QAbstractItemModel>

#include <map>
#include <memory>
#include <vector>

namespace console {

class Catalog;
class Feed;

/// App -> folder -> function, each function with its last run; the folder is what stands before the
/// last `/` or `.` of its id, functions without one stand beside the folders (ui.md §13.1). GUI
/// thread.
class FunctionTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        SlugRole = Qt::UserRole, ///< of a function; empty for an app or a folder
        IsAppRole,
        StateRole,  ///< int(DisplayState) of the last run; invalid if it never ran
        ReasonRole, ///< int(WaitReason)
    };

    FunctionTreeModel(Catalog &catalog, Feed &feed, QObject *parent = nullptr);

    /// Rows of runs, newest first or in any order; the newest of each function is kept.
    void takeRuns(const std::vector<devserver::api::RunSummary> &runs);
    /// Of other data, or of none, nothing is known.
    void forgetRuns();

    [[nodiscard]] QModelIndex indexOf(const QByteArray &slug) const;
    [[nodiscard]] QModelIndex firstFunction() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    /// What a node should be.
    struct Wanted {
        QByteArray key; ///< in the order of its siblings
        QString title;
        QByteArray slug; ///< empty: an app or a folder
        std::vector<Wanted> children;
    };

    struct Node {
        Node *parent = nullptr;
        QByteArray key;
        QString title;
        QByteArray slug;
        std::vector<std::unique_ptr<Node>> children;
    };

    void takeCatalog();
    [[nodiscard]] Wanted wantedApp(const devserver::App &app) const;
    void merge(Node &node, const std::vector<Wanted> &wanted);
    [[nodiscard]] static std::unique_ptr<Node> made(const Wanted &wanted, Node *parent);
    [[nodiscard]] QModelIndex indexOf(const Node &node) const;
    [[nodiscard]] const Node &nodeAt(const QModelIndex &index) const;
    [[nodiscard]] static const Node *find(const Node &node, const QByteArray &slug);
    [[nodiscard]] static int functionsBelow(const Node &node);
    [[nodiscard]] QVariant functionData(const Node &node, int role) const;

    Catalog &m_catalog;
    Node m_root;
    std::map<QByteArray, devserver::api::RunSummary> m_last; ///< by slug
};

} // namespace console
