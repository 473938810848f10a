// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/letterediting.h"

#include "devserver/api/consolebackend.h"
#include "devserver/api/excerpts.h"
#include "ui/letters/editdialog.h"
#include "ui/letters/letterdetail.h"
#include "ui/widgets/context.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/navigator.h"

#include <QCoreApplication>
#include <QPointer>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::RunId;
using devserver::VerbDone;
using devserver::api::LetterSummary;
using devserver::api::RunRecord;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LetterEditing", text);
}

/// As a list would have it, as far as the dialog shows it.
LetterSummary letterOf(const RunRecord &record)
{
    const devserver::api::RunSummary &run = record.summary;
    LetterSummary letter;
    letter.run = run.id;
    letter.slug = run.slug;
    letter.functionName = run.functionName;
    letter.appName = run.appName;
    letter.failedAt = run.endedAt.value_or(run.queuedAt);
    letter.errorName = run.errorName;
    letter.errorMessage = run.errorMessage;
    if (record.letter) {
        letter.state = record.letter->state;
        letter.failedAt = record.letter->failedAt;
        letter.failedStepName = record.letter->failedStepName;
        letter.keptSteps = devserver::api::namesIn(record.letter->completedSteps);
    }
    return letter;
}

void tellBegun(const LetterEditing &where, RunId fresh)
{
    Context &context = where.context;
    where.bars.show(
        {.id = "dead.edited"_ba,
         .kind = InfoKind::Success,
         .text = tr("A new run goes on with the changed data"),
         .buttons = {{tr("Open run"), [&context, fresh] { context.navigator.openRun(fresh); }}},
         .details = {},
         .lasts = passingBar});
}

void openEditor(const LetterEditing &where, const RunRecord &record, const LetterSummary &letter,
                const std::function<void()> &done)
{
    const QByteArray data = LetterDetail::dataOf(record);
    auto *dialog =
        new EditDialog(where.context, letter, data.isEmpty() ? "{}"_ba : data, where.over.window());
    const auto retry = [where, run = letter.run, dialog = QPointer(dialog), done](
                           const devserver::RawJson &edited, bool reusesSteps, const QString &why) {
        devserver::api::then<VerbDone>(
            where.context.backend.act(devserver::RetryEdited{
                .run = run, .data = edited, .reusesSteps = reusesSteps, .note = why.toUtf8()}),
            &where.over,
            [where, dialog, done](const VerbDone &begun) {
                if (dialog) {
                    dialog->accept();
                    done(); // the button that was used has nothing to do any more
                }
                tellBegun(where, begun.run);
            },
            [dialog](const devserver::Error &error) {
                if (dialog)
                    dialog->showRefusal(error.message);
            });
    };
    QObject::connect(dialog, &EditDialog::chosen, &where.over, retry);
    dialog->open();
}

} // namespace

void editAndRetry(const LetterEditing &where, RunId run, const std::optional<LetterSummary> &letter,
                  std::function<void()> done)
{
    devserver::api::then<RunRecord>(
        where.context.backend.ask(devserver::api::RunRecordQuery{run}), &where.over,
        [where, letter, done = std::move(done)](const RunRecord &record) {
            openEditor(where, record, letter ? *letter : letterOf(record), done);
        },
        [where](const devserver::Error &error) {
            where.bars.show(errorBar("dead.edit"_ba, tr("The run could not be read"), error,
                                     where.context.backend.now()));
        });
}

void editRunsWhenAsked(Context &context)
{
    QObject::connect(
        &context.navigator, &Navigator::runEditRequested, &context.navigator,
        [&context](RunId run, InfoBarStack *bars, QWidget *asker) {
            editAndRetry({context, *bars, *asker}, run, {}, [asker] { asker->setFocus(); });
        });
}

} // namespace console
