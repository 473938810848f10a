// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/deadview.h"

#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/core/letterfilter.h"
#include "ui/core/lettergroupmodel.h"
#include "ui/core/letterlistmodel.h"
#include "ui/core/letterwords.h"
#include "ui/letters/bulkprogress.h"
#include "ui/letters/bulksheet.h"
#include "ui/letters/discardsheet.h"
#include "ui/letters/letteractions.h"
#include "ui/letters/letterdetail.h"
#include "ui/letters/steadysplitter.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/filtermiss.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/listwatch.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QApplication>
#include <QCheckBox>
#include <QItemSelectionModel>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::RunId;
using devserver::api::Filter;

DeadView::~DeadView() = default;

LetterListModel *DeadView::list() const
{
    return qobject_cast<LetterListModel *>(m_table->list());
}

void DeadView::connectFilter()
{
    connect(m_filter, &FilterEdit::filterChanged, this, [this] {
        query();
        m_isGroupSeen = false;
        m_groups->setFilter(letterStates(m_filter->filter(), false));
        if (!m_isGoing)
            Q_EMIT placeChanged();
    });
    connect(m_miss, &FilterMiss::filterChosen, m_filter, &FilterEdit::apply);
    connect(m_filter, &FilterEdit::wentDown, m_table, &ListTable::endCleared);
    connect(m_filter, &FilterEdit::left, this,
            [this] { (m_empty->isVisible() ? m_empty : m_lists->currentWidget())->setFocus(); });
    connect(m_discarded, &QCheckBox::toggled, this, &DeadView::query);
}

void DeadView::connectGroups()
{
    connect(m_groups, &LetterGroupModel::loaded, this, [this] {
        if (m_isGrouping)
            return;
        keepGroup();
        showMuted();
        showWhatThereIs();
        context().actions.refresh();
    });
    connect(m_groups, &LetterGroupModel::failed, this, [this](const devserver::Error &error) {
        showError("dead.groups"_ba, tr("The groups could not be read"), error,
                  [this] { m_groups->load(); });
    });
    connect(m_groups, &QAbstractItemModel::rowsInserted, m_tree,
            [this](const QModelIndex &above, int first, int last) {
                // Of the hours only the newest is open: there may be many.
                if (m_groups->grouping() == LetterGroupModel::Grouping::ByHour)
                    last = above.isValid() || first > 1 ? first - 1 : 1;
                else if (above.isValid())
                    m_tree->expand(above);
                for (int row = first; !above.isValid() && row <= last; ++row)
                    m_tree->expand(m_groups->index(row, 0));
            });
    // Not the current one: that may be offered only.
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const QModelIndexList chosen = m_tree->selectionModel()->selectedRows();
        if (!m_isGrouping && !m_groups->isTaking() && !chosen.isEmpty())
            chooseGroup(m_groups->keyOf(chosen.front()));
    });
    connect(&context().muted, &MutedGroups::changed, this, &DeadView::showMuted);
    connect(&context().settings, &Settings::changed, this,
            [this] { m_groups->setTimeStyle(context().settings.timeStyle()); });
}

void DeadView::connectTable()
{
    connect(m_table, &ListTable::replaced, this, &DeadView::showNewModel);
    new ListWatch(context(), *this, *m_table,
                  {.id = "dead"_ba,
                   .failed = tr("The dead letters could not be read"),
                   .searching = {},
                   .found = lettersText},
                  [this] { query(); });
    connect(m_table, &ListTable::settledOn, this, &DeadView::noteCurrent);
    connect(m_table, &QTableView::clicked, this, [this] {
        m_detail->tryAgain();
        context().navigator.select(context().navigator.selection()); // so does the inspector
    });
    connect(m_table, &ListTable::contextMenuWanted, this, &DeadView::showContextMenu);
    connect(m_table, &ListTable::opened, this, [this](const QByteArray &id) {
        if (const auto run = RunId::fromText(id))
            context().navigator.openRun(*run);
    });
}

void DeadView::connectSheets()
{
    connect(m_actions, &LetterActions::bulkWanted, this, [this](const std::vector<RunId> &runs) {
        m_bulk->openFor(runs, tr("of the selection"));
    });
    connect(m_actions, &LetterActions::discardWanted, this, [this](const std::vector<RunId> &runs) {
        if (!runs.empty())
            askDiscard(runs);
    });
    connect(m_actions, &LetterActions::restoring, this,
            [this](const std::vector<RunId> &runs, const std::vector<RunId> &selection) {
                m_wanted = selection;
                m_returning = {runs.begin(), runs.end()};
                selectWanted();
            });
    connect(m_actions, &LetterActions::notRestored, this, [this](RunId run) {
        m_returning.erase(run);
        selectWanted();
    });
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    connect(m_discard, &DiscardSheet::confirmed, m_actions, &LetterActions::discard);
    for (Sheet *sheet : {static_cast<Sheet *>(m_bulk), static_cast<Sheet *>(m_discard)}) {
        connect(sheet, &Sheet::closed, m_table, [this] { m_table->setFocus(); });
        connect(sheet, &Sheet::opened, &context().actions, &ActionRegistry::refresh);
        connect(sheet, &Sheet::closed, &context().actions, &ActionRegistry::refresh);
    }
    connect(m_bulk, &BulkSheet::refused, this, [this](const devserver::Error &error) {
        showError("dead.bulk"_ba, tr("The bulk retry was refused"), error);
    });
    connect(m_bulk, &BulkSheet::started, this, &DeadView::noteStarted);
    connect(m_progress, &BulkProgress::stopRefused, this, [this](const devserver::Error &error) {
        showError("dead.stop"_ba, tr("It could not be stopped"), error);
    });
    connect(&context().feed, &Feed::bulksChanged, this, &DeadView::takeBulks);
}

void DeadView::query()
{
    devserver::api::LetterListQuery query;
    query.filter = lettersOf(letterStates(m_filter->filter(), m_discarded->isChecked()), m_group);
    query.slug = m_group.slug;
    query.fingerprint = m_group.fingerprint;
    m_table->replace(new LetterListModel(context().backend, context().clock, context().feed,
                                         std::move(query), m_table));
}

void DeadView::showNewModel()
{
    LetterListModel *model = list();
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] {
        showWhatThereIs();
        selectWanted();
        context().actions.refresh(); // how many of them are open
    });
    connect(model, &QAbstractItemModel::rowsRemoved, this, &DeadView::showWhatThereIs);
    connect(model, &PagedTableModel::rowsChanged, this, [this] {
        selectWanted(); // it may be back before it has left
        noteCurrent();
    });
    if (!m_subject.isEmpty() && m_table->selectId(m_subject))
        m_subject.clear();
    selectWanted();
    showWhatThereIs();
    noteCurrent();
}

void DeadView::showWhatThereIs()
{
    const LetterListModel *model = list();
    if (model == nullptr)
        return;
    const bool isEmpty = model->rowCount() == 0;
    const bool isAll = m_filter->filter().isAll() && !m_discarded->isChecked();
    const bool isAtWhatGoes =
        m_table->hasFocus() || m_detail->isAncestorOf(window()->focusWidget());
    if (isEmpty && isAtWhatGoes)
        m_tree->setFocus(Qt::OtherFocusReason); // before it hides, and anything has the keyboard
    m_pages->setCurrentWidget(
        isEmpty && isAll && m_groups->total() == 0 ? static_cast<QWidget *>(m_empty) : m_down);
    m_lists->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_noMatch) : m_table);
    shareRoom(); // it was not seen yet, maybe
    if (!isEmpty) {
        if (m_table->currentId().isEmpty() && m_wanted.empty())
            m_table->selectId(model->idAt(0));
        return;
    }
    m_detail->clear();
    if (isVisible())
        context().navigator.select({});
    const int others = m_groups->total() - groupCount();
    const bool areElsewhere = !m_group.isAll() && m_isGroupSeen && others > 0;
    if (areElsewhere || m_filter->filter().isAll()) {
        showEmptied(areElsewhere ? others : 0);
        return;
    }
    m_miss->explain(tr("No dead letter matches %1").arg(filterText(m_filter->filter())),
                    m_filter->filter(), letterStates({}, m_discarded->isChecked()));
}

/// The chosen group has no letter any more, other groups have \a others.
void DeadView::showEmptied(int others)
{
    m_noMatch->clearButtons();
    const QString retried = retriedGroupText();
    if (!retried.isEmpty()) {
        m_noMatch->setMessage(u"retry"_s, retried, tr("Those that fail again come back here."));
        return;
    }
    const QString title = m_groupName.isEmpty() || m_group.isAll()
                              ? tr("Nothing is left in this group")
                              : tr("Nothing is left in \"%1\"").arg(m_groupName);
    m_noMatch->setMessage(u"success"_s, title, others > 0 ? otherGroupsText(others) : QString());
}

/// Where \a letters are that are not in the chosen group.
QString DeadView::otherGroupsText(int letters) const
{
    const auto groups = m_groups->groupsIn(m_groups->index(0, 0)).size()
                        - m_groups->groupsIn(m_groups->indexOf(m_group)).size();
    return tr("%Ln other group(s) (holds|hold) %1. Choose (it|one) on the left, or press Down for "
              "the next one.",
              nullptr, static_cast<int>(groups))
        .arg(lettersText(letters));
}

void DeadView::noteCurrent()
{
    const LetterListModel *model = list();
    const auto run = RunId::fromText(m_table->currentId());
    const int row = model == nullptr || !run ? -1 : model->rowOfKey(*run);
    if (row < 0)
        return; // the detail keeps what it shows until another one is chosen
    m_detail->showLetter(model->at(row));
    if (context().navigator.selection().run == *run || !isVisible())
        return;
    Selection selection;
    selection.kind = Selection::Kind::Letter;
    selection.run = *run;
    context().navigator.select(selection);
    if (!m_isGoing)
        Q_EMIT placeChanged();
}

/// The group that was chosen, also while its row is gone because its letters are: the buttons do
/// not get another one under the mouse. Of another filter or grouping all of them.
void DeadView::keepGroup()
{
    QModelIndex wanted = m_groups->indexOf(m_group);
    if (!wanted.isValid() && m_isGroupSeen) {
        offerNext();
        return;
    }
    m_isGroupGone = false;
    m_isGroupSeen = wanted.isValid();
    if (m_isGroupSeen)
        m_groupName = wanted.data(LetterGroupModel::NameRole).toString();
    if (!wanted.isValid())
        wanted = m_groups->index(0, 0);
    if (!m_tree->selectionModel()->isSelected(wanted)
        || m_tree->currentIndex().siblingAtColumn(0) != wanted)
        m_tree->setCurrentIndex(wanted);
    chooseGroup(m_groups->keyOf(wanted));
}

/// Nothing is chosen in place of the group that is gone, nor looks as if it were; but the keyboard
/// stands on the next one: one key takes it.
void DeadView::offerNext()
{
    QItemSelectionModel &choice = *m_tree->selectionModel();
    const bool isNew = !std::exchange(m_isGroupGone, true);
    QModelIndex next = m_tree->currentIndex().siblingAtColumn(0); // in its place, or near it
    if (!isNew && next.isValid() && !choice.hasSelection())
        return;
    if (m_groups->keyOf(next).isAll())
        next = m_groups->index(std::min(1, m_groups->rowCount() - 1), 0);
    const bool wasWithin = !m_group.slug.isEmpty() && !m_group.fingerprint.isEmpty();
    if (wasWithin && m_tree->isExpanded(next) && m_groups->rowCount(next) > 0)
        next = m_groups->index(0, 0, next);
    choice.setCurrentIndex(next, QItemSelectionModel::Clear);
    const QWidget *focus = QApplication::focusWidget();
    const bool isHere = focus == nullptr ? isActiveWindow() : m_pages->isAncestorOf(focus);
    if (isNew && isHere && isVisible() && !isAsking())
        m_tree->setFocus(Qt::OtherFocusReason);
}

void DeadView::chooseGroup(const LetterGroupKey &group)
{
    if (group == m_group)
        return;
    m_group = group;
    m_isGroupSeen = m_groups->indexOf(group).isValid();
    m_groupName = m_groups->indexOf(group).data(LetterGroupModel::NameRole).toString();
    m_isGroupGone = false;
    m_wanted.clear(); // they may be in another group
    query();
    showMuted();
    context().actions.refresh();
}

/// Others that were selected with them may have left meanwhile.
void DeadView::selectWanted()
{
    LetterListModel *model = list();
    if (m_wanted.empty() || model == nullptr)
        return;
    QItemSelection selection;
    for (const RunId run : m_wanted) {
        const int row = model->rowOfKey(run);
        const bool isOpen = row >= 0 && model->at(row).state == devserver::LetterState::Open;
        if (isOpen)
            selection.select(model->index(row, 0), model->index(row, 0));
        else if (m_returning.contains(run))
            return; // not yet
    }
    const std::vector<RunId> wanted = std::exchange(m_wanted, {});
    if (selection.isEmpty())
        return;
    if (!m_table->selectId(wanted.front().toText()))
        m_table->selectId(model->idAt(selection.front().top()));
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect
                                                     | QItemSelectionModel::Rows);
}

/// Who chooses another letter meanwhile stays there.
bool DeadView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress)
        m_wanted.clear();
    return View::eventFilter(watched, event);
}

void DeadView::addCondition(bool isNegated)
{
    if (m_filter->addCondition(m_table->currentFilterTerm(), isNegated)) {
        infoBars().dismiss("list.only"_ba);
        return;
    }
    const bool isPayload =
        static_cast<LetterColumn>(m_table->currentIndex().column()) == LetterColumn::Payload;
    infoBars().show({.id = "list.only"_ba,
                     .kind = InfoKind::Info,
                     .text = isPayload
                                 ? tr("A payload holds many values. To filter by one of them, "
                                      "right-click it in the Payload tab below.")
                                 : tr("This cell has nothing to filter by."),
                     .buttons = {},
                     .details = {}});
}

void DeadView::showContextMenu(const QPoint &at)
{
    QMenu *menu = context().actions.contextMenu(m_table, LetterActions::menu());
    menu->setObjectName(u"deadMenu"_s);
    m_table->hold();
    connect(menu, &QMenu::aboutToHide, m_table, &ListTable::release);
    menu->popup(at);
}

void DeadView::showEvent(QShowEvent *event)
{
    View::showEvent(event);
    shareRoom();
    m_groups->setShown(true);
    if (list() != nullptr && list()->rowCount() == 0)
        context().navigator.select({}); // they went while another view was seen
    else
        noteCurrent(); // other views told theirs meanwhile, and the one that was chosen may be gone
}

void DeadView::hideEvent(QHideEvent *event)
{
    View::hideEvent(event);
    m_groups->setShown(false);
}

void DeadView::resizeEvent(QResizeEvent *event)
{
    View::resizeEvent(event);
    shareRoom();
}

bool DeadView::stepBack()
{
    for (Sheet *sheet : {static_cast<Sheet *>(m_bulk), static_cast<Sheet *>(m_discard)}) {
        if (sheet->isVisible()) {
            sheet->leaveSheet();
            return true;
        }
    }
    return false;
}

Place DeadView::place() const
{
    return {.view = name(), .filter = m_filter->text(), .subject = m_table->currentId()};
}

void DeadView::showPlace(const Place &place)
{
    m_isGoing = true;
    m_filter->setLine(place.filter);
    if (!place.subject.isEmpty() && !m_table->selectId(place.subject))
        m_subject = place.subject;
    m_isGoing = false;
}

QWidget *DeadView::filterLine() const
{
    return m_filter;
}

QWidget *DeadView::mainWidget() const
{
    return m_table;
}

QJsonObject DeadView::saveSpot() const
{
    QJsonObject group{{"function"_L1, QString::fromUtf8(m_group.slug)},
                      {"error"_L1, QString::fromUtf8(m_group.fingerprint)},
                      {"app"_L1, QString::fromUtf8(m_group.app)}};
    if (m_group.hour)
        group.insert("hour"_L1, devserver::toMs(*m_group.hour));
    QJsonObject spot = View::saveSpot();
    spot.insert("group"_L1, group);
    return spot;
}

void DeadView::restoreSpot(const QJsonObject &spot)
{
    const QJsonObject group = spot["group"_L1].toObject();
    LetterGroupKey key{.slug = group["function"_L1].toString().toUtf8(),
                       .fingerprint = group["error"_L1].toString().toUtf8(),
                       .app = group["app"_L1].toString().toUtf8()};
    if (group.contains("hour"_L1))
        key.hour = devserver::fromMs(group["hour"_L1].toInteger());
    chooseGroup(key); // its row is chosen when the groups are there
    if (const QModelIndex row = m_groups->indexOf(key); row.isValid())
        m_tree->setCurrentIndex(row);
    View::restoreSpot(spot);
}

QByteArray DeadView::saveState() const
{
    QJsonObject state;
    state.insert("columns"_L1, QString::fromUtf8(m_table->header()->saveColumns()));
    state.insert("grouping"_L1, static_cast<int>(m_groups->grouping()));
    state.insert("moved"_L1, m_isRoomChosen);
    state.insert("across"_L1, QString::fromLatin1(m_across->saveState().toBase64()));
    m_down->save(state);
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void DeadView::restoreState(const QByteArray &state)
{
    const QJsonObject saved = QJsonDocument::fromJson(state).object();
    if (saved.isEmpty())
        return;
    m_table->header()->restoreColumns(saved["columns"_L1].toString().toUtf8());
    for (const auto grouping : LetterGroupModel::groupings) {
        if (saved["grouping"_L1].toInt() == static_cast<int>(grouping))
            groupBy(grouping);
    }
    m_isRoomChosen = saved["moved"_L1].toBool();
    if (!m_isRoomChosen)
        return;
    m_across->restoreState(QByteArray::fromBase64(saved["across"_L1].toString().toLatin1()));
    m_down->restore(saved);
}

} // namespace console
