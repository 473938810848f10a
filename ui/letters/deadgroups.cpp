// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What DeadView does with whole groups, and what becomes of bulk retries.
#include "ui/core/catalog.h"
#include "ui/core/filtertext.h"
#include "ui/core/letterfilter.h"
#include "ui/core/letterlistmodel.h"
#include "ui/core/letterwords.h"
#include "ui/core/runwords.h"
#include "ui/letters/bulkprogress.h"
#include "ui/letters/bulksheet.h"
#include "ui/letters/deadview.h"
#include "ui/letters/discardsheet.h"
#include "ui/letters/groupdelegate.h"
#include "ui/letters/letteractions.h"
#include "ui/letters/letterexport.h"
#include "ui/letters/mutedialog.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QDateTime>
#include <QMenu>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>
#include <chrono>
#include <map>

namespace console {

using namespace Qt::StringLiterals;
using devserver::RunId;

void DeadView::bindGroupActions()
{
    ActionRegistry &actions = context().actions;
    actions.bind(
        "dead.retryGroup"_ba, this, [this] { retryGroup(); },
        [this] {
            Availability retry =
                forGroup(tr("Nothing in this group can be retried"), tr("Retry %1…"));
            if (retry.isEnabled && areAllInRetries()) {
                retry.isEnabled = false;
                retry.reason = tr("They are being retried: Activity shows how far it is");
            }
            return retry;
        });
    actions.bind(
        "dead.discardGroup"_ba, this, [this] { discardGroup(); },
        [this] {
            return forGroup(tr("Nothing in this group can be discarded"), tr("Discard %1…"));
        });
    actions.bind("dead.nextGrouping"_ba, this, [this] {
        const auto all = LetterGroupModel::groupings;
        const auto now = std::find(all.begin(), all.end(), m_groups->grouping());
        groupBy(now + 1 == all.end() ? all.front() : *(now + 1));
    });
    bindMute();
    bindGroupLists();
}

/// Of the row under the pointer, also where the arrow beside it was pressed, which chooses nothing;
/// of the chosen one if it was the Menu key.
void DeadView::showGroupMenu(const QPoint &at)
{
    if (const QModelIndex under = m_tree->indexAt(at); under.isValid())
        m_tree->setCurrentIndex(under.siblingAtColumn(LetterGroupModel::Group));
    QMenu *menu = context().actions.contextMenu(
        m_tree, {"dead.retryGroup"_ba, "dead.discardGroup"_ba, {}, "dead.export"_ba});
    menu->setObjectName(u"deadGroupMenu"_s);
    fillMuteMenu();
    menu->addMenu(m_muteMenu)->setEnabled(!chosenGroups().empty());
    const QRect row = m_tree->visualRect(m_tree->currentIndex());
    const bool isAtRow = m_tree->indexAt(at).isValid();
    menu->popup(m_tree->viewport()->mapToGlobal(isAtRow ? at : row.center()));
}

void DeadView::bindGroupLists()
{
    ActionRegistry &actions = context().actions;
    const auto hasRow = [this]() -> Availability { // a cell without a term says so by a bar
        return {.isEnabled = !m_table->currentId().isEmpty(),
                .reason = tr("No dead letter is selected"),
                .text = {}};
    };
    actions.bind(
        "dead.export"_ba, this, [this] { exportLetters(); },
        [this]() -> Availability {
            if (m_export->isRunning())
                return {.isEnabled = false, .reason = tr("An export is running"), .text = {}};
            const int count = groupCount();
            return {.isEnabled = count > 0,
                    .reason =
                        m_isGroupGone ? tr("No group is chosen") : tr("There is nothing to export"),
                    .text = count > 0 ? tr("Export %1…").arg(formatCount(count)) : QString()};
        });
    actions.bind(
        "dead.findError"_ba, this, [this] { findError(); },
        [this]() -> Availability {
            const auto run = RunId::fromText(m_table->currentId());
            const int row = run && list() != nullptr ? list()->rowOfKey(*run) : -1;
            return {.isEnabled = row >= 0 && !list()->at(row).fingerprint.isEmpty(),
                    .reason = tr("No dead letter is selected"),
                    .text = {}};
        });
    actions.bind(
        "list.only"_ba, m_table, [this] { addCondition(false); }, hasRow);
    actions.bind(
        "list.not"_ba, m_table, [this] { addCondition(true); }, hasRow);
}

void DeadView::bindMute()
{
    context().actions.bind(
        "dead.mute"_ba, this,
        [this] {
            fillMuteMenu();
            m_muteMenu->popup(m_mute->mapToGlobal(QPoint(0, m_mute->height())));
        },
        [this]() -> Availability {
            return {.isEnabled = !chosenGroups().empty(),
                    .reason = tr("There is no group to mute"),
                    .text = {}};
        });
    connect(m_muteMenu, &QMenu::aboutToShow, this, &DeadView::fillMuteMenu);
}

std::vector<MutedGroups::Group> DeadView::chosenGroups() const
{
    return m_groups->groupsIn(m_groups->indexOf(m_group));
}

void DeadView::fillMuteMenu()
{
    m_muteMenu->clear();
    const devserver::TimePoint now = context().backend.now();
    const auto add = [this](const QString &name, const QString &text, MutedGroups::Until until) {
        QAction *action = m_muteMenu->addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this,
                [this, until] { mute(chosenGroups(), muteName(), until); });
    };
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(devserver::toMs(now));
    const qint64 tomorrow = local.date().addDays(1).startOfDay().toMSecsSinceEpoch();
    add(u"deadMuteHour"_s, tr("For an hour"), now + std::chrono::hours(1));
    add(u"deadMuteDay"_s, tr("Until tomorrow"), devserver::fromMs(tomorrow));
    add(u"deadMuteWeek"_s, tr("For a week"), now + std::chrono::days(7));
    QAction *date = m_muteMenu->addAction(tr("Until a date…"));
    date->setObjectName(u"deadMuteDate"_s);
    connect(date, &QAction::triggered, this, [this] {
        // Those that are chosen now: meanwhile they may go, and all would be chosen.
        openMuteDialog(context(), window(), muteName(),
                       [this, groups = chosenGroups(), name = muteName()](
                           devserver::TimePoint until) { mute(groups, name, until); });
    });
    add(u"deadMuteError"_s, tr("Until the error changes"), {});
    const std::vector<MutedGroups::Group> groups = chosenGroups();
    if (std::none_of(groups.begin(), groups.end(),
                     [this](const auto &group) { return context().muted.isMuted(group); }))
        return;
    m_muteMenu->addSeparator();
    QAction *unmute = m_muteMenu->addAction(tr("Unmute"));
    unmute->setObjectName(u"deadUnmute"_s);
    connect(unmute, &QAction::triggered, this, [this] { this->unmute(chosenGroups()); });
}

/// Many groups have the same class of error: it is the function and the message that tell them
/// apart.
QString DeadView::muteName() const
{
    if (m_group.slug.isEmpty() || m_group.fingerprint.isEmpty())
        return m_groupName;
    constexpr int longest = 60; // characters; until when it is muted follows
    QString what = m_groups->indexOf(m_group).data(LetterGroupModel::MessageRole).toString();
    what = what.isEmpty() ? m_groupName : what.simplified();
    if (what.size() > longest)
        what = what.left(longest).trimmed() + u'…';
    const devserver::Function *function = context().catalog.functionBySlug(m_group.slug);
    const QByteArray of = function == nullptr ? m_group.slug : function->config.name;
    return tr("%1, %2", "function, message").arg(QString::fromUtf8(of), what);
}

void DeadView::mute(const std::vector<MutedGroups::Group> &groups, const QString &name,
                    MutedGroups::Until until)
{
    if (groups.empty()) // they went while the menu was open
        return;
    noteMutes(groups);
    context().muted.mute(groups, until);
    tellMuted(until ? tr("%1: muted until %2").arg(name, mutedUntilText(context(), *until))
                    : tr("%1: muted until you unmute it or its error changes").arg(name));
}

void DeadView::unmute(const std::vector<MutedGroups::Group> &groups)
{
    noteMutes(groups);
    context().muted.unmute(groups);
    tellMuted(tr("%1: not muted any more").arg(muteName()));
}

/// How these stand before a deed, which can be taken back to that.
void DeadView::noteMutes(const std::vector<MutedGroups::Group> &groups)
{
    MutedGroups &muted = context().muted;
    std::map<MutedGroups::Group, MutedGroups::Until> before; // those that are muted
    for (const MutedGroups::Group &group : groups) {
        if (muted.isMuted(group))
            before.emplace(group, muted.until(group));
    }
    m_actions->noteUndo("dead.muted"_ba, [&muted, groups, before] {
        muted.unmute(groups);
        for (const auto &[group, since] : before)
            muted.mute({group}, since);
    });
}

void DeadView::tellMuted(const QString &text)
{
    infoBars().show({.id = "dead.muted"_ba,
                     .kind = InfoKind::Success,
                     .text = text,
                     .buttons = {{tr("Undo"), [this] { m_actions->undo("dead.muted"_ba); }}},
                     .details = {},
                     .lasts = resultBar});
}

/// The button says how it is with the selected group.
void DeadView::showMuted()
{
    const std::vector<MutedGroups::Group> groups = chosenGroups();
    const auto isMuted = [this](const auto &group) { return context().muted.isMuted(group); };
    const bool areAll = !groups.empty() && std::all_of(groups.begin(), groups.end(), isMuted);
    m_mute->setText(areAll ? tr("Muted") : tr("Mute"));
    m_mute->setAccessibleName(m_mute->text());
    m_mute->setEnabled(!groups.empty());
    QString tip =
        groups.empty() ? tr("No group is chosen") : tr("Do not count this group in the navigation");
    if (areAll) {
        const MutedGroups::Until until = context().muted.until(groups.front());
        tip = until ? tr("Not counted in the navigation until %1")
                          .arg(formatTimeExactly(*until, context().settings.timeStyle()))
                    : tr("Not counted in the navigation until the error changes");
    }
    m_mute->setToolTip(tip);
    m_groups->showMuted();
}

devserver::api::LetterIdsQuery DeadView::groupQuery() const
{
    return {.filter = lettersOf(m_filter->filter(), m_group),
            .fingerprint = m_group.fingerprint,
            .slug = m_group.slug};
}

QString DeadView::groupWords() const
{
    if (m_group.isAll())
        return tr("in all groups");
    const QString name = m_groups->indexOf(m_group).data(LetterGroupModel::NameRole).toString();
    if (m_group.slug.isEmpty() || m_group.fingerprint.isEmpty()) // its name is all there is
        return tr("in \"%1\"").arg(name);
    const devserver::Function *function = context().catalog.functionBySlug(m_group.slug);
    const QByteArray of = function == nullptr ? m_group.slug : function->config.name;
    return tr("in \"%1\" of %2").arg(name, QString::fromUtf8(of));
}

int DeadView::groupCount() const
{
    return m_groups->indexOf(m_group).data(LetterGroupModel::CountRole).toInt();
}

/// A line that names states shows others, too: how many of them are open is known when all are
/// loaded.
std::optional<int> DeadView::openCount() const
{
    const int all = groupCount();
    const LetterListModel *letters = list();
    if (!namesLetterStates(m_filter->filter()))
        return all;
    if (letters == nullptr || letters->rowCount() != all)
        return std::nullopt;
    int open = 0;
    for (int row = 0; row < all; ++row)
        open += letters->at(row).state == devserver::LetterState::Open ? 1 : 0;
    return open;
}

bool DeadView::isAsking() const
{
    return !m_bulk->isHidden() || !m_discard->isHidden();
}

/// \a text  with %1 for their number.
Availability DeadView::forGroup(const QString &reason, const QString &text) const
{
    const std::optional<int> open = openCount();
    const int count = open.value_or(groupCount());
    const QString words = open && count > 0 ? text.arg(formatCount(count)) : QString();
    if (isAsking()) {
        Availability asking = LetterActions::answerFirst();
        asking.text = words;
        return asking;
    }
    return {.isEnabled = count > 0,
            .reason = m_isGroupGone ? tr("No group is chosen") : reason,
            .text = words};
}

/// Of a single letter it says which: in a low window the sheet covers its row.
void DeadView::askDiscard(const std::vector<RunId> &runs)
{
    const int row = runs.size() == 1 && list() != nullptr ? list()->rowOfKey(runs.front()) : -1;
    if (row < 0) {
        m_discard->openFor(runs, lettersText(static_cast<int>(runs.size())));
        return;
    }
    const devserver::api::LetterSummary &letter = list()->at(row);
    m_discard->openFor(
        runs, tr("the dead letter of %1 (%2)")
                  .arg(functionOf(letter), formatTime(letter.failedAt, context().backend.now(),
                                                      context().settings.timeStyle())));
}

void DeadView::retryGroup()
{
    m_bulk->openFor(groupQuery(), groupWords());
}

void DeadView::discardGroup()
{
    devserver::api::then<devserver::api::LetterIds>(
        context().backend.ask(groupQuery()), this,
        [this](const devserver::api::LetterIds &ids) {
            if (!ids.runs.empty() && !isAsking())
                askDiscard(ids.runs);
        },
        [this](const devserver::Error &error) {
            showError("dead.query"_ba, tr("The dead letters could not be read"), error,
                      [this] { discardGroup(); });
        });
}

void DeadView::exportLetters()
{
    devserver::api::then<devserver::api::LetterIds>(
        context().backend.ask(groupQuery()), this,
        [this](const devserver::api::LetterIds &ids) { m_export->begin(ids.runs); },
        [this](const devserver::Error &error) {
            showError("dead.query"_ba, tr("The dead letters could not be read"), error,
                      [this] { exportLetters(); });
        });
}

/// All letters with the error of the selected one, whatever their function.
void DeadView::findError()
{
    const auto run = RunId::fromText(m_table->currentId());
    const int row = run && list() != nullptr ? list()->rowOfKey(*run) : -1;
    if (row < 0)
        return;
    m_filter->setLine(filterTermText("sig"_ba, {list()->at(row).fingerprint}));
    m_tree->setCurrentIndex(m_groups->index(0, 0));
}

void DeadView::noteStarted(devserver::BulkId bulk, const std::vector<RunId> &runs, int count)
{
    infoBars().dismiss("dead.bulk"_ba);
    if (const devserver::Bulk *ended = m_progress->ended(bulk)) {
        tellBulk(*ended); // it was faster than its answer
        return;
    }
    BegunRetry begun{.group = m_group, .runs = {}, .bulk = {}};
    const LetterListModel *letters = list();
    for (const RunId run : runs) {
        const int row = letters == nullptr ? -1 : letters->rowOfKey(run);
        begun.runs.emplace(run, row < 0 ? std::nullopt : std::optional(letters->at(row).cycle));
    }
    begun.bulk.total = count;
    m_started.insert_or_assign(bulk, begun);
    m_progress->follow(bulk, tr("Retrying %1").arg(lettersText(count)));
    context().actions.refresh();
}

/// Whether a retry that runs will come to each letter of the group, as far as they are loaded.
bool DeadView::areAllInRetries() const
{
    const LetterListModel *letters = list();
    if (letters == nullptr || letters->rowCount() == 0 || m_started.empty())
        return false;
    for (int row = 0; row < letters->rowCount(); ++row) {
        const devserver::api::LetterSummary &letter = letters->at(row);
        const bool isTaken = std::ranges::any_of(m_started, [&letter](const auto &begun) {
            const auto run = begun.second.runs.find(letter.run);
            return run != begun.second.runs.end()
                   && run->second.value_or(letter.cycle) == letter.cycle;
        });
        if (letter.state == devserver::LetterState::Open && !isTaken)
            return false;
    }
    return true;
}

/// `13 of 15 are being retried`, of the chosen group; empty: none are.
QString DeadView::retriedGroupText() const
{
    for (const auto &[id, begun] : m_started) {
        const int left = begun.bulk.waiting + begun.bulk.retrying;
        if (begun.group == m_group && left > 0) {
            return tr("%Ln of %1 (is|are) being retried", nullptr, left)
                .arg(formatCount(begun.bulk.total));
        }
    }
    return {};
}

void DeadView::takeBulks(const std::vector<devserver::Bulk> &bulks)
{
    for (const devserver::Bulk &bulk : bulks) {
        m_progress->take(bulk);
        const auto begun = m_started.find(bulk.id);
        if (begun == m_started.end())
            continue;
        begun->second.bulk = bulk;
        if (bulk.state != devserver::BulkState::Running) {
            m_started.erase(begun);
            tellBulk(bulk);
        }
    }
    if (list() != nullptr && list()->rowCount() == 0)
        showWhatThereIs(); // how many are being retried
    context().actions.refresh();
}

void DeadView::tellBulk(const devserver::Bulk &bulk)
{
    InfoText info;
    info.id = "dead.bulk"_ba;
    info.kind = bulk.state == devserver::BulkState::StoppedByErrors || bulk.failedAgain > 0
                    ? InfoKind::Warning
                    : InfoKind::Success;
    info.text = bulkResult(bulk);
    if (bulk.state != devserver::BulkState::StoppedByErrors)
        info.lasts = resultBar; // Activity keeps it
    if (const QString filter = bulkCompletedFilter(bulk); !filter.isEmpty()) {
        info.buttons.push_back({tr("Show %1 completed").arg(formatCount(bulk.completed)),
                                [this, filter] { context().navigator.filterRuns(filter); }});
    }
    if (const QString filter = bulkFailedFilter(bulk); !filter.isEmpty()) {
        info.buttons.push_back(
            {tr("Show %1 failed again").arg(formatCount(bulk.failedAgain)), [this, filter] {
                 m_filter->setLine(filter);
                 m_tree->setCurrentIndex(m_groups->index(0, 0));
             }});
    }
    infoBars().show(info);
}

} // namespace console
