// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/catalog/approwdelegate.h"

#include "ui/core/apptablemodel.h"
#include "ui/core/appwords.h"
#include "ui/widgets/icons.h"

namespace console {

AppRowDelegate::AppRowDelegate(Context &context, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_context(context)
{}

void AppRowDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    // One row is one thing: no frame around a single cell.
    option->state &= ~QStyle::State_HasFocus;
    option->textElideMode = Qt::ElideMiddle;
    if (index.column() != AppTableModel::State)
        return;
    const auto *model = qobject_cast<const AppTableModel *>(index.model());
    if (model == nullptr)
        return;
    const AppState state = appState(*model->appAt(index.row()), model->functionsAt(index.row()));
    const bool isSelected = option->state.testFlag(QStyle::State_Selected)
                            && option->state.testFlag(QStyle::State_Active);
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = {16, 16};
    option->icon = m_context.icons.icon(appStateIcon(state),
                                        isSelected ? Token::SelectionText : appStateToken(state));
}

} // namespace console
