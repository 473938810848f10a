// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/listtable.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/pagedtablemodel.h"
#include "ui/widgets/context.h"
#include "ui/widgets/headercap.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/stillpress.h"
#include "ui/widgets/textsizewatch.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <memory>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto settleTime = 80ms;
constexpr auto slowAfter = 150ms;
constexpr auto longAfter = 2s;

} // namespace

ListTable::ListTable(Context &context, QWidget *parent)
    : QTableView(parent)
    , m_context(context)
    , m_header(new ListHeader(context, this))
    , m_delegate(new RowDelegate(context.theme, context.icons, this))
    , m_busy(context.theme, viewport())
{
    setHorizontalHeader(m_header);
    capScrollBar(*this, context.theme);
    setItemDelegate(m_delegate);
    m_delegate->setSecondsRule([this](int column) { return m_header->hasRoomForSeconds(column); });
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMouseTracking(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    for (QTimer *timer : {&m_settle, &m_slow, &m_long})
        timer->setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, [this] { Q_EMIT settledOn(m_currentId); });
    connect(&m_slow, &QTimer::timeout, this, [this] { showSlow(true); });
    connect(&m_long, &QTimer::timeout, this, &ListTable::takesLong);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &ListTable::showAge);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ListTable::settleScroll);
    connect(m_header, &ListHeader::columnsChosen, this, &ListTable::shareRoom);
    connect(m_header, &ListHeader::letGo, this, &ListTable::measureSoon);
    connect(m_header, &ListHeader::widthChosen, this, [this] { m_settledRows = rowsInRoom(); });
    connect(m_header, &ListHeader::measureWanted, this, [this] {
        m_hasNewTexts = true;
        m_unmeasured.addAll();
        measureSoon();
    });
    connect(m_header, &ListHeader::sortRequested, this, [this] { m_isSortAsked = true; });
    connect(m_header, &ListHeader::sortCleared, this, [this] { m_isSortAsked = true; });
    connect(this, &QTableView::doubleClicked, this, [this] { Q_EMIT opened(currentId()); });
    connect(&context.settings, &Settings::changed, this, &ListTable::applySettings);
    connect(&context.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    new TextSizeWatch(*this, [this] { shareAnew(); });
    applySettings();
    showAge();
}

ListTable::~ListTable()
{
    setModel(nullptr); // the models are children and go after this
}

void ListTable::applySettings()
{
    const int top = topRow();
    verticalHeader()->setDefaultSectionSize(m_context.settings.rowHeight());
    updateGeometries();
    verticalScrollBar()->setValue(top * verticalHeader()->defaultSectionSize());
    for (PagedTableModel *model : {m_list, m_coming}) {
        if (model != nullptr)
            model->setTimeStyle(m_context.settings.timeStyle());
    }
    m_unmeasured.addAll();
    noteVisible();
}

void ListTable::replace(PagedTableModel *next)
{
    if (m_coming != nullptr)
        m_coming->deleteLater();
    m_coming = next;
    m_isReordered = std::exchange(m_isSortAsked, false);
    next->setParent(this);
    next->setTimeStyle(m_context.settings.timeStyle());
    connect(next, &PagedTableModel::loaded, this, [this, next] {
        if (next == m_coming)
            takeOver();
    });
    connect(next, &PagedTableModel::failed, this, [this, next](const devserver::Error &error) {
        if (next == m_coming) {
            m_hasFailed = true; // what is shown answers an older question
            showSlow(false);
        }
        Q_EMIT failed(error);
    });
    m_hasFailed = false; // as after any other query: they become old when this one takes long
    showAge();
    m_slow.start(slowAfter);
    m_long.start(longAfter);
    next->load();
}

void ListTable::stopReplacing()
{
    if (m_coming != nullptr)
        std::exchange(m_coming, nullptr)->deleteLater();
    m_isReordered = false;
    m_hasFailed = false;
    showSlow(false);
}

void ListTable::takeOver()
{
    Spot before = spot();
    const bool isReordered = std::exchange(m_isReordered, false);
    if (isReordered) // what was at the top may be anywhere now
        before.top.clear();
    PagedTableModel *old = std::exchange(m_list, std::exchange(m_coming, nullptr));
    m_hasFailed = false;
    showSlow(false);
    m_isTakingOver = true;
    const std::unique_ptr<QItemSelectionModel> oldSelection(selectionModel());
    setModel(m_list);
    m_header->setColumns(m_list->columnSpecs());
    connectList();
    m_list->setChoice([this] { return lastOfSeveral(); });
    for (int held = 0; held < m_holds; ++held)
        m_list->hold();
    goTo(before);
    if (isReordered && currentIndex().isValid())
        scrollTo(currentIndex());
    m_isTakingOver = false;
    setNewAbove(0);
    noteVisible();
    if (!isReordered || !isSettled())
        shareMore(); // whoever hears of the new rows finds them in their places
    noteCurrent();
    delete old;
    Q_EMIT replaced();
    goToStart(); // after what was selected is selected again: that scrolls, too
    Q_EMIT selectionEdited();
}

QByteArray ListTable::currentId() const
{
    const int row = currentIndex().row();
    return m_list == nullptr || row < 0 ? QByteArray() : m_list->idAt(row);
}

std::vector<int> ListTable::selectedRows() const
{
    std::vector<int> rows;
    if (m_list == nullptr)
        return rows;
    // Ranges, not indexes: Ctrl+A in a long list has millions of those.
    std::vector<std::pair<int, int>> ranges;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        ranges.emplace_back(range.top(), range.bottom());
    std::sort(ranges.begin(), ranges.end());
    int next = 0;
    for (const auto &[top, bottom] : ranges) {
        for (int row = std::max(top, next); row <= bottom; ++row)
            rows.push_back(row);
        next = std::max(next, bottom + 1);
    }
    return rows;
}

int ListTable::lastOfSeveral() const
{
    int count = 0;
    int last = -1;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        count += range.height();
        last = std::max(last, range.bottom());
    }
    return count > 1 ? last : -1;
}

QByteArrayList ListTable::selectedIds() const
{
    QByteArrayList ids;
    for (const int row : selectedRows())
        ids.append(m_list->idAt(row));
    return ids;
}

bool ListTable::selectId(const QByteArray &id)
{
    const int row = m_list == nullptr ? -1 : m_list->rowOf(id);
    if (row < 0)
        return false;
    const QModelIndex index = m_list->index(row, std::max(currentIndex().column(), 0));
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect
                                                 | QItemSelectionModel::Rows);
    scrollTo(index);
    return true;
}

void ListTable::clearCurrent()
{
    m_isCleared = true; // also before there are rows
    if (m_list == nullptr)
        return;
    clearSelection();
    selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
}

void ListTable::endCleared()
{
    m_isCleared = false;
}

QString ListTable::selectionText() const
{
    QStringList lines;
    for (const int row : selectedRows()) {
        QStringList cells;
        for (int visual = 0; visual < m_header->count(); ++visual) {
            const int column = m_header->logicalIndex(visual);
            if (!m_header->isSectionHidden(column))
                cells.append(m_list->index(row, column).data(CopyTextRole).toString());
        }
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

QString ListTable::currentFilterTerm() const
{
    return currentIndex().data(FilterTermRole).toString();
}

bool ListTable::isFollowing() const
{
    return verticalScrollBar()->value() == 0;
}

void ListTable::follow()
{
    verticalScrollBar()->setValue(0);
}

void ListTable::hold()
{
    ++m_holds;
    if (m_list != nullptr)
        m_list->hold();
}

void ListTable::release()
{
    --m_holds;
    if (m_list != nullptr)
        m_list->release();
    if (m_holds == 0)
        measureSoon(); // what waited for that
}

void ListTable::setNewAbove(int count)
{
    if (m_newAbove == count)
        return;
    m_newAbove = count;
    Q_EMIT newAboveChanged(count);
}

void ListTable::noteCurrent()
{
    if (m_isTakingOver)
        return;
    const QByteArray id = currentId();
    if (id == m_currentId)
        return;
    m_currentId = id;
    m_isCleared = m_isCleared && id.isEmpty();
    Q_EMIT currentChangedTo(id);
    m_settle.start(m_isMouseDown || id.isEmpty() ? 0ms : settleTime);
}

void ListTable::settle()
{
    if (!m_settle.isActive())
        return;
    m_settle.stop();
    Q_EMIT settledOn(m_currentId);
}

void ListTable::setHoveredRow(int row)
{
    if (m_hoveredRow == row)
        return;
    const int height = verticalHeader()->defaultSectionSize();
    for (const int changed : {m_hoveredRow, row}) {
        if (changed >= 0)
            viewport()->update(0, rowViewportPosition(changed), viewport()->width(), height);
    }
    m_hoveredRow = row;
    m_delegate->setHoveredRow(row);
}

void ListTable::showSlow(bool isSlow)
{
    m_slow.stop();
    if (!isSlow)
        m_long.stop();
    m_isSlow = isSlow;
    if (isSlow)
        m_busy.start(!m_context.settings.reducesMotion());
    else
        m_busy.stop();
    showAge();
}

void ListTable::showAge()
{
    using devserver::api::ServerPhase;
    const ServerPhase phase = m_context.backend.server().phase;
    const bool isLost = phase == ServerPhase::Stopped || phase == ServerPhase::Failed;
    m_delegate->setDimmed(isLost || ((m_isSlow || m_hasFailed) && m_list != nullptr));
    viewport()->update();
}

void ListTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    m_busy.paint(painter);
}

void ListTable::hideEvent(QHideEvent *event)
{
    QTableView::hideEvent(event);
    noteVisible();
}

/// All texts have other widths.
void ListTable::shareAnew()
{
    m_header->forgetGrowth();
    m_isToShare = true; // by all rows
    noteVisible();
}

void ListTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (dy != 0 && !m_isTakingOver && !m_isMeasuring)
        noteScroll();
}

void ListTable::noteScroll()
{
    if (isFollowing())
        setNewAbove(0);
    setHoveredRow(-1);
    m_unmeasured.addAll();
    noteVisible();
}

void ListTable::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore(); // an action's
        return;
    }
    if (isEnter && currentIndex().isValid()) {
        Q_EMIT opened(currentId());
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        event->ignore(); // leaves an inner state of the view
        return;
    }
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
        m_delegate->setCellShown(true);
    QTableView::keyPressEvent(event);
}

void ListTable::mousePressEvent(QMouseEvent *event)
{
    if (!m_isMouseDown)
        hold();
    m_isMouseDown = true;
    m_delegate->setCellShown(false);
    pressWithoutScrolling(*this, [&] { QTableView::mousePressEvent(event); });
}

void ListTable::mouseReleaseEvent(QMouseEvent *event)
{
    releaseKeepingChoice(*this, *event, [&] { QTableView::mouseReleaseEvent(event); });
    if (std::exchange(m_isMouseDown, false))
        release();
    m_clicked.start();
}

void ListTable::mouseMoveEvent(QMouseEvent *event)
{
    QTableView::mouseMoveEvent(event);
    setHoveredRow(rowAt(event->position().toPoint().y()));
}

void ListTable::leaveEvent(QEvent *event)
{
    QTableView::leaveEvent(event);
    setHoveredRow(-1);
    if ((!m_hasNewTexts && !m_header->isCutLive()) || m_header->isHeld())
        return;
    m_clicked.invalidate(); // no second click follows there
    measureSoon();
}

void ListTable::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid())
        at = viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft());
    Q_EMIT contextMenuWanted(at);
}

/// Qt makes the first row the current one, but selects nothing: details would be shown of a row
/// that does not look chosen, and no action would be about it.
void ListTable::focusInEvent(QFocusEvent *event)
{
    const bool hadCurrent = currentIndex().isValid();
    const bool wasCleared = m_isCleared;
    QTableView::focusInEvent(event);
    if (!hadCurrent && currentIndex().isValid()) {
        // A click chooses by itself; what was left by Esc stays left; a popup or a dock that is
        // left gives the focus back, and no more.
        if (wasCleared || event->reason() == Qt::MouseFocusReason
            || event->reason() == Qt::PopupFocusReason) {
            selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
            m_isCleared = wasCleared;
        } else {
            selectRow(currentIndex().row());
        }
    }
    viewport()->update(); // the selection has another colour
}

void ListTable::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

} // namespace console
