// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/eventsview.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/eventlistmodel.h"
#include "ui/core/feed.h"
#include "ui/core/filterparser.h"
#include "ui/core/filtertext.h"
#include "ui/core/format.h"
#include "ui/events/eventactions.h"
#include "ui/events/eventdetail.h"
#include "ui/events/starteddelegate.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/filterline.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/pill.h"

#include <QAction>
#include <QCheckBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;
using devserver::EventId;
using devserver::api::Filter;

namespace {

constexpr int topOfPill = 40;

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
    , m_internal(new QCheckBox(tr("Internal events"), this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_stack(new QStackedWidget(m_splitter))
    , m_table(new ListTable(shared, m_stack))
    , m_empty(new EmptyState(shared, m_stack))
    , m_pill(new Pill(shared, m_table, topOfPill))
    , m_detail(new EventDetail(shared, m_splitter))
{
    makeLayout();
    connectTable();
    new EventActions(shared, *this, *m_table);
    bindListActions();
    connect(m_filter, &FilterEdit::filterChanged, this, [this] {
        query();
        tellPlace();
    });
    connect(m_filter, &FilterEdit::left, m_table, [this] { m_table->setFocus(); });
    connect(m_internal, &QCheckBox::toggled, this, &EventsView::query);
    connect(m_detail, &EventDetail::failed, this, [this](const devserver::Error &error) {
        showError("event.record"_ba, tr("The event could not be read"), error);
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
    m_internal->setObjectName(u"eventsInternal"_s);
    m_internal->setToolTip(
        tr("Events that the server sends: inngest/function.finished and others"));
    auto *line = new QHBoxLayout;
    line->setContentsMargins(12, 10, 12, 8);
    line->setSpacing(12);
    line->addWidget(m_line, 1);
    line->addWidget(m_internal, 0, Qt::AlignTop);
    line->addWidget(compose, 0, Qt::AlignTop);
    m_internal->setMinimumHeight(m_filter->minimumSizeHint().height());
    body().addLayout(line);
    body().addWidget(m_splitter, 1);

    m_table->setObjectName(u"eventsTable"_s);
    m_table->setAccessibleName(tr("Events"));
    m_table->setItemDelegateForColumn(static_cast<int>(EventColumn::Started),
                                      new StartedDelegate(context(), *m_table));
    m_empty->setObjectName(u"eventsEmpty"_s);
    m_pill->setObjectName(u"eventsPill"_s);
    m_detail->setObjectName(u"eventDetail"_s);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_stack->setMinimumSize(200, 120);
    m_splitter->setObjectName(u"eventsSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(5);
    m_splitter->setSizes({500, 400});
    m_detail->hide();
}

void EventsView::connectTable()
{
    connect(m_table, &ListTable::replaced, this, &EventsView::showNewModel);
    connect(m_table, &ListTable::failed, this, &EventsView::showQueryError);
    connect(m_table, &ListTable::settledOn, this, &EventsView::noteCurrent);
    connect(m_table, &ListTable::newAboveChanged, this, &EventsView::sayPill);
    connect(m_table, &ListTable::contextMenuWanted, this, &EventsView::showContextMenu);
    connect(m_table, &ListTable::opened, this, [this](const QByteArray &id) {
        noteCurrent(id);
        m_detail->showTab(EventDetail::MatchingTab);
    });
    connect(&context().feed, &Feed::newsChanged, this, &EventsView::sayPill);
    connect(&context().feed, &Feed::pausedChanged, this, &EventsView::sayPill);
    connect(m_pill, &Pill::clicked, this, [this] {
        if (context().feed.news().events > 0)
            context().feed.setPaused(false);
        else if (m_table->newAbove() == 0)
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
        "list.only"_ba, m_table, [this] { addCondition(m_table->currentFilterTerm(), false); },
        hasTerm);
    actions.bind(
        "list.not"_ba, m_table, [this] { addCondition(m_table->currentFilterTerm(), true); },
        hasTerm);
    actions.bind(
        "list.copy"_ba, m_table, [this] { context().desktop.copy(m_table->selectionText()); },
        [this]() -> Availability {
            return {.isEnabled = !m_table->selectedRows().empty(),
                    .reason = tr("No event is selected"),
                    .text = {}};
        });
    actions.bind("list.follow"_ba, m_table, [this] { m_table->follow(); });
    actions.bind("view.detailPosition"_ba, this, [this] {
        const bool isBeside = m_splitter->orientation() == Qt::Horizontal;
        m_splitter->setOrientation(isBeside ? Qt::Vertical : Qt::Horizontal);
    });
}

void EventsView::query()
{
    const Filter filter =
        m_internal->isChecked() ? internalToo(m_filter->filter()) : m_filter->filter();
    m_table->replace(
        new EventListModel(context().backend, context().clock, context().feed, filter, m_table));
}

void EventsView::showNewModel()
{
    infoBars().dismiss("events.query"_ba);
    EventListModel *model = list();
    connect(model, &EventListModel::unseenCountChanged, this, &EventsView::sayPill);
    connect(model, &EventListModel::rowsInserted, this, [this] {
        showWhatThereIs();
        selectSubject();
    });
    connect(model, &EventListModel::rowsRemoved, this, &EventsView::showWhatThereIs);
    sayPill();
    selectSubject();
    showWhatThereIs();
}

void EventsView::showWhatThereIs()
{
    if (list() == nullptr)
        return;
    const bool isEmpty = list()->rowCount() == 0;
    if (isEmpty)
        explain();
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_table);
}

void EventsView::explain()
{
    m_empty->clearButtons();
    if (m_filter->filter().isAll()) {
        m_empty->setMessage(u"nav-events"_s, tr("No events yet"),
                            tr("Send one from here, or from your app with inngest.send()."));
        m_empty->addButton(tr("New event"),
                           [this] { context().actions.action("event.new"_ba)->trigger(); });
        return;
    }
    m_empty->setMessage(u"search"_s, tr("No event matches %1").arg(filterText(m_filter->filter())));
    m_empty->addButton(tr("Clear filter"), [this] { m_filter->apply({}); });
}

void EventsView::sayPill()
{
    if (const std::size_t held = context().feed.news().events; held > 0)
        m_pill->say(tr("%1 new, resume").arg(formatCount(static_cast<qint64>(held))), u"play"_s);
    else if (const int above = m_table->newAbove(); above > 0)
        m_pill->say(tr("%1 new").arg(formatCount(above)), u"arrow-up"_s);
    else if (const int unseen = list() == nullptr ? 0 : list()->unseenCount(); unseen > 0)
        m_pill->say(tr("%1 new, show").arg(formatCount(unseen)), u"refresh"_s);
    else
        m_pill->say({});
}

void EventsView::showQueryError(const devserver::Error &error)
{
    infoBars().show({.id = "events.query"_ba,
                     .kind = InfoKind::Error,
                     .text = tr("The events could not be read: %1").arg(error.message),
                     .buttons = {{tr("Try again"), [this] { query(); }}},
                     .details = {}});
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
    const EventId event = EventId::fromText(place.subject).value_or(EventId());
    m_subject = event;
    if (event.isNull())
        m_table->clearCurrent();
    else
        selectSubject();
    showDetail(event);
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

void EventsView::addCondition(const QString &term, bool isNegated)
{
    const ParsedFilter parsed = parseFilter(term, context().backend.now());
    if (parsed.error || parsed.filter.isAll())
        return;
    m_filter->apply(
        filterAnd(m_filter->filter(), isNegated ? filterNot(parsed.filter) : parsed.filter));
}

void EventsView::showContextMenu(const QPoint &at)
{
    QMenu *menu = context().actions.contextMenu(m_table, EventActions::menu());
    menu->setObjectName(u"eventsMenu"_s);
    m_table->hold();
    connect(menu, &QMenu::aboutToHide, m_table, &ListTable::release);
    menu->popup(at);
}

QByteArray EventsView::saveState() const
{
    QJsonObject state;
    state.insert("columns"_L1, QString::fromUtf8(m_table->header()->saveColumns()));
    state.insert("splitter"_L1, QString::fromLatin1(m_splitter->saveState().toBase64()));
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void EventsView::restoreState(const QByteArray &state)
{
    const QJsonObject saved = QJsonDocument::fromJson(state).object();
    if (saved.isEmpty())
        return;
    m_table->header()->restoreColumns(saved["columns"_L1].toString().toUtf8());
    m_splitter->restoreState(QByteArray::fromBase64(saved["splitter"_L1].toString().toLatin1()));
}

} // namespace console
