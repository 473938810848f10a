// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/draftlists.h"

#include "ui/core/drafthistory.h"
#include "ui/events/favourites.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    label->setContentsMargins(10, 8, 10, 4);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

/// The texts stand below the headings.
QWidget *indented(QListView *list)
{
    auto *box = new QWidget(list->parentWidget());
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(6, 0, 6, 4);
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
    m_search->setObjectName(u"composerHistorySearch"_s);
    m_search->setAccessibleName(tr("Search the history"));
    m_search->setPlaceholderText(tr("Search what was sent"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(context.icons.icon(u"search"_s, Token::TextDim),
                        QLineEdit::LeadingPosition);
    auto *none = new QLabel(tr("Ctrl+S keeps a draft here"), this);
    none->setContentsMargins(10, 0, 10, 4);
    none->setForegroundRole(QPalette::PlaceholderText);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(heading(tr("Favourites"), this));
    layout->addWidget(none);
    QWidget *favouriteBox = indented(m_favouriteList);
    layout->addWidget(favouriteBox, 2);
    layout->addWidget(heading(tr("History"), this));
    auto *searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(10, 0, 10, 4);
    searchRow->addWidget(m_search);
    layout->addLayout(searchRow);
    layout->addWidget(indented(m_historyList), 3);

    const auto showNone = [this, none, favouriteBox] {
        const bool isEmpty = m_favourites->rowCount() == 0;
        none->setVisible(isEmpty);
        favouriteBox->setVisible(!isEmpty);
    };
    connect(favourites, &QAbstractItemModel::rowsInserted, this, showNone);
    connect(favourites, &QAbstractItemModel::rowsRemoved, this, showNone);
    showNone();
    connect(m_search, &QLineEdit::textChanged, m_found,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_favouriteList, &QListView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT chosen(m_favourites->at(index.row()).draft);
    });
    connect(m_historyList, &QListView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT chosen(m_history->at(m_found->mapToSource(index).row()).draft);
    });
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
    list->viewport()->setAutoFillBackground(false); // part of the panel
    return list;
}

} // namespace console
