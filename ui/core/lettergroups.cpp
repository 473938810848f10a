// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/lettergroups.h"

#include "ui/core/filtertext.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::api::LetterGroupRow;

namespace {

constexpr std::size_t trendParts = 30;

devserver::api::Filter timeTerm(devserver::api::FilterOp op, devserver::TimePoint time)
{
    devserver::api::Filter filter;
    filter.kind = devserver::api::Filter::Kind::Term;
    filter.term.key = "ended"_ba;
    filter.term.op = op;
    filter.term.values = {devserver::toRfc3339(time)};
    filter.term.time = time;
    return filter;
}

/// Adds a group to what is known of several; their times are cut into parts of different lengths,
/// so that each part goes to where its middle is.
void addTo(LetterGroupRow &sum, const LetterGroupRow &group, devserver::TimePoint first,
           devserver::TimePoint now)
{
    sum.count += group.count;
    sum.lastSeen = std::max(sum.lastSeen, group.lastSeen);
    sum.firstSeen = first;
    sum.trend.resize(trendParts, 0);
    if (group.hour) { // its parts are those of the hour, which all of a row have in common
        for (std::size_t part = 0; part < std::min(group.trend.size(), trendParts); ++part)
            sum.trend[part] += group.trend[part];
        return;
    }
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

} // namespace

devserver::api::Filter lettersOf(const devserver::api::Filter &filter, const LetterGroupKey &group)
{
    using devserver::api::FilterOp;
    devserver::api::Filter all = filter;
    if (!group.app.isEmpty()) {
        devserver::api::Filter app;
        app.kind = devserver::api::Filter::Kind::Term;
        app.term.key = "app"_ba;
        app.term.values = {group.app};
        all = filterAnd(all, app);
    }
    if (group.hour) {
        all = filterAnd(all, timeTerm(FilterOp::GreaterEqual, *group.hour));
        all = filterAnd(all, timeTerm(FilterOp::Less, *group.hour + 1h));
    }
    return all;
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

} // namespace console
