// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/groupdelegate.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/lettergroupmodel.h"
#include "ui/core/runwords.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/mutedgroups.h"
#include "ui/widgets/settings.h"

#include <QDateTime>
#include <QPainter>

#include <algorithm>

namespace console {

namespace {

constexpr int iconSize = 16;
constexpr int padding = 8;
constexpr int gap = 10;
constexpr int trendWidth = 60;     // 30 parts of 2 pixels
constexpr int widthForTrend = 280; // below it the words need the room
constexpr int widthForFirst = 400; // as well

QString textOf(const QModelIndex &index, int column)
{
    return index.siblingAtColumn(column).data().toString();
}

/// When it was seen, from the first time on where there is room for that.
QString timesOf(const QModelIndex &index, int width)
{
    const QString last = textOf(index, LetterGroupModel::Last);
    const QString first = textOf(index, LetterGroupModel::First);
    return width < widthForFirst || first == last
               ? last
               : GroupDelegate::tr("%1 \u2013 %2").arg(first, last);
}

} // namespace

QString mutedUntilText(const Context &context, devserver::TimePoint until)
{
    const bool isUtc = context.settings.timeStyle() == TimeStyle::Utc;
    return formatTime(until, context.backend.now(), isUtc ? TimeStyle::Utc : TimeStyle::Absolute);
}

/// On another day than today the day, and not the time of it.
LetterGroupModel::MuteWords muteWords(const Context &context,
                                      const LetterGroupModel::Groups &groups)
{
    const MutedGroups &muted = context.muted;
    const bool areMuted = !groups.empty() && std::ranges::all_of(groups, [&](const auto &group) {
        return muted.isMuted(group);
    });
    if (!areMuted)
        return {};
    const MutedGroups::Until until = muted.until(groups.front());
    const bool areSame =
        std::ranges::all_of(groups, [&](const auto &group) { return muted.until(group) == until; });
    const QString word = GroupDelegate::tr("muted");
    if (!areSame || !until)
        return {.brief = word, .whole = word};
    const bool isUtc = context.settings.timeStyle() == TimeStyle::Utc;
    const auto local = [isUtc](devserver::TimePoint time) {
        return QDateTime::fromMSecsSinceEpoch(devserver::toMs(time),
                                              isUtc ? Qt::UTC : Qt::LocalTime);
    };
    const QDateTime end = local(*until);
    const bool isToday = end.date() == local(context.backend.now()).date();
    return {.brief =
                GroupDelegate::tr("until %1").arg(end.toString(isToday ? u"HH:mm" : u"yyyy-MM-dd")),
            .whole = GroupDelegate::tr("muted until %1").arg(mutedUntilText(context, *until))};
}

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
    return context.theme.color(hasFocus ? Token::Selection : Token::QuietSelection);
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
    QString time = isError ? timesOf(index, option.rect.right()) : QString();
    const Look look{.muted = index.data(LetterGroupModel::MutedRole).toString(),
                    .isStrong = isStrong};
    if (isError && !look.muted.isEmpty())
        time = look.muted;
    const int timeWidth = option.fontMetrics.horizontalAdvance(time);
    const int top = space.center().y() - (isError ? line + 1 : line / 2);
    const QRect count = paintCount(painter, option, index, {space.right(), top + line / 2}, look);
    QRect name(space.left(), top, count.left() - gap - space.left(), line);
    if (option.rect.right() >= widthForTrend) {
        // Below each other, however many digits a count has.
        const int end = space.right() - gap - std::max(count.width(), countRoom(option));
        name.setRight(end - trendWidth - gap);
        paintTrend(painter, {end - trendWidth, top + 1, trendWidth, line - 2}, index, isStrong);
    }
    QRect message(space.left(), top + line + 2, space.width() - timeWidth - gap, line);
    if (isError) {
        painter->setFont(option.font);
        painter->setPen(m_context.theme.color(isStrong ? Token::SelectionText : Token::TextDim));
        const QRect right(message.right() + gap + 1, message.top(), timeWidth, line);
        painter->drawText(right, Qt::AlignVCenter | Qt::AlignRight, time);
    }
    paintWords(painter, option, index, {.name = name, .message = message}, look);
    painter->restore();
}

int GroupDelegate::countRoom(const QStyleOptionViewItem &option)
{
    return option.fontMetrics.horizontalAdvance(QStringLiteral("999")) + 2 * padding;
}

QRect GroupDelegate::paintCount(QPainter *painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index, const QPoint &rightMiddle,
                                const Look &look) const
{
    const Theme &theme = m_context.theme;
    QFont font = option.font;
    font.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(font);
    const QString text = textOf(index, LetterGroupModel::Number);
    const int high = metrics.height() + 1;
    const int wide = std::max(metrics.horizontalAdvance(text) + 12, high + 6);
    const QRect badge(rightMiddle.x() - wide + 1, rightMiddle.y() - high / 2, wide, high);
    const Token tint = look.isStrong          ? Token::SelectionText
                       : look.muted.isEmpty() ? Token::StateDead
                                              : Token::TextDim;
    QColor ground = theme.color(tint);
    ground.setAlphaF(look.isStrong ? 0.22F : 0.12F);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ground);
    painter->drawRoundedRect(badge, high / 2.0, high / 2.0);
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setFont(font);
    painter->setPen(theme.color(tint));
    painter->drawText(badge, Qt::AlignCenter, text);
    return badge;
}

void GroupDelegate::paintWords(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index, Space space, const Look &look) const
{
    const bool isStrong = look.isStrong;
    const Theme &theme = m_context.theme;
    const bool isError = index.data(LetterGroupModel::IsErrorRole).toBool();
    const bool isQuiet = !look.muted.isEmpty();
    if (isError || isQuiet) {
        const QString icon = isQuiet ? QStringLiteral("bell-off") : stateIcon(DisplayState::Dead);
        const Token tint = isStrong  ? Token::SelectionText
                           : isQuiet ? Token::TextDim
                                     : Token::StateDead;
        painter->drawPixmap(
            space.name.left(), space.name.top() + (space.name.height() - iconSize) / 2,
            m_context.icons.pixmap(icon, tint, iconSize, painter->device()->devicePixelRatioF()));
        space.name.setLeft(space.name.left() + iconSize + padding - 2);
        space.message.setLeft(space.name.left());
    }
    QFont font = option.font;
    font.setWeight(index.parent().isValid() ? QFont::Medium : QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(theme.color(isStrong  ? Token::SelectionText
                                : isQuiet ? Token::TextDim
                                          : Token::Text));
    const QFontMetrics metrics(font);
    QString name = visibleText(index.data().toString());
    const QString muted = name + u" \u00b7 " + look.muted;
    if (isQuiet && !isError && metrics.horizontalAdvance(muted) <= space.name.width())
        name = muted; // those below it say it in any case
    painter->drawText(space.name, Qt::AlignVCenter,
                      metrics.elidedText(name, Qt::ElideRight, space.name.width()));
    if (!isError)
        return;
    painter->setFont(option.font);
    painter->setPen(theme.color(isStrong ? Token::SelectionText : Token::TextDim));
    painter->drawText(space.message, Qt::AlignVCenter,
                      option.fontMetrics.elidedText(
                          visibleText(index.data(LetterGroupModel::MessageRole).toString()),
                          Qt::ElideRight, space.message.width()));
}

/// In the scale of the list, so that rows can be compared.
void GroupDelegate::paintTrend(QPainter *painter, const QRect &rect, const QModelIndex &index,
                               bool isStrong) const
{
    const auto trend = index.data(LetterGroupModel::TrendRole).value<std::vector<int>>();
    if (trend.empty())
        return;
    const int most = index.data(LetterGroupModel::TrendScaleRole).toInt();
    const int step = std::max(2, rect.width() / static_cast<int>(trend.size()));
    const QColor bar = m_context.theme.color(isStrong ? Token::SelectionText : Token::StateDead);
    QColor ground = bar;
    ground.setAlphaF(0.25F);
    int left = rect.left();
    for (const int count : trend) {
        const int tall = count == 0 ? 1 : std::max(3, rect.height() * count / most);
        painter->fillRect(left, rect.bottom() + 1 - tall, std::max(1, step - 1), tall,
                          count == 0 ? ground : bar);
        left += step;
    }
}

} // namespace console
