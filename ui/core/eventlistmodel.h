// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/eventcolumns.h"
#include "ui/core/pagedrows.h"

namespace console {

class Feed;

/// Traits of PagedRows.
struct EventRows {
    using Row = devserver::api::EventSummary;
    using Page = devserver::api::EventSummaryPage;
    using Key = devserver::EventId;

    static Key key(const Row &row) { return row.internalId; }

    static devserver::TimePoint bornAt(const Row &row) { return row.receivedAt; }
};

/// The events that one filter finds, newest first, kept current by the feed (ui.md §9).
class EventListModel final : public PagedRows<EventRows>
{
    Q_OBJECT

public:
    EventListModel(devserver::api::ConsoleBackend &backend, FrameClock &clock, Feed &feed,
                   devserver::api::Filter filter, QObject *parent = nullptr);

protected:
    [[nodiscard]] devserver::api::Reply *askPage(const devserver::api::PageToken &after,
                                                 int limit) override;
    [[nodiscard]] Fit fit(const devserver::api::EventSummary &event) const override;
    [[nodiscard]] devserver::api::Reply *askAbout(std::vector<devserver::EventId> events) override;

    [[nodiscard]] bool isByIds() const override { return true; }

    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QString toolTip(int row, int column) const override;
    [[nodiscard]] QString spoken(int row, int column) const override;
    [[nodiscard]] QString filterTerm(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    timeUntilChange(int row, devserver::TimePoint now) const override;

private:
    [[nodiscard]] EventCellStyle style() const { return {.now = now(), .times = timeStyle()}; }

    devserver::api::Filter m_filter;
};

} // namespace console
