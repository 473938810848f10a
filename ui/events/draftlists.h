// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/draft.h"

#include <QWidget>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace console {

class DraftHistory;
class Favourites;
class Navigator;
struct Context;

/// The left side of the composer: favourites, and below them what was sent, searchable. Enter or a
/// double click takes a draft over.
class DraftLists final : public QWidget
{
    Q_OBJECT

public:
    DraftLists(Context &context, Favourites *favourites, DraftHistory *history,
               QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const console::Draft &draft);
    void renameWanted(const QString &favourite);
    void removed(const QString &favourite, const console::Draft &draft);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void offerFavourites(Navigator &navigator);
    void makeSearch(Context &context);
    void showMenu(const QPoint &at);
    void removeCurrent();
    void renameCurrent();
    [[nodiscard]] QString currentFavourite() const;
    [[nodiscard]] QListView *makeList(const QString &name, const QString &title);

    Favourites *m_favourites;
    DraftHistory *m_history;
    QListView *m_favouriteList;
    QListView *m_historyList;
    QLineEdit *m_search;
    QSortFilterProxyModel *m_found;
};

} // namespace console
