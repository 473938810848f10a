// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the rows of the groups say.

#include "ui/core/lettergroupmodel.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// `10:00 - 11:00`, with the day unless it is today.
QString LetterGroupModel::hourText(devserver::TimePoint hour) const
{
    const auto local = [this](devserver::TimePoint time) {
        const QDateTime utc = QDateTime::fromMSecsSinceEpoch(devserver::toMs(time), Qt::UTC);
        return m_timeStyle == TimeStyle::Utc ? utc : utc.toLocalTime();
    };
    const QDateTime begin = local(hour);
    const QString hours =
        tr("%1 \u2013 %2").arg(begin.toString(u"HH:mm"_s), local(hour + 1h).toString(u"HH:mm"_s));
    const qint64 days = begin.date().daysTo(local(m_backend.now()).date());
    if (days == 0)
        return hours;
    if (days == 1)
        return tr("Yesterday, %1").arg(hours);
    constexpr qint64 namedDays = 7; // before that the same name would be another day
    return days < namedDays ? tr("%1, %2").arg(QLocale().toString(begin, u"dddd"_s), hours)
                            : tr("%1, %2").arg(begin.toString(u"yyyy-MM-dd"_s), hours);
}

QString LetterGroupModel::title(const QModelIndex &index) const
{
    if (!isLeaf(index) && index.row() == 0)
        return tr("All dead letters");
    const Row &row = rowAt(index);
    if (isError(index))
        return row.errorName.isEmpty() ? tr("Error") : QString::fromUtf8(row.errorName);
    if (m_grouping == Grouping::ByHour && row.hour)
        return hourText(*row.hour);
    if (m_grouping == Grouping::ByApp)
        return row.appName.isEmpty() ? tr("No app") : QString::fromUtf8(row.appName);
    return QString::fromUtf8(row.functionName.isEmpty() ? row.slug : row.functionName);
}

/// The newest one; where the function is not above it, with its name.
QString LetterGroupModel::message(const QModelIndex &index) const
{
    const Row &row = rowAt(index);
    const QString text = QString::fromUtf8(row.errorMessage);
    if (m_grouping == Grouping::ByFunction || m_grouping == Grouping::ByError)
        return text;
    const QString function =
        QString::fromUtf8(row.functionName.isEmpty() ? row.slug : row.functionName);
    return text.isEmpty() ? function : tr("%1: %2").arg(function, text);
}

LetterGroupModel::MuteWords LetterGroupModel::mute(const QModelIndex &index) const
{
    return m_muteWords ? m_muteWords(groupsIn(index)) : MuteWords();
}

QString LetterGroupModel::tip(const QModelIndex &index) const
{
    const Row &row = rowAt(index);
    if (row.count == 0)
        return {};
    const QString times = tr("First %1\nLast %2")
                              .arg(formatTimeExactly(row.firstSeen, m_timeStyle),
                                   formatTimeExactly(row.lastSeen, m_timeStyle));
    QStringList parts = {times};
    if (isError(index) && !row.errorMessage.isEmpty())
        parts.prepend(QString::fromUtf8(row.errorMessage));
    if (const QString muted = mute(index).whole; !muted.isEmpty())
        parts.append(tr("This is %1.").arg(muted));
    if (!row.trend.empty())
        parts.append(trendTip());
    return parts.join(u"\n\n"_s);
}

/// The axes of the bars, which all rows have in common.
QString LetterGroupModel::trendTip() const
{
    constexpr std::chrono::milliseconds ofHour = 2min;
    const auto parts = static_cast<int>(std::max<std::size_t>(m_total.trend.size(), 1));
    const std::chrono::milliseconds bar =
        m_grouping == Grouping::ByHour ? ofHour : (m_backend.now() - m_total.firstSeen) / parts;
    return tr("One bar for each %1; the highest in the list: %n letter(s)", nullptr, m_trendScale)
        .arg(formatDuration(bar));
}

QString LetterGroupModel::spoken(const QModelIndex &index) const
{
    const Row &row = rowAt(index);
    QString all = tr("%1, %2 dead letters").arg(title(index), formatCount(row.count));
    if (const QString muted = mute(index).whole; !muted.isEmpty())
        all = tr("%1, %2").arg(all, muted);
    return isError(index) ? tr("%1, %2").arg(all, message(index)) : all;
}

QVariant LetterGroupModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = rowAt(index);
    const bool hasTime = row.count > 0;
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Number)
            return formatCount(row.count);
        if (index.column() == First)
            return hasTime ? formatTime(row.firstSeen, m_backend.now(), m_timeStyle) : QString();
        if (index.column() == Last)
            return hasTime ? formatTime(row.lastSeen, m_backend.now(), m_timeStyle) : QString();
        return index.column() == Group ? QVariant(title(index)) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == Number ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                                        : QVariant();
    case Qt::ToolTipRole:
        return tip(index);
    case Qt::AccessibleTextRole:
        return index.column() == Group ? spoken(index) : data(index, Qt::DisplayRole);
    case CountRole:
        return row.count;
    case MessageRole:
        return isError(index) ? message(index) : QString();
    case TrendRole:
        return QVariant::fromValue(row.trend);
    case TrendScaleRole:
        return m_trendScale;
    case NameRole:
        return title(index);
    case IsErrorRole:
        return isError(index);
    case MutedRole:
        return mute(index).brief;
    default:
        return {};
    }
}

QVariant LetterGroupModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Group:
        return tr("Group");
    case Number:
        return tr("Count");
    case First:
        return tr("First");
    case Last:
        return tr("Last");
    default:
        return tr("Trend");
    }
}

} // namespace console
