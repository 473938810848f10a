// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/steptable.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/readable.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/textclock.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QStyleOptionFocusRect>

#include <algorithm>
#include <array>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int decorationWidth = 16;
constexpr int cellPadding = 5;

/// Icon and colour of the state; the rest as everywhere.
class StateDelegate final : public QStyledItemDelegate
{
public:
    StateDelegate(Context &context, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_context(context)
    {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        // The ground of the whole cell, the content with air at both sides.
        QStyleOptionViewItem ground = option;
        initStyleOption(&ground, index);
        ground.text.clear();
        ground.icon = {};
        // The focus is the row's, as in other lists.
        const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
        const bool isThere =
            view != nullptr && view->hasFocus() && view->currentIndex().row() == index.row();
        ground.state.setFlag(QStyle::State_HasFocus, isThere);
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &ground, painter,
                                            option.widget);
        QStyleOptionViewItem content = option;
        content.rect.adjust(cellPadding, 0,
                            -cellPadding - ListHeader::insetIn(option.widget, index.column()), 0);
        content.state.setFlag(QStyle::State_HasFocus, false);
        QStyledItemDelegate::paint(painter, content, index);
    }

    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->text = visibleText(option->text);
        const auto state = static_cast<BarState>(index.data(StepModel::StateRole).toInt());
        if (index.column() == StepModel::State) {
            option->features |= QStyleOptionViewItem::HasDecoration;
            option->icon = m_context.icons.icon(barIcon(state), barIconToken(state));
            option->decorationSize = {decorationWidth, decorationWidth};
            colour(option, barIconToken(state));
        }
        const auto kind = static_cast<RowKind>(index.data(StepModel::KindRole).toInt());
        if (index.column() == StepModel::Step && kind == RowKind::Body) {
            option->font.setItalic(true); // nobody's name for a step, and it is not counted
            colour(option, Token::TextDim);
        }
        if (index.column() == StepModel::Error)
            colour(option, Token::StateFailed);
    }

private:
    /// As in RowDelegate.
    void colour(QStyleOptionViewItem *option, Token token) const
    {
        option->palette.setColor(QPalette::Text, m_context.theme.color(token));
        option->palette.setColor(
            QPalette::Inactive, QPalette::HighlightedText,
            readable(m_context.theme.color(token), m_context.theme.color(Token::QuietSelection)));
    }

    Context &m_context;
};

} // namespace

StepTable::StepTable(Context &context, QWidget *parent)
    : QTableView(parent)
    , m_context(context)
    , m_header(new ListHeader(context, this))
    , m_steps(new StepModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
{
    setObjectName(u"stepTable"_s);
    setAccessibleName(tr("Steps"));
    m_texts = new TextClock(this, [this] {
        // A row that does not match any more gives the current row to another, as in setFilter.
        const QScopedValueRollback following(m_isFollowing, true);
        return m_isLive ? m_steps->setNow(m_context.backend.now()) : std::nullopt;
    });
    m_sorted->setSourceModel(m_steps);
    m_sorted->setSortRole(StepModel::SortRole);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    setHorizontalHeader(m_header);
    setModel(m_sorted);
    setItemDelegate(new StateDelegate(context, this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(1);
    m_header->setColumns(columns());
    sort(StepModel::Number, Qt::AscendingOrder);
    connect(m_header, &ListHeader::sortRequested, this, &StepTable::sort);
    connect(m_header, &ListHeader::sortCleared, this,
            [this] { sort(StepModel::Number, Qt::AscendingOrder); });
    applySettings();
    connect(&context.settings, &Settings::changed, this, &StepTable::applySettings);
    context.actions.bind("list.copy"_ba, this, [this] { copyRows(); });
    context.actions.bind("timeline.find"_ba, this, [this] { Q_EMIT findRequested(); });
}

void StepTable::applySettings()
{
    verticalHeader()->setDefaultSectionSize(
        std::max(m_context.settings.rowHeight(), fontMetrics().height() + 6));
    m_steps->setTimeStyle(m_context.settings.timeStyle());
}

void StepTable::setFilter(const QString &words)
{
    m_isFollowing = true; // what is hidden gives the current row to another; nobody chose that
    m_sorted->setFilterFixedString(words);
    m_isFollowing = false;
}

/// What most steps come to is never cut, whatever the font.
int StepTable::stateChars() const
{
    constexpr int around = decorationWidth + 8; // more than the header adds to all columns
    const int words = fontMetrics().horizontalAdvance(barWord(BarState::Succeeded));
    return 1 + (around + words) / std::max(fontMetrics().averageCharWidth(), 1);
}

std::vector<ColumnSpec> StepTable::columns() const
{
    const struct {
        QByteArray id;
        int chars;
    } rows[] = {{"number"_ba, 3},    {"step"_ba, 24},   {"kind"_ba, 6},     {"state"_ba, 19},
                {"attempts"_ba, 10}, {"started"_ba, 9}, {"duration"_ba, 8}, {"error"_ba, 60},
                {"output"_ba, 8},    {"queued"_ba, 9},  {"ended"_ba, 9},    {"waited"_ba, 8}};

    std::vector<ColumnSpec> specs;
    for (int column = 0; column < StepModel::ColumnCount; ++column) {
        const auto header = [this, column](int role) {
            return m_sorted->headerData(column, Qt::Horizontal, role);
        };
        const auto alignment = header(Qt::TextAlignmentRole).toInt();
        specs.push_back({.id = rows[column].id,
                         .title = header(Qt::DisplayRole).toString(),
                         .chars = rows[column].chars,
                         .isRight = (alignment & int(Qt::AlignRight)) != 0,
                         .isAscendingFirst = true,
                         .leastChars = column == StepModel::State ? stateChars() : 0});
    }
    return specs;
}

void StepTable::sort(int column, Qt::SortOrder order)
{
    m_sorted->sort(column, order);
    const bool isOwn = column == StepModel::Number && order == Qt::AscendingOrder;
    m_header->setSort(isOwn ? -1 : column, order);
}

void StepTable::setTimeline(const TimelineDataPtr &run)
{
    const QScopedValueRollback following(m_isFollowing, true); // nobody chose what comes instead
    if (m_run != run->run)
        chooseNone(); // its first steps may be those of the run before
    m_run = run->run;
    m_steps->setTimeline(run);
    m_isLive = run->isLive;
    m_texts->restart();
}

void StepTable::follow(const Selection &selection)
{
    const bool isStep =
        selection.kind == Selection::Kind::Step || selection.kind == Selection::Kind::Attempt;
    if (selection.run != m_run)
        return;
    if (!isStep) {
        const QScopedValueRollback following(m_isFollowing, true);
        chooseNone();
        return;
    }
    const int row = m_steps->indexOf(selection.step);
    if (row < 0)
        return;
    const QModelIndex index = m_sorted->mapFromSource(m_steps->index(row, StepModel::Step));
    if (!index.isValid()
        || (index.row() == currentIndex().row() && selectionModel()->isSelected(index)))
        return;
    m_isFollowing = true;
    setCurrentIndex(index);
    m_isFollowing = false;
}

/// A row becomes the current one before it is chosen, or stays that when nothing is chosen.
void StepTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (selected.contains(currentIndex()))
        tell(currentIndex());
}

void StepTable::tell(const QModelIndex &chosen)
{
    if (m_isFollowing || !chosen.isValid())
        return;
    const TimelineRow &row = m_steps->row(m_sorted->mapToSource(chosen).row());
    Q_EMIT stepSelected({.kind = Selection::Kind::Step,
                         .run = m_run,
                         .step = row.step,
                         .stepName = row.step.isEmpty() ? QByteArray() : row.name.toUtf8()});
}

void StepTable::chooseNone()
{
    selectionModel()->clear();
}

/// It would make the first row the current one: nobody chose that, and the run is what is shown.
void StepTable::focusInEvent(QFocusEvent *event)
{
    const bool hadNone = !currentIndex().isValid();
    const QScopedValueRollback following(m_isFollowing, true);
    QTableView::focusInEvent(event);
    if (hadNone)
        chooseNone();
    viewport()->update();
}

void StepTable::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

/// The first key comes to the first row, or to the one where the ring is.
void StepTable::keyPressEvent(QKeyEvent *event)
{
    static constexpr std::array coming = {Qt::Key_Up,    Qt::Key_Down,   Qt::Key_Home,
                                          Qt::Key_Space, Qt::Key_Return, Qt::Key_Enter};
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (isPlain && m_sorted->rowCount() > 0 && !selectionModel()->hasSelection()
        && std::find(coming.begin(), coming.end(), event->key()) != coming.end())
        selectRow(std::max(currentIndex().row(), 0));
    else
        QTableView::keyPressEvent(event);
}

/// Where no row has the ring of the focus, all of them have.
void StepTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!hasFocus() || currentIndex().isValid())
        return;
    QPainter painter(viewport());
    QStyleOptionFocusRect ring;
    ring.initFrom(viewport());
    ring.rect = viewport()->rect();
    style()->drawPrimitive(QStyle::PE_FrameFocusRect, &ring, &painter, viewport());
}

/// The ring does not move with the rows.
void StepTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (hasFocus() && !currentIndex().isValid())
        viewport()->update();
}

/// Home and End are about rows, as in any list.
QModelIndex StepTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const bool isToEnd = action == MoveEnd;
    if (isToEnd || action == MoveHome)
        modifiers |= Qt::ControlModifier;
    const QModelIndex index = QTableView::moveCursor(action, modifiers);
    const QModelIndex now = currentIndex();
    return isToEnd && now.isValid() && index.isValid() ? index.siblingAtColumn(now.column())
                                                       : index;
}

void StepTable::copyRows()
{
    QStringList lines;
    for (const QModelIndex &row : selectionModel()->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < StepModel::ColumnCount; ++column)
            cells.append(row.siblingAtColumn(column).data().toString());
        lines.append(cells.join(u'\t'));
    }
    if (!lines.isEmpty())
        m_context.desktop.copy(lines.join(u'\n'));
}

void StepTable::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = m_context.actions.contextMenu(this, {"run.retry"_ba,
                                                       "run.retryNow"_ba,
                                                       "run.skip"_ba,
                                                       "run.rerun"_ba,
                                                       {},
                                                       "list.copy"_ba,
                                                       "run.copyId"_ba});
    menu->popup(event->globalPos());
}

} // namespace console
