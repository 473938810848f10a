// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/lettergroups.h"

#include <QAbstractItemModel>
#include <QPointer>
#include <QTimer>

#include <array>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace console {

class Feed;

/// Dead letters by function and error signature (ui.md 11): one row for all of them, then a row per
/// function with one per error below it, or the other way round, or by app, or by the hour. Asks
/// again, at most 4 times a second, when letters change; rows keep their place while counts change
/// and are never reset. GUI thread.
class LetterGroupModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Group, Number, First, Last, Trend, ColumnCount };

    enum Role {
        CountRole = Qt::UserRole + 1, ///< int
        MessageRole,                  ///< QString: newest message of an error
        TrendRole,                    ///< std::vector<int>, oldest first
        TrendScaleRole,               ///< int: the highest part of all rows, never 0
        NameRole,                     ///< QString, for sentences: `TimeoutError`
        IsErrorRole,                  ///< bool; else a function, an app, an hour or all of them
        MutedRole,                    ///< QString: `until 14:00`, `muted`; empty: it is not
    };

    enum class Grouping { ByFunction, ByError, ByApp, ByHour };
    static constexpr std::array groupings = {Grouping::ByFunction, Grouping::ByError,
                                             Grouping::ByApp, Grouping::ByHour};

    struct MuteWords { ///< empty: not all of the groups are muted
        QString brief; ///< `until 14:00`
        QString whole; ///< `muted until 2026-12-02 14:00`
    };

    using Groups = std::vector<std::pair<QByteArray, QByteArray>>; ///< function and signature

    LetterGroupModel(devserver::api::ConsoleBackend &backend, Feed &feed,
                     QObject *parent = nullptr);
    ~LetterGroupModel() override;
    Q_DISABLE_COPY_MOVE(LetterGroupModel)

    void setFilter(const devserver::api::Filter &filter);
    /// Asks now.
    void load();
    void setGrouping(Grouping grouping);

    [[nodiscard]] Grouping grouping() const { return m_grouping; }

    void setTimeStyle(TimeStyle style);

    /// What is said of the muting of the groups in a row.
    void setMuteWords(std::function<MuteWords(const Groups &)> words)
    {
        m_muteWords = std::move(words);
    }

    /// That is another one now.
    void showMuted() { announceRows(); }

    /// Texts of times change by themselves only while somebody sees them.
    void setShown(bool isShown);

    [[nodiscard]] LetterGroupKey keyOf(const QModelIndex &index) const;
    /// The row of this selection; invalid if it is not there.
    [[nodiscard]] QModelIndex indexOf(const LetterGroupKey &key) const;
    /// Function and signature of each group in this row.
    [[nodiscard]] Groups groupsIn(const QModelIndex &index) const;

    [[nodiscard]] int total() const { return m_total.count; }

    /// Rows come and go by themselves: what a view chooses instead of one that went is no choice.
    [[nodiscard]] bool isTaking() const { return m_isTaking; }

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

Q_SIGNALS:
    void loaded();
    void failed(const devserver::Error &error);

private:
    using Row = devserver::api::LetterGroupRow;

    struct Leaf {
        int rank = 0;
        Row group;
    };

    struct Branch {
        int rank = 0; ///< internal id of the indexes below it
        Row sum;      ///< of its groups
        std::vector<Leaf> leaves;
    };

    void take(const std::vector<Row> &groups);
    void takeLeaves(int branchRow, const std::vector<Leaf> &wanted);
    void takeBranches(const std::vector<Branch> &wanted);
    [[nodiscard]] int rankOf(const QByteArray &key);
    [[nodiscard]] int rowOfRank(int rank) const;
    [[nodiscard]] const Row &rowAt(const QModelIndex &index) const;

    [[nodiscard]] bool isLeaf(const QModelIndex &index) const { return index.internalId() != 0; }

    [[nodiscard]] bool isError(const QModelIndex &index) const;
    [[nodiscard]] Branch branchOf(const Row &group);
    [[nodiscard]] QString message(const QModelIndex &index) const;
    [[nodiscard]] QString hourText(devserver::TimePoint hour) const;

    [[nodiscard]] QString title(const QModelIndex &index) const;
    [[nodiscard]] MuteWords mute(const QModelIndex &index) const;
    [[nodiscard]] QString tip(const QModelIndex &index) const;
    [[nodiscard]] QString trendTip() const;
    [[nodiscard]] QString spoken(const QModelIndex &index) const;
    void tick();
    void announceRows();
    void takeTrendScale();

    devserver::api::ConsoleBackend &m_backend;
    devserver::api::Filter m_filter;
    QPointer<devserver::api::Reply> m_request;
    QTimer m_again;
    QTimer m_texts;
    Row m_total;
    bool m_isTaking = false;
    int m_trendScale = 1;
    std::vector<Branch> m_branches;
    std::vector<Row> m_groups; ///< the last answer
    std::map<QByteArray, int> m_ranks;
    std::function<MuteWords(const Groups &)> m_muteWords;
    TimeStyle m_timeStyle = TimeStyle::Relative;
    Grouping m_grouping = Grouping::ByFunction;
    bool m_isShown = false;
};

} // namespace console
