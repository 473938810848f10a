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

LetterGroupRow sumOf(const std::vector<const LetterGroupRow *> &groups)
{
    LetterGroupRow sum;
    for (const LetterGroupRow *group : groups) {
        sum.firstSeen =
            sum.count == 0 ? group->firstSeen : std::min(sum.firstSeen, group->firstSeen);
        sum.lastSeen = std::max(sum.lastSeen, group->lastSeen);
        sum.count += group->count;
        sum.trend.resize(std::max(sum.trend.size(), group->trend.size()), 0);
        for (std::size_t part = 0; part < group->trend.size(); ++part)
            sum.trend[part] += group->trend[part]; // of the same time
    }
    return sum;
}

} // namespace console
