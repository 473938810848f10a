// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/sampleload.h"

#include "ui/core/format.h"
#include "ui/widgets/context.h"
#include "ui/widgets/jobs.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/sampleevents.h"

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int newsEvery = 20; ///< events: ten times a second

} // namespace

SampleLoad &SampleLoad::of(Context &context)
{
    if (auto *made = context.jobs.findChild<SampleLoad *>(QString(), Qt::FindDirectChildrenOnly))
        return *made;
    return *new SampleLoad(context);
}

SampleLoad::SampleLoad(Context &context)
    : QObject(&context.jobs)
    , m_context(context)
    , m_queue(context.backend)
{
    connect(&m_queue, &SendQueue::progressed, this, [this](int done, int failed) {
        m_done = done;
        m_failed = failed;
        if (done % newsEvery != 0)
            return;
        m_context.jobs.update(m_job, done, failed);
        Q_EMIT changed();
    });
    connect(&m_queue, &SendQueue::refused, this, [this](const devserver::Error &error) {
        m_problem = error.message;
        m_context.jobs.setProblem(m_job, error.message);
    });
    connect(&m_queue, &SendQueue::finished, this, [this](int done, int failed) {
        m_done = done;
        m_failed = failed;
        m_context.jobs.update(m_job, done, failed);
        m_context.jobs.finish(std::exchange(m_job, 0));
        Q_EMIT changed();
        if (!m_problem.isEmpty()) // the page that would say so may have given way to the runs
            m_context.navigator.tellProblem(
                tr("Sending many stopped after %1 of %2 events: %3")
                    .arg(formatCount(done - failed), formatCount(total), m_problem));
    });
    connect(&context.jobs, &Jobs::stopRequested, this, [this](int job) {
        if (job == m_job)
            stop();
    });
}

void SampleLoad::start()
{
    if (isRunning())
        return;
    m_done = 0;
    m_failed = 0;
    m_problem.clear();
    m_job = m_context.jobs.add(m_context.backend.now(),
                               tr("Load of %1 order/created").arg(formatCount(total)), total);
    m_queue.start({.copies = total, .perSecond = perSecond, .send = [this](int copy) {
                       return m_context.backend.send(sampleOrder(copy));
                   }});
    Q_EMIT changed();
}

QString SampleLoad::words() const
{
    const QString sent = formatCount(m_done - m_failed);
    if (isRunning())
        return tr("%1 of %2 events are sent.").arg(sent, formatCount(total));
    if (!m_problem.isEmpty())
        return tr("Stopped after %1 of %2 events: %3").arg(sent, formatCount(total), m_problem);
    if (m_done == 0)
        return {};
    return m_done < total ? tr("Stopped after %1 events.").arg(sent)
                          : tr("%1 events are sent.").arg(sent);
}

} // namespace console
