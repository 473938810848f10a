// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/rerunbar.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/widgets/context.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/navigator.h"

#include <QCoreApplication>

namespace console {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RerunBar", text);
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

} // namespace console
