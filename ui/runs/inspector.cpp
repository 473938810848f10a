// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspector.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/attemptfacts.h"
#include "ui/core/catalog.h"
#include "ui/core/errorwords.h"
#include "ui/core/feed.h"
#include "ui/core/subjectfacts.h"
#include "ui/runs/inspectorattempts.h"
#include "ui/runs/inspectorcalls.h"
#include "ui/runs/inspectorerror.h"
#include "ui/runs/inspectorheader.h"
#include "ui/runs/inspectoroverview.h"
#include "ui/widgets/context.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/fittingtabs.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/payloadview.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/whenserving.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMap>
#include <QStackedLayout>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace api = devserver::api;
using Kind = Selection::Kind;

namespace {

constexpr QLatin1StringView failedKey(".failed");

bool isOfRun(Kind kind)
{
    return kind == Kind::Run || kind == Kind::Step || kind == Kind::Attempt || kind == Kind::Letter;
}

} // namespace

Inspector::Inspector(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_clock(new QTimer(this))
    , m_nothing(new QTimer(this))
    , m_header(new InspectorHeader(context, this))
    , m_infoBars(new InfoBarStack(context, this))
    , m_tabs(new FittingTabs(this))
{
    setObjectName(u"inspector"_s);
    setAccessibleName(tr("Inspector"));
    m_infoBars->setObjectName(u"inspInfoBars"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    buildPages();
    m_infoBars->setBelow();
    layout->addWidget(m_infoBars);
    m_clock->setInterval(1s);
    connect(m_header, &InspectorHeader::anotherRequested, this, &Inspector::openAnother);
    connect(m_header, &InspectorHeader::pinChanged, this, [this](bool isPinned) {
        if (isPinned)
            m_nothing->stop();
        else
            follow(m_context.navigator.selection());
    });
    connect(m_clock, &QTimer::timeout, this, &Inspector::showOverview);
    m_nothing->setSingleShot(true);
    connect(m_nothing, &QTimer::timeout, this, &Inspector::showNothing);
    connect(&context.navigator, &Navigator::selectionChanged, this, &Inspector::follow);
    connect(&context.navigator, &Navigator::selectedAgain, this, [this] {
        if (!m_reply && (m_inspection.subject != m_wanted || m_isUnread))
            readAgain();
    });
    connect(&context.navigator, &Navigator::callsRequested, this, &Inspector::showCalls);
    whenServing(context.backend, this, [this] { readAgain(); });
    connect(&context.feed, &Feed::runsChanged, this, &Inspector::takeRuns);
    connect(&context.catalog, &Catalog::changed, this, &Inspector::takeCatalog);
    connect(&context.settings, &Settings::changed, this, &Inspector::showOverview);
    connect(&context.theme, &Theme::changed, this, &Inspector::showHeader);
    showNothing();
    follow(context.navigator.selection());
}

Inspector::~Inspector()
{
    // The others tell their owner that they are gone: it must still be one.
    qDeleteAll(findChildren<Inspector *>(QString(), Qt::FindDirectChildrenOnly));
    if (m_reply)
        m_reply->cancel();
}

QWidget *Inspector::takeHeader()
{
    layout()->removeWidget(m_header);
    return m_header;
}

void Inspector::buildPages()
{
    m_tabs->setObjectName(u"inspectorTabs"_s);
    m_tabs->setAccessibleName(tr("What the inspector shows"));
    for (const QString &title : {tr("Overview"), tr("Attempts"), tr("Error"), tr("Input"),
                                 tr("Output"), tr("Calls"), tr("Record")})
        m_tabs->addTab(title);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 6, 0);
    row->addWidget(m_tabs, 1);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    m_rule = makeRule(this);
    layout()->addWidget(m_rule);
    m_pages = new QStackedLayout;
    m_overview = new InspectorOverview(m_context, this);
    m_overview->setObjectName(u"inspOverview"_s);
    m_overview->setAccessibleName(tr("Overview"));
    m_attempts = new InspectorAttempts(m_context, this);
    m_error = new InspectorError(m_context, this);
    m_error->setObjectName(u"inspError"_s);
    m_error->setAccessibleName(tr("Error"));
    m_inputOf = new QLabel(this);
    m_inputOf->setObjectName(u"inspInputOf"_s);
    m_inputNote = new QLabel(countingNote(), this);
    m_input = new PayloadView(m_context, this);
    m_input->setObjectName(u"inspInput"_s);
    m_input->setEmptyText(tr("Nothing was sent yet."));
    m_outputOf = new QLabel(this);
    m_outputOf->setObjectName(u"inspOutputOf"_s);
    m_output = new PayloadView(m_context, this);
    m_output->setObjectName(u"inspOutput"_s);
    m_calls = new InspectorCalls(m_context, this);
    m_raw = new PayloadView(m_context, this);
    m_raw->setObjectName(u"inspRaw"_s);
    m_empty = new EmptyState(m_context, this);
    for (QWidget *page : std::initializer_list<QWidget *>{
             m_overview, m_attempts, m_error, makePayloadPage(m_inputOf, m_input, m_inputNote),
             makePayloadPage(m_outputOf, m_output), m_calls, m_raw, m_empty})
        m_pages->addWidget(page);
    static_cast<QVBoxLayout *>(layout())->addLayout(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &Inspector::rememberTab);
    connect(m_error, &InspectorError::problem, this, &Inspector::showProblem);
    connect(m_attempts, &InspectorAttempts::problem, this, &Inspector::showProblem);
    connect(m_attempts, &InspectorAttempts::attemptOpened, this,
            [this](const devserver::Attempt &attempt) {
                Selection selection = m_inspection.subject;
                selection.kind = Kind::Attempt;
                selection.step = attempt.step;
                selection.stepName = attempt.stepName;
                selection.attempt = attempt.request;
                const bool hasFailed = !attempt.error.isEmpty();
                m_context.settings.setValue(u"inspector/tab/attempt"_s
                                                + (hasFailed ? failedKey : QLatin1StringView()),
                                            hasFailed ? Error : Output);
                if (isPinned())
                    inspect(selection);
                else
                    m_context.navigator.select(selection);
            });
}

bool Inspector::isPinned() const
{
    return m_header && m_header->isPinned();
}

/// What failed is opened at its error, until another tab is chosen for what failed; of a dead
/// letter the error stands beside it already.
QString Inspector::tabKey() const
{
    static const QMap<Kind, QString> names{
        {Kind::None, u"none"_s},         {Kind::Run, u"run"_s},     {Kind::Step, u"step"_s},
        {Kind::Attempt, u"attempt"_s},   {Kind::Event, u"event"_s}, {Kind::Letter, u"letter"_s},
        {Kind::Function, u"function"_s}, {Kind::App, u"app"_s}};
    return u"inspector/tab/"_s + names.value(m_inspection.subject.kind)
           + (m_inspection.error().isEmpty() ? QLatin1StringView() : failedKey);
}

void Inspector::follow(const Selection &selection)
{
    m_nothing->stop();
    if (isPinned() || selection == m_wanted)
        return;
    if (selection.kind == Kind::None)
        m_nothing->start(0ms);
    else
        inspect(selection);
}

void Inspector::showNothing()
{
    m_wanted = {};
    m_inspection = {};
    if (m_reply)
        m_reply->cancel();
    m_reply = nullptr;
    m_infoBars->dismiss("inspector"_ba);
    m_infoBars->dismiss("inspector.ask"_ba);
    showPlaceholder(tr("Nothing selected"),
                    tr("Select something in a list to see everything about it."));
}

void Inspector::inspect(const Selection &selection)
{
    m_wanted = selection;
    if (m_reply)
        m_reply->cancel();
    m_reply = nullptr;
    m_isStale = false;
    Inspection next{.subject = selection};
    if (selection.kind == Kind::Function) {
        if (const devserver::Function *known = m_context.catalog.functionBySlug(selection.slug))
            next.function = *known;
        take(std::move(next));
    } else if (selection.kind == Kind::App) {
        if (const devserver::App *known = m_context.catalog.app(selection.app))
            next.app = *known;
        take(std::move(next));
    } else if (isOfRun(selection.kind) && m_inspection.run
               && m_inspection.run->run.id == selection.run) {
        next.run = m_inspection.run; // kept current by the feed
        take(std::move(next));
    } else {
        ask();
    }
}

void Inspector::ask()
{
    const auto failed = [this](const devserver::Error &error) {
        m_reply = nullptr;
        if (std::exchange(m_isStale, false)) {
            ask();
        } else if (error.code == devserver::ErrorCode::NotFound) {
            m_inspection = {.subject = m_wanted};
            showPlaceholder(tr("This is not there any more"),
                            tr("It was removed, or the data file is another one."));
        } else {
            showFailure(error);
        }
    };
    if (m_wanted.kind == Kind::Event) {
        m_reply = m_context.backend.ask(api::EventRecordQuery{.event = m_wanted.event});
        api::then<api::EventRecord>(
            m_reply, this,
            [this](const api::EventRecord &record) {
                m_reply = nullptr;
                take({.subject = m_wanted,
                      .run = nullptr,
                      .event = std::make_shared<const api::EventRecord>(record)});
            },
            failed);
        return;
    }
    m_reply = m_context.backend.ask(api::RunRecordQuery{.run = m_wanted.run});
    api::then<api::RunRecord>(
        m_reply, this,
        [this](const api::RunRecord &record) {
            m_reply = nullptr;
            take({.subject = m_wanted, .run = std::make_shared<const api::RunRecord>(record)});
            if (std::exchange(m_isStale, false))
                ask();
        },
        failed);
}

void Inspector::readAgain()
{
    if (m_reply)
        m_isStale = true;
    else if (isOfRun(m_wanted.kind) || m_wanted.kind == Kind::Event)
        ask();
}

void Inspector::takeRuns(const std::vector<api::RunSummary> &runs)
{
    const bool isMeant =
        isOfRun(m_wanted.kind)
        && std::any_of(runs.begin(), runs.end(),
                       [this](const api::RunSummary &run) { return run.id == m_wanted.run; });
    if (isMeant)
        readAgain();
}

void Inspector::takeCatalog()
{
    if (m_wanted.kind == Kind::Function || m_wanted.kind == Kind::App)
        inspect(m_wanted);
    else if (m_inspection.event)
        showOverview(); // names of functions
}

void Inspector::take(Inspection inspection)
{
    const bool isOther = inspection.subject != m_inspection.subject || !hasContent();
    const bool wasEmpty = m_pages->currentWidget() == m_empty;
    const bool hadFocus = m_empty->isAncestorOf(window()->focusWidget());
    m_isUnread = false;
    const QString key = tabKey();
    m_inspection = std::move(inspection);
    // What fails or goes on while somebody reads it stays on the tab that is read.
    const bool isOtherKind = wasEmpty || (isOther && tabKey() != key);
    m_infoBars->dismiss("inspector.ask"_ba);
    if (isOther)
        m_infoBars->dismiss("inspector"_ba);
    if (std::exchange(m_wantsTab, false) || isOtherKind)
        showTabs();
    m_tabs->show();
    m_rule->show();
    showHeader();
    if (hadFocus) // before it hides, and anything has the keyboard
        m_tabs->setFocus(Qt::OtherFocusReason);
    showPage();
}

bool Inspector::hasContent() const
{
    return m_inspection.run || m_inspection.event || m_inspection.function || m_inspection.app;
}

void Inspector::showTabs()
{
    m_isSwitching = true;
    const Kind kind = m_inspection.subject.kind;
    const bool hasRun = isOfRun(kind);
    for (const Tab tab : {Attempts, Error, Output, Calls})
        m_tabs->setTabVisible(tab, hasRun);
    m_tabs->setTabVisible(Input, hasRun || kind == Kind::Event);
    m_tabs->setTabVisible(Raw, hasRun || kind == Kind::Event || kind == Kind::Function);
    m_tabs->setTabText(Input, kind == Kind::Event ? tr("Whole event") : tr("Input"));
    const QString key = tabKey();
    const int first = key.endsWith(failedKey) && kind != Kind::Letter ? Error : Overview;
    const int last = m_context.settings.value(key, first).toInt();
    const bool isThere = last >= 0 && last < TabCount && m_tabs->isTabVisible(last);
    m_tabs->setCurrentIndex(isThere ? last : Overview);
    m_isSwitching = false;
}

void Inspector::rememberTab(int tab)
{
    if (m_isSwitching || !hasContent())
        return;
    m_context.settings.setValue(tabKey(), tab);
    showPage();
}

SubjectFacts Inspector::facts() const
{
    // An event names functions by id, an app has some.
    const auto app = m_inspection.app ? m_inspection.app->id : devserver::AppId();
    return factsOf(m_inspection,
                   m_inspection.event || m_inspection.app ? m_context.catalog.functions(app)
                                                          : std::vector<devserver::Function>(),
                   m_context.backend.now(), m_context.settings.timeStyle());
}

void Inspector::showHeader()
{
    if (!hasContent() && !m_isUnread)
        return;
    m_header->show();
    m_header->setFacts(facts());
    if (isWindow())
        setWindowTitle(tr("%1 - Inspector").arg(m_header->title()));
}

void Inspector::showPage()
{
    if (!hasContent()) {
        showPlaceholder(tr("This is not there any more"), {});
        return;
    }
    // Only what is seen is brought up to date; the other pages when they are opened.
    const int tab = m_tabs->currentIndex();
    switch (tab) {
    case Attempts:
        m_attempts->setInspection(m_inspection);
        break;
    case Error:
        m_error->setInspection(m_inspection);
        break;
    case Input:
        showInput();
        break;
    case Output:
        showOutput();
        break;
    case Calls:
        m_calls->setInspection(m_inspection);
        break;
    case Raw:
        showRaw();
        break;
    default:
        break;
    }
    m_pages->setCurrentIndex(tab);
    showOverview();
}

void Inspector::showOverview()
{
    const bool isShown = hasContent() && m_pages->currentWidget() == m_overview;
    const bool isLive =
        isShown && m_inspection.run && !devserver::isTerminal(m_inspection.run->run.status);
    isLive ? m_clock->start() : m_clock->stop();
    if (!isShown)
        return;
    SubjectFacts shown = facts();
    shown.word.clear(); // the header says it
    m_overview->setFacts(shown);
}

void Inspector::showPlaceholder(const QString &text, const QString &detail)
{
    m_clock->stop();
    m_header->clear();
    m_header->setVisible(isPinned()); // nothing but the pin to let go of
    m_tabs->hide();
    m_rule->hide();
    m_isUnread = false;
    m_empty->clearButtons();
    m_empty->setMessage(u"panel-right"_s, text, detail);
    m_pages->setCurrentWidget(m_empty);
}

/// What was shown before does not stay under the selection of something else.
void Inspector::showFailure(const devserver::Error &error)
{
    const QString text = tr("It cannot be read");
    if (m_isUnread && m_inspection.subject == m_wanted) {
        m_empty->setMessage(u"panel-right"_s, text, error.message); // its button may have the focus
        return;
    }
    if (hasContent() && m_inspection.subject == m_wanted) {
        m_infoBars->show(errorBar("inspector.ask"_ba, text, error, m_context.backend.now(),
                                  [this] { readAgain(); }));
        return;
    }
    m_infoBars->dismiss("inspector"_ba);
    m_infoBars->dismiss("inspector.ask"_ba);
    m_inspection = {.subject = m_wanted};
    showPlaceholder(text, error.message);
    m_empty->addButton(tr("Try again"), [this] { readAgain(); });
    m_isUnread = true;
    showHeader();
}

void Inspector::showProblem(const QString &text)
{
    m_infoBars->show({.id = "inspector"_ba,
                      .kind = InfoKind::Error,
                      .text = text,
                      .buttons = {},
                      .details = errorDetails(text, m_context.backend.now())});
}

} // namespace console
