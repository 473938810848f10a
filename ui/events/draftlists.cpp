// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/draftlists.h"

#include "ui/core/drafthistory.h"
#include "ui/events/favourites.h"
#include "ui/events/paneheading.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QStyle>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

/// The texts stand below the headings.
QWidget *indented(QListView *list)
{
    auto *box = new QWidget(list->parentWidget());
    auto *row = new QHBoxLayout(box);
    const int margin = list->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, list) + 1;
    row->setContentsMargins(paneMargin - margin - list->spacing(), 0, 4, 4);
    row->addWidget(list);
    return box;
}

} // namespace

DraftLists::DraftLists(Context &context, Favourites *favourites, DraftHistory *history,
                       QWidget *parent)
    : QWidget(parent)
    , m_favourites(favourites)
    , m_history(history)
    , m_favouriteList(makeList(u"composerFavourites"_s, tr("Favourites")))
    , m_historyList(makeList(u"composerHistory"_s, tr("History")))
    , m_search(new QLineEdit(this))
    , m_found(new QSortFilterProxyModel(this))
{
    m_favouriteList->setModel(favourites);
    m_found->setSourceModel(history);
    m_found->setFilterRole(Qt::UserRole);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_historyList->setModel(m_found);
    makeSearch(context);
    auto *none = new QLabel(tr("Ctrl+S keeps a draft here."), this);
    none->setWordWrap(true);
    none->setContentsMargins(paneMargin, 0, paneMargin, 4);
    none->setForegroundRole(QPalette::PlaceholderText);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(paneHeading(tr("Favourites"), this));
    layout->addWidget(none);
    QWidget *favouriteBox = indented(m_favouriteList);
    layout->addWidget(favouriteBox, 2);
    layout->addWidget(paneHeading(tr("History"), this));
    auto *searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(paneMargin, 0, paneMargin, 4);
    searchRow->addWidget(m_search);
    layout->addLayout(searchRow);
    layout->addWidget(indented(m_historyList), 3);

    m_favouriteList->installEventFilter(this);
    m_favouriteList->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_favouriteList, &QWidget::customContextMenuRequested, this, &DraftLists::showMenu);

    const auto showNone = [this, none, favouriteBox] {
        const bool isEmpty = m_favourites->rowCount() == 0;
        none->setVisible(isEmpty);
        favouriteBox->setVisible(!isEmpty);
    };
    connect(favourites, &QAbstractItemModel::rowsInserted, this, showNone);
    connect(favourites, &QAbstractItemModel::rowsRemoved, this, showNone);
    showNone();
    connect(m_favouriteList, &QListView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT chosen(m_favourites->at(index.row()).draft);
    });
    offerFavourites(context.navigator);
    connect(m_historyList, &QListView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT chosen(m_history->at(m_found->mapToSource(index).row()).draft);
    });
}

/// Also from elsewhere in the window: the palette finds them by their names.
void DraftLists::offerFavourites(Navigator &navigator)
{
    const auto tell = [this, &navigator] {
        QStringList names;
        for (int row = 0; row < m_favourites->rowCount(); ++row)
            names.append(m_favourites->at(row).name);
        navigator.setFavourites(names);
    };
    connect(m_favourites, &QAbstractItemModel::rowsInserted, this, tell);
    connect(m_favourites, &QAbstractItemModel::rowsRemoved, this, tell);
    connect(m_favourites, &QAbstractItemModel::dataChanged, this, tell);
    connect(&navigator, &Navigator::favouriteChosen, this, [this](const QString &name) {
        for (int row = 0; row < m_favourites->rowCount(); ++row) {
            if (m_favourites->at(row).name == name)
                return Q_EMIT chosen(m_favourites->at(row).draft);
        }
    });
    tell();
}

void DraftLists::makeSearch(Context &context)
{
    m_search->setObjectName(u"composerHistorySearch"_s);
    m_search->setAccessibleName(tr("Search the history"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(context.icons.icon(u"search"_s, Token::TextDim),
                        QLineEdit::LeadingPosition);
    connect(m_search, &QLineEdit::textChanged, m_found,
            &QSortFilterProxyModel::setFilterFixedString);
}

QString DraftLists::currentFavourite() const
{
    const QModelIndex current = m_favouriteList->currentIndex();
    return current.isValid() ? m_favourites->at(current.row()).name : QString();
}

void DraftLists::renameCurrent()
{
    if (const QString name = currentFavourite(); !name.isEmpty())
        Q_EMIT renameWanted(name);
}

void DraftLists::removeCurrent()
{
    const QModelIndex current = m_favouriteList->currentIndex();
    if (!current.isValid())
        return;
    const Favourites::Entry entry = m_favourites->at(current.row());
    m_favourites->remove(entry.name);
    Q_EMIT removed(entry.name, entry.draft);
}

void DraftLists::showMenu(const QPoint &at)
{
    if (currentFavourite().isEmpty())
        return;
    auto *menu = new QMenu(m_favouriteList);
    menu->setObjectName(u"composerFavouritesMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Rename…\tF2")), &QAction::triggered, this,
            &DraftLists::renameCurrent);
    connect(menu->addAction(tr("Remove\tDel")), &QAction::triggered, this,
            &DraftLists::removeCurrent);
    menu->popup(m_favouriteList->viewport()->mapToGlobal(at));
}

bool DraftLists::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_favouriteList && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_F2)
            renameCurrent();
        else if (key->key() == Qt::Key_Delete)
            removeCurrent();
        else
            return QWidget::eventFilter(watched, event);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

QListView *DraftLists::makeList(const QString &name, const QString &title)
{
    auto *list = new QListView(this);
    list->setObjectName(name);
    list->setAccessibleName(title);
    list->setFrameShape(QFrame::NoFrame);
    list->setUniformItemSizes(true);
    list->setTextElideMode(Qt::ElideRight);
    list->setSpacing(2);
    const int row = list->fontMetrics().height() + 2 * list->spacing();
    list->setMinimumHeight(2 * row + list->spacing()); // the rest scrolls
    list->viewport()->setAutoFillBackground(false);    // part of the panel
    return list;
}

} // namespace console
