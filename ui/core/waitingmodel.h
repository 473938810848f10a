// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/filter.h"
#include "devserver/model/function.h"
#include "ui/core/pagedtablemodel.h"
#include "ui/core/waitingrow.h"

#include <map>
#include <set>

namespace console {

class Feed;

/// Everything that will happen by itself, soonest first (ui.md 12). One page; rows come, go and
/// move one by one with the runs that the feed brings. Runs that wait for the same app stand in one
/// row.
class WaitingModel final : public PagedTableModel
{
    Q_OBJECT

public:
    WaitingModel(devserver::api::ConsoleBackend &backend, FrameClock &clock, Feed &feed,
                 devserver::api::Filter filter, QObject *parent = nullptr);

    [[nodiscard]] const WaitingRow &at(int row) const
    {
        return m_rows[static_cast<std::size_t>(row)];
    }

    /// What is known of the apps: why one does not answer.
    void setApps(const std::vector<devserver::App> &apps);
    /// The runs of one that stands for many; of others its run.
    [[nodiscard]] std::vector<devserver::RunId> runsOf(const WaitingRow &row) const;

    /// Of all kinds, whatever is shown.
    [[nodiscard]] int count(WaitingKind kind) const;
    /// How many of a kind the filter would find without what it says of kinds; kept row by row.
    [[nodiscard]] int found(WaitingKind kind) const;
    /// How many a filter finds, whatever is shown: looks at all rows.
    [[nodiscard]] int count(const devserver::api::Filter &filter) const;

    /// How often a row was held against a filter, for tests: not all of them for each change.
    [[nodiscard]] qint64 judged() const { return m_judged; }

    /// Times and kinds of what is due before \a end; of all kinds.
    [[nodiscard]] std::vector<std::pair<devserver::TimePoint, WaitingKind>>
    dueBefore(devserver::TimePoint end) const;
    /// How many are due at \a begin or later.
    [[nodiscard]] int dueFrom(devserver::TimePoint begin) const;

    [[nodiscard]] QByteArray idAt(int row) const override { return at(row).id(); }

    [[nodiscard]] int rowOf(const QByteArray &id) const override;
    /// The first of a run; -1: none is shown.
    [[nodiscard]] int rowOf(devserver::RunId run) const;

    [[nodiscard]] bool isLeaving(int row) const override
    {
        Q_UNUSED(row)
        return false;
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

Q_SIGNALS:
    /// Numbers of kinds, or times.
    void contentChanged();

protected:
    [[nodiscard]] devserver::api::Reply *askPage(const devserver::api::PageToken &after,
                                                 int limit) override;
    [[nodiscard]] devserver::api::PageToken takePage(const devserver::api::Answer &page) override;
    void flush() override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QString toolTip(int row, int column) const override;
    [[nodiscard]] QString spoken(int row, int column) const override;
    [[nodiscard]] QString filterTerm(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    timeUntilChange(int row, devserver::TimePoint now) const override;

private:
    /// What is known of a run.
    struct Known {
        std::vector<WaitingRow> rows;
        std::vector<bool> fits; ///< for `found`, when they came
    };

    [[nodiscard]] Known known(const devserver::api::RunSummary &run) const;
    void tally(const Known &run, int by);
    void noteDue(const WaitingRow &row, bool isThere);
    void change(const devserver::api::RunSummary &run, std::vector<WaitingRow> &changed);
    [[nodiscard]] bool fits(const devserver::api::Filter &filter, const WaitingRow &row) const;
    [[nodiscard]] bool isShown(const WaitingRow &row) const;
    /// Takes an offline one into the row of its app, or out of it.
    void gather(const WaitingRow &row, bool isThere);
    /// The row of all that wait for an app, as it is to be now.
    void showOffline(const QString &app, std::vector<WaitingRow> &changed);
    [[nodiscard]] WaitingRow offlineRowOf(const QString &app) const;
    [[nodiscard]] int placeOf(const WaitingRow &row) const;
    void insert(const WaitingRow &row);
    void remove(const WaitingRow &row);

    using Branch = std::pair<devserver::RunId, devserver::JobId>;

    devserver::api::Filter m_filter;
    devserver::api::Filter m_ofAnyKind; ///< without what it says of kinds
    std::vector<WaitingRow> m_rows;     ///< by key
    std::map<devserver::RunId, Known> m_all;
    std::vector<std::pair<devserver::TimePoint, WaitingKind>> m_due; ///< sorted; of all
    std::map<QString, std::map<Branch, WaitingRow>> m_offline;       ///< shown ones, by app
    std::map<QString, QString> m_problems;                           ///< of apps, by name
    std::set<QString> m_touched; ///< apps whose row is to be made anew
    std::map<devserver::RunId, devserver::api::RunSummary> m_pending;
    std::map<WaitingKind, int> m_counts;
    std::map<WaitingKind, int> m_found;
    mutable qint64 m_judged = 0;
};

} // namespace console
