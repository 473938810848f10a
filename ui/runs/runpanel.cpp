// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/runpanel.h"

#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/runs/payloadpane.h"
#include "ui/runs/relatedlist.h"
#include "ui/runs/runheader.h"
#include "ui/runs/runreport.h"
#include "ui/runs/stepspane.h"
#include "ui/runs/steptable.h"
#include "ui/runs/timelinepane.h"
#include "ui/runs/timelineview.h"
#include "ui/runs/waitbar.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/announcer.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/lowscroll.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/rerunbar.h"
#include "ui/widgets/retrywatch.h"
#include "ui/widgets/runrefusal.h"
#include "ui/widgets/whenserving.h"

#include <QFocusEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace console {

namespace api = devserver::api;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int leastContent = 96; // heading and tabs: there is the composer below, too

constexpr std::chrono::milliseconds betweenQuestions = 80ms;
/// In the order of AxisMode.
constexpr std::array<const char *, 3> axisWords = {"real", "squeezed", "order"};

} // namespace

RunPanel::RunPanel(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_timeline(std::make_shared<TimelineData>())
    , m_infoBars(new InfoBarStack(context, this))
    , m_header(new RunHeader(context, this))
    , m_waitBar(new WaitBar(context, this))
    , m_tabs(new QTabWidget(this))
    , m_timelinePane(new TimelinePane(context))
    , m_steps(new StepsPane(context))
    , m_payload(new PayloadPane(context))
    , m_related(new RelatedList(context))
    , m_stack(new QStackedWidget(this))
    , m_message(new QLabel(this))
    , m_tryAgain(new QPushButton(tr("Try again"), this))
{
    setObjectName(u"runPanel"_s);
    setAccessibleName(tr("Run"));
    m_tabs->setObjectName(u"runTabs"_s);
    m_tabs->setAccessibleName(tr("Parts of the run"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(true);
    m_tabs->addTab(m_timelinePane, tr("Timeline"));
    m_tabs->addTab(m_steps, tr("Steps"));
    m_tabs->addTab(m_payload, tr("Payload"));
    m_tabs->addTab(m_related, tr("Related"));
    m_message->setObjectName(u"runMessage"_s);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setForegroundRole(QPalette::PlaceholderText);
    m_tryAgain->setObjectName(u"runTryAgain"_s);
    m_tryAgain->setAccessibleName(m_tryAgain->text());
    m_tryAgain->setAutoDefault(false);
    makeLayout();
    listen();
    bindActions();
    say(tr("Select a run to see what it did."));
}

void RunPanel::makeLayout()
{
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    inner->addWidget(m_header);
    inner->addWidget(m_waitBar);
    inner->addWidget(m_tabs, 1);
    auto *instead = new QWidget;
    auto *middle = new QVBoxLayout(instead);
    middle->addStretch(1);
    middle->addWidget(m_message);
    middle->addWidget(m_tryAgain, 0, Qt::AlignHCenter);
    middle->addStretch(1);
    m_stack->addWidget(instead);
    m_stack->addWidget(new LowScroll(content, leastContent));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_stack, 1);
    m_infoBars->setBelow();
    layout->addWidget(m_infoBars);
}

void RunPanel::listen()
{
    m_askTimer.setSingleShot(true);
    connect(&m_askTimer, &QTimer::timeout, this, &RunPanel::ask);
    connect(m_tryAgain, &QPushButton::clicked, this, &RunPanel::askSoon);
    whenServing(m_context.backend, this, [this] {
        if (!m_run.isNull())
            askSoon();
    });
    connect(&m_context.feed, &Feed::runsChanged, this, [this](const auto &runs) {
        for (const api::RunSummary &run : runs) {
            const bool isNewRerun =
                !m_run.isNull() && run.originalRun == m_run && !m_related->knows(run.id);
            if (run.id == m_run || isNewRerun)
                askSoon();
        }
    });
    // The page before had the focus: what this one is about gets it, not the first field above.
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        QWidget *page = m_tabs->currentWidget();
        if (page->isAncestorOf(window()->focusWidget()))
            page->setFocus();
        shareHeight();
    });
    shareHeight();
    connect(m_waitBar, &WaitBar::callsRequested, this,
            [this] { m_context.navigator.showCalls(m_run); });
    connect(&m_timelinePane->view(), &TimelineView::currentChanged, this, &RunPanel::select);
    connect(&m_steps->table(), &StepTable::stepSelected, this, &RunPanel::select);
    connect(&m_context.navigator, &Navigator::selectionChanged, this, &RunPanel::followSelection);
}

/// Only the page that is shown says how much room there must be.
void RunPanel::shareHeight()
{
    for (int at = 0; at < m_tabs->count(); ++at) {
        QWidget *page = m_tabs->widget(at);
        page->setSizePolicy(page->sizePolicy().horizontalPolicy(), at == m_tabs->currentIndex()
                                                                       ? QSizePolicy::Preferred
                                                                       : QSizePolicy::Ignored);
    }
    m_tabs->updateGeometry();
}

RunPanel::~RunPanel()
{
    if (m_reply)
        m_reply->cancel();
}

void RunPanel::bindVerb(const QByteArray &id, void (RunPanel::*verb)(),
                        QString (RunPanel::*whyNot)() const)
{
    m_context.actions.action(id)->setAutoRepeat(false); // a key that is held is one deed
    m_context.actions.bind(
        id, this, [this, verb] { (this->*verb)(); },
        [this, whyNot] {
            const QString reason = (this->*whyNot)();
            return Availability{.isEnabled = reason.isEmpty(), .reason = reason, .text = {}};
        });
}

void RunPanel::bindActions()
{
    bindVerb("run.retry"_ba, &RunPanel::retry, &RunPanel::whyNotRetry);
    bindVerb("run.rerun"_ba, &RunPanel::rerun, &RunPanel::whyNotRerun);
    bindVerb("run.rerunWatch"_ba, &RunPanel::rerunAndWatch, &RunPanel::whyNotRerun);
    bindLetters();
    bindWaits();
    bindVerb("run.cancel"_ba, &RunPanel::cancel, &RunPanel::whyNotCancel);
    for (const QByteArray &id : answeringRunActions())
        m_context.actions.answerKeys(id, this, [this, id](const QString &reason) {
            m_infoBars->show(refusalBar(runRefusal(id, isLoaded() ? &m_summary : nullptr, reason)));
        });
    const auto bind = [this](const QByteArray &id, ActionRegistry::Run run) {
        m_context.actions.bind(id, this, std::move(run), [this] {
            return Availability{
                .isEnabled = !m_run.isNull(), .reason = tr("No run is selected."), .text = {}};
        });
    };
    bind("run.copyId"_ba, [this] { m_context.desktop.copy(QString::fromLatin1(m_run.toText())); });
    bind("run.copyJson"_ba, [this] {
        m_context.desktop.copy(QString::fromUtf8(runsJson({m_summary}, m_context.backend.now())));
    });
    bind("run.openWindow"_ba, [this] { m_context.navigator.openRunWindow(m_run); });
    bind("run.goEvent"_ba, [this] { m_context.navigator.openEvent(m_summary.event); });
    bind("run.goFunction"_ba, [this] { m_context.navigator.openFunction(m_summary.slug); });
    bind("run.goRelated"_ba, [this] { showRelated(); });
    m_context.actions.bind(
        "run.goOriginal"_ba, this, [this] { m_context.navigator.openRun(m_summary.originalRun); },
        [this] {
            return Availability{.isEnabled = isLoaded() && !m_summary.originalRun.isNull(),
                                .reason = tr("It is not a rerun."),
                                .text = {}};
        });
    bindCopies();
}

void RunPanel::showRelated()
{
    m_tabs->setCurrentWidget(m_related);
}

void RunPanel::say(const QString &message, bool canTryAgain)
{
    m_message->setText(message);
    m_tryAgain->setVisible(canTryAgain);
    m_stack->setCurrentIndex(0);
}

/// Not a focus proxy: Tab would go to the drawing and pass over the buttons before it.
void RunPanel::focusInEvent(QFocusEvent *event)
{
    m_timelinePane->view().setFocus(event->reason());
}

void RunPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_context.actions.refresh();
}

void RunPanel::showRun(devserver::RunId run)
{
    if (run == m_run) {
        if (!run.isNull() && m_timeline->run != run && !m_reply)
            askSoon();
        return;
    }
    if (run.isNull()) {
        clear();
        return;
    }
    m_run = run;
    m_remembered = {}; // this one is asked for
    if (m_reply)
        m_reply->cancel();
    m_reply.clear();
    m_hasChanged = false;
    m_askTimer.stop();
    m_infoBars->dismiss("run.ask"_ba);
    m_context.actions.refresh(); // what is shown is still the old one
    ask();
}

void RunPanel::clear()
{
    m_run = {};
    m_summary = {};
    if (m_reply)
        m_reply->cancel();
    m_reply.clear();
    m_askTimer.stop();
    m_timeline = std::make_shared<TimelineData>();
    m_timelinePane->setTimeline(m_timeline);
    m_waitBar->clear();
    say(tr("Select a run to see what it did."));
    m_context.actions.refresh();
}

void RunPanel::askSoon()
{
    if (m_reply) {
        m_hasChanged = true;
        return;
    }
    if (m_askTimer.isActive())
        return;
    const auto since =
        m_sinceAsked.isValid() ? std::chrono::milliseconds(m_sinceAsked.elapsed()) : 1h;
    if (since >= betweenQuestions)
        ask();
    else
        m_askTimer.start(betweenQuestions - since);
}

void RunPanel::ask()
{
    m_sinceAsked.start();
    m_hasChanged = false;
    m_reply = m_context.backend.ask(api::RunRecordQuery{.run = m_run});
    const auto next = [this] {
        m_reply.clear();
        if (m_hasChanged)
            askSoon();
    };
    api::then<api::RunRecord>(
        m_reply, this,
        [this, next](const api::RunRecord &record) {
            take(record);
            next();
        },
        [this, next](const devserver::Error &error) {
            if (m_timeline->run == m_run)
                m_infoBars->show(errorBar("run.ask"_ba, tr("The run cannot be read"), error,
                                          m_context.backend.now(), [this] { ask(); }));
            else
                say(tr("This run cannot be shown: %1").arg(error.message), true);
            next();
            if (error.code == devserver::ErrorCode::NotFound
                && m_run == std::exchange(m_remembered, {}))
                Q_EMIT wentMeanwhile();
        });
}

void RunPanel::take(const api::RunRecord &record)
{
    if (record.run.id != m_run)
        return;
    const bool isOther = m_timeline->run != m_run;
    m_remembered = {}; // from now on it is missed if it goes
    m_infoBars->dismiss("run.ask"_ba);
    m_summary = record.summary;
    m_timeline = makeTimeline(record, m_context.backend.now());
    m_header->setRecord(record, m_timeline);
    m_waitBar->setRecord(record);
    m_timelinePane->setTimeline(m_timeline);
    m_steps->table().setTimeline(m_timeline);
    m_payload->setRecord(record);
    m_related->setRecord(record);
    const int steps = m_timeline->stepCount();
    const int related = m_related->count();
    m_tabs->setTabText(m_tabs->indexOf(m_steps),
                       steps == 0 ? tr("Steps") : tr("Steps (%1)").arg(formatCount(steps)));
    m_tabs->setTabText(m_tabs->indexOf(m_related),
                       related == 0 ? tr("Related") : tr("Related (%1)").arg(formatCount(related)));
    m_stack->setCurrentIndex(1);
    if (hasFocus()) // until there was something to give it to
        m_timelinePane->view().setFocus(Qt::OtherFocusReason);
    m_context.actions.refresh();
    if (isOther) {
        showSpot();
        followSelection();
    }
}

QJsonObject RunPanel::saveSpot() const
{
    if (m_timeline->run != m_run)
        return m_spot; // never seen
    const TimelineView &view = m_timelinePane->view();
    const auto mode = static_cast<std::size_t>(view.timeline().mode());
    return {{"run"_L1, QString::fromLatin1(m_run.toText())},
            {"axis"_L1, QLatin1StringView(axisWords.at(mode))},
            {"calls"_L1, view.timeline().showsCalls()},
            {"clock"_L1, view.usesClockTime()}};
}

void RunPanel::restoreSpot(const QJsonObject &spot)
{
    m_spot = spot;
    m_remembered = m_run;
    if (!m_run.isNull() && m_timeline->run == m_run)
        showSpot();
}

void RunPanel::showSpot()
{
    const QJsonObject spot = std::exchange(m_spot, {});
    if (spot.isEmpty())
        return;
    TimelineView &view = m_timelinePane->view();
    view.setShowsCalls(spot["calls"_L1].toBool());
    view.setClockTime(spot["clock"_L1].toBool());
    // The axis was chosen for one run; another one has what suits it.
    for (std::size_t mode = 0; mode < axisWords.size(); ++mode) {
        if (spot["run"_L1].toString() == QString::fromLatin1(m_run.toText())
            && spot["axis"_L1].toString() == QLatin1StringView(axisWords[mode]))
            view.setMode(static_cast<AxisMode>(mode));
    }
}

void RunPanel::followSelection()
{
    const Selection &selection = m_context.navigator.selection();
    if (selection.run != m_run || m_timeline->run != m_run)
        return;
    m_timelinePane->view().follow(selection);
    m_steps->table().follow(selection);
    m_context.actions.refresh(); // what waits is done for the chosen step
}

void RunPanel::select(const Selection &selection)
{
    m_context.navigator.select(selection);
}

// --- verbs ---

void RunPanel::act(const devserver::Verb &verb, const QString &what)
{
    api::then<devserver::VerbDone>(
        m_context.backend.act(verb), this,
        [this, what](const devserver::VerbDone &) {
            announce(*this, tr("%1: done").arg(what));
            askSoon();
        },
        [this, what](const devserver::Error &error) {
            m_infoBars->show(errorBar("run.act"_ba, tr("%1 was refused").arg(what), error,
                                      m_context.backend.now()));
            m_context.actions.refresh();
        });
}

void RunPanel::retry()
{
    retryAndTell(m_context, *m_infoBars, m_summary, "run.act"_ba, [this] {
        askSoon();
        m_context.actions.refresh();
    });
}

void RunPanel::cancel()
{
    api::then<devserver::VerbDone>(
        m_context.backend.act(devserver::CancelRun{.run = m_run}), this,
        [this, run = m_summary](const devserver::VerbDone &) {
            tellCancelled(m_context, *m_infoBars, functionOf(run), run.id, "run.act"_ba);
            askSoon();
        },
        [this](const devserver::Error &error) {
            m_infoBars->show(
                errorBar("run.act"_ba, tr("Cancel was refused"), error, m_context.backend.now()));
            m_context.actions.refresh();
        });
}

void RunPanel::rerun()
{
    rerunAndTell(m_context, *m_infoBars, m_run, "run.act"_ba);
}

void RunPanel::rerunAndWatch()
{
    api::then<devserver::VerbDone>(
        m_context.backend.act(devserver::RerunRun{.run = m_run}), this,
        [this](const devserver::VerbDone &done) { m_context.navigator.openRun(done.run); },
        [this](const devserver::Error &error) {
            m_infoBars->show(
                errorBar("run.act"_ba, tr("Rerun was refused"), error, m_context.backend.now()));
        });
}

QString RunPanel::whyNotRetry() const
{
    if (!isLoaded())
        return tr("No run is selected.");
    switch (displayState(m_summary)) {
    case DisplayState::Dead:
        return m_summary.letter == devserver::LetterState::Open ? QString()
                                                                : tr("It is being retried.");
    case DisplayState::Failed:
        if (m_summary.letter == devserver::LetterState::Resolved)
            return tr("It was retried as a new run.");
        return m_summary.letter == devserver::LetterState::Discarded
                   ? tr("Its dead letter was discarded; restore it first.")
                   : tr("It has no dead letter.");
    default:
        return hasEnded(displayState(m_summary)) ? tr("Only a failed run can be retried.")
                                                 : tr("The run has not ended.");
    }
}

QString RunPanel::whyNotRerun() const
{
    if (!isLoaded())
        return tr("No run is selected.");
    return hasEnded(displayState(m_summary)) ? QString() : tr("The run has not ended.");
}

QString RunPanel::whyNotCancel() const
{
    if (!isLoaded())
        return tr("No run is selected.");
    return hasEnded(displayState(m_summary)) ? tr("The run has ended.") : QString();
}

} // namespace console
