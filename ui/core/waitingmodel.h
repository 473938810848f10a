// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/pagedtablemodel.h"
#include "ui/core/waitingrow.h"

#include <map>
#include <set>

namespace console {

class Feed;

/// Everything that will happen by itself, soonest first (ui.md 12). One page; rows come, go and
/// move one by one with the runs that the feed brings.
class WaitingModel final : public PagedTableModel
{
    Q_OBJECT

public:
    struct Choice {
        std::set<WaitingKind> kinds; ///< empty: all
        QString word;                ///< in function, app or step, or how a run id begins
    };

    WaitingModel(devserver::api::ConsoleBackend &backend, FrameClock &clock, Feed &feed,
                 Choice choice, QObject *parent = nullptr);

    [[nodiscard]] const WaitingRow &at(int row) const
    {
        return m_rows[static_cast<std::size_t>(row)];
    }

    /// Of all kinds, whatever is shown.
    [[nodiscard]] int count(WaitingKind kind) const;
    /// Times and kinds of what is due before \a end; of all kinds.
    [[nodiscard]] std::vector<std::pair<devserver::TimePoint, WaitingKind>>
    dueBefore(devserver::TimePoint end) const;

    [[nodiscard]] QByteArray idAt(int row) const override { return at(row).id(); }

    [[nodiscard]] int rowOf(const QByteArray &id) const override;

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
    [[nodiscard]] QString copyText(int row, int column) const override;
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    timeUntilChange(int row, devserver::TimePoint now) const override;

private:
    void change(const devserver::api::RunSummary &run, std::vector<WaitingRow> &changed);
    [[nodiscard]] bool isShown(const WaitingRow &row) const;
    [[nodiscard]] int placeOf(const WaitingRow &row) const;
    void insert(const WaitingRow &row);
    void remove(const WaitingRow &row);

    Choice m_choice;
    std::vector<WaitingRow> m_rows; ///< by key
    std::map<devserver::RunId, std::vector<WaitingRow>> m_all;
    std::map<devserver::RunId, devserver::api::RunSummary> m_pending;
    std::map<WaitingKind, int> m_counts;
};

} // namespace console
