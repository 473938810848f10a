// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/lettergroupmodel.h"

#include "ui/core/feed.h"
#include "ui/core/sortedmerge.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::api::LetterGroupRow;

namespace {

constexpr auto askAgainAfter = 250ms;
constexpr std::size_t trendParts = 30;

/// Adds a group to what is known of several; their times are cut into parts of different lengths,
/// so that each part goes to where its middle is.
void addTo(LetterGroupRow &sum, const LetterGroupRow &group, devserver::TimePoint first,
           devserver::TimePoint now)
{
    sum.count += group.count;
    sum.lastSeen = std::max(sum.lastSeen, group.lastSeen);
    sum.firstSeen = first;
    sum.trend.resize(trendParts, 0);
    const auto all = static_cast<double>(std::max<qint64>((now - first).count(), 1));
    const auto own = static_cast<double>((now - group.firstSeen).count());
    const auto before = static_cast<double>((group.firstSeen - first).count());
    for (std::size_t part = 0; part < group.trend.size(); ++part) {
        const double middle =
            (static_cast<double>(part) + 0.5) * own / static_cast<double>(group.trend.size());
        const double share = std::clamp((before + middle) / all, 0.0, 1.0);
        const auto bucket = std::min(static_cast<std::size_t>(share * trendParts), trendParts - 1);
        sum.trend[bucket] += group.trend[part];
    }
}

LetterGroupRow sumOf(const std::vector<const LetterGroupRow *> &groups, devserver::TimePoint now)
{
    LetterGroupRow sum;
    devserver::TimePoint first = now;
    for (const LetterGroupRow *group : groups)
        first = std::min(first, group->firstSeen);
    for (const LetterGroupRow *group : groups)
        addTo(sum, *group, first, now);
    return sum;
}

} // namespace

LetterGroupModel::LetterGroupModel(devserver::api::ConsoleBackend &backend, Feed &feed,
                                   QObject *parent)
    : QAbstractItemModel(parent)
    , m_backend(backend)
{
    m_again.setSingleShot(true);
    m_texts.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &LetterGroupModel::load);
    connect(&m_texts, &QTimer::timeout, this, [this] {
        const auto changed = [this](const QModelIndex &above) {
            if (const int rows = rowCount(above); rows > 0)
                Q_EMIT dataChanged(index(0, Last, above), index(rows - 1, Last, above),
                                   {Qt::DisplayRole});
        };
        changed({});
        for (std::size_t row = 0; row < m_functions.size(); ++row)
            changed(index(static_cast<int>(row) + 1, 0));
        tick();
    });
    connect(&feed, &Feed::lettersChanged, this, [this] {
        if (!m_again.isActive())
            m_again.start(askAgainAfter);
    });
}

LetterGroupModel::~LetterGroupModel()
{
    if (m_request)
        m_request->cancel();
}

void LetterGroupModel::setFilter(const devserver::api::Filter &filter)
{
    m_filter = filter;
    load();
}

void LetterGroupModel::load()
{
    m_again.stop();
    if (m_request)
        m_request->cancel();
    m_request = m_backend.ask(devserver::api::LetterGroupListQuery{.filter = m_filter});
    devserver::api::then<devserver::api::LetterGroupList>(
        m_request, this,
        [this](const devserver::api::LetterGroupList &list) {
            take(list.groups);
            Q_EMIT loaded();
        },
        [this](const devserver::Error &error) { Q_EMIT failed(error); });
}

void LetterGroupModel::setTimeStyle(TimeStyle style)
{
    m_timeStyle = style;
    m_texts.start(0ms);
}

void LetterGroupModel::setShown(bool isShown)
{
    m_isShown = isShown;
    m_texts.start(0ms);
}

void LetterGroupModel::tick()
{
    m_texts.stop();
    if (!m_isShown || m_timeStyle != TimeStyle::Relative)
        return;
    std::optional<std::chrono::milliseconds> soonest;
    for (const FunctionNode &function : m_functions) {
        for (const ErrorNode &error : function.errors) {
            const auto change = timeUntilTextChanges(error.group.lastSeen, m_backend.now());
            if (change)
                soonest = soonest ? std::min(*soonest, *change) : *change;
        }
    }
    if (soonest)
        m_texts.start(std::max<std::chrono::milliseconds>(*soonest, 1s));
}

int LetterGroupModel::rankOf(const QByteArray &key)
{
    return m_ranks.try_emplace(key, static_cast<int>(m_ranks.size()) + 1).first->second;
}

void LetterGroupModel::take(const std::vector<Row> &groups)
{
    std::vector<FunctionNode> wanted;
    std::vector<const Row *> all;
    for (const Row &group : groups) { // largest first, which is the order of what is new
        all.push_back(&group);
        const int rank = rankOf(group.slug);
        auto known = std::find_if(wanted.begin(), wanted.end(),
                                  [rank](const FunctionNode &node) { return node.rank == rank; });
        if (known == wanted.end()) {
            wanted.push_back({.rank = rank, .sum = {}, .errors = {}});
            known = std::prev(wanted.end());
        }
        known->errors.push_back(
            {.rank = rankOf(group.slug + '\n' + group.fingerprint), .group = group});
    }
    const auto byRank = [](const auto &a, const auto &b) { return a.rank < b.rank; };
    for (FunctionNode &node : wanted) {
        std::sort(node.errors.begin(), node.errors.end(), byRank);
        std::vector<const Row *> parts;
        for (const ErrorNode &error : node.errors)
            parts.push_back(&error.group);
        node.sum = sumOf(parts, m_backend.now());
        node.sum.slug = parts.front()->slug;
        node.sum.functionName = parts.front()->functionName;
    }
    std::sort(wanted.begin(), wanted.end(), byRank);
    if (const Row total = sumOf(all, m_backend.now()); !(total == m_total)) {
        m_total = total;
        Q_EMIT dataChanged(index(0, 0), index(0, ColumnCount - 1));
    }
    takeFunctions(wanted);
    tick();
}

void LetterGroupModel::takeFunctions(const std::vector<FunctionNode> &wanted)
{
    const auto rank = [](const FunctionNode &node) { return node.rank; };
    mergeSorted(
        m_functions, wanted, rank, rank,
        [this](int row) {
            beginRemoveRows({}, row + 1, row + 1);
            m_functions.erase(m_functions.begin() + row);
            endRemoveRows();
        },
        [this](int row, const FunctionNode &node) {
            beginInsertRows({}, row + 1, row + 1);
            m_functions.insert(m_functions.begin() + row, node);
            endInsertRows();
        },
        [this](int row, const FunctionNode &node) {
            FunctionNode &known = m_functions[static_cast<std::size_t>(row)];
            if (!(known.sum == node.sum)) {
                known.sum = node.sum;
                Q_EMIT dataChanged(index(row + 1, 0), index(row + 1, ColumnCount - 1));
            }
            takeErrors(row, node.errors);
        });
}

void LetterGroupModel::takeErrors(int functionRow, const std::vector<ErrorNode> &wanted)
{
    std::vector<ErrorNode> &errors = m_functions[static_cast<std::size_t>(functionRow)].errors;
    const QModelIndex function = index(functionRow + 1, 0);
    const auto rank = [](const ErrorNode &node) { return node.rank; };
    mergeSorted(
        errors, wanted, rank, rank,
        [&](int row) {
            beginRemoveRows(function, row, row);
            errors.erase(errors.begin() + row);
            endRemoveRows();
        },
        [&](int row, const ErrorNode &node) {
            beginInsertRows(function, row, row);
            errors.insert(errors.begin() + row, node);
            endInsertRows();
        },
        [&](int row, const ErrorNode &node) {
            ErrorNode &known = errors[static_cast<std::size_t>(row)];
            if (known.group == node.group)
                return;
            known.group = node.group;
            Q_EMIT dataChanged(index(row, 0, function), index(row, ColumnCount - 1, function));
        });
}

QModelIndex LetterGroupModel::indexOf(const QByteArray &slug, const QByteArray &fingerprint) const
{
    if (slug.isEmpty())
        return index(0, 0);
    for (std::size_t at = 0; at < m_functions.size(); ++at) {
        if (m_functions[at].sum.slug != slug)
            continue;
        const QModelIndex function = index(static_cast<int>(at) + 1, 0);
        if (fingerprint.isEmpty())
            return function;
        const std::vector<ErrorNode> &errors = m_functions[at].errors;
        for (std::size_t row = 0; row < errors.size(); ++row) {
            if (errors[row].group.fingerprint == fingerprint)
                return index(static_cast<int>(row), 0, function);
        }
    }
    return {};
}

int LetterGroupModel::rowOfRank(int rank) const
{
    for (std::size_t row = 0; row < m_functions.size(); ++row) {
        if (m_functions[row].rank == rank)
            return static_cast<int>(row);
    }
    return -1;
}

QModelIndex LetterGroupModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const int rank =
        parent.isValid() ? m_functions[static_cast<std::size_t>(parent.row()) - 1].rank : 0;
    return createIndex(row, column, static_cast<quintptr>(rank));
}

QModelIndex LetterGroupModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || !isError(child))
        return {};
    const int row = rowOfRank(static_cast<int>(child.internalId()));
    return row < 0 ? QModelIndex() : createIndex(row + 1, 0, quintptr(0));
}

int LetterGroupModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_functions.size()) + 1;
    if (isError(parent) || parent.row() == 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_functions[static_cast<std::size_t>(parent.row()) - 1].errors.size());
}

int LetterGroupModel::columnCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return ColumnCount;
}

const LetterGroupRow &LetterGroupModel::rowAt(const QModelIndex &index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    if (!isError(index))
        return row == 0 ? m_total : m_functions[row - 1].sum;
    const int function = rowOfRank(static_cast<int>(index.internalId()));
    return m_functions[static_cast<std::size_t>(function)].errors[row].group;
}

QString LetterGroupModel::title(const QModelIndex &index) const
{
    const Row &row = rowAt(index);
    if (!isError(index)) {
        if (index.row() == 0)
            return tr("All dead letters");
        return QString::fromUtf8(row.functionName.isEmpty() ? row.slug : row.functionName);
    }
    return row.errorName.isEmpty() ? tr("Error") : QString::fromUtf8(row.errorName);
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
        if (index.column() == Last)
            return hasTime ? formatTime(row.lastSeen, m_backend.now(), m_timeStyle) : QString();
        return index.column() == Group ? QVariant(title(index)) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == Number ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                                        : QVariant();
    case Qt::ToolTipRole:
        if (index.column() == Group && isError(index))
            return QString::fromUtf8(row.errorMessage);
        return hasTime ? tr("First %1\nLast %2")
                             .arg(formatTimeExactly(row.firstSeen, m_timeStyle),
                                  formatTimeExactly(row.lastSeen, m_timeStyle))
                       : QString();
    case Qt::AccessibleTextRole:
        return index.column() == Group
                   ? tr("%1, %2 dead letters").arg(title(index), formatCount(row.count))
                   : data(index, Qt::DisplayRole);
    case SlugRole:
        return row.slug;
    case FingerprintRole:
        return row.fingerprint;
    case CountRole:
        return row.count;
    case MessageRole:
        return isError(index) ? QString::fromUtf8(row.errorMessage) : QString();
    case TrendRole:
        return QVariant::fromValue(row.trend);
    case NameRole:
        return title(index);
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
    case Last:
        return tr("Last");
    default:
        return tr("Trend");
    }
}

} // namespace console
