// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What WaitingView does with the rows that are selected.
#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/filtertext.h"
#include "ui/core/waitingmodel.h"
#include "ui/letters/waitingview.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/eachrun.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/mousewatch.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/rerunbar.h"
#include "ui/widgets/retrynow.h"
#include "ui/widgets/runrefusal.h"

#include <QApplication>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

namespace console {

using namespace Qt::StringLiterals;
using devserver::RunId;

namespace {

constexpr std::size_t asksFrom = 26; // as in Runs

/// Why nothing else can be done with a run than its row says.
QString whatItDoes(const WaitingRow &row)
{
    if (row.count > 1)
        return WaitingView::tr("these runs wait for their app.");
    switch (row.kind) {
    case WaitingKind::Retry:
        return WaitingView::tr("this run waits for its next attempt.");
    case WaitingKind::Sleep:
        return WaitingView::tr("this run sleeps.");
    default:
        return WaitingView::tr("this run waits.");
    }
}

/// Of a press that came before anybody could see that another row is chosen now.
QString nothingDone(WaitingKind kind)
{
    return kind == WaitingKind::Retry
               ? WaitingView::tr("Nothing was retried: the next row had just been chosen. Press "
                                 "again to retry it.")
               : WaitingView::tr("Nothing was skipped: the next row had just been chosen. Press "
                                 "again to skip its sleep.");
}

} // namespace

std::vector<WaitingRow> WaitingView::selected() const
{
    std::vector<WaitingRow> rows;
    if (const WaitingModel *model = list()) {
        for (const int row : m_table->selectedRows())
            rows.push_back(model->at(row));
    }
    return rows;
}

std::vector<RunId> WaitingView::selectedRuns() const
{
    std::vector<RunId> runs;
    std::set<RunId> known; // several jobs of one run may wait, and thousands for one app
    for (const WaitingRow &row : selected()) {
        for (const RunId run : list()->runsOf(row)) {
            if (known.insert(run).second)
                runs.push_back(run);
        }
    }
    return runs;
}

/// By one press of a key after another, which come back to it where few rows are: a retry that
/// failed at once would cost the next attempt before anybody has seen it.
bool WaitingView::wasJustSent(const WaitingRow &row) const
{
    const std::chrono::milliseconds gesture(QApplication::doubleClickInterval());
    const auto sent = m_sent.find(row.id());
    return sent != m_sent.end() && context().backend.steadyNow() - sent->second < gesture;
}

void WaitingView::bindDeed(const QByteArray &id, WaitingKind kind, const QString &reason,
                           const QString &many)
{
    context().actions.action(id)->setAutoRepeat(false); // a key that is held is one deed
    context().actions.bind(
        id, m_table,
        [this, kind] {
            std::vector<WaitingRow> rows = selected();
            std::erase_if(rows, [kind](const WaitingRow &row) { return row.kind != kind; });
            if (isForTheOneBefore())
                return;
            if (hasJustChosenItself()) { // a key, pressed twice for one
                infoBars().show(refusalBar(nothingDone(kind)));
                return;
            }
            std::erase_if(rows, [this](const WaitingRow &row) { return wasJustSent(row); });
            if (rows.empty()) {
                infoBars().show(refusalBar(tr("That was done a moment ago.")));
                return;
            }
            if (act(rows))
                chooseAfter(rows);
            else
                answerRetriedAlready(context().backend, infoBars());
        },
        [this, kind, reason, many]() -> Availability {
            const std::vector<WaitingRow> rows = selected();
            const auto fitting =
                std::count_if(rows.begin(), rows.end(),
                              [kind](const WaitingRow &row) { return row.kind == kind; });
            if (rows.empty())
                return {.isEnabled = false, .reason = tr("Nothing is selected"), .text = {}};
            if (fitting == 0)
                return {.isEnabled = false, .reason = reason, .text = {}};
            return {.isEnabled = true,
                    .reason = {},
                    .text = rows.size() == 1 ? QString() : many.arg(fitting)};
        });
}

void WaitingView::bindActions()
{
    ActionRegistry &actions = context().actions;
    bindDeed("run.retryNow"_ba, WaitingKind::Retry, tr("This does not wait for a retry"),
             tr("Retry %1 now"));
    bindDeed("run.skip"_ba, WaitingKind::Sleep, tr("This does not sleep"), tr("Skip %1 sleeps"));
    const auto hasOne = [this]() -> Availability {
        return {.isEnabled = !m_table->selectedRows().empty(),
                .reason = tr("Nothing is selected"),
                .text = {}};
    };
    actions.bind(
        "run.open"_ba, m_table,
        [this] {
            if (const std::vector<WaitingRow> rows = selected(); !rows.empty())
                open(rows.front());
        },
        hasOne);
    actions.action("run.cancel"_ba)->setAutoRepeat(false);
    actions.bind(
        "run.cancel"_ba, m_table, [this] { askToCancel(); },
        [this, hasOne]() -> Availability {
            Availability can = hasOne();
            if (const auto count = static_cast<qint64>(selectedRuns().size()); count > 1)
                can.text = tr("Cancel %1").arg(formatCount(count));
            return can;
        });
    actions.bind(
        "run.copyId"_ba, m_table,
        [this] {
            QByteArrayList ids;
            for (const RunId run : selectedRuns())
                ids.append(run.toText());
            context().desktop.copy(QString::fromLatin1(ids.join('\n')));
        },
        hasOne);
    actions.bind(
        "list.copy"_ba, m_table, [this] { context().desktop.copy(m_table->selectionText()); },
        hasOne);
    actions.bind(
        "list.only"_ba, m_table, [this] { addCondition(false); }, hasOne);
    actions.bind(
        "list.not"_ba, m_table, [this] { addCondition(true); }, hasOne);
    bindRefusals();
}

/// Keys of a run that do nothing here say so (ui.md §2/10).
void WaitingView::bindRefusals()
{
    ActionRegistry &actions = context().actions;
    for (const QByteArray &id : {"run.retry"_ba, "run.rerun"_ba}) { // of what has ended
        actions.bind(
            id, m_table, [] {},
            [this]() -> Availability {
                return {.isEnabled = false,
                        .reason = m_table->selectedRows().empty() ? tr("Nothing is selected")
                                                                  : tr("The run has not ended"),
                        .text = {}};
            });
    }
    for (const QByteArray &id :
         {"run.retry"_ba, "run.rerun"_ba, "run.retryNow"_ba, "run.skip"_ba, "run.cancel"_ba}) {
        actions.answerKeys(id, m_table, [this, id](const QString &reason) {
            const std::vector<WaitingRow> rows = selected();
            infoBars().show(
                refusalBar(rows.size() == 1 ? runRefusal(id, whatItDoes(rows.front())) : reason));
        });
    }
}

/// A cell that the language has no word for says so instead of doing nothing.
void WaitingView::addCondition(bool isNegated)
{
    if (m_filter->addCondition(m_table->currentFilterTerm(), isNegated)) {
        infoBars().dismiss("list.only"_ba);
        return;
    }
    infoBars().show(
        {.id = "list.only"_ba,
         .kind = InfoKind::Info,
         .text = tr("This cell has nothing to filter by. When, What, Function and Why have."),
         .buttons = {},
         .details = {}});
}

/// A run, or the runs that wait for an app.
void WaitingView::open(const WaitingRow &row)
{
    if (!row.isGroup())
        context().navigator.openRun(row.run);
    else
        context().navigator.filterRuns(filterTermText("app"_ba, {row.app.toUtf8()}) + u' '
                                       + filterTermText("state"_ba, {"waiting"_ba}));
}

void WaitingView::openApp(const QString &name)
{
    const devserver::AppId app = appIdOf(name);
    context().navigator.go(
        {.view = "apps"_ba, .filter = {}, .subject = app.isNull() ? QByteArray() : app.toText()});
}

/// It cannot be undone: of many, and of those that no row shows, a person is asked first.
void WaitingView::askToCancel()
{
    std::vector<RunId> runs = selectedRuns();
    if (isForTheOneBefore())
        return;
    if (hasJustChosenItself()) { // a key, pressed again for the one that has just left
        infoBars().show(refusalBar(tr("Nothing was cancelled: the next row had just been chosen. "
                                      "Press again to cancel it.")));
        return;
    }
    std::erase_if(runs, [this](const RunId run) { return m_cancelled.contains(run); });
    if (runs.empty()) {
        infoBars().show(refusalBar(tr("Nothing to cancel: this is being cancelled already.")));
        return;
    }
    if (runs.size() <= selected().size() && runs.size() < asksFrom) {
        cancel(runs, m_table->selectedIds());
        return;
    }
    const QString doIt = tr("Cancel %n runs", nullptr, static_cast<int>(runs.size()));
    auto *box = new QMessageBox(QMessageBox::NoIcon, doIt,
                                tr("They stop for good. Finished steps are not undone."),
                                QMessageBox::NoButton, window());
    box->setObjectName(u"waitingConfirm"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *accept = box->addButton(doIt, QMessageBox::AcceptRole);
    QPushButton *keep = box->addButton(tr("Keep them"), QMessageBox::RejectRole);
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    connect(box, &QMessageBox::buttonClicked, this,
            [this, runs, rows = m_table->selectedIds(), accept](const QAbstractButton *clicked) {
                if (clicked == accept)
                    cancel(runs, rows);
            });
    box->open();
}

void WaitingView::cancel(const std::vector<RunId> &runs, const QByteArrayList &rows)
{
    noteSent(rows);
    const std::vector<WaitingRow> chosen = selected();
    const QString function = chosen.empty() ? QString() : chosen.front().function;
    m_cancelled.insert(runs.begin(), runs.end());
    const auto done = std::make_shared<std::vector<RunId>>();
    const auto refused = std::make_shared<std::optional<devserver::Error>>();
    const auto tell = [this, done, refused, function, isOnly = runs.size() == 1] {
        if (isOnly && !done->empty())
            tellCancelled(context(), infoBars(), function, done->front(), "run.cancel"_ba);
        else if (!done->empty())
            tellCancelled(context(), infoBars(), *done, "run.cancel"_ba);
        if (*refused) // behind that: it takes back what was refused before
            showError("run.cancel"_ba, tr("Cancel run was refused"), **refused);
    };
    actOnEach(context().backend, this,
              {.runs = runs,
               .verb = [](RunId run) { return devserver::CancelRun{run}; },
               .done = [done](RunId run, const devserver::VerbDone &) { done->push_back(run); },
               .refused =
                   [this, refused](RunId run, const devserver::Error &error) {
                       m_cancelled.erase(run);
                       m_sent.clear(); // what leaves now does so by itself
                       *refused = error;
                   },
               .over = tell});
}

/// Of one run several jobs may wait. False: nothing was sent, it was asked for elsewhere a moment
/// ago.
bool WaitingView::act(const std::vector<WaitingRow> &rows)
{
    std::vector<devserver::RetryNow> retries;
    for (const WaitingRow &row : rows) {
        if (row.kind == WaitingKind::Retry)
            retries.push_back({.run = row.run, .job = row.job});
    }
    retries = takeRetryNow(context().backend, retries);
    bool isSent = false;
    for (const WaitingRow &row : rows) {
        const bool isTaken =
            std::any_of(retries.begin(), retries.end(), [&row](const devserver::RetryNow &retry) {
                return retry.run == row.run && retry.job == row.job;
            });
        if (row.kind != WaitingKind::Retry || isTaken) {
            send(row);
            isSent = true;
        }
    }
    return isSent;
}

void WaitingView::send(const WaitingRow &row)
{
    const bool isRetry = row.kind == WaitingKind::Retry;
    const devserver::Verb verb =
        isRetry ? devserver::Verb(devserver::RetryNow{.run = row.run, .job = row.job})
                : devserver::Verb(devserver::SkipSleep{.run = row.run, .job = row.job});
    noteSent({row.id()});
    devserver::api::then<devserver::VerbDone>(
        context().backend.act(verb), this, [](const devserver::VerbDone &) {},
        [this, isRetry, id = row.id()](const devserver::Error &error) {
            m_sent.erase(id);
            showError("waiting.act"_ba,
                      isRetry ? tr("Retry now was refused") : tr("Skip sleep was refused"), error);
        });
}

void WaitingView::runAction(const QModelIndex &index)
{
    m_choseItself.clear(); // somebody has chosen it now
    if (static_cast<WaitingColumn>(index.column()) != WaitingColumn::Action || list() == nullptr)
        return;
    const WaitingRow row = list()->at(index.row());
    if (row.kind == WaitingKind::Offline || row.kind == WaitingKind::Gone)
        openApp(row.app);
    else if (row.kind != WaitingKind::Delayed)
        act({row});
}

} // namespace console
