// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspectortable.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/settings.h"

namespace console {

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

void InspectorTable::setTable(QAbstractItemModel *model, const std::vector<ColumnSpec> &columns)
{
    setModel(model);
    m_header->setColumns(columns);
}

void InspectorTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    m_header->fillWidth();
}

} // namespace console
