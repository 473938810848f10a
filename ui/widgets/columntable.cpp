// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/columntable.h"

#include "ui/widgets/context.h"
#include "ui/widgets/headercap.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/stillpress.h"

#include <QEvent>

#include <algorithm>

namespace console {

namespace {

constexpr int mostMeasured = 200; // rows

} // namespace

ColumnTable::ColumnTable(Context &context, QAbstractItemModel *model,
                         const std::vector<ColumnSpec> &columns, QWidget *parent)
    : QTableView(parent)
    , m_header(new ListHeader(context, this))
{
    setHorizontalHeader(m_header);
    capScrollBar(*this, context.theme);
    setModel(model);
    setItemDelegate(new RowDelegate(context.theme, context.icons, this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    m_header->setColumns(columns);
    m_header->setSectionsMovable(false);
    const auto applyLook = [this, &context] {
        verticalHeader()->setDefaultSectionSize(context.settings.rowHeight());
    };
    applyLook();
    connect(&context.settings, &Settings::changed, this, applyLook);
    connect(&context.theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(model, &QAbstractItemModel::rowsInserted, this, &ColumnTable::measure);
    connect(model, &QAbstractItemModel::dataChanged, this, &ColumnTable::measure);
}

void ColumnTable::measure()
{
    const int rows = std::min(model()->rowCount(), mostMeasured);
    for (const int column : m_header->growingColumns()) {
        CellWidths widest;
        for (int row = 0; row < rows; ++row) {
            const CellWidths cell = RowDelegate::widthsOf(font(), model()->index(row, column));
            widest.lead = std::max(widest.lead, cell.lead);
            widest.whole = std::max(widest.whole, cell.whole);
        }
        m_header->growTo(column, widest);
    }
}

void ColumnTable::mousePressEvent(QMouseEvent *event)
{
    pressWithoutScrolling(*this, [&] { QTableView::mousePressEvent(event); });
}

void ColumnTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    m_header->fillWidth();
}

void ColumnTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    m_header->forgetGrowth();
    measure();
}

} // namespace console
