// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Skip and Retry now of the run that the panel shows: of the chosen step if that is what waits,
// else of all that do (ui.md §3.2).

#include "ui/runs/runpanel.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/retrynow.h"

#include <algorithm>
#include <iterator>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Activity;
using devserver::ActivityKind;

void RunPanel::bindWaits()
{
    const auto bind = [this](const QByteArray &id, ActivityKind kind) {
        m_context.actions.bind(
            id, this, [this, kind] { endWaits(kind); }, [this, kind] { return checkWaits(kind); });
    };
    bind("run.retryNow"_ba, ActivityKind::BackingOff);
    bind("run.skip"_ba, ActivityKind::Sleeping);
}

std::vector<Activity> RunPanel::waits(ActivityKind kind) const
{
    std::vector<Activity> found;
    if (isLoaded())
        std::copy_if(m_summary.activities.begin(), m_summary.activities.end(),
                     std::back_inserter(found),
                     [kind](const Activity &activity) { return activity.kind == kind; });
    return found;
}

bool RunPanel::isStepChosen() const
{
    const Selection &selection = m_context.navigator.selection();
    const bool isStep =
        selection.kind == Selection::Kind::Step || selection.kind == Selection::Kind::Attempt;
    return isStep && selection.run == m_run;
}

/// That of the step or attempt that is selected.
std::optional<Activity> RunPanel::chosenWait(ActivityKind kind) const
{
    const Selection &selection = m_context.navigator.selection();
    if (!isStepChosen() || m_timeline->run != m_run)
        return {};
    const int row = m_timeline->indexOf(selection.step, RowKind::Step);
    if (row < 0)
        return {};
    const std::vector<TimelineBar> &bars = m_timeline->rows[static_cast<std::size_t>(row)].bars;
    for (const Activity &activity : waits(kind)) {
        const bool isItsOwn =
            std::any_of(bars.begin(), bars.end(), [&activity](const TimelineBar &bar) {
                return bar.isOpen() && bar.job == activity.job;
            });
        if (isItsOwn)
            return activity;
    }
    return {};
}

/// The text says what it will be done for, unless that is all that waits and chosen.
Availability RunPanel::checkWaits(ActivityKind kind) const
{
    const bool isSleep = kind == ActivityKind::Sleeping;
    const std::vector<Activity> all = waits(kind);
    if (all.empty())
        return {.isEnabled = false,
                .reason = isSleep ? tr("The run does not sleep.")
                                  : tr("The run does not wait for a next attempt."),
                .text = {}};
    const std::optional<Activity> chosen = chosenWait(kind);
    if (!chosen && all.size() > 1)
        return {.isEnabled = true,
                .reason = {},
                .text =
                    (isSleep ? tr("Skip %1 sleeps") : tr("Retry %1 steps now")).arg(all.size())};
    if (all.size() == 1 && (chosen || !isStepChosen()))
        return {};
    const QByteArray name = (chosen ? *chosen : all.front()).stepName;
    return {.isEnabled = true,
            .reason = {},
            .text = (isSleep ? tr("Skip sleep of %1") : tr("Retry %1 now"))
                        .arg(name.isEmpty() ? functionBodyName() : QString::fromUtf8(name))};
}

void RunPanel::endWaits(ActivityKind kind)
{
    const std::optional<Activity> chosen = chosenWait(kind);
    const devserver::JobId job = chosen ? chosen->job : devserver::JobId();
    if (kind == ActivityKind::Sleeping)
        act(devserver::SkipSleep{.run = m_run, .job = job}, tr("Skip sleep"));
    else if (takeRetryNow(m_context.backend, {{.run = m_run, .job = job}}).empty())
        answerRetriedAlready(m_context.backend, *m_infoBars);
    else
        act(devserver::RetryNow{.run = m_run, .job = job}, tr("Retry now"));
}

} // namespace console
