// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/runactions.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/runlistmodel.h"
#include "ui/core/runwords.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/view.h"

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

bool always(const RunSummary &)
{
    return true;
}

template<typename V>
devserver::Verb verbFor(RunId run)
{
    V verb;
    verb.run = run;
    return verb;
}

/// What many replies of one deed add up to.
struct Tally {
    int open = 0;
    int refused = 0;
    devserver::Error first;
};

} // namespace

RunActions::RunActions(Context &context, View &view, ListTable &table)
    : QObject(&view)
    , m_context(context)
    , m_view(view)
    , m_table(table)
{
    for (const Deed &deed : deeds())
        bindDeed(deed);
    bindSingles();
    connect(&table, &ListTable::selectionEdited, &context.actions, &ActionRegistry::refresh);
    connect(&table, &ListTable::replaced, this, [this] {
        connect(m_table.list(), &QAbstractItemModel::dataChanged, &m_context.actions,
                &ActionRegistry::refresh);
    });
}

std::vector<QByteArray> RunActions::menu()
{
    return {"run.open"_ba,
            "run.openWindow"_ba,
            ""_ba,
            "run.retry"_ba,
            "run.retryNow"_ba,
            "run.rerun"_ba,
            "run.rerunWatch"_ba,
            "run.cancel"_ba,
            "run.skip"_ba,
            ""_ba,
            "list.only"_ba,
            "list.not"_ba,
            "list.sameError"_ba,
            ""_ba,
            "run.copyId"_ba,
            "list.copy"_ba,
            ""_ba,
            "run.goEvent"_ba,
            "run.goFunction"_ba};
}

std::vector<RunActions::Deed> RunActions::deeds() const
{
    return {
        {"run.retry"_ba, tr("Retry"), tr("Retry %1 of %2"), tr("Retry %1"),
         tr("Only a dead run can be retried"), tr("Retry was refused"), canRetry,
         verbFor<devserver::RetryLetter>},
        {"run.retryNow"_ba, tr("Retry now"), tr("Retry %1 of %2 now"), tr("Retry %1 now"),
         tr("The run does not wait for its next attempt"), tr("Retry now was refused"), canRetryNow,
         verbFor<devserver::RetryNow>},
        {"run.rerun"_ba, tr("Rerun"), tr("Rerun %1 of %2"), tr("Rerun %1"),
         tr("The run has not ended yet"), tr("Rerun was refused"), isOver,
         verbFor<devserver::RerunRun>},
        {"run.skip"_ba, tr("Skip sleep"), tr("Skip %1 of %2 sleeps"), tr("Skip %1 sleeps"),
         tr("The run does not sleep"), tr("Skip was refused"), canSkip,
         verbFor<devserver::SkipSleep>},
        {"run.cancel"_ba, tr("Cancel"), tr("Cancel %1 of %2"), tr("Cancel %1"),
         tr("The run has ended"), tr("Cancel was refused"), isLive, verbFor<devserver::CancelRun>},
    };
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
    m_context.actions.bind(
        deed.id, &m_table, [this, deed] { perform(deed); }, [this, deed] { return check(deed); });
}

Availability RunActions::check(const Deed &deed) const
{
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
        return {.isEnabled = true, .reason = {}, .text = deed.one};
    const QString text = fitting == all ? deed.many.arg(all) : deed.some.arg(fitting).arg(all);
    return {.isEnabled = true, .reason = {}, .text = text};
}

void RunActions::perform(const Deed &deed)
{
    std::vector<RunId> runs;
    for (const RunSummary &run : selected()) {
        if (deed.fits(run))
            runs.push_back(run.id);
    }
    const bool asks =
        static_cast<int>(runs.size()) >= asksFrom
        && !m_context.settings.value(u"confirm/never/"_s + QString::fromLatin1(deed.id)).toBool();
    if (asks)
        ask(deed, runs);
    else
        act(deed, runs);
}

void RunActions::ask(const Deed &deed, const std::vector<RunId> &runs)
{
    const QString doIt = deed.many.arg(runs.size());
    auto *box = new QMessageBox(
        QMessageBox::NoIcon, doIt,
        tr("%n runs are selected for this.", nullptr, static_cast<int>(runs.size())),
        QMessageBox::NoButton, m_view.window());
    box->setObjectName(u"runsConfirm"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *go = box->addButton(doIt, QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    auto *never = new QCheckBox(tr("Do not ask again for %1").arg(deed.one), box);
    box->setCheckBox(never);
    connect(box, &QMessageBox::buttonClicked, this,
            [this, deed, runs, go, never](const QAbstractButton *clicked) {
                if (clicked != go)
                    return;
                if (never->isChecked()) {
                    m_context.settings.setValue(u"confirm/never/"_s + QString::fromLatin1(deed.id),
                                                true);
                }
                act(deed, runs);
            });
    box->open();
}

void RunActions::act(const Deed &deed, const std::vector<RunId> &runs)
{
    const auto tally = std::make_shared<Tally>();
    const auto total = static_cast<int>(runs.size());
    tally->open = total;
    const auto finish = [this, deed, tally, total] {
        if (--tally->open > 0 || tally->refused == 0)
            return;
        const QString what =
            total == 1 ? deed.refused
                       : tr("%1 (%2 of %3)").arg(deed.refused).arg(tally->refused).arg(total);
        m_view.showError(deed.id, what, tally->first);
    };
    for (const RunId run : runs) {
        devserver::api::then<VerbDone>(
            m_context.backend.act(deed.verb(run)), this, [finish](const VerbDone &) { finish(); },
            [finish, tally](const devserver::Error &error) {
                if (tally->refused++ == 0)
                    tally->first = error;
                finish();
            });
    }
}

void RunActions::bindOne(const QByteArray &id, bool (*fits)(const Row &), const QString &reason,
                         const std::function<void(const Row &)> &run)
{
    m_context.actions.bind(
        id, &m_table,
        [this, run] {
            if (const std::vector<Row> rows = selected(); rows.size() == 1)
                run(rows.front());
        },
        [this, fits, reason]() -> Availability {
            const std::vector<int> rows = m_table.selectedRows();
            const auto *list = qobject_cast<const RunListModel *>(m_table.list());
            if (rows.size() != 1 || list == nullptr)
                return {.isEnabled = false, .reason = tr("Select one run"), .text = {}};
            if (!fits(list->at(rows.front())))
                return {.isEnabled = false, .reason = reason, .text = {}};
            return {};
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
    bindOne("run.goFunction"_ba, always, {},
            [this](const Row &run) { m_context.navigator.openFunction(run.slug); });
    m_context.actions.bind(
        "run.copyId"_ba, &m_table,
        [this] { m_context.desktop.copy(QString::fromLatin1(m_table.selectedIds().join('\n'))); },
        [this]() -> Availability {
            return {.isEnabled = !m_table.selectedRows().empty(),
                    .reason = tr("No run is selected"),
                    .text = {}};
        });
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
