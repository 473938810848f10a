// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/retrywatch.h"

#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/core/format.h"
#include "ui/core/runwords.h"
#include "ui/widgets/context.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/navigator.h"

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::RunId;
using devserver::api::RunSummary;

namespace {

const QByteArray failedBar = "retry.failedAgain"_ba;

/// `TimeoutError: the gateway did not answer`
QString errorOf(const RunSummary &run)
{
    const QString name = QString::fromUtf8(run.errorName);
    const QString message = QString::fromUtf8(run.errorMessage);
    return name.isEmpty() || message.isEmpty() ? name + message : QString(name + u": "_s + message);
}

/// `Failed again: TimeoutError (attempt 5) · charge-order 01J9…F3QT`
QString failureOf(const RunSummary &run, const QString &name)
{
    const QString attempt = QString::number(run.attempt);
    const QString error = errorOf(run);
    return error.isEmpty()
               ? RetryWatch::tr("Failed again (attempt %1) \u00b7 %2").arg(attempt, name)
               : RetryWatch::tr("Failed again: %1 (attempt %2) \u00b7 %3")
                     .arg(error, attempt, name);
}

} // namespace

RetryWatch::RetryWatch(Context &context, InfoBarStack &bars)
    : QObject(&bars)
    , m_context(context)
    , m_bars(bars)
{
    connect(&context.feed, &Feed::runsChanged, this, &RetryWatch::take);
    connect(&context.feed, &Feed::runsHeld, this, &RetryWatch::take); // a bar is no row
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &RetryWatch::followServer);
    followServer();
}

RetryWatch &RetryWatch::of(Context &context, InfoBarStack &bars)
{
    if (auto *known = bars.findChild<RetryWatch *>({}, Qt::FindDirectChildrenOnly))
        return *known;
    return *new RetryWatch(context, bars);
}

/// Of other data none of these runs is told of any more.
void RetryWatch::followServer()
{
    const devserver::api::ServerState &server = m_context.backend.server();
    if (server.phase != devserver::api::ServerPhase::Serving) {
        if (server.dataFile.isEmpty())
            forgetAll();
        return;
    }
    const bool isOther = std::exchange(m_dataFile, server.dataFile) != server.dataFile;
    const qint64 bornAt = std::exchange(m_bornAt, server.dataFileBornAt);
    if (isOther || (bornAt != 0 && m_bornAt != 0 && bornAt != m_bornAt))
        forgetAll();
}

/// Nor is there anything left to open.
void RetryWatch::forgetAll()
{
    m_watched.clear();
    m_failed.clear();
    m_bars.dismiss(failedBar);
}

void RetryWatch::expect(RunId run, int cycle, const QString &function)
{
    const auto known = m_watched.find(run);
    if (known != m_watched.end() && known->second.cycle == cycle)
        return; // asked for twice: the second one is refused, and the first goes on
    m_watched.insert_or_assign(run, Watched{.cycle = cycle,
                                            .name = u"%1 %2"_s.arg(function, shortId(run.toText())),
                                            .bar = {},
                                            .end = {}});
}

void RetryWatch::forget(RunId run)
{
    const auto known = m_watched.find(run);
    if (known != m_watched.end() && known->second.bar.isEmpty()) // else another one has begun
        m_watched.erase(known);
}

void RetryWatch::begin(const std::vector<RunId> &runs, const InfoText &started)
{
    takeBack(runs);
    InfoText info = started;
    if (runs.size() == 1)
        info.about = runs.front().toText();
    m_bars.show(info);
    follow(runs, started.id);
}

void RetryWatch::follow(const std::vector<RunId> &runs, const QByteArray &bar)
{
    std::vector<RunSummary> ended;
    for (const RunId run : runs) {
        const auto found = m_watched.find(run);
        if (found == m_watched.end())
            continue;
        found->second.bar = bar;
        if (found->second.end)
            ended.push_back(*found->second.end);
    }
    take(ended);
}

/// Being tried anew, they have not failed for now.
void RetryWatch::takeBack(const std::vector<RunId> &runs)
{
    const auto gone = std::erase_if(m_failed, [&runs](const Failure &failure) {
        return std::find(runs.begin(), runs.end(), failure.run) != runs.end();
    });
    if (m_failed.empty())
        m_bars.dismiss(failedBar);
    else if (gone > 0 && m_bars.has(failedBar))
        m_bars.show(failures());
}

/// What it was before the retry is told late sometimes.
void RetryWatch::take(const std::vector<RunSummary> &runs)
{
    for (const RunSummary &run : runs) {
        const auto watched = m_watched.find(run.id);
        const bool isOver =
            hasEnded(displayState(run)) && run.letter != devserver::LetterState::Retrying;
        if (watched == m_watched.end() || run.cycle <= watched->second.cycle || !isOver)
            continue;
        if (watched->second.bar.isEmpty())
            watched->second.end = run;
        else
            tell(run, m_watched.extract(watched).mapped());
    }
}

void RetryWatch::tell(const RunSummary &run, const Watched &watched)
{
    const bool isThere = m_bars.isAbout(watched.bar, run.id.toText());
    switch (displayState(run)) {
    case DisplayState::Completed:
        if (isThere) { // else it ends quietly
            const auto open = [&context = m_context, id = run.id] {
                context.navigator.openRun(id);
            };
            m_bars.show({.id = watched.bar,
                         .kind = InfoKind::Success,
                         .text = tr("Completed: %1").arg(watched.name),
                         .buttons = {{tr("Open run"), open}},
                         .details = {},
                         .lasts = passingBar});
        }
        return;
    case DisplayState::Failed:
    case DisplayState::Dead:
        if (!m_bars.has(failedBar))
            m_failed.clear();
        std::erase_if(m_failed, [&run](const Failure &one) { return one.run == run.id; });
        m_failed.push_back({.run = run.id, .text = failureOf(run, watched.name)});
        m_bars.replace(isThere ? watched.bar : failedBar, failures());
        return;
    default:
        if (isThere) // who cancelled it was told
            m_bars.dismiss(watched.bar);
        return;
    }
}

InfoText RetryWatch::failures() const
{
    InfoText info{.id = failedBar, .kind = InfoKind::Error, .lasts = resultBar};
    if (m_failed.size() == 1) {
        info.text = m_failed.front().text;
        info.buttons = {{tr("Open run"), [&context = m_context, run = m_failed.front().run] {
                             context.navigator.openRun(run);
                         }}};
        return info;
    }
    QByteArrayList ids;
    QStringList texts;
    for (const Failure &failure : m_failed) {
        ids.append(failure.run.toText());
        texts.append(failure.text);
    }
    info.text = tr("%Ln run(s) failed again", nullptr, static_cast<int>(m_failed.size()));
    info.details = texts.join(u'\n');
    info.buttons = {
        {tr("Show them"), [&context = m_context, filter = filterTermText("id"_ba, ids)] {
             context.navigator.filterRuns(filter);
         }}};
    return info;
}

void retryAndTell(Context &context, InfoBarStack &bars, const RunSummary &run, const QByteArray &id,
                  const std::function<void()> &answered)
{
    RetryWatch &watch = RetryWatch::of(context, bars);
    watch.expect(run.id, run.cycle, functionOf(run));
    const QString name = u"%1 %2"_s.arg(functionOf(run), shortId(run.id.toText()));
    devserver::api::then<devserver::VerbDone>(
        context.backend.act(devserver::RetryLetter{.run = run.id}), &watch,
        [&watch, run = run.id, id, name, answered](const devserver::VerbDone &) {
            watch.begin({run}, {.id = id,
                                .kind = InfoKind::Success,
                                .text = RetryWatch::tr("Retry started: %1").arg(name),
                                .buttons = {},
                                .details = {},
                                .lasts = passingBar});
            answered();
        },
        [&watch, &bars, &context, run = run.id, id, answered](const devserver::Error &error) {
            watch.forget(run);
            bars.show(
                errorBar(id, RetryWatch::tr("Retry was refused"), error, context.backend.now()));
            answered();
        });
}

} // namespace console
