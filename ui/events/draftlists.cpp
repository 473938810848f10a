// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/draftlists.h"

#include "ui/core/drafthistory.h"
#include "ui/core/format.h"
#include "ui/events/favouritefolder.h"
#include "ui/events/favourites.h"
#include "ui/events/favouritetree.h"
#include "ui/events/paneheading.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/navigator.h"

#include <QAction>
#include <QDir>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int rowSpacing = 2;

/// A list whose texts stand below the headings. It is as high as its rows: none is cut at the lower
/// edge.
class ListBox final : public QWidget
{
public:
    /// \a spacing  pixels around each row
    ListBox(QAbstractItemView *list, int spacing)
        : QWidget(list->parentWidget())
        , m_list(list)
        , m_spacing(spacing)
    {
        auto *row = new QHBoxLayout(this);
        const int margin =
            list->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, list) + 1;
        row->setContentsMargins(paneMargin - margin - spacing, 0, 4, leastBelow);
        row->addWidget(list);
        connect(list->model(), &QAbstractItemModel::rowsInserted, this, &ListBox::fit);
    }

    /// Without what is left over: else the height would depend on itself.
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        return {QWidget::minimumSizeHint().width(), m_list->minimumHeight() + leastBelow};
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {QWidget::sizeHint().width(), minimumSizeHint().height()};
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QWidget::resizeEvent(event);
        fit();
    }

    void changeEvent(QEvent *event) override
    {
        QWidget::changeEvent(event);
        if (event->type() == QEvent::FontChange) // the list has it already
            fit();
    }

private:
    static constexpr int leastBelow = 4;
    static constexpr int leastRows = 2;

    void fit()
    {
        const int row = m_list->sizeHintForRow(0) + 2 * m_spacing;
        const int room = height() - leastBelow;
        const bool hasRows = m_list->model()->rowCount() > 0 && row > 0;
        const int rest = hasRows && room >= row ? room % row : 0;
        if (hasRows)
            m_list->setMinimumHeight(leastRows * row); // the rest scrolls
        QMargins around = layout()->contentsMargins();
        around.setBottom(leastBelow + rest);
        layout()->setContentsMargins(around);
    }

    QAbstractItemView *m_list;
    int m_spacing;
};

/// The name, and at the right the time.
class HistoryDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const bool isStrong = option.state.testFlag(QStyle::State_Selected)
                              && option.state.testFlag(QStyle::State_Active);
        painter->setFont(option.font);
        painter->setPen(
            option.palette.color(isStrong ? QPalette::HighlightedText : QPalette::Text));
        painter->drawText(option.rect.adjusted(0, 0, -rightMargin, 0),
                          Qt::AlignRight | Qt::AlignVCenter, timeOf(index));
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const int room = option->rect.width() - 2 * rightMargin - gap
                         - option->fontMetrics.horizontalAdvance(timeOf(index));
        const QString name = visibleText(index.data(DraftHistory::NameRole).toString());
        option->text = option->rect.isEmpty() // only its size is asked for
                           ? name
                           : option->fontMetrics.elidedText(name, Qt::ElideRight, room);
    }

private:
    static constexpr int rightMargin = 4;
    static constexpr int gap = 8;

    static QString timeOf(const QModelIndex &index)
    {
        return index.data(DraftHistory::TimeRole).toString();
    }
};

void prepare(QAbstractItemView *list, const QString &name, const QString &title)
{
    list->setObjectName(name);
    list->setAccessibleName(title);
    list->setFrameShape(QFrame::NoFrame);
    list->setTextElideMode(Qt::ElideRight);
    list->setMinimumHeight(1);                      // ListBox cares
    list->viewport()->setAutoFillBackground(false); // part of the panel
    list->setContextMenuPolicy(Qt::CustomContextMenu);
}

} // namespace

DraftLists::DraftLists(Context &context, Favourites *favourites, FavouriteFolder *folder,
                       DraftHistory *history, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_favourites(favourites)
    , m_tree(new FavouriteTree(context, favourites, this))
    , m_history(history)
    , m_favouriteList(new QTreeView(this))
    , m_historyList(new QListView(this))
    , m_search(new QLineEdit(this))
    , m_found(new QSortFilterProxyModel(this))
{
    makeTree();
    makeHistoryList();
    makeSearch();
    auto *none = new QLabel(tr("Ctrl+S keeps a draft here."), this);
    none->setWordWrap(true);
    none->setContentsMargins(paneMargin, 0, paneMargin, 4);
    none->setForegroundRole(QPalette::PlaceholderText);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeading(folder));
    layout->addWidget(none);
    auto *favouriteBox = new ListBox(m_favouriteList, 0);
    layout->addWidget(favouriteBox, 6);
    auto *searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(0, 2, paneMargin, 4);
    searchRow->setSpacing(0);
    searchRow->addWidget(paneHeading(tr("History"), this));
    searchRow->addWidget(m_search, 1);
    layout->addLayout(searchRow);
    layout->addWidget(new ListBox(m_historyList, rowSpacing), 5);

    const auto showNone = [this, none, favouriteBox] {
        const bool isEmpty = m_favourites->all().empty();
        none->setVisible(isEmpty);
        favouriteBox->setVisible(!isEmpty);
    };
    connect(favourites, &Favourites::added, this, showNone);
    connect(favourites, &Favourites::removed, this, showNone);
    showNone();
    offerFavourites(context.navigator);
    bindHistory();
    bindFolder(folder);
}

void DraftLists::makeTree()
{
    prepare(m_favouriteList, u"composerFavourites"_s, tr("Favourites"));
    m_favouriteList->setHeaderHidden(true);
    m_favouriteList->setUniformRowHeights(true);
    m_favouriteList->setIndentation(fontMetrics().averageCharWidth() * 2);
    m_favouriteList->setModel(m_tree);
    m_favouriteList->expandAll();
    connect(m_tree, &QAbstractItemModel::rowsInserted, m_favouriteList,
            [this](const QModelIndex &above) { m_favouriteList->expand(above); });
    m_favouriteList->installEventFilter(this);
    connect(m_favouriteList, &QWidget::customContextMenuRequested, this, &DraftLists::showMenu);
    connect(m_favouriteList, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (const Favourites::Entry *entry = m_tree->favourite(index))
            Q_EMIT chosen(entry->draft);
    });
}

void DraftLists::makeHistoryList()
{
    prepare(m_historyList, u"composerHistory"_s, tr("History"));
    m_historyList->setUniformItemSizes(true);
    m_historyList->setSpacing(rowSpacing);
    m_found->setSourceModel(m_history);
    m_found->setFilterRole(Qt::UserRole);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_historyList->setModel(m_found);
    m_historyList->setItemDelegate(new HistoryDelegate(m_historyList));
    connect(m_historyList, &QListView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT chosen(m_history->at(m_found->mapToSource(index).row()).draft);
    });
    connect(m_historyList, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        if (currentEntry() < 0)
            return;
        QMenu *menu = m_context.actions.contextMenu(
            m_historyList, {"draft.useWritten"_ba, "draft.useSent"_ba, ""_ba, "draft.changes"_ba});
        menu->setObjectName(u"composerHistoryMenu"_s);
        menu->popup(m_historyList->viewport()->mapToGlobal(at));
    });
}

int DraftLists::currentEntry() const
{
    const QModelIndex current = m_historyList->currentIndex();
    return current.isValid() ? m_found->mapToSource(current).row() : -1;
}

void DraftLists::bindHistory()
{
    const auto bind = [this](const QByteArray &id, auto run, auto whyNot) {
        m_context.actions.bind(
            id, m_historyList, [this, run] { run(currentEntry()); },
            [this, whyNot]() -> Availability {
                const int row = currentEntry();
                const QString reason = row < 0 ? tr("No entry of the history is selected")
                                               : whyNot(m_history->at(row));
                return {.isEnabled = reason.isEmpty(), .reason = reason, .text = {}};
            });
    };
    const auto never = [](const DraftHistory::Entry &) { return QString(); };
    bind(
        "draft.useWritten"_ba, [this](int row) { Q_EMIT chosen(Draft(m_history->at(row).draft)); },
        never);
    bind(
        "draft.useSent"_ba, [this](int row) { Q_EMIT chosen(Draft(*m_history->at(row).asSent)); },
        [](const DraftHistory::Entry &entry) {
            return !entry.isSent  ? tr("It was not sent")
                   : entry.asSent ? QString()
                                  : tr("It was sent as it is written");
        });
    bind(
        "draft.changes"_ba, [this](int row) { Q_EMIT changesWanted(row); }, never);
    connect(m_historyList->selectionModel(), &QItemSelectionModel::currentChanged,
            &m_context.actions, &ActionRegistry::refresh);
}

QWidget *DraftLists::makeHeading(FavouriteFolder *folder)
{
    auto *heading = new QWidget(this);
    auto *button = new QToolButton(heading);
    button->setObjectName(u"composerFavouritesFolder"_s);
    button->setIcon(m_context.icons.icon(u"folder"_s, Token::TextDim));
    button->setAccessibleName(tr("Folder of the favourites"));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(button);
    menu->setToolTipsVisible(true);
    menu->addAction(m_context.actions.action("draft.folder"_ba));
    menu->addAction(m_context.actions.action("draft.usualFolder"_ba));
    button->setMenu(menu);
    const auto showPath = [folder, button] {
        button->setToolTip(folder->path().isEmpty() ? tr("Favourites need a data file")
                                                    : QDir::toNativeSeparators(folder->path()));
    };
    connect(folder, &FavouriteFolder::changed, button, showPath);
    showPath();
    auto *row = new QHBoxLayout(heading);
    row->setContentsMargins(0, 0, 4, 0);
    row->addWidget(paneHeading(tr("Favourites"), heading), 1);
    row->addWidget(button);
    return heading;
}

void DraftLists::bindFolder(FavouriteFolder *folder)
{
    // Also while the lists have no room.
    QWidget *where = parentWidget() == nullptr ? this : parentWidget();
    const auto whyNone = [folder] {
        return folder->path().isEmpty() ? tr("Favourites need a data file: start Redrive with one")
                                        : QString();
    };
    m_context.actions.bind(
        "draft.folder"_ba, where, [this, folder] { folder->ask(this); },
        [whyNone]() -> Availability {
            return {.isEnabled = whyNone().isEmpty(), .reason = whyNone(), .text = {}};
        });
    m_context.actions.bind(
        "draft.usualFolder"_ba, where, [folder] { folder->chooseUsual(); },
        [folder, whyNone]() -> Availability {
            QString reason = whyNone();
            if (reason.isEmpty() && folder->isUsual())
                reason = tr("They are in the usual folder");
            return {.isEnabled = reason.isEmpty(), .reason = reason, .text = {}};
        });
    connect(folder, &FavouriteFolder::changed, &m_context.actions, &ActionRegistry::refresh);
}

/// Also from elsewhere in the window: the palette finds them by their names.
void DraftLists::offerFavourites(Navigator &navigator)
{
    const auto tell = [this, &navigator] {
        QStringList names;
        for (const Favourites::Entry &entry : m_favourites->all())
            names.append(entry.name);
        navigator.setFavourites(names);
    };
    for (auto news : {&Favourites::added, &Favourites::removed, &Favourites::changed})
        connect(m_favourites, news, this, tell);
    connect(&navigator, &Navigator::favouriteChosen, this, [this](const QString &name) {
        if (const Favourites::Entry *entry = m_favourites->find(name))
            Q_EMIT chosen(Draft(entry->draft));
    });
    tell();
}

void DraftLists::makeSearch()
{
    m_search->setObjectName(u"composerHistorySearch"_s);
    m_search->setAccessibleName(tr("Search the history"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(m_context.icons.icon(u"search"_s, Token::TextDim),
                        QLineEdit::LeadingPosition);
    connect(m_search, &QLineEdit::textChanged, m_found,
            &QSortFilterProxyModel::setFilterFixedString);
}

QString DraftLists::currentFavourite() const
{
    const Favourites::Entry *current = m_tree->favourite(m_favouriteList->currentIndex());
    return current == nullptr ? QString() : current->name;
}

void DraftLists::renameCurrent()
{
    if (const QString name = currentFavourite(); !name.isEmpty())
        Q_EMIT renameWanted(name);
}

void DraftLists::removeCurrent()
{
    const Favourites::Entry *current = m_tree->favourite(m_favouriteList->currentIndex());
    if (current == nullptr)
        return;
    const Favourites::Entry entry = *current;
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

} // namespace console
