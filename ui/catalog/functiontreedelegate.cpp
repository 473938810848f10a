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

namespace {

constexpr int iconExtent = 14;

} // namespace

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
    const auto display =
        state.isValid() ? static_cast<DisplayState>(state.toInt()) : DisplayState::Queued;
    const auto reason = static_cast<WaitReason>(index.data(FunctionTreeModel::ReasonRole).toInt());
    const QString name = state.isValid() ? stateIcon(display, reason) : stateIcon(display);
    const Token token = state.isValid() ? stateToken(display, reason) : Token::LineStrong;
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = {iconExtent, iconExtent};
    option->icon = m_context.icons.icon(name, token);
    // The style calms the selection of a list that the keys do not go to; the icon of a selected
    // row would be in the colour for the strong one all the same.
    if (option->widget != nullptr && !option->widget->hasFocus()) {
        const QPixmap pixmap =
            m_context.icons.pixmap(name, token, iconExtent, option->widget->devicePixelRatioF());
        QIcon calm(pixmap);
        calm.addPixmap(pixmap, QIcon::Selected);
        option->icon = calm;
    }
}

} // namespace console
