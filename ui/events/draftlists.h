// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/draft.h"

#include <QWidget>

class QLineEdit;
class QListView;
class QModelIndex;
class QSortFilterProxyModel;
class QTreeView;

namespace console {

class DraftHistory;
class FavouriteFolder;
class FavouriteTree;
class Favourites;
class Navigator;
struct Context;

/// The left side of the composer: favourites in their folders, and below them what was sent,
/// searchable. Enter or a double click takes a draft over.
class DraftLists final : public QWidget
{
    Q_OBJECT

public:
    DraftLists(Context &context, Favourites *favourites, FavouriteFolder *folder,
               DraftHistory *history, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const console::Draft &draft);
    void renameWanted(const QString &favourite);
    void removed(const QString &favourite, const console::Draft &draft);
    /// What is different now is to be shown, of this row of the history.
    void changesWanted(int entry);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void offerFavourites(Navigator &navigator);
    [[nodiscard]] QWidget *makeHeading(FavouriteFolder *folder);
    void makeSearch();
    void bindHistory();
    void bindFolder(FavouriteFolder *folder);
    void showMenu(const QPoint &at);
    void removeCurrent();
    void renameCurrent();
    [[nodiscard]] QString currentFavourite() const;
    /// Row of the history; -1: none is selected.
    [[nodiscard]] int currentEntry() const;
    void makeHistoryList();
    void makeTree();

    Context &m_context;
    Favourites *m_favourites;
    FavouriteTree *m_tree;
    DraftHistory *m_history;
    QTreeView *m_favouriteList;
    QListView *m_historyList;
    QLineEdit *m_search;
    QSortFilterProxyModel *m_found;
};

} // namespace console
