// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/runningwork.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/feed.h"
#include "ui/widgets/context.h"
#include "ui/widgets/jobs.h"

#include <algorithm>

namespace console {

using devserver::Bulk;
using devserver::BulkState;
using devserver::api::Bulks;

RunningWork::RunningWork(Context &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    connect(&context.feed, &Feed::bulksChanged, this, [this](const std::vector<Bulk> &bulks) {
        std::for_each(bulks.begin(), bulks.end(), [this](const Bulk &bulk) { take(bulk); });
        sum();
    });
    connect(&context.jobs, &Jobs::added, this, &RunningWork::sum);
    connect(&context.jobs, &Jobs::changed, this, &RunningWork::sum);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &RunningWork::ask);
    ask();
}

/// Those that go on from before the window or the server was started.
void RunningWork::ask()
{
    m_bulks.clear();
    if (m_context.backend.server().phase != devserver::api::ServerPhase::Serving) {
        sum();
        return;
    }
    devserver::api::then<Bulks>(
        m_context.backend.ask(devserver::api::BulksQuery{}), this,
        [this](const Bulks &known) {
            for (const Bulk &bulk : known.bulks) {
                if (!m_bulks.contains(bulk.id)) // what came by mail meanwhile is newer
                    take(bulk);
            }
            sum();
        },
        [](const devserver::Error &) {}); // told with the next change
}

void RunningWork::take(const Bulk &bulk)
{
    if (bulk.state == BulkState::Running)
        m_bulks.insert_or_assign(bulk.id, bulk);
    else
        m_bulks.erase(bulk.id);
}

void RunningWork::sum()
{
    int count = 0;
    qint64 done = 0;
    qint64 total = 0;
    for (const auto &[id, bulk] : m_bulks) {
        ++count;
        done += bulk.completed + bulk.failedAgain + bulk.refused;
        total += bulk.total;
    }
    for (const Jobs::Job &job : m_context.jobs.all()) {
        if (job.isOver)
            continue;
        ++count;
        done += job.done;
        total += job.total;
    }
    if (count == m_count && done == m_done && total == m_total)
        return;
    m_count = count;
    m_done = done;
    m_total = total;
    Q_EMIT changed();
}

} // namespace console
