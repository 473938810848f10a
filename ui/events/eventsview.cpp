// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/eventsview.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/eventlistmodel.h"
#include "ui/core/feed.h"
#include "ui/core/filtertext.h"
#include "ui/core/format.h"
#include "ui/events/eventactions.h"
#include "ui/events/eventdetail.h"
#include "ui/events/eventstoolbar.h"
#include "ui/events/starteddelegate.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/filterline.h"
#include "ui/widgets/filtermiss.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/innerlayout.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listpage.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/listwatch.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/rangebox.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QCheckBox>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using devserver::EventId;
using devserver::api::Filter;

namespace {

/// `inngest/…` events are shown only when a term asks for them; this one does, and finds all.
Filter internalToo(const Filter &filter)
{
    Filter internal;
    internal.kind = Filter::Kind::Term;
    internal.term.key = "is"_ba;
    internal.term.values = {"internal"_ba};
    Filter any;
    any.kind = Filter::Kind::Or;
    any.parts = {internal, filterNot(internal)};
    return filterAnd(filter, any);
}

} // namespace

EventsView::EventsView(Context &shared, QWidget *parent)
    : View(shared, "events"_ba, parent)
    , m_line(new FilterLine(shared, FilterSubject::Events, "eventsFilter"_ba, this))
    , m_filter(m_line->edit())
    , m_toolBar(new EventsToolBar(shared, this))
    , m_splitter(new DetailSplitter(55, this))
    , m_stack(new QStackedWidget(m_splitter))
    , m_table(new ListTable(shared, m_stack))
    , m_page(new ListPage(
          shared, m_table, [](int rows) { return tr("%Ln event(s)", nullptr, rows); }, m_stack))
    , m_pill(m_page->pill())
    , m_empty(new EmptyState(shared, m_stack))
    , m_miss(new FilterMiss(shared, *m_empty, devserver::api::CountQuery::Of::Events))
    , m_detail(new EventDetail(shared, m_splitter))
    , m_actions(new EventActions(shared, *this, *m_table))
{
    makeLayout();
    connectFilter();
    connectTable();
    bindListActions();
    new ListWatch(shared, *this, *m_table,
                  {.id = "events"_ba,
                   .failed = tr("The events could not be read"),
                   .searching = [] { return tr("Still searching the events…"); },
                   .found = [](int rows) { return tr("%Ln event(s)", nullptr, rows); }},
                  [this] { query(); });
    connect(m_detail, &EventDetail::failed, this, [this](const devserver::Error &error) {
        showError("event.record"_ba, tr("The event could not be read"), error,
                  [this] { m_detail->showRecordOf(m_shown); });
    });
    connect(&shared.backend, &devserver::api::ConsoleBackend::serverChanged, this, [this] {
        const bool isServing =
            context().backend.server().phase == devserver::api::ServerPhase::Serving;
        if (isServing && !m_wasServing)
            query(); // what it has now may be another file
        m_wasServing = isServing;
    });
    query();
}

EventsView::~EventsView() = default;

EventListModel *EventsView::list() const
{
    return qobject_cast<EventListModel *>(m_table->list());
}

void EventsView::makeLayout()
{
    auto *compose = new QToolButton(this);
    compose->setObjectName(u"eventsNew"_s);
    compose->setDefaultAction(context().actions.action("event.new"_ba));
    compose->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    compose->setFocusPolicy(Qt::TabFocus);
    compose->setAccessibleName(tr("New event"));
    m_filter->setPlaceholderText(tr("Filter: words, or event:order/* has:none data.total>100"));
    auto *line = new QHBoxLayout;
    line->setContentsMargins(12, 10, 12, 0);
    line->setSpacing(12);
    line->addWidget(m_line, 1);
    line->addWidget(compose, 0, Qt::AlignTop);
    // As high as the line beside it, in each size of text.
    const auto fit = [this, compose] { compose->setFixedHeight(m_filter->sizeHint().height()); };
    connect(&context().settings, &Settings::changed, compose, fit, Qt::QueuedConnection);
    fit();
    body().addLayout(line);
    body().addWidget(m_toolBar);
    body().addWidget(m_splitter, 1);

    m_table->setObjectName(u"eventsTable"_s);
    m_table->setAccessibleName(tr("Events"));
    m_table->setItemDelegateForColumn(static_cast<int>(EventColumn::Started),
                                      new StartedDelegate(context(), *m_table));
    m_empty->setObjectName(u"eventsEmpty"_s);
    m_pill->setObjectName(u"eventsPill"_s);
    m_detail->setObjectName(u"eventDetail"_s);
    m_stack->addWidget(m_page);
    m_stack->addWidget(m_empty);
    // The header, and a row of the list: there is the composer below, too.
    m_stack->setMinimumSize(200, m_page->stripHeight() + m_table->header()->sizeHint().height()
                                     + context().settings.rowHeight());
    m_splitter->setObjectName(u"eventsSplitter"_s);
    m_detail->hide();
}

void EventsView::connectFilter()
{
    connect(m_miss, &FilterMiss::filterChosen, m_filter, &FilterEdit::apply);
    connect(m_filter, &FilterEdit::filterChanged, this, [this](const Filter &filter) {
        m_toolBar->range()->showFilter(filter);
        queryOther();
        tellPlace();
    });
    // Not the table: what stands in its place hands the focus over when rows come.
    connect(m_filter, &FilterEdit::wentDown, m_table, &ListTable::endCleared);
    connect(m_filter, &FilterEdit::left, this, [this] { m_stack->currentWidget()->setFocus(); });
    connect(m_toolBar->range(), &RangeBox::rangeChosen, this, [this](const QByteArray &since) {
        const QByteArrayList values = since.isEmpty() ? QByteArrayList() : QByteArrayList{since};
        m_filter->apply(filterWithOnly(m_filter->filter(), "since"_ba, values));
    });
    connect(m_toolBar->range(), &RangeBox::customChosen, this, [this] {
        m_toolBar->range()->showFilter(m_filter->filter());
        const QString rest = filterText(filterWithout(m_filter->filter(), "since"_ba));
        m_filter->setFocus();
        m_filter->setText(rest.isEmpty() ? u"since:"_s : QString(rest + u" since:"_s));
    });
    connect(m_toolBar->internal(), &QCheckBox::toggled, this, &EventsView::queryOther);
    connect(m_toolBar->columnsButton(), &QToolButton::clicked, this, [this] {
        QToolButton *button = m_toolBar->columnsButton();
        QMenu *menu = m_table->header()->columnMenu(button);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(button->mapToGlobal(QPoint(0, button->height())));
    });
}

void EventsView::connectTable()
{
    connect(m_table, &ListTable::replaced, this, &EventsView::showNewModel);
    connect(m_table, &ListTable::settledOn, this, &EventsView::noteCurrent);
    connect(m_table, &QTableView::clicked, this, [this] {
        noteCurrent(m_table->currentId()); // asks again for what could not be read
        tellSelection();                   // so does the inspector
    });
    connect(m_table, &ListTable::newAboveChanged, this, &EventsView::sayPill);
    connect(m_table, &ListTable::contextMenuWanted, this, &EventsView::showContextMenu);
    connect(m_table, &ListTable::opened, this, [this](const QByteArray &id) {
        noteCurrent(id);
        m_detail->showTab(EventDetail::MatchingTab);
    });
    connect(m_pill, &Pill::clicked, this, [this] {
        if (m_table->newAbove() == 0)
            query();
        m_table->follow();
        m_table->setFocus();
    });
}

void EventsView::bindListActions()
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
    actions.bind(
        "list.copy"_ba, m_table, [this] { context().desktop.copy(m_table->selectionText()); },
        [this]() -> Availability {
            return {.isEnabled = !m_table->selectedRows().empty(),
                    .reason = tr("No event is selected"),
                    .text = {}};
        });
    const auto hasEvent = [this]() -> Availability {
        return {.isEnabled = m_table->currentIndex().isValid(),
                .reason = tr("No event is selected"),
                .text = {}};
    };
    actions.bind(
        "list.sameEvent"_ba, m_table,
        [this] {
            const QModelIndex name =
                m_table->currentIndex().siblingAtColumn(static_cast<int>(EventColumn::Event));
            m_filter->addCondition(name.data(FilterTermRole).toString(), false);
        },
        hasEvent);
    actions.bind(
        "list.aroundTime"_ba, m_table, [this] { filterAround(); }, hasEvent);
    actions.bind("list.follow"_ba, m_table, [this] { m_table->follow(); });
    actions.bind("view.detailPosition"_ba, this, [this] { m_splitter->turn(); });
}

Filter EventsView::wanted() const
{
    return m_toolBar->internal()->isChecked() ? internalToo(m_filter->filter())
                                              : m_filter->filter();
}

void EventsView::query()
{
    m_table->replace(
        new EventListModel(context().backend, context().clock, context().feed, wanted(), m_table));
}

void EventsView::queryOther()
{
    m_visited = {};
    const int row = list() == nullptr ? -1 : list()->rowOf(m_shown.toText());
    m_leftOut.noteOtherQuestion(
        row >= 0 && filterFits(wanted(), list()->at(row), context().backend.now()) == Fit::No);
    query();
}

/// It is back as soon as its row is; one that was gone to stays.
void EventsView::leaveWhatTheFilterLeavesOut()
{
    const bool isLeftOut = m_leftOut.take(*list(), m_shown.toText());
    if (!isLeftOut || m_shown.isNull() || m_shown == m_visited)
        return;
    m_subject = m_shown;
    m_table->clearCurrent(); // nor is another one chosen instead
    showDetail({});
}

void EventsView::showNewModel()
{
    EventListModel *model = list();
    connect(model, &EventListModel::unseenCountChanged, this, &EventsView::sayPill);
    connect(model, &EventListModel::rowsInserted, this, [this] {
        showWhatThereIs();
        selectSubject();
    });
    connect(model, &EventListModel::rowsRemoved, this, &EventsView::showWhatThereIs);
    sayPill();
    selectSubject();
    leaveWhatTheFilterLeavesOut();
    showWhatThereIs();
}

void EventsView::showWhatThereIs()
{
    if (list() == nullptr)
        return;
    const bool isEmpty = list()->rowCount() == 0;
    if (isEmpty)
        explain();
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_page);
}

void EventsView::explain()
{
    if (m_filter->filter().isAll()) {
        m_empty->clearButtons();
        m_empty->setMessage(u"nav-events"_s, tr("No events yet"),
                            tr("Send one from here, or from your app with inngest.send()."));
        m_empty->addButton(tr("New event"),
                           [this] { context().actions.action("event.new"_ba)->trigger(); });
        m_empty->addManualLink("events"_ba);
        return;
    }
    m_miss->explain(tr("No event matches %1").arg(filterText(m_filter->filter())),
                    m_filter->filter(),
                    m_toolBar->internal()->isChecked() ? internalToo({}) : Filter());
}

void EventsView::sayPill()
{
    if (const int above = m_table->newAbove(); above > 0)
        m_pill->say(tr("%1 new").arg(formatCount(above)), u"arrow-up"_s);
    else if (const int unseen = list() == nullptr ? 0 : list()->unseenCount(); unseen > 0)
        m_pill->say(tr("%1 new, show").arg(formatCount(unseen)), u"refresh"_s);
    else if (list() != nullptr && list()->mayHaveMissed())
        m_pill->say(tr("New events may match, look again"), u"refresh"_s);
    else
        m_pill->say({});
}

void EventsView::noteCurrent(const QByteArray &id)
{
    const std::optional<EventId> event = EventId::fromText(id);
    if (!event)
        return; // the detail keeps what it shows until another one is chosen
    if (*event != m_shown)
        m_subject = {};
    showDetail(*event);
}

void EventsView::showDetail(EventId event)
{
    const bool isOther = event != m_shown;
    m_shown = event;
    m_detail->setVisible(!event.isNull());
    m_detail->showRecordOf(event);
    if (!isOther)
        return;
    tellSelection();
    context().actions.refresh();
    tellPlace();
}

void EventsView::showEvent(QShowEvent *event)
{
    View::showEvent(event);
    if (!m_shown.isNull())
        tellSelection(); // other views told theirs meanwhile
}

void EventsView::tellSelection()
{
    if (!isVisible())
        return;
    Selection selection;
    selection.kind = m_shown.isNull() ? Selection::Kind::None : Selection::Kind::Event;
    selection.event = m_shown;
    context().navigator.select(selection);
}

void EventsView::selectSubject()
{
    if (!m_subject.isNull() && m_table->selectId(m_subject.toText()))
        m_subject = {};
}

void EventsView::tellPlace()
{
    if (!m_isGoing)
        Q_EMIT placeChanged();
}

Place EventsView::place() const
{
    return {.view = name(),
            .filter = m_filter->text(),
            .subject = m_shown.isNull() ? QByteArray() : m_shown.toText()};
}

void EventsView::showPlace(const Place &place)
{
    m_isGoing = true;
    m_filter->setLine(place.filter);
    const QByteArrayList subject = place.subject.split('/'); // its tab may follow
    const EventId event = EventId::fromText(subject.front()).value_or(EventId());
    m_subject = event;
    m_visited = event; // after the filter, which is another question
    selectSubject();
    if (event.isNull() || !m_subject.isNull())
        m_table->clearCurrent(); // the focus would choose the first row instead
    showDetail(event);
    if (subject.value(1) == "matching")
        m_detail->showTab(EventDetail::MatchingTab);
    m_isGoing = false;
}

QWidget *EventsView::filterLine() const
{
    return m_filter;
}

QWidget *EventsView::mainWidget() const
{
    return m_table;
}

bool EventsView::stepBack()
{
    if (m_shown.isNull())
        return false;
    m_table->clearCurrent();
    showDetail({});
    m_table->setFocus();
    return true;
}

/// A minute before it was received and a minute after, instead of any range that was chosen.
void EventsView::filterAround()
{
    const int row = m_table->currentIndex().row();
    if (row < 0)
        return;
    const auto text = [](devserver::TimePoint time) {
        return QDateTime::fromMSecsSinceEpoch(devserver::toMs(time))
            .toString(u"yyyy-MM-ddTHH:mm:ss"_s)
            .toLatin1();
    };
    const devserver::TimePoint received = list()->at(row).receivedAt;
    const Filter since =
        filterWithOnly(m_filter->filter(), "since"_ba, {text(received - std::chrono::minutes(1))});
    m_filter->apply(filterWithOnly(since, "until"_ba, {text(received + std::chrono::minutes(1))}));
}

void EventsView::showContextMenu(const QPoint &at)
{
    QMenu *menu = m_actions->makeMenu();
    m_table->hold();
    connect(menu, &QMenu::aboutToHide, m_table, &ListTable::release);
    menu->popup(at);
}

QByteArray EventsView::saveState() const
{
    QJsonObject state;
    state.insert("columns"_L1, QString::fromUtf8(m_table->header()->saveColumns()));
    state.insert("splitter"_L1, QString::fromLatin1(m_splitter->save().toBase64()));
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void EventsView::restoreState(const QByteArray &state)
{
    const QJsonObject saved = QJsonDocument::fromJson(state).object();
    if (saved.isEmpty())
        return;
    m_table->header()->restoreColumns(saved["columns"_L1].toString().toUtf8());
    m_splitter->restore(QByteArray::fromBase64(saved["splitter"_L1].toString().toLatin1()));
}

QJsonObject EventsView::saveRows() const
{
    return {{"internal"_L1, m_toolBar->internal()->isChecked()}};
}

void EventsView::restoreRows(const QJsonObject &rows)
{
    if (rows.contains("internal"_L1))
        m_toolBar->internal()->setChecked(rows["internal"_L1].toBool());
}

} // namespace console
