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
constexpr int lastHourRank = 1'000'000'000; // later hours rank before earlier ones

int rankOfHour(devserver::TimePoint hour)
{
    return lastHourRank - static_cast<int>(hour.time_since_epoch() / 1h);
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
        announceRows();
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
    m_request = m_backend.ask(devserver::api::LetterGroupListQuery{
        .filter = m_filter, .isByHour = m_grouping == Grouping::ByHour});
    devserver::api::then<devserver::api::LetterGroupList>(
        m_request, this,
        [this](const devserver::api::LetterGroupList &list) {
            m_groups = list.groups;
            m_isTaking = true;
            take(m_groups);
            m_isTaking = false;
            Q_EMIT loaded();
        },
        [this](const devserver::Error &error) { Q_EMIT failed(error); });
}

void LetterGroupModel::setGrouping(Grouping grouping)
{
    if (grouping == m_grouping)
        return;
    takeBranches({});
    const bool isOtherQuery = grouping == Grouping::ByHour || m_grouping == Grouping::ByHour;
    m_grouping = grouping;
    if (isOtherQuery) {
        m_groups.clear();
        load();
        return;
    }
    take(m_groups);
    Q_EMIT loaded();
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
    for (const Branch &branch : m_branches) {
        for (const Leaf &leaf : branch.leaves) {
            const auto change = timeUntilTextChanges(leaf.group.lastSeen, m_backend.now());
            if (change)
                soonest = soonest ? std::min(*soonest, *change) : *change;
        }
    }
    if (soonest)
        m_texts.start(std::max<std::chrono::milliseconds>(*soonest, 1s));
}

/// What all of them show: times, and heights in one scale.
void LetterGroupModel::announceRows()
{
    const auto changed = [this](const QModelIndex &above) {
        if (const int rows = rowCount(above); rows > 0)
            Q_EMIT dataChanged(index(0, 0, above), index(rows - 1, ColumnCount - 1, above));
    };
    changed({});
    for (std::size_t row = 0; row < m_branches.size(); ++row)
        changed(index(static_cast<int>(row) + 1, 0));
}

/// No group has more at a time than those that it is part of.
void LetterGroupModel::takeTrendScale()
{
    int highest = 1;
    const auto measure = [&highest](const Row &row) {
        for (const int part : row.trend)
            highest = std::max(highest, part);
    };
    measure(m_total);
    for (const Branch &branch : m_branches)
        measure(branch.sum);
    if (std::exchange(m_trendScale, highest) != highest)
        announceRows();
}

int LetterGroupModel::rankOf(const QByteArray &key)
{
    return m_ranks.try_emplace(key, static_cast<int>(m_ranks.size()) + 1).first->second;
}

LetterGroupModel::Branch LetterGroupModel::branchOf(const Row &group)
{
    Branch branch;
    switch (m_grouping) {
    case Grouping::ByFunction:
        branch.rank = rankOf("f\n" + group.slug);
        branch.sum.slug = group.slug;
        branch.sum.functionName = group.functionName;
        break;
    case Grouping::ByError:
        branch.rank = rankOf("e\n" + group.fingerprint);
        branch.sum.fingerprint = group.fingerprint;
        branch.sum.errorName = group.errorName;
        branch.sum.errorMessage = group.errorMessage;
        break;
    case Grouping::ByApp:
        branch.rank = rankOf("a\n" + group.appName);
        branch.sum.appName = group.appName;
        break;
    case Grouping::ByHour:
        branch.sum.hour = group.hour.value_or(devserver::TimePoint());
        branch.rank = rankOfHour(*branch.sum.hour);
        break;
    }
    return branch;
}

void LetterGroupModel::take(const std::vector<Row> &groups)
{
    std::vector<Branch> wanted;
    std::vector<const Row *> all;
    for (const Row &group : groups) { // largest first, which is the order of what is new
        all.push_back(&group);
        const Branch branch = branchOf(group);
        auto known = std::find_if(wanted.begin(), wanted.end(), [&branch](const Branch &node) {
            return node.rank == branch.rank;
        });
        if (known == wanted.end())
            known = wanted.insert(known, branch);
        known->leaves.push_back(
            {.rank = rankOf(group.slug + '\n' + group.fingerprint), .group = group});
    }
    const auto byRank = [](const auto &a, const auto &b) { return a.rank < b.rank; };
    for (Branch &node : wanted) {
        std::sort(node.leaves.begin(), node.leaves.end(), byRank);
        std::vector<const Row *> parts;
        for (const Leaf &leaf : node.leaves)
            parts.push_back(&leaf.group);
        Row sum = sumOf(parts);
        sum.slug = node.sum.slug;
        sum.functionName = node.sum.functionName;
        sum.appName = node.sum.appName;
        sum.hour = node.sum.hour;
        sum.fingerprint = node.sum.fingerprint;
        sum.errorName = node.sum.errorName;
        sum.errorMessage = node.sum.errorMessage;
        node.sum = std::move(sum);
    }
    std::sort(wanted.begin(), wanted.end(), byRank);
    Row total = sumOf(all);
    if (m_grouping == Grouping::ByHour)
        total.trend.clear(); // parts of different hours
    if (!(total == m_total)) {
        m_total = std::move(total);
        Q_EMIT dataChanged(index(0, 0), index(0, ColumnCount - 1));
    }
    takeBranches(wanted);
    takeTrendScale();
    tick();
}

void LetterGroupModel::takeBranches(const std::vector<Branch> &wanted)
{
    const auto rank = [](const Branch &node) { return node.rank; };
    mergeSorted(
        m_branches, wanted, rank, rank,
        [this](int row) {
            beginRemoveRows({}, row + 1, row + 1);
            m_branches.erase(m_branches.begin() + row);
            endRemoveRows();
        },
        [this](int row, const Branch &node) {
            beginInsertRows({}, row + 1, row + 1);
            m_branches.insert(m_branches.begin() + row, node);
            endInsertRows();
        },
        [this](int row, const Branch &node) {
            Branch &known = m_branches[static_cast<std::size_t>(row)];
            if (!(known.sum == node.sum)) {
                known.sum = node.sum;
                Q_EMIT dataChanged(index(row + 1, 0), index(row + 1, ColumnCount - 1));
            }
            takeLeaves(row, node.leaves);
        });
}

void LetterGroupModel::takeLeaves(int branchRow, const std::vector<Leaf> &wanted)
{
    std::vector<Leaf> &leaves = m_branches[static_cast<std::size_t>(branchRow)].leaves;
    const QModelIndex branch = index(branchRow + 1, 0);
    const auto rank = [](const Leaf &node) { return node.rank; };
    mergeSorted(
        leaves, wanted, rank, rank,
        [&](int row) {
            beginRemoveRows(branch, row, row);
            leaves.erase(leaves.begin() + row);
            endRemoveRows();
        },
        [&](int row, const Leaf &node) {
            beginInsertRows(branch, row, row);
            leaves.insert(leaves.begin() + row, node);
            endInsertRows();
        },
        [&](int row, const Leaf &node) {
            Leaf &known = leaves[static_cast<std::size_t>(row)];
            if (known.group == node.group)
                return;
            known.group = node.group;
            Q_EMIT dataChanged(index(row, 0, branch), index(row, ColumnCount - 1, branch));
        });
}

LetterGroupKey LetterGroupModel::keyOf(const QModelIndex &index) const
{
    if (!index.isValid() || (!isLeaf(index) && index.row() == 0))
        return {};
    const Row &row = rowAt(index);
    // A function says its app by itself.
    return {.slug = row.slug,
            .fingerprint = row.fingerprint,
            .app = isLeaf(index) || m_grouping != Grouping::ByApp ? QByteArray() : row.appName,
            .hour = row.hour};
}

QModelIndex LetterGroupModel::indexOf(const LetterGroupKey &key) const
{
    if (key.isAll())
        return index(0, 0);
    for (std::size_t at = 0; at < m_branches.size(); ++at) {
        const QModelIndex branch = index(static_cast<int>(at) + 1, 0);
        if (keyOf(branch) == key)
            return branch;
        for (int row = 0; row < rowCount(branch); ++row) {
            if (const QModelIndex leaf = index(row, 0, branch); keyOf(leaf) == key)
                return leaf;
        }
    }
    return {};
}

LetterGroupModel::Groups LetterGroupModel::groupsIn(const QModelIndex &index) const
{
    Groups groups;
    const auto add = [&groups](const Branch &branch) {
        for (const Leaf &leaf : branch.leaves)
            groups.emplace_back(leaf.group.slug, leaf.group.fingerprint);
    };
    if (!index.isValid())
        return groups;
    if (isLeaf(index)) {
        groups.emplace_back(rowAt(index).slug, rowAt(index).fingerprint);
    } else if (index.row() > 0) {
        add(m_branches[static_cast<std::size_t>(index.row()) - 1]);
    } else {
        std::for_each(m_branches.begin(), m_branches.end(), add);
    }
    return groups;
}

int LetterGroupModel::rowOfRank(int rank) const
{
    for (std::size_t row = 0; row < m_branches.size(); ++row) {
        if (m_branches[row].rank == rank)
            return static_cast<int>(row);
    }
    return -1;
}

QModelIndex LetterGroupModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const int rank =
        parent.isValid() ? m_branches[static_cast<std::size_t>(parent.row()) - 1].rank : 0;
    return createIndex(row, column, static_cast<quintptr>(rank));
}

QModelIndex LetterGroupModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || !isLeaf(child))
        return {};
    const int row = rowOfRank(static_cast<int>(child.internalId()));
    return row < 0 ? QModelIndex() : createIndex(row + 1, 0, quintptr(0));
}

int LetterGroupModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_branches.size()) + 1;
    if (isLeaf(parent) || parent.row() == 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_branches[static_cast<std::size_t>(parent.row()) - 1].leaves.size());
}

int LetterGroupModel::columnCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent)
    return ColumnCount;
}

const LetterGroupRow &LetterGroupModel::rowAt(const QModelIndex &index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    if (!isLeaf(index))
        return row == 0 ? m_total : m_branches[row - 1].sum;
    const int branch = rowOfRank(static_cast<int>(index.internalId()));
    return m_branches[static_cast<std::size_t>(branch)].leaves[row].group;
}

bool LetterGroupModel::isError(const QModelIndex &index) const
{
    if (m_grouping != Grouping::ByError)
        return isLeaf(index);
    return !isLeaf(index) && index.row() > 0;
}

} // namespace console
