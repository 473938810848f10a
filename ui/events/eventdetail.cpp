// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/eventdetail.h"

#include "ui/core/catalog.h"
#include "ui/core/copyas.h"
#include "ui/core/format.h"
#include "ui/core/theme.h"
#include "ui/events/eventrunsmodel.h"
#include "ui/events/matchingmodel.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/idlabel.h"
#include "ui/widgets/linklabel.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/payloadview.h"
#include "ui/widgets/plaintable.h"
#include "ui/widgets/rowmenu.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/textclock.h"
#include "ui/widgets/whenserving.h"

#include <QAction>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::EventRecord;
using devserver::api::RunSummary;

namespace {

constexpr int leastHeight = 110; // heading and tabs: there is the composer below, too

constexpr int headerSide = 12;
constexpr int headerGap = 12;
constexpr int idGap = 6; // what is copied stands beside its button

/// Backquotes become fixed-width text; the names of events are links.
QString rich(const QString &text, const QByteArrayList &links)
{
    QString html;
    const QStringList parts = text.split(u'`');
    for (int i = 0; i < parts.size(); ++i) {
        const QString part =
            visibleText(parts[i], i % 2 == 0 ? LineEnds::Kept : LineEnds::Shown).toHtmlEscaped();
        if (i % 2 == 0)
            html += part;
        else if (links.contains(parts[i].toUtf8()))
            html += linkAmongWords(parts[i], u"<code>%1</code>"_s.arg(part));
        else
            html += u"<code>%1</code>"_s.arg(part);
    }
    return html;
}

} // namespace

EventDetail::EventDetail(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_header(new QWidget(this))
    , m_title(new ElidedLabel(m_header))
    , m_id(new IdLabel(m_header))
    , m_facts(new ElidedLabel(m_header))
    , m_tabs(new QTabWidget(this))
    , m_payload(new PayloadView(context, m_tabs))
    , m_raw(new PayloadView(context, m_tabs))
    , m_instead(new EmptyState(context, this))
    , m_matchingPage(new QWidget(m_tabs))
    , m_summary(new LinkText(m_matchingPage))
    , m_rule(makeRule(m_matchingPage))
    , m_matching(new MatchingModel(this))
    , m_matchingTable(new PlainTable(context, m_matching, {26, 22}, m_matchingPage))
    , m_runs(new EventRunsModel(context, this))
    , m_runsTable(new PlainTable(context, m_runs, {20, 18, 14, 9, 10, 13}, m_tabs))
    , m_headerTexts(new TextClock(m_header, [this] { return showTimes(); }))
    , m_matchingTexts(new TextClock(m_matchingTable, [this] { return showVerdicts(); }))
    , m_runsTexts(new TextClock(m_runsTable, [this] { return m_runs->showTexts(); }))
{
    makeHeader();
    makeTabs();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_instead, 1);
    m_instead->setObjectName(u"eventInstead"_s);
    m_instead->hide();
    whenServing(context.backend, this, [this] {
        if (!m_shown.isNull())
            ask();
    });
    connect(m_runs, &EventRunsModel::runChanged, this, &EventDetail::noteRun);
    connect(&context.catalog, &Catalog::changed, this, &EventDetail::showMatching);
    connect(&context.settings, &Settings::changed, this, [this] {
        showHeader();
        showMatching();
    });
    keepLinkColour(m_summary, context.theme);
    setFocusProxy(m_tabs);
}

void EventDetail::noteRun(const RunSummary &run)
{
    if (!m_record || m_record->event.internalId != run.event)
        return;
    const auto known = std::find_if(m_record->runs.begin(), m_record->runs.end(),
                                    [&](const RunSummary &each) { return each.id == run.id; });
    if (known == m_record->runs.end())
        m_record->runs.push_back(run);
    else
        *known = run;
    m_runsTexts->restart();
    showMatching();
}

QToolButton *EventDetail::makeButton(const QByteArray &action, const QString &name)
{
    auto *button = new QToolButton(m_header);
    button->setObjectName(name);
    button->setDefaultAction(m_context.actions.action(action));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(m_context.actions.action(action)->text());
    return button;
}

/// Its tabs scroll for themselves.
QSize EventDetail::minimumSizeHint() const
{
    const QSize whole = QWidget::minimumSizeHint();
    return {whole.width(), std::min(whole.height(), leastHeight)};
}

void EventDetail::makeHeader()
{
    m_title->setObjectName(u"eventTitle"_s);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    m_id->setObjectName(u"eventId"_s);
    m_facts->setObjectName(u"eventFacts"_s);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *copy = new QToolButton(m_header);
    copy->setObjectName(u"eventCopyAs"_s);
    copy->setText(tr("Copy as"));
    copy->setIcon(m_context.icons.icon(u"copy"_s));
    copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    copy->setAccessibleName(copy->text());
    copy->setPopupMode(QToolButton::InstantPopup);
    copy->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(copy);
    for (const QByteArray &id :
         {"event.copyJson"_ba, "event.copyCurl"_ba, "event.copyTypeScript"_ba,
          "event.copyPython"_ba, "event.copyGo"_ba, "event.copyId"_ba})
        menu->addAction(m_context.actions.action(id));
    copy->setMenu(menu);

    auto *first = new QHBoxLayout;
    first->setSpacing(6);
    first->addWidget(m_title);
    first->addStretch(1);
    first->addWidget(makeButton("event.sendAgain"_ba, u"eventSendAgain"_s));
    first->addWidget(makeButton("event.editSend"_ba, u"eventEditSend"_s));
    first->addWidget(copy);
    auto *second = new QHBoxLayout;
    second->setSpacing(0);
    second->addWidget(m_id);
    QToolButton *copyId = makeButton("event.copyId"_ba, u"eventCopyId"_s);
    copyId->setToolButtonStyle(Qt::ToolButtonIconOnly);
    copyId->setAutoRaise(true);
    second->addSpacing(idGap);
    second->addWidget(copyId);
    second->addSpacing(headerGap);
    second->addWidget(m_facts, 1);
    m_id->standIn(second);
    auto *layout = new QVBoxLayout(m_header);
    layout->setContentsMargins(headerSide, 8, headerSide, 6);
    layout->setSpacing(2);
    layout->addLayout(first);
    layout->addLayout(second);
}

void EventDetail::makeTabs()
{
    m_tabs->setObjectName(u"eventTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Event"));
    m_payload->setObjectName(u"eventPayload"_s);
    m_raw->setObjectName(u"eventRaw"_s);
    m_matchingTable->setObjectName(u"eventMatching"_s);
    m_matchingTable->setAccessibleName(tr("Matching"));
    m_runsTable->setObjectName(u"eventRuns"_s);
    m_runsTable->setAccessibleName(tr("Runs of this event"));
    m_summary->setObjectName(u"eventMatchingSummary"_s);
    m_summary->setTextFormat(Qt::RichText);
    m_summary->setWordWrap(true);
    m_summary->setContentsMargins(12, 10, 12, 10);
    m_summary->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_summary->setAccessibleName(tr("What the event started"));
    auto *page = new QVBoxLayout(m_matchingPage);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(m_summary);
    page->addWidget(m_rule);
    page->addWidget(m_matchingTable, 1);
    m_tabs->addTab(m_payload, tr("Payload"));
    m_tabs->addTab(m_matchingPage, tr("Matching"));
    m_tabs->addTab(m_runsTable, tr("Runs"));
    m_tabs->addTab(m_raw, tr("Whole event")); // as the inspector calls it
    connect(m_matchingTable, &PlainTable::opened, this, &EventDetail::openMatching);
    connect(m_matchingTable, &QTableView::clicked, this, [this](const QModelIndex &index) {
        if (m_matching->isOthersRow(index.row()))
            toggleOthers();
    });
    connect(m_runsTable, &PlainTable::opened, this,
            [this](int row) { openRun(m_runs->run(row).id); });
    giveMenus();
    connect(m_summary, &QLabel::linkActivated, this, [this](const QString &name) {
        if (m_record)
            m_context.navigator.composeEvent(name.toUtf8(),
                                             memberOf(m_record->event.json.bytes(), "data"_ba),
                                             userOf(m_record->event.json.bytes()));
    });
}

void EventDetail::giveMenus()
{
    bindRunRows(
        m_context, *m_runsTable, [this](int row) { return m_runs->run(row).id; },
        [this](int row) { openRun(m_runs->run(row).id); });
    giveRowMenu(m_context, *m_runsTable, {"run.open"_ba, {}, "run.copyId"_ba, "list.copy"_ba});
    const auto runOf = [this](int row) {
        const MatchingVerdict *verdict = m_matching->verdict(row);
        return verdict == nullptr ? devserver::RunId() : verdict->run;
    };
    bindRunRows(m_context, *m_matchingTable, runOf,
                [this, runOf](int row) { openRun(runOf(row)); });
    const auto slug = [this] {
        const QModelIndex index = m_matchingTable->currentIndex();
        return index.isValid() ? m_matching->slugAt(index.row()) : QByteArray();
    };
    m_context.actions.bind(
        "run.goFunction"_ba, m_matchingTable,
        [this, slug] { m_context.navigator.openFunction(slug()); },
        [slug]() -> Availability {
            return {.isEnabled = !slug().isEmpty(),
                    .reason = tr("This row is no function"),
                    .text = {}};
        });
    giveRowMenu(m_context, *m_matchingTable,
                {"run.open"_ba, "run.goFunction"_ba, {}, "run.copyId"_ba, "list.copy"_ba});
}

/// Of a verdict the run that it is about, else the function.
void EventDetail::openMatching(int row)
{
    const MatchingVerdict *verdict = m_matching->verdict(row);
    if (verdict != nullptr && !verdict->run.isNull())
        openRun(verdict->run);
    else if (const QByteArray slug = m_matching->slugAt(row); !slug.isEmpty())
        m_context.navigator.openFunction(slug);
    else if (QGuiApplication::mouseButtons() == Qt::NoButton) // a click did it already
        toggleOthers();
}

void EventDetail::toggleOthers()
{
    m_matching->toggleOthers();
    spanOthers();
}

/// A sentence over all columns; alone it needs no header.
void EventDetail::spanOthers()
{
    m_matchingTable->clearSpans();
    for (int row = 0; row < m_matching->rowCount(); ++row) {
        if (m_matching->isOthersRow(row))
            m_matchingTable->setSpan(row, 0, 1, MatchingModel::ColumnCount);
    }
    const bool isAlone = m_matching->rowCount() == 1 && m_matching->isOthersRow(0);
    m_matchingTable->horizontalHeader()->setVisible(!isAlone);
    m_rule->setVisible(isAlone);
}

void EventDetail::openRun(devserver::RunId run)
{
    if (!run.isNull())
        m_context.navigator.openRun(run);
}

void EventDetail::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
    if (QWidget *page = m_tabs->currentWidget())
        (tab == MatchingTab ? m_matchingTable : page)->setFocus();
}

void EventDetail::showRecordOf(devserver::EventId event)
{
    const bool isThere = m_record && m_record->event.internalId == event;
    if (event == m_shown && (isThere || m_request))
        return;
    m_shown = event;
    if (!event.isNull()) {
        ask();
        return;
    }
    if (m_request)
        m_request->cancel();
    m_record.reset();
}

void EventDetail::ask()
{
    if (m_request)
        m_request->cancel();
    m_request = m_context.backend.ask(devserver::api::EventRecordQuery{m_shown});
    devserver::api::then<EventRecord>(
        m_request, this, [this](const EventRecord &record) { take(record); },
        [this](const devserver::Error &error) { showFailure(error); });
}

/// The one before does not stay under a row that is not its own.
void EventDetail::showFailure(const devserver::Error &error)
{
    if (m_record && m_record->event.internalId == m_shown) {
        Q_EMIT failed(error);
        return;
    }
    m_record.reset();
    m_instead->setMessage({}, tr("This event cannot be shown"), error.message);
    m_instead->clearButtons();
    m_instead->addButton(tr("Try again"), [this] { ask(); });
    m_header->hide();
    m_tabs->hide();
    m_instead->show();
}

void EventDetail::take(const EventRecord &record)
{
    m_record = record;
    m_instead->hide();
    m_header->show();
    m_tabs->show();
    const QByteArray json = record.event.json.bytes();
    m_payload->setPayload(memberOf(json, "data"_ba));
    m_raw->setPayload(json);
    m_runs->setRuns(record.event.internalId, record.runs);
    showHeader();
    m_runsTexts->restart();
    showMatching();
    Q_EMIT recordShown();
}

void EventDetail::showHeader()
{
    if (!m_record)
        return;
    const devserver::Event &event = m_record->event;
    m_title->setText(visibleText(QString::fromUtf8(event.name)));
    const QString id = QString::fromUtf8(event.id);
    m_headerTexts->restart();
    if (!m_header->isVisible())
        (void)showTimes();
    m_id->setId(id, tr("Event %1").arg(id)); // it is cut before the facts are
}

/// \returns how long they read so
std::optional<std::chrono::milliseconds> EventDetail::showTimes()
{
    if (!m_record)
        return std::nullopt;
    const devserver::Event &event = m_record->event;
    const TimeStyle style = m_context.settings.timeStyle();
    QStringList facts{
        tr("received %1").arg(formatTime(event.receivedAt, m_context.backend.now(), style))};
    if (event.ts != event.receivedAt)
        facts.append(tr("ts %1").arg(formatTime(event.ts, m_context.backend.now(), style)));
    if (!event.source.isEmpty())
        facts.append(tr("sent by %1").arg(QString::fromUtf8(event.source)));
    if (event.hasOwnId)
        facts.append(tr("ID of the sender: starts each function once in 24 hours"));
    if (!event.target.isEmpty())
        facts.append(tr("invokes %1").arg(QString::fromUtf8(event.target)));
    facts.append(formatSize(event.json.sizeBytes()));
    m_facts->setText(facts.join(u"  ·  "_s));
    m_facts->setToolTip(formatTimeExactly(
        event.receivedAt, style == TimeStyle::Relative ? TimeStyle::Absolute : style));
    if (style != TimeStyle::Relative)
        return std::nullopt;
    const devserver::TimePoint now = m_context.backend.now();
    const auto received = timeUntilTextChanges(event.receivedAt, now);
    const auto sent = timeUntilTextChanges(event.ts, now); // may be later than it was received
    return received && sent ? std::min(received, sent) : received ? received : sent;
}

void EventDetail::showMatching()
{
    if (!m_record)
        return;
    m_matchingTexts->restart();
    if (!m_matchingTable->isVisible())
        (void)showVerdicts();
    m_tabs->setTabText(
        RunsTab,
        m_record->runs.empty()
            ? tr("Runs")
            : tr("Runs (%1)").arg(formatCount(static_cast<qint64>(m_record->runs.size()))));
}

/// \returns how long they read so
std::optional<std::chrono::milliseconds> EventDetail::showVerdicts()
{
    if (!m_record)
        return std::nullopt;
    const MatchingTimes times{.now = m_context.backend.now(),
                              .style = m_context.settings.timeStyle()};
    const Matching matching = matchingOf(*m_record, m_context.catalog.functions(), times);
    m_matching->setMatching(matching);
    spanOthers();
    m_summary->setWords(rich(matching.summary(), matching.nearest));
    std::optional<std::chrono::milliseconds> holds;
    if (times.style != TimeStyle::Relative)
        return holds;
    for (const devserver::api::KeyHolder &holder : m_record->holders) {
        const auto changes = timeUntilTextChanges(holder.receivedAt, times.now);
        if (changes && (!holds || *changes < *holds))
            holds = changes;
    }
    return holds;
}

} // namespace console
