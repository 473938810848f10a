// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/letteractions.h"

#include "ui/core/catalog.h"
#include "ui/core/filterparser.h"
#include "ui/core/format.h"
#include "ui/core/letterlistmodel.h"
#include "ui/core/letterwords.h"
#include "ui/core/runwords.h"
#include "ui/letters/letterediting.h"
#include "ui/widgets/announcer.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/eachrun.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/mousewatch.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/retrywatch.h"
#include "ui/widgets/runrefusal.h"
#include "ui/widgets/view.h"

#include <QAction>
#include <QApplication>

#include <algorithm>
#include <memory>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::LetterState;
using devserver::RunId;
using devserver::VerbDone;
using devserver::api::LetterSummary;

namespace {

constexpr std::chrono::milliseconds readsAfter(1'000); ///< who sees a letter that was just chosen

/// `charge-order 01J9…F3QT`: one retry after another is told apart.
QString nameOf(const LetterSummary &letter)
{
    return u"%1 %2"_s.arg(functionOf(letter), shortId(letter.run.toText()));
}

} // namespace

LetterActions::LetterActions(Context &context, View &view, ListTable &table,
                             std::function<bool()> isAsking)
    : QObject(&view)
    , m_context(context)
    , m_view(view)
    , m_table(table)
    , m_isAsking(std::move(isAsking))
{
    bindVerbs();
    bindLists();
    bindRefusals();
    connect(&context.catalog, &Catalog::changed, &context.actions, &ActionRegistry::refresh);
    connect(&table, &ListTable::selectionEdited, &context.actions, &ActionRegistry::refresh);
    connect(&table, &ListTable::replaced, this, [this] {
        connect(m_table.list(), &PagedTableModel::rowsChanged, this, &LetterActions::noteRows);
    });
}

/// While much goes on some row changes with each frame, and seldom one that an action is about.
void LetterActions::noteRows()
{
    std::vector<Noted> now;
    if (const LetterListModel *model = list()) {
        for (const int row : m_table.selectedRows()) {
            const LetterSummary &letter = model->at(row);
            now.push_back({.run = letter.run,
                           .state = letter.state,
                           .isOver = isOver(letter, m_context.backend.now())});
        }
    }
    if (now == m_noted)
        return;
    m_noted = std::move(now);
    m_context.actions.refresh();
}

std::vector<QByteArray> LetterActions::menu()
{
    return {"dead.retry"_ba, "dead.edit"_ba,    "dead.discard"_ba, "dead.restore"_ba,
            ""_ba,           "dead.openRun"_ba, "dead.copyId"_ba,  "list.copy"_ba,
            ""_ba,           "list.only"_ba,    "list.not"_ba,     "dead.findError"_ba};
}

Availability LetterActions::answerFirst()
{
    return {.isEnabled = false, .reason = tr("Answer or cancel the question above"), .text = {}};
}

LetterListModel *LetterActions::list() const
{
    return qobject_cast<LetterListModel *>(m_table.list());
}

std::vector<RunId> LetterActions::selected(LetterState state) const
{
    std::vector<RunId> runs;
    if (const LetterListModel *model = list()) {
        for (const int row : m_table.selectedRows()) {
            if (model->at(row).state == state && !isOver(model->at(row), m_context.backend.now()))
                runs.push_back(model->at(row).run);
        }
    }
    return runs;
}

Availability LetterActions::check(LetterState state, const QString &reason,
                                  const QString &many) const
{
    if (m_isAsking())
        return answerFirst();
    const std::vector<int> rows = m_table.selectedRows();
    if (rows.empty())
        return {.isEnabled = false, .reason = tr("No dead letter is selected"), .text = {}};
    const std::size_t fitting = selected(state).size();
    if (fitting == 0)
        return {.isEnabled = false, .reason = reason, .text = {}};
    return {
        .isEnabled = true, .reason = {}, .text = rows.size() == 1 ? QString() : many.arg(fitting)};
}

void LetterActions::bindVerbs()
{
    ActionRegistry &actions = m_context.actions;
    actions.action("dead.retry"_ba)->setAutoRepeat(false); // a key that is held is one retry
    actions.bind(
        "dead.retry"_ba, &m_table, [this] { retry(); },
        [this] { return check(LetterState::Open, tr("It is not open"), tr("Retry %1")); });
    actions.bind(
        "dead.discard"_ba, &m_table, [this] { Q_EMIT discardWanted(selected(LetterState::Open)); },
        [this] { return check(LetterState::Open, tr("It is not open"), tr("Discard %1…")); });
    actions.bind(
        "dead.restore"_ba, &m_table,
        [this] {
            const std::vector<RunId> runs = selected(LetterState::Discarded);
            restore(runs, runs);
        },
        [this] {
            const std::vector<int> rows = m_table.selectedRows();
            const bool areOver =
                !rows.empty() && std::all_of(rows.begin(), rows.end(), [this](int row) {
                    return isOver(list()->at(row), m_context.backend.now());
                });
            return check(LetterState::Discarded,
                         areOver ? tr("Discarded more than 7 days ago: its steps are gone")
                                 : tr("It is not discarded"),
                         tr("Restore %1"));
        });
    actions.bind(
        "dead.edit"_ba, &m_table, [this] { edit(); },
        [this]() -> Availability {
            if (m_isAsking())
                return answerFirst();
            if (m_table.selectedRows().size() != 1)
                return {.isEnabled = false, .reason = tr("Select one dead letter"), .text = {}};
            const Availability now = check(LetterState::Open, tr("It is not open"), {});
            if (!now.isEnabled)
                return now;
            const QByteArray &slug = list()->at(m_table.selectedRows().front()).slug;
            return {.isEnabled = m_context.catalog.isRegistered(slug),
                    .reason = goneFunctionText(),
                    .text = {}};
        });
    actions.bind(
        "dead.undo"_ba, &m_view, [this] { undo(); },
        [this]() -> Availability {
            return {.isEnabled = !m_undos.empty(),
                    .reason = tr("Nothing was discarded or muted"),
                    .text = {}};
        });
}

void LetterActions::bindLists()
{
    ActionRegistry &actions = m_context.actions;
    const auto hasAny = [this]() -> Availability {
        return {.isEnabled = !m_table.selectedRows().empty(),
                .reason = tr("No dead letter is selected"),
                .text = {}};
    };
    actions.bind(
        "dead.openRun"_ba, &m_table,
        [this] {
            if (const auto run = RunId::fromText(m_table.currentId()))
                m_context.navigator.openRun(*run);
        },
        hasAny);
    actions.bind(
        "dead.copyId"_ba, &m_table,
        [this] { m_context.desktop.copy(QString::fromLatin1(m_table.selectedIds().join('\n'))); },
        hasAny);
    actions.bind(
        "list.copy"_ba, &m_table, [this] { m_context.desktop.copy(m_table.selectionText()); },
        hasAny);
    actions.bind("list.follow"_ba, &m_table, [this] { m_table.follow(); });
}

/// Keys of a run that do nothing to a letter say so (ui.md §2/10).
void LetterActions::bindRefusals()
{
    ActionRegistry &actions = m_context.actions;
    for (const QByteArray &id : {"run.retryNow"_ba, "run.skip"_ba, "run.rerun"_ba}) {
        actions.bind(
            id, &m_table, [] {},
            [this]() -> Availability {
                return {.isEnabled = false,
                        .reason = m_table.selectedRows().empty() ? tr("No dead letter is selected")
                                                                 : tr("This is a dead letter"),
                        .text = {}};
            });
        actions.answerKeys(id, &m_table, [this, id](const QString &reason) {
            m_view.infoBars().show(refusalBar(refusal(id, reason)));
        });
    }
    actions.answerKeys("dead.retry"_ba, &m_table, [this](const QString &reason) {
        m_view.infoBars().show(refusalBar(refusal("run.retry"_ba, reason)));
    });
}

/// Of a question that is open, of none and of several \a reason says it all.
QString LetterActions::refusal(const QByteArray &action, const QString &reason) const
{
    const std::vector<int> rows = m_table.selectedRows();
    if (m_isAsking() || rows.size() != 1)
        return reason;
    const LetterSummary &letter = list()->at(rows.front());
    if (action == "run.rerun")
        return runRefusal(
            action, tr("a dead letter is retried, or its run is opened and run again there."));
    if (action == "run.retry" && isOver(letter, m_context.backend.now()))
        return runRefusal(action, tr("it was discarded more than 7 days ago; its steps are gone."));
    if (letter.state == LetterState::Open)
        return runRefusal(action, tr("this run failed for good. Retry starts it again."));
    return runRefusal(action, whatBecameOf(letter.state, action));
}

/// One impatient gesture of the mouse is one retry: the next letter comes to where this one was,
/// and the second click of a double click would be about that. Nor is what was swallowed the begin
/// of another one: who goes on clicking gets each retry that is late enough. A key that is pressed
/// again is for the letter that is chosen by then.
bool LetterActions::goesOn()
{
    if (!MouseWatch::of(m_context.backend).isUsedNow())
        return false;
    const auto now = m_context.backend.steadyNow();
    const std::chrono::milliseconds interval(QApplication::doubleClickInterval());
    if (m_retriedAt && now - *m_retriedAt < interval)
        return true;
    m_retriedAt = now;
    return false;
}

/// The letter leaves when the retry starts, and the next one is chosen in its place (ui.md 11).
void LetterActions::retryOne(const LetterSummary &letter,
                             const std::function<void(bool isDone)> &then)
{
    const RunId run = letter.run;
    list()->send(run);
    devserver::api::then<VerbDone>(
        m_context.backend.act(devserver::RetryLetter{run}), this,
        [this, run, then](const VerbDone &) {
            if (LetterListModel *model = list())
                model->endSending(run);
            then(true);
        },
        [this, letter, then](const devserver::Error &error) {
            if (LetterListModel *model = list())
                model->endSending(letter.run, error.message);
            m_view.showError("dead.retry"_ba, tr("Retry of %1 was refused").arg(nameOf(letter)),
                             error);
            then(false);
        });
}

void LetterActions::retry()
{
    if (goesOn())
        return;
    const std::vector<RunId> runs = selected(LetterState::Open);
    if (static_cast<int>(runs.size()) >= bulkFrom) {
        Q_EMIT bulkWanted(runs);
        return;
    }
    const auto deed = std::make_shared<Retries>();
    deed->letters = list();
    deed->open = runs.size();
    deed->askedAt = m_context.backend.steadyNow();
    for (const RunId run : runs) {
        const LetterSummary letter = list()->at(list()->rowOfKey(run));
        RetryWatch::of(m_context, m_view.infoBars()).expect(run, letter.cycle, functionOf(letter));
        retryOne(letter, [this, deed, letter](bool isDone) {
            if (isDone) {
                deed->begun.push_back(letter);
            } else {
                RetryWatch::of(m_context, m_view.infoBars()).forget(letter.run);
                deed->refused.push_back(letter.run);
            }
            if (--deed->open > 0)
                return;
            tellRetried(deed->begun);
            chooseRefused(*deed);
        });
    }
    deed->next = m_table.currentId();
}

/// Back, and chosen again: the same key is not for the one that came to their place. Unless
/// somebody chose another one, or reads the next one by now.
void LetterActions::chooseRefused(const Retries &deed)
{
    const bool isAtOnce = m_context.backend.steadyNow() - deed.askedAt < readsAfter;
    if (isAtOnce && !deed.refused.empty() && deed.letters == list()
        && m_table.currentId() == deed.next)
        Q_EMIT restoring(deed.refused, deed.refused);
}

/// The letters have left the list: what was begun can be watched.
void LetterActions::tellRetried(const std::vector<LetterSummary> &letters)
{
    if (letters.empty())
        return;
    InfoText info{.id = "dead.retried"_ba,
                  .kind = InfoKind::Success,
                  .text =
                      tr("Retry started: %1").arg(lettersText(static_cast<int>(letters.size()))),
                  .buttons = {},
                  .details = {},
                  .lasts = passingBar};
    if (letters.size() == 1) {
        const LetterSummary &letter = letters.front();
        const auto kept = static_cast<int>(letter.keptSteps.size());
        info.text = tr("Retry started: %1").arg(nameOf(letter));
        if (kept > 0)
            info.text += u" \u00b7 "_s + tr("%Ln finished step(s) (is|are) kept", nullptr, kept);
        info.buttons = {
            {tr("Open run"), [this, run = letter.run] { m_context.navigator.openRun(run); }}};
    }
    std::vector<RunId> runs;
    for (const LetterSummary &letter : letters)
        runs.push_back(letter.run);
    RetryWatch::of(m_context, m_view.infoBars()).begin(runs, info);
}

void LetterActions::restore(const std::vector<RunId> &runs, const std::vector<RunId> &selection)
{
    Q_EMIT restoring(runs, selection);
    const auto isDone = std::make_shared<bool>(false);
    actOnEach(m_context.backend, this,
              {.runs = runs,
               .verb = [](RunId run) { return devserver::RestoreLetter{run}; },
               .done = [isDone](RunId, const VerbDone &) { *isDone = true; },
               .refused =
                   [this](RunId run, const devserver::Error &error) {
                       if (LetterListModel *model = list())
                           model->setRefusal(run, error.message);
                       m_view.showError("dead.restore"_ba, tr("Restore was refused"), error);
                       Q_EMIT notRestored(run);
                   },
               .over =
                   [this, isDone] {
                       if (*isDone)
                           announce(m_view, tr("Restore: done"));
                   }});
}

std::vector<RunId> LetterActions::openSelection() const
{
    std::vector<RunId> runs = selected(LetterState::Open);
    if (const auto current = RunId::fromText(m_table.currentId())) {
        const auto at = std::find(runs.begin(), runs.end(), *current);
        std::rotate(runs.begin(), at, at == runs.end() ? at : std::next(at));
    }
    return runs;
}

void LetterActions::discard(const std::vector<RunId> &runs, const QByteArray &reason)
{
    const auto deed = std::make_shared<Discard>();
    deed->selection = openSelection();
    actOnEach(
        m_context.backend, this,
        {.runs = runs,
         .verb =
             [reason](RunId run) { return devserver::DiscardLetter{.run = run, .reason = reason}; },
         .done = [deed](RunId run, const VerbDone &) { deed->runs.push_back(run); },
         .refused =
             [this](RunId run, const devserver::Error &error) {
                 if (LetterListModel *model = list())
                     model->setRefusal(run, error.message);
                 m_view.showError("dead.discard"_ba, tr("Discard was refused"), error);
             },
         .over = [this, deed] { tellDiscarded(*deed); }});
}

void LetterActions::tellDiscarded(const Discard &deed)
{
    if (deed.runs.empty())
        return;
    noteUndo("dead.discarded"_ba,
             [this, runs = deed.runs, selection = deed.selection] { restore(runs, selection); });
    const auto count = static_cast<int>(deed.runs.size());
    m_view.infoBars().show({.id = "dead.discarded"_ba,
                            .kind = InfoKind::Info,
                            .text = tr("%1 discarded").arg(lettersText(count)),
                            .buttons = {{tr("Undo"), [this] { undo("dead.discarded"_ba); }}},
                            .details = {},
                            .isFirst = true});
}

void LetterActions::undo(const QByteArray &bar)
{
    const auto last = std::find_if(m_undos.rbegin(), m_undos.rend(), [&bar](const auto &one) {
        return bar.isEmpty() || one.first == bar;
    });
    if (last == m_undos.rend())
        return;
    const auto [id, undo] = *last;
    m_undos.erase(std::next(last).base());
    m_view.infoBars().dismiss(id);
    undo();
    m_context.actions.refresh();
}

void LetterActions::noteUndo(const QByteArray &bar, std::function<void()> undo)
{
    std::erase_if(m_undos, [&bar](const auto &one) { return one.first == bar; });
    m_undos.emplace_back(bar, std::move(undo));
    m_context.actions.refresh();
}

void LetterActions::edit()
{
    const std::vector<int> rows = m_table.selectedRows();
    if (rows.size() != 1)
        return;
    const LetterSummary letter = list()->at(rows.front());
    editAndRetry({m_context, m_view.infoBars(), m_view}, letter.run, letter,
                 [this] { m_table.setFocus(); });
}

} // namespace console
