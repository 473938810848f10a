// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/pagedrows.h"
#include "ui/core/runcolumns.h"

#include <QSet>

namespace console {

class Feed;

struct RunRows {
    using Row = devserver::api::RunSummary;
    using Page = devserver::api::RunPage;
    using Key = devserver::RunId;

    static Key key(const Row &row) { return row.id; }

    static devserver::TimePoint bornAt(const Row &row) { return row.queuedAt; }
};

/// The runs that one query finds, kept current by the feed (ui.md §6).
class RunListModel final : public PagedRows<RunRows>
{
    Q_OBJECT

public:
    /// Filter and order of \a query; pages are this model's own.
    RunListModel(devserver::api::ConsoleBackend &backend, FrameClock &clock, Feed &feed,
                 devserver::api::RunsQuery query, QObject *parent = nullptr);

    [[nodiscard]] const devserver::api::RunsQuery &query() const { return m_query; }

    /// There are several apps: the function column names them, too.
    void setShowsApps(bool showsApps);

protected:
    [[nodiscard]] devserver::api::Reply *askPage(const devserver::api::PageToken &after,
                                                 int limit) override;
    [[nodiscard]] Fit fit(const devserver::api::RunSummary &run) const override;
    [[nodiscard]] devserver::api::Reply *askAbout(std::vector<devserver::RunId> runs) override;
    [[nodiscard]] bool takesNew() const override;

    [[nodiscard]] bool isByIds() const override { return takesNew(); }

    void intern(devserver::api::RunSummary &run) override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QString toolTip(int row, int column) const override;
    [[nodiscard]] QString spoken(int row, int column) const override;
    [[nodiscard]] QString filterTerm(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    timeUntilChange(int row, devserver::TimePoint now) const override;

private:
    [[nodiscard]] RunCellStyle style() const;

    devserver::api::RunsQuery m_query;
    QSet<QByteArray> m_texts; ///< names that many rows share
    bool m_showsApps = false;
};

} // namespace console
