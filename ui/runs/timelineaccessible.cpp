// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/timelineaccessible.h"

#include "ui/core/timelinetext.h"
#include "ui/runs/timelineview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QCoreApplication>

#include <map>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int columns = 5;

QString columnTitle(int column)
{
    switch (column) {
    case 0:
        return QCoreApplication::translate("Timeline", "Step");
    case 1:
        return QCoreApplication::translate("Timeline", "State");
    case 2:
        return QCoreApplication::translate("Timeline", "Attempts");
    case 3:
        return QCoreApplication::translate("Timeline", "Start");
    default:
        return QCoreApplication::translate("Timeline", "Duration");
    }
}

class Cell final
    : public QAccessibleInterface
    , public QAccessibleTableCellInterface
{
public:
    Cell(TimelineView *view, int row, int column)
        : m_view(view)
        , m_row(row)
        , m_column(column)
    {}

    bool isValid() const override
    {
        return m_view != nullptr && m_row < m_view->timeline().rowCount();
    }

    QObject *object() const override { return nullptr; }

    QAccessible::Role role() const override { return QAccessible::Cell; }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.focusable = true;
        state.selectable = true;
        state.selected = isSelected();
        state.focused = isSelected() && m_column == 0 && m_view->hasFocus();
        return state;
    }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        const bool isOfRun = m_column == 0 && m_row == 0;
        if (kind == QAccessible::Description)
            return isOfRun ? breaksWords(m_view->timeline()) : QString();
        if (kind != QAccessible::Name)
            return {};
        // The first cell speaks for the row, or for the attempt or break that is current in it.
        if (isOfRun && isSelected() && !m_view->currentBreakWords().isEmpty())
            return m_view->currentBreakWords();
        if (m_column == 0)
            return rowWords(m_view->timeline(), m_row, isSelected() ? m_view->cursor().bar() : -1);
        return cellText(m_view->timeline(), m_row, m_column);
    }

    void setText(QAccessible::Text, const QString &) override {}

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect row = m_view->rowRect(m_row);
        const int width = row.width() / columns;
        return QRect(m_view->viewport()->mapToGlobal(QPoint(m_column * width, row.top())),
                     QSize(width, row.height()));
    }

    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_view);
    }

    QAccessibleInterface *child(int) const override { return nullptr; }

    QAccessibleInterface *childAt(int, int) const override { return nullptr; }

    int childCount() const override { return 0; }

    int indexOfChild(const QAccessibleInterface *) const override { return -1; }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface
                   ? static_cast<QAccessibleTableCellInterface *>(this)
                   : nullptr;
    }

    bool isSelected() const override { return isValid() && m_view->cursor().shownRow() == m_row; }

    QList<QAccessibleInterface *> columnHeaderCells() const override { return {}; }

    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }

    int columnIndex() const override { return m_column; }

    int rowIndex() const override { return m_row; }

    int columnExtent() const override { return 1; }

    int rowExtent() const override { return 1; }

    QAccessibleInterface *table() const override { return parent(); }

private:
    TimelineView *m_view;
    int m_row;
    int m_column;
};

class Table final
    : public QAccessibleWidget
    , public QAccessibleTableInterface
{
public:
    explicit Table(TimelineView *view)
        : QAccessibleWidget(view, QAccessible::Table)
        , m_view(view)
    {}

    ~Table() override
    {
        for (const auto &[place, id] : m_cells)
            QAccessible::deleteAccessibleInterface(id);
    }

    Q_DISABLE_COPY_MOVE(Table)

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface *>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }

    int childCount() const override { return rowCount() * columns; }

    QAccessibleInterface *child(int index) const override
    {
        return cellAt(index / columns, index % columns);
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *cell = dynamic_cast<const Cell *>(child);
        return cell == nullptr ? -1 : cell->rowIndex() * columns + cell->columnIndex();
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint at = m_view->viewport()->mapFromGlobal(QPoint(x, y));
        return cellAt(m_view->shownAt(at.y()), at.x() * columns / m_view->viewport()->width());
    }

    QAccessibleInterface *focusChild() const override
    {
        return m_view->hasFocus() ? cellAt(m_view->cursor().shownRow(), 0) : nullptr;
    }

    QAccessibleInterface *caption() const override { return nullptr; }

    QAccessibleInterface *summary() const override { return nullptr; }

    QAccessibleInterface *cellAt(int row, int column) const override
    {
        if (row < 0 || row >= rowCount() || column < 0 || column >= columns)
            return nullptr;
        const auto known = m_cells.find({row, column});
        if (known != m_cells.end())
            return QAccessible::accessibleInterface(known->second);
        auto *cell = new Cell(m_view, row, column); // owned by the cache of QAccessible
        m_cells[{row, column}] = QAccessible::registerAccessibleInterface(cell);
        return cell;
    }

    int selectedCellCount() const override { return columns; }

    QList<QAccessibleInterface *> selectedCells() const override
    {
        QList<QAccessibleInterface *> cells;
        for (int column = 0; column < columns; ++column)
            cells.append(cellAt(m_view->cursor().shownRow(), column));
        return cells;
    }

    QString columnDescription(int column) const override { return columnTitle(column); }

    QString rowDescription(int row) const override { return cellText(m_view->timeline(), row, 0); }

    int selectedColumnCount() const override { return 0; }

    int selectedRowCount() const override { return 1; }

    int columnCount() const override { return columns; }

    int rowCount() const override { return m_view->timeline().rowCount(); }

    QList<int> selectedColumns() const override { return {}; }

    QList<int> selectedRows() const override { return {m_view->cursor().shownRow()}; }

    bool isColumnSelected(int) const override { return false; }

    bool isRowSelected(int row) const override { return row == m_view->cursor().shownRow(); }

    bool selectRow(int row) override
    {
        m_view->selectRow(row);
        return true;
    }

    bool selectColumn(int) override { return false; }

    bool unselectRow(int) override { return false; }

    bool unselectColumn(int) override { return false; }

    void modelChange(QAccessibleTableModelChangeEvent *) override {}

private:
    TimelineView *m_view;
    mutable std::map<std::pair<int, int>, QAccessible::Id> m_cells;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<TimelineView *>(object);
    return view == nullptr ? nullptr : new Table(view);
}

} // namespace

void installTimelineAccessibility()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

void tellFocus(TimelineView &view)
{
    if (!QAccessible::isActive() || !view.hasFocus() || view.cursor().shownRow() < 0)
        return;
    QAccessibleEvent event(&view, QAccessible::Focus);
    event.setChild(view.cursor().shownRow() * columns);
    QAccessible::updateAccessibility(&event);
}

} // namespace console
