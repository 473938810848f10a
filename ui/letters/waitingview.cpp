// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/waitingview.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/core/waitingmodel.h"
#include "ui/letters/actionrow.h"
#include "ui/letters/hourstrip.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/filterline.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/listwatch.h"
#include "ui/widgets/mousewatch.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/statechips.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::api::Filter;

namespace {

constexpr auto stripEvery = 10s;   // a tenth of a dot
constexpr auto leavesWithin = 10s; // what was done to it is why

/// The line asks for times that lie ahead, which come nearer.
bool hasDue(const Filter &filter)
{
    return filter.term.key == "due"
           || std::any_of(filter.parts.begin(), filter.parts.end(), hasDue);
}

std::vector<StateChips::Choice> choices(const QString &all)
{
    std::vector<StateChips::Choice> made = {
        {.value = {}, .name = "All"_ba, .word = all, .icon = {}, .token = Token::Accent}};
    for (const WaitingKind kind : waitingKinds) {
        QByteArray name = waitingKindKey(kind);
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
        made.push_back({.value = waitingKindKey(kind),
                        .name = name,
                        .word = waitingKindWord(kind),
                        .icon = waitingIcon(kind),
                        .token = waitingToken(kind),
                        .isAlwaysShown = kind == WaitingKind::Retry || kind == WaitingKind::Sleep});
    }
    return made;
}

} // namespace

WaitingView::WaitingView(Context &shared, QWidget *parent)
    : View(shared, "waiting"_ba, parent)
    , m_line(new FilterLine(shared, FilterSubject::Waiting, "waitingFilter"_ba, this))
    , m_filter(m_line->edit())
    , m_chips(new StateChips(shared, "waitingChip"_ba, choices(tr("All")), this))
    , m_strip(new HourStrip(shared, this))
    , m_pages(new QStackedWidget(this))
    , m_table(new ListTable(shared, m_pages))
    , m_empty(new EmptyState(shared, m_pages))
    , m_below(new QWidget(this))
{
    makeLayout();
    connectFilter();
    connect(m_strip, &HourStrip::timeChosen, this, [this](devserver::TimePoint time) {
        for (int at = 0; list() != nullptr && at < list()->rowCount(); ++at) {
            if (list()->at(at).due == time) {
                m_table->selectId(list()->idAt(at));
                m_table->setFocus();
                return;
            }
        }
    });
    connect(&m_stripTimer, &QTimer::timeout, this, &WaitingView::followTime);
    connect(&shared.catalog, &Catalog::changed, this, [this] {
        if (list() != nullptr)
            list()->setApps(context().catalog.apps());
    });
    connect(&shared.backend, &devserver::api::ConsoleBackend::serverChanged, this, [this] {
        if (context().backend.server().phase == devserver::api::ServerPhase::Serving)
            query();
    });
    connectTable();
    bindActions();
    query();
}

void WaitingView::makeLayout()
{
    m_table->setObjectName(u"waitingTable"_s);
    m_table->setAccessibleName(tr("What happens by itself"));
    m_table->setChoosesNext(false); // `chooseNext` does, after what was done from here
    m_empty->setObjectName(u"waitingEmpty"_s);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_filter->setPlaceholderText(tr("Filter: words, or is:retry fn:charge-* due:<5m"));
    auto *line = new QHBoxLayout;
    line->setContentsMargins(12, 10, 12, 0);
    line->addWidget(m_line);
    auto *chips = new QHBoxLayout;
    chips->setContentsMargins(12, 8, 12, 8);
    chips->addWidget(m_chips);
    body().addLayout(line);
    body().addLayout(chips);
    m_strip->hide(); // until it is known what waits
    body().addWidget(m_strip);
    body().addWidget(m_pages, 1);
    body().addWidget(bars()); // what is pressed below stays where it is
    auto *below = new QVBoxLayout(m_below);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(0);
    below->addWidget(makeRule(m_below));
    below->addWidget(new ActionRow(context(),
                                   {{"run.retryNow", "waitingRetryNow"},
                                    {"run.skip", "waitingSkip"},
                                    {"run.open", "waitingOpen"},
                                    {"run.cancel", "waitingCancel"}},
                                   m_below));
    body().addWidget(m_below);
}

void WaitingView::connectFilter()
{
    connect(m_filter, &FilterEdit::filterChanged, this, [this](const Filter &filter) {
        m_chips->showFilter(filter, "is"_ba);
        m_isOtherQuestion = true;
        query();
        if (!m_isGoing)
            Q_EMIT placeChanged();
    });
    connect(m_filter, &FilterEdit::wentDown, m_table, &ListTable::endCleared);
    connect(m_filter, &FilterEdit::left, this, [this] { m_pages->currentWidget()->setFocus(); });
    connect(m_chips, &StateChips::chosen, this, [this](const QByteArrayList &kinds) {
        m_filter->apply(filterWithOnly(m_filter->filter(), "is"_ba, kinds));
    });
    m_filter->setCounter(
        [this](const Filter &filter) { return list() == nullptr ? 0 : list()->count(filter); });
}

WaitingModel *WaitingView::list() const
{
    return qobject_cast<WaitingModel *>(m_table->list());
}

void WaitingView::connectTable()
{
    connect(m_table, &ListTable::replaced, this, &WaitingView::showNewModel);
    connect(m_table, &ListTable::selectionEdited, &context().actions, &ActionRegistry::refresh);
    connect(m_table, &ListTable::settledOn, this, &WaitingView::noteCurrent);
    connect(m_table, &ListTable::currentChangedTo, this, [this](const QByteArray &id) {
        if (id.isEmpty() && m_left.isEmpty()) // the focus may try a row for a moment
            m_left = m_current;
        m_current = id;
    });
    connect(m_table, &QTableView::clicked, this, &WaitingView::runAction);
    connect(m_table, &ListTable::opened, this, [this](const QByteArray &id) {
        if (const int row = list()->rowOf(id); row >= 0)
            open(list()->at(row));
    });
    new ListWatch(context(), *this, *m_table,
                  {.id = "waiting"_ba,
                   .failed = tr("What waits could not be read"),
                   .searching = {},
                   .found = [](int rows) { return tr("%n waiting", nullptr, rows); }},
                  [this] { query(); });
    connect(m_table, &ListTable::contextMenuWanted, this, &WaitingView::showContextMenu);
}

void WaitingView::showContextMenu(const QPoint &at)
{
    QMenu *menu = context().actions.contextMenu(
        m_table, {"run.open"_ba, ""_ba, "run.retryNow"_ba, "run.skip"_ba, "run.cancel"_ba, ""_ba,
                  "run.copyId"_ba, "list.copy"_ba, ""_ba, "list.only"_ba, "list.not"_ba});
    menu->setObjectName(u"waitingMenu"_s);
    m_table->hold();
    connect(menu, &QMenu::aboutToHide, m_table, &ListTable::release);
    menu->popup(at);
}

void WaitingView::query()
{
    auto *model = new WaitingModel(context().backend, context().clock, context().feed,
                                   m_filter->filter(), m_table);
    model->setApps(context().catalog.apps());
    m_table->replace(model);
}

/// Dots move, and what `due:<5m` finds comes nearer.
void WaitingView::followTime()
{
    if (hasDue(m_filter->filter()))
        query();
    showContent();
}

void WaitingView::showNewModel()
{
    connect(list(), &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex &, int first) {
        if (m_current.isEmpty() && m_leftRow < 0)
            m_leftRow = first;
    });
    connect(list(), &WaitingModel::contentChanged, this, &WaitingView::showContent);
    connect(list(), &WaitingModel::contentChanged, &context().actions, &ActionRegistry::refresh);
    if (std::exchange(m_isOtherQuestion, false)) {
        m_hasChosen = false;
        m_left.clear();
    }
    showContent();
}

void WaitingView::noteSent(const QByteArrayList &rows)
{
    const auto now = context().backend.steadyNow();
    std::erase_if(m_sent, [now](const auto &sent) { return now - sent.second > leavesWithin; });
    for (const QByteArray &row : rows)
        m_sent.insert_or_assign(row, now);
}

bool WaitingView::leftBySent()
{
    const auto sent = m_sent.extract(m_left);
    return !sent.empty() && context().backend.steadyNow() - sent.mapped() <= leavesWithin;
}

/// In the place of the chosen row, which has left: one after the other can be done by the same key.
/// Where it left by itself, a key that comes late would be for another one: nothing is chosen.
void WaitingView::chooseNext()
{
    const bool hasLeft = m_leftRow >= 0;
    const int row = std::min(std::exchange(m_leftRow, -1), list()->rowCount() - 1);
    if (!hasLeft || m_left.isEmpty() || !leftBySent() || row < 0 || !m_table->currentId().isEmpty())
        return;
    m_choseItself = list()->idAt(row);
    m_choseAt = context().backend.steadyNow();
    m_table->selectId(m_choseItself);
    m_left.clear();
}

/// After a deed by a key the next row is chosen at once, whatever comes of the run: the same key
/// goes from row to row. Behind the last one, the one before those rows \a done; where there is no
/// other, the choice stays. Of several that were chosen, those that nothing was done with stay
/// chosen. After a deed by the mouse, or one that cannot be undone, the next one is chosen when the
/// row has left: whoever points at something sees what becomes of it.
void WaitingView::chooseAfter(const std::vector<WaitingRow> &done)
{
    if (MouseWatch::of(context().backend).isUsedNow() || done.empty())
        return;
    std::vector<int> rows;
    for (const WaitingRow &row : done) {
        if (const int at = list()->rowOf(row.id()); at >= 0)
            rows.push_back(at);
    }
    std::vector<int> others = m_table->selectedRows();
    std::erase_if(others, [&rows](int row) {
        return std::find(rows.begin(), rows.end(), row) != rows.end();
    });
    if (!others.empty()) {
        keepChosen(others);
        return;
    }
    if (rows.empty())
        return;
    const auto [first, last] = std::minmax_element(rows.begin(), rows.end());
    const int row = *last + 1 < list()->rowCount() ? *last + 1 : *first - 1;
    if (row < 0)
        return;
    m_choseItself = list()->idAt(row);
    m_choseAt = context().backend.steadyNow();
    m_table->selectId(m_choseItself);
}

void WaitingView::keepChosen(const std::vector<int> &rows)
{
    QItemSelection kept;
    for (const int row : rows)
        kept.select(list()->index(row, 0), list()->index(row, 0));
    m_table->selectId(list()->idAt(rows.front()));
    m_table->selectionModel()->select(kept, QItemSelectionModel::ClearAndSelect
                                                | QItemSelectionModel::Rows);
}

/// The row that is chosen came there a moment ago, in the place of one that left.
bool WaitingView::hasJustChosenItself() const
{
    const std::chrono::milliseconds gesture(QApplication::doubleClickInterval());
    return !m_choseItself.isEmpty() && m_table->currentId() == m_choseItself
           && context().backend.steadyNow() - m_choseAt < gesture;
}

/// A click that comes while the chosen row leaves, or is the second of a double click, is for that
/// row: not for the one that was chosen instead. A key that is pressed again says so.
bool WaitingView::isForTheOneBefore() const
{
    return MouseWatch::of(context().backend).isUsedNow() && hasJustChosenItself();
}

void WaitingView::chooseReturned()
{
    if (m_left.isEmpty() || !m_table->currentId().isEmpty())
        return;
    int row = list()->rowOf(m_left);
    const auto run = devserver::RunId::fromText(m_left.first(m_left.indexOf('/')));
    if (row < 0 && run && !run->isNull()) // or another app would be taken for the one that left
        row = list()->rowOf(*run);
    if (row < 0)
        return;
    m_table->selectId(list()->idAt(row));
    m_left.clear();
}

/// The numbers of the chips are what each would find; as in Runs, where such a number is not known
/// beside other conditions and is not said then.
void WaitingView::showNumbers()
{
    const WaitingModel &model = *list();
    int all = 0;
    for (const WaitingKind kind : waitingKinds) {
        m_chips->setCount(waitingKindKey(kind), model.found(kind));
        all += model.found(kind);
    }
    m_chips->setCount({}, all);
    const devserver::TimePoint hour = context().backend.now() + 1h;
    m_strip->setDue(model.dueBefore(hour), model.dueFrom(hour));
}

void WaitingView::showContent()
{
    const WaitingModel *model = list();
    if (model == nullptr)
        return;
    if (isVisible()) // else once it is
        showNumbers();
    selectSubject();
    chooseReturned();
    chooseNext();
    // What had the keyboard may go: it stays in this view.
    const QWidget *focus = window()->focusWidget();
    const bool hadFocus = m_pages->isAncestorOf(focus) || m_below->isAncestorOf(focus);
    if (model->rowCount() == 0) {
        const auto add = [model](int sum, WaitingKind kind) { return sum + model->count(kind); };
        showNothing(std::accumulate(waitingKinds.begin(), waitingKinds.end(), 0, add));
        if (hadFocus && !m_empty->isAncestorOf(window()->focusWidget()))
            m_filter->setFocus();
    } else {
        m_pages->setCurrentWidget(m_table);
        if (hadFocus && m_empty->isAncestorOf(focus))
            m_table->setFocus();
    }
    m_strip->setVisible(model->rowCount() > 0);
    m_below->setVisible(model->rowCount() > 0); // there would be nothing to do it with
    if (model->rowCount() == 0)
        return;
    if (isVisible() && !std::exchange(m_hasChosen, true) && m_table->currentId().isEmpty())
        m_table->selectId(model->idAt(0)); // what comes next
}

void WaitingView::selectSubject()
{
    if (!m_subject.isEmpty() && m_table->selectId(m_subject))
        m_subject.clear();
}

void WaitingView::showNothing(int all)
{
    if (isVisible())
        context().navigator.select({});
    const bool isSaid =
        m_pages->currentWidget() == m_empty && m_empty->text() == tr("Nothing is waiting");
    if (all == 0 && isSaid)
        return; // its link may have the keyboard
    m_empty->clearButtons();
    if (all == 0) {
        m_empty->setMessage(
            u"nav-waiting"_s, tr("Nothing is waiting"),
            tr("Retries, sleeps, and runs whose app takes no calls or whose function "
               "is gone appear here, the next one on top."));
        m_empty->addManualLink("waiting"_ba);
    } else {
        const Filter &filter = m_filter->filter();
        m_empty->setMessage(u"search"_s,
                            tr("Nothing that is waiting matches %1").arg(filterText(filter)),
                            tr("%1 without the filter.").arg(formatCount(all)), filterText(filter));
        m_empty->addButton(tr("Clear filter"), [this] {
            m_filter->apply({});
            m_table->setFocus();
        });
        if (const Filter shorter = filterWithoutLast(filter); !shorter.isAll())
            m_empty->addButton(tr("Remove last term"),
                               [this, shorter] { m_filter->apply(shorter); });
    }
    m_pages->setCurrentWidget(m_empty);
}

void WaitingView::noteCurrent()
{
    const std::vector<WaitingRow> rows = selected();
    if (!rows.empty())
        m_left.clear(); // another one is chosen
    if (rows.empty() || !isVisible())
        return;
    if (!m_isGoing)
        Q_EMIT placeChanged();
    Selection selection;
    if (!rows.front().isGroup()) {
        selection.kind = Selection::Kind::Run;
        selection.run = rows.front().run;
    } else if (const devserver::AppId app = appIdOf(rows.front().app); !app.isNull()) {
        selection.kind = Selection::Kind::App;
        selection.app = app;
    }
    context().navigator.select(selection);
}

devserver::AppId WaitingView::appIdOf(const QString &name) const
{
    for (const devserver::App &app : context().catalog.apps()) {
        if (app.name == name.toUtf8())
            return app.id;
    }
    return {};
}

void WaitingView::showEvent(QShowEvent *event)
{
    View::showEvent(event);
    m_hasChosen = false;
    showContent();
    noteCurrent(); // other views told theirs meanwhile
    m_stripTimer.start(stripEvery);
}

void WaitingView::hideEvent(QHideEvent *event)
{
    View::hideEvent(event);
    m_stripTimer.stop();
}

Place WaitingView::place() const
{
    return {.view = name(), .filter = m_filter->text(), .subject = m_table->currentId()};
}

void WaitingView::showPlace(const Place &place)
{
    m_isGoing = true;
    m_filter->setLine(place.filter);
    m_subject = place.subject;
    selectSubject();
    m_isGoing = false;
}

QWidget *WaitingView::filterLine() const
{
    return m_filter;
}

QWidget *WaitingView::mainWidget() const
{
    return m_table;
}

QByteArray WaitingView::saveState() const
{
    return m_table->header()->saveColumns();
}

void WaitingView::restoreState(const QByteArray &state)
{
    m_table->header()->restoreColumns(state);
}

} // namespace console
