// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/retrywatch.h"

#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/core/runwords.h"
#include "ui/widgets/context.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/navigator.h"

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::RunSummary;

namespace {

/// Of what took a while: somebody may look elsewhere.
constexpr std::chrono::seconds resultBar(30);

/// `TimeoutError: the gateway did not answer`
QString errorOf(const RunSummary &run)
{
    const QString name = QString::fromUtf8(run.errorName);
    const QString message = QString::fromUtf8(run.errorMessage);
    return name.isEmpty() || message.isEmpty() ? name + message : QString(name + u": "_s + message);
}

} // namespace

RetryWatch::RetryWatch(Context &context, InfoBarStack &bars, devserver::RunId run, int cycle,
                       const QString &function)
    : QObject(&bars)
    , m_context(context)
    , m_bars(bars)
    , m_run(run)
    , m_cycle(cycle)
    , m_name(u"%1 %2"_s.arg(function, shortId(run.toText())))
{
    connect(&context.feed, &Feed::runsChanged, this, &RetryWatch::take);
}

void RetryWatch::begin(const InfoText &started)
{
    m_bar = started.id;
    InfoText info = started;
    info.about = m_run.toText();
    m_bars.show(info);
    if (m_end)
        tell(*m_end);
}

/// What it was before the retry is told late sometimes.
void RetryWatch::take(const std::vector<RunSummary> &runs)
{
    for (const RunSummary &run : runs) {
        const bool isOver =
            hasEnded(displayState(run)) && run.letter != devserver::LetterState::Retrying;
        if (run.id != m_run || run.cycle <= m_cycle || !isOver)
            continue;
        m_end = run;
        if (!m_bar.isEmpty())
            return tell(run);
    }
}

void RetryWatch::tell(const RunSummary &run)
{
    disconnect(&m_context.feed, nullptr, this, nullptr);
    deleteLater();
    const bool isThere = m_bars.isAbout(m_bar, m_run.toText());
    if (isThere)
        m_bars.dismiss(m_bar);
    const auto open = [&context = m_context, id = m_run] { context.navigator.openRun(id); };
    InfoText info{.id = m_bar, .kind = InfoKind::Success, .buttons = {{tr("Open run"), open}}};
    switch (displayState(run)) {
    case DisplayState::Completed:
        info.text = tr("Completed: %1").arg(m_name);
        info.lasts = passingBar;
        if (isThere) // else it ends quietly
            m_bars.show(info);
        return;
    case DisplayState::Failed:
    case DisplayState::Dead:
        info.kind = InfoKind::Error;
        info.text = tr("Failed again: %1 (attempt %2) \u00b7 %3")
                        .arg(errorOf(run), QString::number(run.attempt), m_name);
        info.lasts = resultBar;
        if (!isThere) // nor takes it the place of another retry
            info.id += ".again";
        m_bars.show(info);
        return;
    default:
        return; // who cancelled it was told
    }
}

} // namespace console
