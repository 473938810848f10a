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
constexpr int padding = 8;
constexpr int gap = 10;
constexpr int trendWidth = 90; // 30 parts of 3 pixels
constexpr int trendHeight = 20;
constexpr int widthForTrend = 360;      // below it the words need the room
constexpr double quietSelection = 0.18; // as in RowDelegate: a list without the focus

QString textOf(const QModelIndex &index, int column)
{
    return index.siblingAtColumn(column).data().toString();
}

} // namespace

GroupDelegate::GroupDelegate(Context &context, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_context(context)
{}

QSize GroupDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int line = option.fontMetrics.height();
    const int row = std::max(m_context.settings.rowHeight(), line + 4) + 6;
    const bool hasMessage = index.data(LetterGroupModel::IsErrorRole).toBool();
    return {option.rect.width(), hasMessage ? row + line + 4 : row};
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
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool hasFocus = option.widget != nullptr && option.widget->hasFocus();
    const bool isStrong = isSelected && hasFocus;
    painter->save();
    painter->fillRect(option.rect, background(m_context, isSelected, hasFocus));
    if (!isSelected && option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, m_context.theme.color(Token::RowHover));
    const bool isError = index.data(LetterGroupModel::IsErrorRole).toBool();
    const int line = option.fontMetrics.height();
    const int left = option.rect.left() + (isError ? 0 : padding / 2);
    QRect space(left, option.rect.top(), option.rect.right() - padding - left,
                option.rect.height());
    const QString time = isError ? textOf(index, LetterGroupModel::Last) : QString();
    const int top = space.center().y() - (isError ? line + 1 : line / 2);
    const QRect count =
        paintCount(painter, option, index, {space.right(), top + line / 2}, isStrong);
    const int right = std::max(count.width(), option.fontMetrics.horizontalAdvance(time));
    int textRight = space.right() - right - gap;
    if (option.rect.right() >= widthForTrend) {
        const int end = std::min(textRight, option.rect.right() - padding - trendRoom(option));
        paintTrend(
            painter,
            {end - trendWidth, space.center().y() - trendHeight / 2, trendWidth, trendHeight},
            index.data(LetterGroupModel::TrendRole).value<std::vector<int>>(), isStrong);
        textRight = end - trendWidth - gap;
    }
    if (isError) {
        painter->setFont(option.font);
        painter->setPen(m_context.theme.color(isStrong ? Token::SelectionText : Token::TextDim));
        painter->drawText(QRect(space.right() - right, top + line + 2, right, line),
                          Qt::AlignVCenter | Qt::AlignRight, time);
    }
    space.setTop(top);
    space.setHeight(line);
    space.setRight(textRight);
    paintWords(painter, option, index, space, count.left() - gap, isStrong);
    painter->restore();
}

int GroupDelegate::trendRoom(const QStyleOptionViewItem &option)
{
    return option.fontMetrics.averageCharWidth() * 11 + gap; // a time, so that trends line up
}

QRect GroupDelegate::paintCount(QPainter *painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index, const QPoint &rightMiddle,
                                bool isStrong) const
{
    const Theme &theme = m_context.theme;
    QFont font = option.font;
    font.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(font);
    const QString text = textOf(index, LetterGroupModel::Number);
    const int high = metrics.height() + 1;
    const int wide = std::max(metrics.horizontalAdvance(text) + 12, high + 6);
    const QRect badge(rightMiddle.x() - wide + 1, rightMiddle.y() - high / 2, wide, high);
    QColor ground = theme.color(isStrong ? Token::SelectionText : Token::StateDead);
    ground.setAlphaF(isStrong ? 0.22F : 0.12F);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ground);
    painter->drawRoundedRect(badge, high / 2.0, high / 2.0);
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setFont(font);
    painter->setPen(theme.color(isStrong ? Token::SelectionText : Token::StateDead));
    painter->drawText(badge, Qt::AlignCenter, text);
    return badge;
}

void GroupDelegate::paintWords(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index, QRect space, int nameRight,
                               bool isStrong) const
{
    const Theme &theme = m_context.theme;
    const bool isError = index.data(LetterGroupModel::IsErrorRole).toBool();
    if (isError) {
        painter->drawPixmap(
            space.left(), space.top() + (space.height() - iconSize) / 2,
            m_context.icons.pixmap(stateIcon(DisplayState::Dead),
                                   isStrong ? Token::SelectionText : Token::StateDead, iconSize,
                                   painter->device()->devicePixelRatioF()));
        space.setLeft(space.left() + iconSize + padding - 2);
    }
    QFont font = option.font;
    font.setWeight(index.parent().isValid() ? QFont::Medium : QFont::DemiBold);
    QRect name = space;
    if (option.rect.right() < widthForTrend)
        name.setRight(nameRight); // the badge is narrower than the time below it
    painter->setFont(font);
    painter->setPen(theme.color(isStrong ? Token::SelectionText : Token::Text));
    painter->drawText(
        name, Qt::AlignVCenter,
        QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, name.width()));
    if (!isError)
        return;
    painter->setFont(option.font);
    painter->setPen(theme.color(isStrong ? Token::SelectionText : Token::TextDim));
    painter->drawText(
        space.translated(0, space.height() + 2), Qt::AlignVCenter,
        option.fontMetrics.elidedText(index.data(LetterGroupModel::MessageRole).toString(),
                                      Qt::ElideRight, space.width()));
}

void GroupDelegate::paintTrend(QPainter *painter, const QRect &rect, const std::vector<int> &trend,
                               bool isStrong) const
{
    if (trend.empty())
        return;
    const int most = std::max(1, *std::max_element(trend.begin(), trend.end()));
    const int step = std::max(2, rect.width() / static_cast<int>(trend.size()));
    const QColor bar = m_context.theme.color(isStrong ? Token::SelectionText : Token::StateDead);
    QColor ground = bar;
    ground.setAlphaF(0.25F);
    int left = rect.left();
    for (const int count : trend) {
        const int tall = count == 0 ? 1 : std::max(3, rect.height() * count / most);
        painter->fillRect(left, rect.bottom() + 1 - tall, step - 1, tall,
                          count == 0 ? ground : bar);
        left += step;
    }
}

} // namespace console
