// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/runsview.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/core/format.h"
#include "ui/core/runlistmodel.h"
#include "ui/runs/matchingruns.h"
#include "ui/runs/runactions.h"
#include "ui/runs/runlistmouse.h"
#include "ui/runs/runpanel.h"
#include "ui/runs/runsjump.h"
#include "ui/runs/runsstack.h"
#include "ui/runs/runstoolbar.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/filterline.h"
#include "ui/widgets/innerlayout.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/listwatch.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/notebar.h"
#include "ui/widgets/pill.h"

#include <QDateTime>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <set>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::RunId;
using devserver::api::Filter;
using devserver::api::RunSort;

namespace {

QByteArray filterTime(devserver::TimePoint time)
{
    return QDateTime::fromMSecsSinceEpoch(devserver::toMs(time))
        .toString(u"yyyy-MM-ddTHH:mm:ss"_s)
        .toLatin1();
}

} // namespace

RunsView::RunsView(Context &context, QWidget *parent)
    : View(context, "runs"_ba, parent)
    , m_top(new QWidget(this))
    , m_line(new FilterLine(context, FilterSubject::Runs, "runsFilter"_ba, m_top))
    , m_filter(m_line->edit())
    , m_toolBar(new RunsToolBar(context, m_top))
    , m_splitter(new DetailSplitter(50, this))
    , m_stack(new RunsStack(context, m_splitter))
    , m_table(m_stack->table())
    , m_pill(m_stack->pill())
    , m_panel(new RunPanel(context, m_splitter))
    , m_note(new NoteBar(context.theme, m_top))
    , m_matching(new MatchingRuns(context, *m_table, *m_note, this))
    , m_actions(new RunActions(context, *this, *m_table, *m_matching))
    , m_jump(new RunsJump(context, *m_table, this))
{
    makeLayout();
    connectFilter();
    connectTable();
    connect(m_actions, &RunActions::openRequested, this, [this](RunId run) {
        showDetail(run);
        setFullSize(true);
    });
    connect(m_actions, &RunActions::relatedRequested, this, [this](RunId run) {
        showDetail(run);
        setFullSize(true);
        m_panel->showRelated();
    });
    connect(&context.navigator, &Navigator::timeRequested, this, &RunsView::goToTime);
    connect(m_jump, &RunsJump::tooFar, this, [this](devserver::TimePoint time) {
        m_filter->apply(filterWithOnly(m_filter->filter(), "until"_ba, {filterTime(time)}));
    });
    new RunListMouse(context, *m_table, this);
    bindListActions();
    const auto showCounts = [this](const devserver::api::Counters &counters) {
        m_allRuns = counters.all;
        m_toolBar->showCounts(counters);
    };
    connect(&context.feed, &Feed::countersChanged, this, showCounts);
    if (const auto &known = context.feed.counters()) // the window began with another view
        showCounts(*known);
    connect(&context.catalog, &Catalog::changed, this, &RunsView::nameApps);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &RunsView::showServer);
    showServer();
    query();
}

RunsView::~RunsView() = default;

RunListModel *RunsView::list() const
{
    return qobject_cast<RunListModel *>(m_table->list());
}

void RunsView::makeLayout()
{
    auto *top = new QVBoxLayout(m_top);
    top->setContentsMargins(0, 0, 0, 0);
    top->setSpacing(0);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(12, 10, 12, 0);
    line->addWidget(m_line);
    top->addLayout(line);
    top->addWidget(m_toolBar);
    top->addWidget(m_note);
    m_note->setObjectName(u"runsMatching"_s);
    body().addWidget(m_top);
    body().addWidget(m_splitter, 1);

    m_splitter->setObjectName(u"runsSplitter"_s);
    m_panel->setObjectName(u"runPanel"_s);
    m_panel->hide();
}

void RunsView::connectFilter()
{
    connect(m_filter, &FilterEdit::filterChanged, this, [this](const Filter &filter) {
        m_toolBar->showFilter(filter);
        noteOtherQuestion(filter);
        query();
        tellPlace();
    });
    connect(m_stack, &RunsStack::filterChosen, m_filter, &FilterEdit::apply);
    // Not the table: what stands in its place hands the focus over when rows come.
    connect(m_filter, &FilterEdit::wentDown, m_table, &ListTable::endCleared);
    connect(m_filter, &FilterEdit::left, this, [this] { m_stack->currentWidget()->setFocus(); });
    m_toolBar->showFilter(m_filter->filter());
    connect(m_toolBar, &RunsToolBar::statesChosen, this, [this](const QByteArrayList &states) {
        m_filter->apply(filterWithOnly(m_filter->filter(), "state"_ba, states));
    });
    connect(m_toolBar, &RunsToolBar::rangeChosen, this, [this](const QByteArray &since) {
        const QByteArrayList values = since.isEmpty() ? QByteArrayList() : QByteArrayList{since};
        m_filter->apply(filterWithOnly(m_filter->filter(), "since"_ba, values));
    });
    connect(m_toolBar, &RunsToolBar::customRangeChosen, this, [this] {
        m_toolBar->showFilter(m_filter->filter());
        const QString rest = filterText(filterWithout(m_filter->filter(), "since"_ba));
        m_filter->setFocus();
        m_filter->setText(rest.isEmpty() ? u"since:"_s : QString(rest + u" since:"_s));
    });
    connect(m_toolBar->columnsButton(), &QToolButton::clicked, this, [this] {
        QToolButton *button = m_toolBar->columnsButton();
        QMenu *menu = m_table->header()->columnMenu(button);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(button->mapToGlobal(QPoint(0, button->height())));
    });
}

void RunsView::connectTable()
{
    connect(m_table, &ListTable::replaced, this, &RunsView::showNewModel);
    new ListWatch(context(), *this, *m_table,
                  {.id = "runs"_ba,
                   .failed = tr("The runs could not be read"),
                   .searching =
                       [this] {
                           return m_allRuns < 0
                                      ? tr("Still searching…")
                                      : tr("Still searching %1 runs…").arg(formatCount(m_allRuns));
                       },
                   .found = [](int rows) { return tr("%Ln run(s)", nullptr, rows); },
                   .stale =
                       [this] {
                           return list()->query().filter == m_filter->filter()
                                      ? tr("These rows are from before.")
                                      : tr("These rows are from before the filter.");
                       }},
                  [this] { query(); });
    connect(m_panel, &RunPanel::wentMeanwhile, this, &RunsView::forgetShown);
    connect(m_table, &ListTable::settledOn, this, &RunsView::noteCurrent);
    connect(m_table, &QTableView::clicked, this, [this] { noteCurrent(m_table->currentId()); });
    connect(m_table, &ListTable::newAboveChanged, this, &RunsView::sayPill);
    connect(m_table, &ListTable::contextMenuWanted, this, &RunsView::showContextMenu);
    connect(m_table, &ListTable::opened, this, [this](const QByteArray &id) {
        if (const std::optional<RunId> run = RunId::fromText(id)) {
            showDetail(*run);
            setFullSize(true);
        }
    });
    connect(m_pill, &Pill::clicked, this, [this] {
        if (m_table->newAbove() > 0) {
            m_table->follow();
        } else {
            query();
            m_table->follow();
        }
        m_table->setFocus();
    });
    ListHeader *header = m_table->header();
    connect(header, &ListHeader::sortRequested, this, [this](int column, Qt::SortOrder order) {
        if (const std::optional<RunSort> by = sortOf(static_cast<RunColumn>(column)))
            setSort({*by, order == Qt::DescendingOrder});
    });
    connect(header, &ListHeader::sortCleared, this, [this] { setSort({}); });
}

void RunsView::bindListActions()
{
    ActionRegistry &actions = context().actions;
    const auto hasTerm = [this]() -> Availability {
        return {.isEnabled = !m_table->currentFilterTerm().isEmpty(),
                .reason = tr("This cell has nothing to filter by"),
                .text = {}};
    };
    actions.bind(
        "list.only"_ba, m_table,
        [this] { m_filter->addCondition(m_table->currentFilterTerm(), false); }, hasTerm);
    actions.bind(
        "list.not"_ba, m_table,
        [this] { m_filter->addCondition(m_table->currentFilterTerm(), true); }, hasTerm);
    const auto bindTerm = [this, &actions](const QByteArray &id, RunColumn column,
                                           const QString &reason) {
        const auto term = [this, column] {
            return m_table->currentIndex()
                .siblingAtColumn(static_cast<int>(column))
                .data(FilterTermRole)
                .toString();
        };
        actions.bind(
            id, m_table, [this, term] { m_filter->addCondition(term(), false); },
            [term, reason]() -> Availability {
                return {.isEnabled = !term().isEmpty(), .reason = reason, .text = {}};
            });
    };
    bindTerm("list.sameError"_ba, RunColumn::Error, tr("This run has no error"));
    bindTerm("list.sameFunction"_ba, RunColumn::Function, tr("No run is selected"));
    bindTerm("list.sameEvent"_ba, RunColumn::Trigger, tr("No event started this run"));
    actions.bind(
        "list.aroundTime"_ba, m_table, [this] { filterAround(); },
        [this]() -> Availability {
            return {.isEnabled = m_table->currentIndex().isValid(),
                    .reason = tr("No run is selected"),
                    .text = {}};
        });
    actions.bind("list.follow"_ba, m_table, [this] { m_table->follow(); });
    actions.bind("view.detailPosition"_ba, this, [this] { m_splitter->turn(); });
}

void RunsView::query()
{
    m_jump->stop();
    devserver::api::RunsQuery query;
    query.filter = m_filter->filter();
    query.sort = m_sort.by;
    query.isDescending = m_sort.isDescending;
    m_table->replace(new RunListModel(context().backend, context().clock, context().feed,
                                      std::move(query), m_table));
}

void RunsView::showNewModel()
{
    const bool hasFocus = m_stack->isAncestorOf(window()->focusWidget());
    RunListModel *model = list();
    connect(model, &RunListModel::unseenCountChanged, this, &RunsView::sayPill);
    connect(model, &RunListModel::rowsInserted, this, [this] {
        showWhatThereIs();
        selectSubject();
    });
    connect(model, &RunListModel::rowsRemoved, this, &RunsView::showWhatThereIs);
    nameApps();
    showSort();
    sayPill();
    selectSubject();
    leaveWhatTheFilterLeavesOut();
    showWhatThereIs();
    if (hasFocus && isBesideTheList())
        m_panel->setFocus(); // the actions are those of the run that was gone to
}

bool RunsView::isBesideTheList() const
{
    return !m_shown.isNull() && m_table->coming() == nullptr && !m_table->currentIndex().isValid();
}

void RunsView::setSort(const Sort &sort)
{
    m_sort = sort;
    showSort();
    query();
}

void RunsView::showSort()
{
    const bool isOwn = m_sort.by == RunSort::Queued && m_sort.isDescending;
    const std::optional<RunColumn> column = columnOf(m_sort.by);
    m_toolBar->setSorted(!isOwn);
    m_table->header()->setSort(isOwn || !column ? -1 : static_cast<int>(*column),
                               m_sort.isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void RunsView::showWhatThereIs()
{
    if (list() == nullptr)
        return;
    m_stack->showRows(list()->rowCount(), m_filter->filter());
    m_top->setVisible(!m_isFullSize && !m_stack->isWelcoming()); // nothing to filter yet
}

void RunsView::sayPill()
{
    if (const int above = m_table->newAbove(); above > 0)
        m_pill->say(tr("%1 new").arg(formatCount(above)), u"arrow-up"_s);
    else if (const int unseen = list() == nullptr ? 0 : list()->unseenCount(); unseen > 0)
        m_pill->say(tr("%1 new, show").arg(formatCount(unseen)), u"refresh"_s);
    else if (list() != nullptr && list()->mayHaveMissed())
        m_pill->say(tr("New runs may match, look again"), u"refresh"_s);
    else
        m_pill->say({});
}

void RunsView::nameApps()
{
    if (list() == nullptr)
        return;
    std::set<devserver::AppId> apps;
    for (const devserver::Function &function : context().catalog.functions())
        apps.insert(function.app);
    list()->setShowsApps(apps.size() > 1);
}

void RunsView::showServer()
{
    const bool isServing = context().backend.server().phase == devserver::api::ServerPhase::Serving;
    if (isServing && !m_wasServing)
        query(); // what it has now may be another file
    m_wasServing = isServing;
}

void RunsView::noteCurrent(const QByteArray &id)
{
    const std::optional<RunId> run = RunId::fromText(id);
    if (!run)
        return; // the panel keeps what it shows until another one is chosen
    if (*run != m_shown)
        m_subject = {};
    showDetail(*run);
}

void RunsView::showDetail(RunId run)
{
    if (run == m_shown) {
        m_panel->showRun(run); // again, if it could not be read; so does the inspector
        tellSelection();
        return;
    }
    m_shown = run;
    m_panel->setVisible(!run.isNull());
    if (run.isNull())
        m_panel->clear();
    else
        m_panel->showRun(run);
    tellSelection();
    tellPlace();
}

void RunsView::tellSelection()
{
    m_isUntold = !isVisible(); // the selection is that of the view that is seen
    // A step of it may have been chosen already, before the window was shown.
    const Selection &now = context().navigator.selection();
    const bool isTold = now.run == m_shown && now.kind != Selection::Kind::Letter;
    if (m_isUntold)
        return;
    Selection selection;
    if (!m_shown.isNull())
        selection = isTold ? now : Selection{.kind = Selection::Kind::Run, .run = m_shown};
    context().navigator.select(selection);
}

void RunsView::selectSubject()
{
    if (!m_subject.isNull() && m_table->selectId(m_subject.toText()))
        m_subject = {};
}

void RunsView::setFullSize(bool isFullSize)
{
    if (m_isFullSize == isFullSize)
        return;
    m_isFullSize = isFullSize;
    m_top->setVisible(!isFullSize && !m_stack->isWelcoming());
    m_stack->setVisible(!isFullSize);
    mainWidget()->setFocus();
    tellPlace();
}

bool RunsView::stepBack()
{
    if (m_isFullSize) {
        setFullSize(false);
        return true;
    }
    if (m_shown.isNull())
        return false;
    m_table->clearCurrent();
    showDetail({});
    m_table->setFocus();
    return true;
}

void RunsView::tellPlace()
{
    if (!m_isGoing)
        Q_EMIT placeChanged();
}

Place RunsView::place() const
{
    return {.view = name(),
            .filter = m_filter->text(),
            .subject = m_shown.isNull() ? QByteArray() : m_shown.toText(),
            .isFullSize = m_isFullSize};
}

void RunsView::showPlace(const Place &place)
{
    m_isGoing = true;
    m_filter->setLine(place.filter);
    const RunId run = RunId::fromText(place.subject).value_or(RunId());
    m_subject = run;
    m_visited = run; // after the filter, which is another question
    selectSubject();
    if (run.isNull() || !m_subject.isNull())
        m_table->clearCurrent(); // the focus would choose the first row instead
    showDetail(run);
    setFullSize(place.isFullSize && !run.isNull());
    m_isGoing = false;
}

QWidget *RunsView::filterLine() const
{
    return m_stack->isWelcoming() ? nullptr : m_filter;
}

QWidget *RunsView::mainWidget() const
{
    return m_isFullSize || isBesideTheList() ? static_cast<QWidget *>(m_panel) : m_table;
}

/// A minute before it was queued and a minute after, instead of any range that was chosen.
void RunsView::filterAround()
{
    const int row = m_table->currentIndex().row();
    if (row < 0)
        return;
    constexpr std::chrono::minutes around(1);
    const devserver::TimePoint queued = list()->at(row).queuedAt;
    const Filter since =
        filterWithOnly(m_filter->filter(), "since"_ba, {filterTime(queued - around)});
    m_filter->apply(filterWithOnly(since, "until"_ba, {filterTime(queued + around)}));
}

/// In the order of time, whatever it was; the filter stays. What was there when the window was
/// closed, and is still on its way, does not come in between.
void RunsView::goToTime(devserver::TimePoint time)
{
    setFullSize(false);
    m_table->restoreSpot({});
    if (!std::exchange(m_subject, {}).isNull())
        showDetail({});
    if (m_sort.by != RunSort::Queued || !m_sort.isDescending)
        setSort({});
    m_table->setFocus(); // before, because it may choose the first row
    m_jump->start(time, m_filter->filter());
}

void RunsView::showContextMenu(const QPoint &at)
{
    QMenu *menu = m_actions->makeMenu();
    m_table->hold();
    connect(menu, &QMenu::aboutToHide, m_table, &ListTable::release);
    menu->popup(at);
}

} // namespace console
