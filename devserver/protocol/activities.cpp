// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/restcodec.h"

#include <algorithm>

namespace devserver::protocol {

namespace {

ActivityKind kindOf(const Job &job, TimePoint now)
{
    switch (job.state) {
    case JobState::Leased:
        return ActivityKind::Executing;
    case JobState::BackingOff:
        return ActivityKind::BackingOff;
    case JobState::AppOffline:
        return ActivityKind::AppOffline;
    case JobState::NoHandler:
        return ActivityKind::NoHandler;
    case JobState::Interrupted:
        return ActivityKind::Queued;
    case JobState::Queued:
        break;
    }
    if (job.kind == JobKind::Sleep)
        return ActivityKind::Sleeping;
    return job.kind == JobKind::Start && job.runAt > now ? ActivityKind::Delayed
                                                         : ActivityKind::Queued;
}

bool isTimed(ActivityKind kind)
{
    return kind == ActivityKind::Delayed || kind == ActivityKind::BackingOff
           || kind == ActivityKind::Sleeping;
}

} // namespace

std::vector<Activity> activitiesOf(const std::vector<Job> &jobs, TimePoint now)
{
    std::vector<Activity> activities;
    activities.reserve(jobs.size());
    for (const Job &job : jobs) {
        Activity activity{.kind = kindOf(job, now),
                          .job = job.id,
                          .stepName = job.name,
                          .attempt = job.attempt,
                          .until = {}};
        if (isTimed(activity.kind))
            activity.until = job.runAt;
        activities.push_back(std::move(activity));
    }
    // What has no time of its own is happening now.
    std::ranges::stable_sort(activities, [](const Activity &a, const Activity &b) {
        return a.until.value_or(TimePoint::min()) < b.until.value_or(TimePoint::min());
    });
    return activities;
}

} // namespace devserver::protocol
