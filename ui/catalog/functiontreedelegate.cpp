// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/catalog/functiontreedelegate.h"

#include "ui/core/format.h"
#include "ui/core/functiontreemodel.h"
#include "ui/core/runwords.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/settings.h"

#include <QTreeView>

namespace console {

FunctionTreeDelegate::FunctionTreeDelegate(Context &context, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_context(context)
{}

QSize FunctionTreeDelegate::sizeHint(const QStyleOptionViewItem &option,
                                     const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), m_context.settings.rowHeight() + 2};
}

/// The state stands where a folder beside it has its arrow.
void FunctionTreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const
{
    QStyleOptionViewItem moved = option;
    const auto *tree = qobject_cast<const QTreeView *>(option.widget);
    if (tree != nullptr && !index.data(FunctionTreeModel::SlugRole).toByteArray().isEmpty()) {
        const int room = tree->indentation();
        const bool isMirrored = option.direction == Qt::RightToLeft;
        moved.rect.adjust(isMirrored ? 0 : -room, 0, isMirrored ? room : 0, 0);
    }
    QStyledItemDelegate::paint(painter, moved, index);
}

void FunctionTreeDelegate::initStyleOption(QStyleOptionViewItem *option,
                                           const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->text = visibleText(option->text);
    if (index.data(FunctionTreeModel::SlugRole).toByteArray().isEmpty()) {
        if (index.data(FunctionTreeModel::IsAppRole).toBool())
            option->font.setWeight(QFont::DemiBold);
        return;
    }
    const QVariant state = index.data(FunctionTreeModel::StateRole);
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = {14, 14};
    if (!state.isValid()) {
        option->icon = m_context.icons.icon(stateIcon(DisplayState::Queued), Token::LineStrong);
        return;
    }
    const auto display = static_cast<DisplayState>(state.toInt());
    const auto reason = static_cast<WaitReason>(index.data(FunctionTreeModel::ReasonRole).toInt());
    // The style calms the selection of a list that the keys do not go to.
    const bool isSelected = option->state.testFlag(QStyle::State_Selected)
                            && option->widget != nullptr && option->widget->hasFocus();
    option->icon =
        m_context.icons.icon(stateIcon(display, reason),
                             isSelected ? Token::SelectionText : stateToken(display, reason));
}

} // namespace console
