// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/eventlistmodel.h"

#include "ui/core/feed.h"

#include <utility>

namespace console {

using devserver::api::EventSummary;

EventListModel::EventListModel(devserver::api::ConsoleBackend &backend, FrameClock &clock,
                               Feed &feed, devserver::api::Filter filter, QObject *parent)
    : PagedRows<EventRows>(backend, clock, eventColumns(), parent)
    , m_filter(std::move(filter))
{
    connect(&feed, &Feed::eventsChanged, this,
            [this](const std::vector<EventSummary> &events) { take(events); });
}

devserver::api::Reply *EventListModel::askPage(const devserver::api::PageToken &after, int limit)
{
    return backend().ask(
        devserver::api::EventListQuery{.filter = m_filter, .after = after, .limit = limit});
}

devserver::api::Reply *EventListModel::askAbout(std::vector<devserver::EventId> events)
{
    return backend().ask(devserver::api::EventListQuery{
        .filter = m_filter, .after = {}, .among = std::move(events)});
}

Fit EventListModel::fit(const EventSummary &event) const
{
    return filterFits(m_filter, event, now());
}

Cell EventListModel::cell(int row, int column) const
{
    return eventCell(at(row), static_cast<EventColumn>(column), style());
}

QString EventListModel::toolTip(int row, int column) const
{
    return eventToolTip(at(row), static_cast<EventColumn>(column), style());
}

QString EventListModel::spoken(int row, int column) const
{
    return eventSpoken(at(row), static_cast<EventColumn>(column), style());
}

QString EventListModel::filterTerm(int row, int column) const
{
    return eventFilterTerm(at(row), static_cast<EventColumn>(column));
}

QString EventListModel::copyText(int row, int column) const
{
    return eventCopyText(at(row), static_cast<EventColumn>(column));
}

std::optional<std::chrono::milliseconds>
EventListModel::timeUntilChange(int row, devserver::TimePoint now) const
{
    if (timeStyle() != TimeStyle::Relative)
        return std::nullopt;
    return timeUntilTextChanges(at(row).receivedAt, now);
}

} // namespace console
