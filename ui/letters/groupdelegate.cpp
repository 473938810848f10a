// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/groupdelegate.h"

#include "ui/core/lettergroupmodel.h"
#include "ui/core/runwords.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/settings.h"

#include <QPainter>

namespace console {

namespace {

constexpr int iconSize = 16;
constexpr int padding = 6;
constexpr double quietSelection = 0.18; // as in RowDelegate: a list without the focus

} // namespace

GroupDelegate::GroupDelegate(Context &context, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_context(context)
{}

QSize GroupDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int row = m_context.settings.rowHeight() + 4;
    const QModelIndex first = index.siblingAtColumn(LetterGroupModel::Group);
    const bool hasMessage = !first.data(LetterGroupModel::MessageRole).toString().isEmpty();
    return {QStyledItemDelegate::sizeHint(option, index).width(),
            hasMessage ? row + option.fontMetrics.height() : row};
}

QColor GroupDelegate::background(Context &context, bool isSelected, bool hasFocus)
{
    if (!isSelected)
        return context.theme.color(Token::Base);
    return hasFocus ? context.theme.color(Token::Selection)
                    : context.theme.blend(Token::Selection, quietSelection);
}

void GroupDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const Theme &theme = m_context.theme;
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool hasFocus = option.widget != nullptr && option.widget->hasFocus();
    const bool isStrong = isSelected && hasFocus;
    painter->fillRect(option.rect, background(m_context, isSelected, hasFocus));
    if (index.column() == LetterGroupModel::Group) {
        paintGroup(painter, option, index, isStrong);
        return;
    }
    if (index.column() == LetterGroupModel::Trend) {
        paintTrend(painter, option.rect.adjusted(padding, 0, -padding, 0),
                   index.data(LetterGroupModel::TrendRole).value<std::vector<int>>(), isStrong);
        return;
    }
    const bool isNumber = index.column() == LetterGroupModel::Number;
    painter->setFont(option.font);
    painter->setPen(theme.color(isStrong   ? Token::SelectionText
                                : isNumber ? Token::Text
                                           : Token::TextDim));
    painter->drawText(option.rect.adjusted(padding, 0, -padding, 0),
                      static_cast<int>(Qt::AlignVCenter)
                          | static_cast<int>(isNumber ? Qt::AlignRight : Qt::AlignLeft),
                      index.data().toString());
}

void GroupDelegate::paintGroup(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index, bool isStrong) const
{
    const Theme &theme = m_context.theme;
    const QString message = index.data(LetterGroupModel::MessageRole).toString();
    const bool isError = index.parent().isValid();
    QRect space = option.rect.adjusted(padding, 0, -padding, 0);
    const int line = option.fontMetrics.height();
    const int top =
        message.isEmpty() ? space.center().y() - line / 2 : space.center().y() - line - 1;
    if (isError) {
        painter->drawPixmap(
            space.left(), top + (line - iconSize) / 2,
            m_context.icons.pixmap(stateIcon(DisplayState::Dead),
                                   isStrong ? Token::SelectionText : Token::StateDead, iconSize,
                                   painter->device()->devicePixelRatioF()));
        space.setLeft(space.left() + iconSize + padding);
    }
    QFont font = option.font;
    font.setWeight(isError ? QFont::Medium : QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(theme.color(isStrong ? Token::SelectionText : Token::Text));
    painter->drawText(
        QRect(space.left(), top, space.width(), line), Qt::AlignVCenter,
        QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, space.width()));
    if (message.isEmpty())
        return;
    painter->setFont(option.font);
    painter->setPen(theme.color(isStrong ? Token::SelectionText : Token::TextDim));
    painter->drawText(QRect(space.left(), top + line + 2, space.width(), line), Qt::AlignVCenter,
                      option.fontMetrics.elidedText(message, Qt::ElideRight, space.width()));
}

void GroupDelegate::paintTrend(QPainter *painter, const QRect &rect, const std::vector<int> &trend,
                               bool isStrong) const
{
    if (trend.empty())
        return;
    const int most = std::max(1, *std::max_element(trend.begin(), trend.end()));
    const int high = std::min(rect.height() - 8, 20);
    const int bottom = rect.center().y() + high / 2;
    const double step = static_cast<double>(rect.width()) / static_cast<double>(trend.size());
    const QColor bar = m_context.theme.color(isStrong ? Token::SelectionText : Token::StateDead);
    QColor ground = bar;
    ground.setAlphaF(0.25F);
    for (std::size_t at = 0; at < trend.size(); ++at) {
        const int tall = trend[at] == 0 ? 1 : std::max(3, high * trend[at] / most);
        const int left = rect.left() + static_cast<int>(step * static_cast<double>(at));
        painter->fillRect(left, bottom - tall, std::max(1, static_cast<int>(step) - 1), tall,
                          trend[at] == 0 ? ground : bar);
    }
}

} // namespace console
