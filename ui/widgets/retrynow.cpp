// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/retrynow.h"

#include "devserver/api/consolebackend.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/mousewatch.h"
#include "ui/widgets/runrefusal.h"

#include <QApplication>
#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JobId;
using devserver::RetryNow;
using devserver::RunId;

namespace {

/// Belongs to the backend: all windows share it, and a run is the same one in each.
class LastRetries final : public QObject
{
public:
    using QObject::QObject;

    [[nodiscard]] static LastRetries &of(devserver::api::ConsoleBackend &backend)
    {
        for (QObject *child : backend.children()) {
            if (auto *known = dynamic_cast<LastRetries *>(child))
                return *known;
        }
        return *new LastRetries(&backend);
    }

    [[nodiscard]] std::vector<RetryNow> take(const std::vector<RetryNow> &wanted,
                                             std::chrono::steady_clock::time_point now)
    {
        const std::chrono::milliseconds interval(QApplication::doubleClickInterval());
        std::erase_if(m_askedAt, [&](const auto &asked) { return now - asked.second >= interval; });
        std::vector<RetryNow> taken;
        std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(taken),
                     [this](const RetryNow &one) { return !isAsked(one); });
        for (const RetryNow &one : wanted)
            m_askedAt[{one.run, one.job}] = now; // also if it is left out: the gesture goes on
        return taken;
    }

private:
    [[nodiscard]] bool isAsked(const RetryNow &wanted) const
    {
        for (auto asked = m_askedAt.lower_bound({wanted.run, {}});
             asked != m_askedAt.end() && asked->first.first == wanted.run; ++asked) {
            const JobId &job = asked->first.second;
            if (job.isEmpty() || wanted.job.isEmpty() || job == wanted.job)
                return true;
        }
        return false;
    }

    /// By run and job; no job: all of the run.
    std::map<std::pair<RunId, JobId>, std::chrono::steady_clock::time_point> m_askedAt;
};

} // namespace

std::vector<RetryNow> takeRetryNow(devserver::api::ConsoleBackend &backend,
                                   const std::vector<RetryNow> &wanted)
{
    return LastRetries::of(backend).take(wanted, backend.steadyNow());
}

std::vector<RunId> takeRetryNow(devserver::api::ConsoleBackend &backend,
                                const std::vector<RunId> &runs)
{
    std::vector<RetryNow> wanted;
    for (const RunId run : runs)
        wanted.push_back({.run = run, .job = {}});
    std::vector<RunId> taken;
    for (const RetryNow &retry : takeRetryNow(backend, wanted))
        taken.push_back(retry.run);
    return taken;
}

QString whyNotRetriedNow(devserver::api::ConsoleBackend &backend)
{
    if (MouseWatch::of(backend).isUsedNow())
        return {};
    return runRefusal("run.retryNow"_ba,
                      QCoreApplication::translate("RetryNow", "that was asked for a moment ago."));
}

void answerRetriedAlready(devserver::api::ConsoleBackend &backend, InfoBarStack &bars)
{
    if (const QString why = whyNotRetriedNow(backend); !why.isEmpty())
        bars.show(refusalBar(why));
}

} // namespace console
