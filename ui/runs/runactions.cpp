// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/runactions.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/runlistmodel.h"
#include "ui/core/runwords.h"
#include "ui/runs/matchingruns.h"
#include "ui/widgets/announcer.h"
#include "ui/widgets/context.h"
#include "ui/widgets/eachrun.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/rerunbar.h"
#include "ui/widgets/retrynow.h"
#include "ui/widgets/retrywatch.h"
#include "ui/widgets/runrefusal.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/view.h"

#include <QAction>
#include <QCheckBox>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <memory>

namespace console {

using namespace Qt::StringLiterals;
using devserver::ActivityKind;
using devserver::RunId;
using devserver::VerbDone;
using devserver::api::RunSummary;

namespace {

bool does(const RunSummary &run, ActivityKind kind)
{
    return std::any_of(
        run.activities.begin(), run.activities.end(),
        [kind](const devserver::Activity &activity) { return activity.kind == kind; });
}

bool canRetry(const RunSummary &run)
{
    return run.letter == devserver::LetterState::Open;
}

bool canRetryNow(const RunSummary &run)
{
    return does(run, ActivityKind::BackingOff);
}

bool canSkip(const RunSummary &run)
{
    return does(run, ActivityKind::Sleeping);
}

bool isLive(const RunSummary &run)
{
    return !hasEnded(displayState(run));
}

bool isOver(const RunSummary &run)
{
    return hasEnded(displayState(run));
}

bool isRerun(const RunSummary &run)
{
    return !run.originalRun.isNull();
}

bool always(const RunSummary &)
{
    return true;
}

QString bulkNote()
{
    return RunActions::tr("One is tried first, the others follow if it completes. Activity shows "
                          "how far it is.");
}

template<typename V>
devserver::Verb verbFor(RunId run)
{
    V verb;
    verb.run = run;
    return verb;
}

} // namespace

/// One deed on many runs, some of them at a time.
struct RunActions::Batch {
    Deed deed;
    std::vector<RunId> runs;
    RunSummary only; ///< the row of it, if it is one
    std::size_t refused = 0;
    devserver::Error first;
    std::vector<RunId> done; ///< of `runs`, those that did not refuse
    RunId begun;             ///< the last run that this began
};

RunActions::RunActions(Context &context, View &view, ListTable &table, MatchingRuns &matching)
    : QObject(&view)
    , m_context(context)
    , m_view(view)
    , m_table(table)
    , m_matching(matching)
    , m_deeds(deeds())
{
    for (const Deed &deed : m_deeds)
        bindDeed(deed);
    bindSingles();
    bindCopies();
    bindLetters();
    for (const QByteArray &id : answeringRunActions())
        context.actions.answerKeys(id, &table, [this, id](const QString &reason) {
            const std::vector<RunSummary> runs = selected();
            m_view.infoBars().show(
                refusalBar(runRefusal(id, runs.size() == 1 ? &runs.front() : nullptr, reason)));
        });
    connect(&matching, &MatchingRuns::changed, &context.actions, &ActionRegistry::refresh);
    connect(&table, &ListTable::selectionEdited, &context.actions, &ActionRegistry::refresh);
    watchRows();
}

std::vector<RunActions::Deed> RunActions::deeds() const
{
    std::vector<Deed> all = {
        {"run.retry"_ba, tr("Retry"), tr("Retry %1 of %2"), tr("Retry %1"),
         tr("Retry all that match…"), tr("Only a dead run can be retried"), tr("Retry was refused"),
         "dead"_ba, canRetry, verbFor<devserver::RetryLetter>},
        {"run.retryNow"_ba, tr("Retry now"), tr("Retry %1 of %2 now"), tr("Retry %1 now"),
         tr("Retry all that match now…"), tr("The run does not wait for its next attempt"),
         tr("Retry now was refused"), "live"_ba, canRetryNow, verbFor<devserver::RetryNow>},
        {"run.rerun"_ba, tr("Rerun"), tr("Rerun %1 of %2"), tr("Rerun %1"),
         tr("Rerun all that match…"), tr("The run has not ended yet"), tr("Rerun was refused"),
         "ended"_ba, isOver, verbFor<devserver::RerunRun>},
        {"run.skip"_ba, tr("Skip sleep"), tr("Skip %1 of %2 sleeps"), tr("Skip %1 sleeps"),
         tr("Skip sleep of all that match…"), tr("The run does not sleep"),
         tr("Skip sleep was refused"), "live"_ba, canSkip, verbFor<devserver::SkipSleep>},
        {"run.cancel"_ba, tr("Cancel"), tr("Cancel %1 of %2"), tr("Cancel %1"),
         tr("Cancel all that match…"), tr("The run has ended"), tr("Cancel run was refused"),
         "live"_ba, isLive, verbFor<devserver::CancelRun>},
    };
    all[0].begun = tr("Retry started: %1");
    all[2].begun = tr("Rerun started: %1");
    return all;
}

std::vector<RunSummary> RunActions::selected() const
{
    std::vector<RunSummary> rows;
    if (const auto *list = qobject_cast<const RunListModel *>(m_table.list())) {
        for (const int row : m_table.selectedRows())
            rows.push_back(list->at(row));
    }
    return rows;
}

void RunActions::bindDeed(const Deed &deed)
{
    m_context.actions.action(deed.id)->setAutoRepeat(false); // a key that is held is one deed
    m_context.actions.bind(
        deed.id, &m_table, [this, deed] { perform(deed); }, [this, deed] { return check(deed); });
}

Availability RunActions::check(const Deed &deed) const
{
    if (m_matching.areChosen())
        return {.isEnabled = true, .reason = {}, .text = deed.matching};
    int all = 0;
    int fitting = 0;
    if (const auto *list = qobject_cast<const RunListModel *>(m_table.list())) {
        for (const int row : m_table.selectedRows()) {
            ++all;
            fitting += deed.fits(list->at(row)) ? 1 : 0;
        }
    }
    if (all == 0)
        return {.isEnabled = false, .reason = tr("No run is selected"), .text = {}};
    if (fitting == 0)
        return {.isEnabled = false, .reason = deed.reason, .text = {}};
    if (all == 1)
        return {};
    const QString text = fitting == all ? deed.many.arg(all) : deed.some.arg(fitting).arg(all);
    return {.isEnabled = true, .reason = {}, .text = text};
}

void RunActions::perform(const Deed &deed)
{
    if (m_matching.areChosen()) {
        performOnMatching(deed);
        return;
    }
    std::vector<RunId> runs;
    for (const RunSummary &run : selected()) {
        if (deed.fits(run))
            runs.push_back(run.id);
    }
    const bool asks =
        static_cast<int>(runs.size()) >= asksFrom
        && !m_context.settings.value(u"confirm/never/"_s + QString::fromLatin1(deed.id)).toBool();
    const QString selected =
        tr("%Ln run(s) (is|are) selected for this.", nullptr, static_cast<int>(runs.size()));
    if (asks)
        ask(deed, runs, isBulk(deed, runs.size()) ? selected + u'\n' + bulkNote() : selected);
    else if (isBulk(deed, runs.size()))
        startBulk(runs);
    else
        act(deed, runs);
}

/// Asks in any case: nobody has seen all of them.
void RunActions::performOnMatching(const Deed &deed)
{
    m_matching.collect(
        deed.kind, deed.fits,
        [this, deed](const std::vector<RunId> &runs) {
            m_view.infoBars().dismiss(deed.id);
            if (runs.empty()) {
                m_view.infoBars().show(
                    {.id = deed.id,
                     .kind = InfoKind::Info,
                     .text = tr("Nothing to do: this fits none of the runs that match."),
                     .buttons = {},
                     .details = {}});
                return;
            }
            const QString note =
                deed.kind == "dead" ? bulkNote()
                                    : tr("These are all that match the filter and that this fits.");
            ask(deed, runs, note);
        },
        [this, deed](const devserver::Error &error) {
            m_view.showError(deed.id, tr("The runs that match could not be read"), error);
        });
}

void RunActions::ask(const Deed &deed, const std::vector<RunId> &runs, const QString &note)
{
    const QString doIt = deed.many.arg(formatCount(static_cast<qint64>(runs.size())));
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, doIt, note, QMessageBox::NoButton, m_view.window());
    box->setObjectName(u"runsConfirm"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *accept = box->addButton(doIt, QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    QCheckBox *never = nullptr;
    if (!m_matching.areChosen()) {
        never = new QCheckBox(tr("Do not ask again for %1").arg(deed.one), box);
        box->setCheckBox(never);
    }
    connect(box, &QMessageBox::buttonClicked, this,
            [this, deed, runs, accept, never](const QAbstractButton *clicked) {
                if (clicked != accept)
                    return;
                if (never != nullptr && never->isChecked()) {
                    m_context.settings.setValue(u"confirm/never/"_s + QString::fromLatin1(deed.id),
                                                true);
                }
                const bool areMatching = never == nullptr;
                if ((areMatching && deed.kind == "dead") || isBulk(deed, runs.size()))
                    startBulk(runs);
                else
                    act(deed, runs);
            });
    box->open();
}

bool RunActions::isBulk(const Deed &deed, std::size_t runs)
{
    return deed.kind == "dead" && static_cast<int>(runs) >= asksFrom;
}

void RunActions::startBulk(const std::vector<RunId> &runs)
{
    devserver::BulkPlan plan;
    plan.title = tr("%Ln run(s)", nullptr, static_cast<int>(runs.size())).toUtf8();
    plan.runs = runs;
    devserver::api::then<devserver::api::BulkStarted>(
        m_context.backend.start(std::move(plan)), this,
        [this](const devserver::api::BulkStarted &) {
            m_view.infoBars().show(
                {.id = "run.retry"_ba,
                 .kind = InfoKind::Success,
                 .text = tr("The retry has begun"),
                 .buttons = {{tr("Show activity"),
                              [this] { m_context.navigator.go({.view = "activity"_ba}); }}},
                 .details = {},
                 .lasts = passingBar});
        },
        [this](const devserver::Error &error) {
            m_view.showError("run.retry"_ba, tr("Retry was refused"), error);
        });
}

void RunActions::act(const Deed &deed, const std::vector<RunId> &runs)
{
    const auto batch = std::make_shared<Batch>();
    batch->deed = deed;
    batch->runs = deed.id == "run.retryNow" ? takeRetryNow(m_context.backend, runs) : runs;
    if (batch->runs.empty())
        return answerRetriedAlready(m_context.backend, m_view.infoBars());
    const auto *list = qobject_cast<const RunListModel *>(m_table.list());
    if (const int row = list != nullptr && runs.size() == 1 ? list->rowOfKey(runs[0]) : -1;
        row >= 0)
        batch->only = list->at(row);
    if (deed.id == "run.retry")
        watchRetries(batch->runs);
    actOnEach(m_context.backend, this,
              {.runs = batch->runs,
               .verb = deed.verb,
               .done =
                   [batch](RunId run, const VerbDone &done) {
                       batch->begun = done.run;
                       batch->done.push_back(run);
                   },
               .refused =
                   [this, batch](RunId run, const devserver::Error &error) {
                       if (batch->deed.id == "run.retry")
                           RetryWatch::of(m_context, m_view.infoBars()).forget(run);
                       if (batch->refused++ == 0)
                           batch->first = error;
                   },
               .over = [this, batch] { tell(*batch); }});
}

void RunActions::tell(const Batch &batch)
{
    if (batch.refused == 0)
        return tellDone(batch);
    if (batch.deed.id == "run.retry")
        RetryWatch::of(m_context, m_view.infoBars()).follow(batch.done, batch.deed.id);
    if (batch.deed.id == "run.cancel" && !batch.done.empty())
        tellCancelled(m_context, m_view.infoBars(), batch.done, batch.deed.id);
    const QString &refused = batch.deed.refused;
    m_view.showError(
        batch.deed.id,
        batch.runs.size() == 1
            ? refused
            : tr("%1 (%2 of %3)").arg(refused).arg(batch.refused).arg(batch.runs.size()),
        batch.first);
}

/// What comes of them is told, of those that are loaded.
void RunActions::watchRetries(const std::vector<RunId> &runs)
{
    const auto *list = qobject_cast<const RunListModel *>(m_table.list());
    for (const RunId run : runs) {
        const int row = list == nullptr ? -1 : list->rowOfKey(run);
        if (row >= 0)
            RetryWatch::of(m_context, m_view.infoBars())
                .expect(run, list->at(row).cycle, functionOf(list->at(row)));
    }
}

void RunActions::tellDone(const Batch &batch)
{
    const int count = static_cast<int>(batch.runs.size());
    if (batch.deed.id == "run.cancel" && !batch.only.id.isNull())
        return tellCancelled(m_context, m_view.infoBars(), functionOf(batch.only), batch.only.id,
                             batch.deed.id);
    if (batch.deed.id == "run.cancel")
        return tellCancelled(m_context, m_view.infoBars(), batch.runs, batch.deed.id);
    if (batch.deed.begun.isEmpty())
        return announce(m_view, tr("%1: %Ln run(s)", nullptr, count).arg(batch.deed.one));
    InfoText info{.id = batch.deed.id,
                  .kind = InfoKind::Success,
                  .text = batch.deed.begun.arg(count == 1 ? shortId(batch.begun.toText())
                                                          : tr("%Ln run(s)", nullptr, count)),
                  .lasts = passingBar};
    if (count == 1)
        info.buttons = {
            {tr("Open run"), [this, run = batch.begun] { m_context.navigator.openRun(run); }}};
    if (batch.deed.id == "run.retry")
        RetryWatch::of(m_context, m_view.infoBars()).begin(batch.runs, info);
    else
        m_view.infoBars().show(info);
}

void RunActions::bindOne(const QByteArray &id, bool (*fits)(const Row &), const QString &reason,
                         const std::function<void(const Row &)> &run,
                         const std::function<QString(const Row &)> &whyNot)
{
    m_context.actions.bind(
        id, &m_table,
        [this, run] {
            if (const std::vector<Row> rows = selected(); rows.size() == 1)
                run(rows.front());
        },
        [this, fits, reason, whyNot]() -> Availability {
            const std::vector<int> rows = m_table.selectedRows();
            const auto *list = qobject_cast<const RunListModel *>(m_table.list());
            if (rows.size() != 1 || list == nullptr)
                return {.isEnabled = false, .reason = tr("Select one run"), .text = {}};
            const Row &row = list->at(rows.front());
            if (!fits(row))
                return {.isEnabled = false, .reason = reason, .text = {}};
            const QString other = whyNot ? whyNot(row) : QString();
            return {.isEnabled = other.isEmpty(), .reason = other, .text = {}};
        });
}

void RunActions::bindSingles()
{
    bindOne("run.open"_ba, always, {}, [this](const Row &run) { Q_EMIT openRequested(run.id); });
    bindOne("run.openWindow"_ba, always, {},
            [this](const Row &run) { m_context.navigator.openRunWindow(run.id); });
    bindOne("run.rerunWatch"_ba, isOver, tr("The run has not ended yet"),
            [this](const Row &run) { rerunAndWatch(run.id); });
    bindOne(
        "run.goEvent"_ba, [](const Row &run) { return !run.event.isNull(); },
        tr("No event started this run"),
        [this](const Row &run) { m_context.navigator.openEvent(run.event); });
    bindOne("run.goOriginal"_ba, isRerun, tr("It is not a rerun"),
            [this](const Row &run) { m_context.navigator.openRun(run.originalRun); });
    bindOne("run.goRelated"_ba, always, {},
            [this](const Row &run) { Q_EMIT relatedRequested(run.id); });
    bindOne("run.goFunction"_ba, always, {},
            [this](const Row &run) { m_context.navigator.openFunction(run.slug); });
}

void RunActions::rerunAndWatch(RunId run)
{
    devserver::api::then<VerbDone>(
        m_context.backend.act(devserver::RerunRun{run}), this,
        [this](const VerbDone &done) { m_context.navigator.openRun(done.run); },
        [this](const devserver::Error &error) {
            m_view.showError("run.rerunWatch"_ba, tr("Rerun was refused"), error);
        });
}

} // namespace console
