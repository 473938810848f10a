// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QAbstractItemModel>

#include <map>
#include <optional>
#include <vector>

namespace console {

class Catalog;
class Feed;

/// App -> function, each function with its last run (ui.md §13.1). GUI thread.
class FunctionTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        SlugRole = Qt::UserRole, ///< of a function; empty for an app
        StateRole,               ///< int(DisplayState) of the last run; invalid if it never ran
        ReasonRole,              ///< int(WaitReason)
    };

    FunctionTreeModel(Catalog &catalog, Feed &feed, QObject *parent = nullptr);

    /// Rows of runs, newest first or in any order; the newest of each function is kept.
    void takeRuns(const std::vector<devserver::api::RunSummary> &runs);

    [[nodiscard]] QModelIndex indexOf(const QByteArray &slug) const;
    [[nodiscard]] QModelIndex firstFunction() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct FunctionNode {
        QByteArray slug;
        QString name;
    };

    struct AppNode {
        int number = 0; ///< stable name of the node in indexes of its children
        QByteArray key;
        QString title;
        std::vector<FunctionNode> functions;
    };

    void takeCatalog();
    void takeFunctions(int appRow, const std::vector<FunctionNode> &wanted);
    [[nodiscard]] int rowOfApp(int number) const;

    Catalog &m_catalog;
    std::vector<AppNode> m_apps;
    std::map<QByteArray, devserver::api::RunSummary> m_last; ///< by slug
    int m_nextNumber = 1;
};

} // namespace console
