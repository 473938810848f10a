// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Where a list stands: at whole rows, carried from one query to the next, and from one start to the
// next; and what is in sight there.

#include "ui/core/pagedtablemodel.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/rowdelegate.h"

#include <QApplication>
#include <QHeaderView>
#include <QJsonObject>
#include <QResizeEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cstdlib>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostCarried = 1000; // selected rows that go over to the next model
constexpr int manyTimes = 2;      // more rows than columns got their widths by, and they get others

} // namespace

ListTable::Spot ListTable::spot() const
{
    Spot here;
    if (m_list == nullptr)
        return here;
    here.current = currentId();
    here.column = currentIndex().column();
    here.selected = selectedIds();
    if (const int top = rowAt(0); !isFollowing() && top >= 0)
        here.top = m_list->idAt(top);
    return here;
}

void ListTable::goTo(const Spot &spot)
{
    const int current = m_list->rowOf(spot.current);
    if (current >= 0) {
        selectionModel()->setCurrentIndex(m_list->index(current, std::max(spot.column, 0)),
                                          QItemSelectionModel::NoUpdate);
    }
    QItemSelection selection;
    for (const QByteArray &id :
         spot.selected.first(std::min<qsizetype>(spot.selected.size(), mostCarried))) {
        if (const int row = m_list->rowOf(id); row >= 0) {
            const QModelIndex index = m_list->index(row, 0);
            selection.select(index, index);
        }
    }
    selectionModel()->select(selection,
                             QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    updateGeometries();
    const int top = spot.top.isEmpty() ? -1 : m_list->rowOf(spot.top);
    verticalScrollBar()->setValue(std::max(top, 0) * verticalHeader()->defaultSectionSize());
}

QJsonObject ListTable::saveSpot() const
{
    // Often, so not by `spot`: all rows may be selected.
    QByteArray top = m_start.top;
    if (m_list != nullptr && m_list->rowCount() > 0) {
        const int row = isFollowing() ? -1 : rowAt(0);
        top = row < 0 ? QByteArray() : m_list->idAt(row);
    }
    if (top.isEmpty())
        return {};
    return {{"top"_L1, QString::fromUtf8(top)}};
}

void ListTable::restoreSpot(const QJsonObject &saved)
{
    m_start.top = saved["top"_L1].toString().toUtf8();
    if (m_coming == nullptr) // else when that is there
        goToStart();
}

void ListTable::goToStart()
{
    if (m_list == nullptr || m_list->rowCount() == 0 || m_start.top.isEmpty())
        return;
    Spot now = spot();
    now.top = std::exchange(m_start.top, {});
    goTo(now);
}

void ListTable::connectList()
{
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &ListTable::noteCurrent);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ListTable::selectionEdited);
    // Another cell of the same row, too: actions that are about a cell follow it.
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        viewport()->update(); // the whole row shows where the focus is
        Q_EMIT selectionEdited();
    });
    connect(m_list, &QAbstractItemModel::dataChanged, this, &ListTable::noteChange);
    // After the view's own connections: it knows the new rows when these run.
    connect(m_list, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                const int count = last - first + 1;
                if (count == m_list->rowCount())
                    m_isToShare = true; // there was nothing yet that could move
                m_hasNewTexts = true;
                m_unmeasured.insert(first, last);
                const bool isFollowed = isFollowing() && !isBeingClicked();
                if (isFollowed || first > topRow()) {
                    noteVisible();
                    return;
                }
                shiftBy(count);
                setNewAbove(m_newAbove + count);
            });
    connect(m_list, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                if (const int above = std::min(last + 1, topRow()) - first; above > 0)
                    shiftBy(-above);
                chooseAfterRemoval(first);
                if (first <= rowsInSight().second) { // others came into sight
                    m_hasNewTexts = true;
                    m_unmeasured.addAll();
                }
                noteVisible();
            });
}

void ListTable::shiftBy(int rows)
{
    // The bar's range is only known after the delayed layout.
    const int value = verticalScrollBar()->value();
    updateGeometries();
    verticalScrollBar()->setValue(value + rows * verticalHeader()->defaultSectionSize());
}

/// Home and End are about rows, as in any list; Qt would go to the first and last cell of one.
QModelIndex ListTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const bool isToEnd = action == MoveEnd;
    if ((action != MoveHome && !isToEnd) || m_list == nullptr || m_list->rowCount() == 0)
        return QTableView::moveCursor(action, modifiers);
    const int shown = m_header->logicalIndexAt(0); // where no cell was gone to yet
    const int column = currentIndex().isValid() ? currentIndex().column() : std::max(shown, 0);
    return m_list->index(isToEnd ? m_list->rowCount() - 1 : 0, column);
}

int ListTable::topRow() const
{
    return verticalScrollBar()->value() / std::max(verticalHeader()->defaultSectionSize(), 1);
}

/// As long as a second click would be one with the first: it has to meet the same row.
bool ListTable::isBeingClicked() const
{
    return m_isMouseDown
           || (m_clicked.isValid() && !m_clicked.hasExpired(QApplication::doubleClickInterval()));
}

void ListTable::settleScroll(int value)
{
    if (m_isMeasuring)
        return;
    const int height = std::max(verticalHeader()->defaultSectionSize(), 1);
    if (verticalScrollBar()->isSliderDown())
        value += height / 2; // the place of the mouse, whatever the direction: to the nearest row
    else if (value > m_scrolledTo)
        value += height - 1;
    m_scrolledTo = value / height * height;
    verticalScrollBar()->setValue(m_scrolledTo);
}

/// Before the selection forgets these rows, and moves the current one up.
void ListTable::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    const int current = currentIndex().row();
    m_losesCurrent = current >= first && current <= last;
    const auto losesAll = [&] {
        const std::vector<int> chosen = selectedRows();
        return chosen.empty() || (chosen.front() >= first && chosen.back() <= last);
    };
    if (m_losesCurrent && (m_list->isLettingEndGo() || (!m_choosesNext && losesAll()))) {
        // Details stay what they were; no other row is chosen in its place.
        selectionModel()->clear();
        m_isCleared = true;
    }
    m_hadSelection = selectionModel()->hasSelection();
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

void ListTable::setChoosesNext(bool chooses)
{
    m_choosesNext = chooses;
}

/// Qt leaves a current row that is not selected: details would be shown of it, and no action would
/// be about it.
void ListTable::chooseAfterRemoval(int first)
{
    if (!m_hadSelection || m_list->rowCount() == 0)
        return;
    const int column = std::max(currentIndex().column(), 0);
    if (!selectionModel()->hasSelection()) {
        const int row =
            m_losesCurrent ? std::min(first, m_list->rowCount() - 1) : currentIndex().row();
        selectionModel()->setCurrentIndex(m_list->index(row, column),
                                          QItemSelectionModel::ClearAndSelect
                                              | QItemSelectionModel::Rows);
    } else if (m_losesCurrent && !selectionModel()->isRowSelected(currentIndex().row())) {
        selectionModel()->setCurrentIndex(m_list->index(selectedRows().front(), column),
                                          QItemSelectionModel::NoUpdate);
    }
}

/// Row by row; what a touchpad turns by less than a row is kept until it is one.
void ListTable::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    if (event->modifiers() != Qt::NoModifier || std::abs(turned.x()) > std::abs(turned.y())) {
        QTableView::wheelEvent(event);
        return;
    }
    if ((turned.y() < 0) != (m_wheel < 0))
        m_wheel = 0; // the other way
    m_wheel += turned.y() * QApplication::wheelScrollLines();
    const int rows = m_wheel / QWheelEvent::DefaultDeltasPerStep;
    m_wheel -= rows * QWheelEvent::DefaultDeltasPerStep;
    verticalScrollBar()->setValue(m_scrolledTo - rows * verticalHeader()->defaultSectionSize());
    event->accept();
}

/// Qt would end with the last row at the lower edge, and the upper one cut.
void ListTable::updateGeometries()
{
    QScrollBar *bar = verticalScrollBar();
    const int height = std::max(verticalHeader()->defaultSectionSize(), 1);
    const int before = bar->value();
    m_isMeasuring = true;
    QTableView::updateGeometries();
    bar->setMaximum((bar->maximum() + height - 1) / height * height);
    bar->setSingleStep(height);
    bar->setPageStep(std::max(viewport()->height() / height, 1) * height);
    bar->setValue(before);
    m_isMeasuring = false;
    settleScroll(bar->value());
    if (bar->value() != before && !m_isTakingOver)
        noteScroll();
}

void ListTable::noteVisible()
{
    if (m_list == nullptr)
        return;
    if (!isVisible()) {
        // None; but what is above its first row stays in the list, and that is there to come back.
        m_list->setVisibleRows(topRow(), topRow() - 1);
        return;
    }
    const auto [first, last] = rowsInSight();
    m_list->setVisibleRows(first, last);
    measureSoon();
}

void ListTable::resizeEvent(QResizeEvent *event)
{
    const bool isOther = m_header->hasOtherRoom();
    QTableView::resizeEvent(event);
    m_unmeasured.addAll();
    noteVisible();
    if (isOther)
        shareRoom(); // at once: a frame later all would move again
    else if (isSettled() && rowsInRoom() > manyTimes * m_settledRows)
        shareMore(); // what the few rows of a low window said
}

void ListTable::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    noteVisible();
    if (!isSettled() || m_header->hasOtherRoom())
        shareRoom(); // a window that is new is painted at once
}

std::pair<int, int> ListTable::rowsInSight() const
{
    const int first = rowAt(0);
    const int bottom = rowAt(viewport()->height() - 1);
    const int last = first < 0 ? -1 : bottom < 0 ? m_list->rowCount({}) - 1 : bottom;
    return {std::max(first, 0), last};
}

/// Times tick every second, and most rows then say the same.
void ListTable::noteChange(const QModelIndex &from, const QModelIndex &to)
{
    const bool isWhole = from.column() == 0 && to.column() == m_list->columnCount({}) - 1;
    using Growth = ListHeader::Growth;
    const std::vector<int> columns = m_header->growingColumns(isSettled() ? Growth::Settled
                                                              : isWhole   ? Growth::All
                                                                          : Growth::Live);
    if (std::none_of(columns.begin(), columns.end(),
                     [&](int column) { return column >= from.column() && column <= to.column(); }))
        return;
    m_hasNewTexts = m_hasNewTexts || isWhole;
    m_unmeasured.add(from.row(), to.row());
    if (from == to) {
        const QString text = from.data().toString();
        if (text == std::exchange(m_ticked[from.column()], text))
            return;
    }
    measureSoon();
}

/// Many rows come and go in one tick, and only what is painted in the end needs its room. A call
/// that is queued is made before the window paints, which has a low priority.
void ListTable::measureSoon()
{
    const bool isOver = isSettled() && !m_isToShare
                        && m_header->growingColumns(ListHeader::Growth::Settled).empty();
    if (isOver || std::exchange(m_isToMeasure, true))
        return;
    QMetaObject::invokeMethod(this, &ListTable::measureVisible, Qt::QueuedConnection);
}

void ListTable::measureVisible()
{
    m_isToMeasure = false;
    if (m_list == nullptr || !isVisible())
        return;
    if (m_isToShare) {
        shareMore();
        return;
    }
    using Growth = ListHeader::Growth;
    if (isSettled()) {
        const std::pair<int, int> rows = m_unmeasured.take(rowsInSight(), false);
        m_header->growLive(widestOf(m_header->growingColumns(Growth::Settled), rows));
        return;
    }
    const bool isForAll = (m_hasNewTexts || m_header->isCutLive()) && !isBeingRead();
    const std::pair<int, int> rows = m_unmeasured.take(rowsInSight(), isForAll);
    if (isForAll) {
        m_hasNewTexts = false;
        m_header->growUnread(widestOf(m_header->growingColumns(Growth::All), rows));
        noteSettled();
        return;
    }
    if (m_hasNewTexts)
        m_unmeasured.passOver();
    m_header->growLive(widestOf(m_header->growingColumns(Growth::Live), rows));
}

/// The texts of so many rows say how wide columns should be.
void ListTable::noteSettled()
{
    const int height = verticalHeader()->defaultSectionSize();
    const bool isFull = m_list->rowCount() * height >= viewport()->height();
    m_settledRows = isFull ? rowsInRoom() : 0;
}

/// What is longer is said in its short form, or cut; and what stands behind all texts or none goes
/// where a row that came later has no room for it.
bool ListTable::isSettled() const
{
    return m_settledRows > 0;
}

int ListTable::rowsInRoom() const
{
    return std::max(viewport()->height() / std::max(verticalHeader()->defaultSectionSize(), 1), 1);
}

/// A list that fills up while nobody is at it should not keep the widths of its first rows.
bool ListTable::isBeingRead() const
{
    return m_header->isInUse() || m_holds > 0 || isBeingClicked();
}

void ListTable::shareRoom()
{
    if (m_list == nullptr || !isVisible()) {
        m_settledRows = 0; // by rows that are not measured
        m_header->fillWidth();
        return;
    }
    m_isToShare = m_hasNewTexts = false;
    m_unmeasured.clear();
    m_header->shareRoom(widestOf(m_header->growingColumns(ListHeader::Growth::All), rowsInSight()));
    noteSettled();
}

void ListTable::shareMore()
{
    if (m_list == nullptr || !isVisible()) {
        m_settledRows = 0; // by rows that are not measured
        m_header->fillWidth();
        return;
    }
    m_isToShare = m_hasNewTexts = false;
    m_unmeasured.clear();
    m_header->shareMore(widestOf(m_header->growingColumns(ListHeader::Growth::All), rowsInSight()));
    noteSettled();
}

/// A column that is painted in another way says its own width.
CellWidths ListTable::widthsOf(const QModelIndex &index) const
{
    const QAbstractItemDelegate *own = itemDelegateForColumn(index.column());
    if (own == nullptr)
        return RowDelegate::widthsOf(font(), index, m_header->measuredChars(index.column()));
    QStyleOptionViewItem option;
    option.font = font();
    option.fontMetrics = fontMetrics();
    const int width = own->sizeHint(option, index).width();
    return {.lead = width, .whole = width};
}

ListTable::Widest ListTable::widestOf(const std::vector<int> &columns,
                                      std::pair<int, int> rows) const
{
    std::map<int, CellWidths> widest;
    const auto [first, last] = rows;
    for (const int column : columns) {
        CellWidths &here = widest[column];
        for (int row = first; row <= last; ++row) {
            const CellWidths cell = widthsOf(m_list->index(row, column));
            here.lead = std::max(here.lead, cell.lead);
            here.whole = std::max(here.whole, cell.whole);
        }
    }
    return widest;
}

} // namespace console
