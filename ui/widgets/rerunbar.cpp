// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/rerunbar.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/widgets/context.h"
#include "ui/widgets/eachrun.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/navigator.h"

#include <QCoreApplication>

#include <memory>

namespace console {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RerunBar", text);
}

QString runsText(std::size_t count)
{
    return QCoreApplication::translate("RerunBar", "%Ln run(s)", nullptr, static_cast<int>(count));
}

/// What became of reruns that were asked for together.
struct Reruns {
    std::size_t begun = 0;
    std::size_t refused = 0;
    devserver::Error first;
};

void tellReruns(Context &context, InfoBarStack &bars, const Reruns &reruns, const QByteArray &id)
{
    if (reruns.refused > 0) {
        const QString what = tr("Rerun was refused (%1 of %2)")
                                 .arg(reruns.refused)
                                 .arg(reruns.refused + reruns.begun);
        bars.show(errorBar(id, what, reruns.first, context.backend.now()));
        return;
    }
    bars.show({.id = id,
               .kind = InfoKind::Success,
               .text = tr("Rerun started: %1").arg(runsText(reruns.begun)),
               .buttons = {},
               .details = {},
               .lasts = passingBar});
}

void rerunAll(Context &context, InfoBarStack &bars, const std::vector<devserver::RunId> &runs,
              const QByteArray &id)
{
    const auto reruns = std::make_shared<Reruns>();
    actOnEach(context.backend, &bars,
              {.runs = runs,
               .verb = [](devserver::RunId run) { return devserver::RerunRun{.run = run}; },
               .done = [reruns](devserver::RunId, const devserver::VerbDone &) { ++reruns->begun; },
               .refused =
                   [reruns](devserver::RunId, const devserver::Error &error) {
                       if (reruns->refused++ == 0)
                           reruns->first = error;
                   },
               .over = [&context, &bars, reruns, id] { tellReruns(context, bars, *reruns, id); }});
}

} // namespace

void rerunAndTell(Context &context, InfoBarStack &bars, devserver::RunId run, const QByteArray &id)
{
    devserver::api::then<devserver::VerbDone>(
        context.backend.act(devserver::RerunRun{.run = run}), &bars,
        [&context, &bars, id](const devserver::VerbDone &done) {
            const auto open = [&context, run = done.run] { context.navigator.openRun(run); };
            bars.show({.id = id,
                       .kind = InfoKind::Success,
                       .text = tr("Rerun started: %1").arg(shortId(done.run.toText())),
                       .buttons = {{tr("Open run"), open}},
                       .details = {},
                       .lasts = passingBar});
        },
        [&context, &bars, id](const devserver::Error &error) {
            bars.show(errorBar(id, tr("Rerun was refused"), error, context.backend.now()));
        });
}

void tellCancelled(Context &context, InfoBarStack &bars, const QString &function,
                   devserver::RunId run, const QByteArray &id)
{
    const QByteArray own = id + '/' + run.toText();
    bars.dismiss(id); // that it was refused before
    bars.show({.id = own,
               .kind = InfoKind::Success,
               .text = tr("Cancelled %1 %2").arg(function, shortId(run.toText())),
               .buttons = {{tr("Rerun"), [&context, &bars, run,
                                          own] { rerunAndTell(context, bars, run, own); }}},
               .details = {},
               .lasts = resultBar});
}

void tellCancelled(Context &context, InfoBarStack &bars, const std::vector<devserver::RunId> &runs,
                   const QByteArray &id)
{
    const QByteArray own = id + '/' + runs.front().toText();
    bars.dismiss(id); // that one was refused before
    const auto rerun = [&context, &bars, runs, own] { rerunAll(context, bars, runs, own); };
    bars.show({.id = own,
               .kind = InfoKind::Success,
               .text = tr("%1 cancelled").arg(runsText(runs.size())),
               .buttons = {{tr("Rerun"), rerun}},
               .details = {},
               .lasts = resultBar});
}

} // namespace console
