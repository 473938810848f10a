// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/jobs.h"

#include <algorithm>

namespace console {

namespace {

constexpr std::size_t mostKept = 100;

} // namespace

int Jobs::add(devserver::TimePoint startedAt, const QString &title, int total, const QString &icon)
{
    // Old ones go, unless they still run.
    const auto over =
        std::find_if(m_jobs.begin(), m_jobs.end(), [](const Job &job) { return job.isOver; });
    if (m_jobs.size() >= mostKept && over != m_jobs.end())
        m_jobs.erase(over);
    m_jobs.push_back(
        {.id = ++m_lastId, .startedAt = startedAt, .title = title, .icon = icon, .total = total});
    Q_EMIT added(m_lastId);
    return m_lastId;
}

void Jobs::update(int id, int done, int failed)
{
    if (Job *job = find(id)) {
        job->done = done;
        job->failed = failed;
        Q_EMIT changed(id);
    }
}

void Jobs::setProblem(int id, const QString &problem, std::function<void()> showFailed)
{
    if (Job *job = find(id)) {
        job->problem = problem;
        job->showFailed = std::move(showFailed);
        Q_EMIT changed(id);
    }
}

void Jobs::finish(int id)
{
    if (Job *job = find(id)) {
        job->isOver = true;
        Q_EMIT changed(id);
    }
}

const Jobs::Job *Jobs::job(int id) const
{
    const auto found =
        std::find_if(m_jobs.begin(), m_jobs.end(), [id](const Job &job) { return job.id == id; });
    return found == m_jobs.end() ? nullptr : &*found;
}

Jobs::Job *Jobs::find(int id)
{
    const auto found =
        std::find_if(m_jobs.begin(), m_jobs.end(), [id](const Job &job) { return job.id == id; });
    return found == m_jobs.end() ? nullptr : &*found;
}

} // namespace console
