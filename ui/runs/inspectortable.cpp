// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspectortable.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/settings.h"

#include <QEvent>

#include <algorithm>

namespace console {

namespace {

constexpr int sortArrowRoom = 16;

} // namespace

InspectorTable::InspectorTable(Context &context, const QString &name, const QString &accessibleName,
                               QWidget *parent)
    : QTableView(parent)
    , m_header(new ListHeader(context, this))
{
    setObjectName(name);
    setAccessibleName(accessibleName);
    setHorizontalHeader(m_header);
    setFrameShape(NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegate(new RowDelegate(context.theme, context.icons, this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(context.settings.rowHeight());
    connect(&context.settings, &Settings::changed, this, [this, &context] {
        verticalHeader()->setDefaultSectionSize(context.settings.rowHeight());
    });
    connect(&context.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void InspectorTable::setTable(QAbstractItemModel *model, const std::vector<ColumnSpec> &columns,
                              const std::vector<QByteArray> &leastFirst)
{
    setModel(model);
    m_columns = columns;
    m_leastFirst = leastFirst;
    m_header->setColumns(columns);
    m_fitted = m_header->saveColumns();
    fitColumns();
}

int InspectorTable::widthOf(const ColumnSpec &column) const
{
    const QFontMetrics metrics = m_header->fontMetrics();
    return std::max(metrics.horizontalAdvance(column.title) + sortArrowRoom,
                    column.chars * metrics.averageCharWidth())
           + 2 * RowDelegate::padding;
}

bool InspectorTable::isChosen() const
{
    return m_header->saveColumns() != m_fitted;
}

void InspectorTable::fitColumns()
{
    if (m_leastFirst.empty() || model() == nullptr || isChosen())
        return;
    std::vector<ColumnSpec> fitting = m_columns;
    int wanted = 0;
    for (ColumnSpec &column : fitting) {
        column.isShown = true;
        wanted += widthOf(column);
    }
    for (const QByteArray &id : m_leastFirst) {
        if (wanted <= viewport()->width())
            break;
        const auto least = std::find_if(fitting.begin(), fitting.end(),
                                        [&](const ColumnSpec &column) { return column.id == id; });
        if (least == fitting.end())
            continue;
        least->isShown = false;
        wanted -= widthOf(*least);
    }
    const bool isSame =
        std::equal(fitting.begin(), fitting.end(), m_columns.begin(), m_columns.end(),
                   [](const ColumnSpec &a, const ColumnSpec &b) { return a.isShown == b.isShown; });
    if (isSame)
        return;
    m_columns = std::move(fitting);
    m_header->setColumns(m_columns);
    m_header->resetColumns();
    m_fitted = m_header->saveColumns();
}

void InspectorTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
    m_header->fillWidth();
}

void InspectorTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitColumns();
}

} // namespace console
