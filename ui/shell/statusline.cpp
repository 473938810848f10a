// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/statusline.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/appwords.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"
#include "ui/core/format.h"
#include "ui/core/serveraddress.h"
#include "ui/shell/ratetip.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/clickguard.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/livebutton.h"
#include "ui/widgets/mutedgroups.h"
#include "ui/widgets/navigator.h"

#include <QAction>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <functional>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::ErrorCode;
using devserver::api::Counters;
using devserver::api::ServerPhase;
using devserver::api::ServerState;

namespace {

constexpr auto shortestShow = 250ms;
constexpr int iconExtent = 14;

/// In a word or three; the tooltip says the rest.
QString failureWords(devserver::ErrorCode code)
{
    switch (code) {
    case ErrorCode::AddressInUse:
        return StatusLine::tr("Port in use");
    case ErrorCode::StoreLocked:
        return StatusLine::tr("Data file in use");
    case ErrorCode::StoreReadOnly:
        return StatusLine::tr("Data file read-only");
    case ErrorCode::StoreDamaged:
        return StatusLine::tr("Data file damaged");
    case ErrorCode::StoreFull:
        return StatusLine::tr("Disk full");
    default:
        return StatusLine::tr("Failed to start");
    }
}

QString pauseWords(ErrorCode code)
{
    return code == ErrorCode::StoreFull ? StatusLine::tr("Paused: disk full")
                                        : StatusLine::tr("Paused: data file in use");
}

} // namespace

StatusLine::StatusLine(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_rateTip(new RateTip(context.theme, this))
{
    setAccessibleName(tr("Status"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(4, 0, 4, 0);
    row->setSpacing(2);
    m_server = addButton(row, u"statusServer"_s);
    row->addWidget(makeFigures());
    m_hint = new QLabel(this);
    m_hint->setObjectName(u"statusHint"_s);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setContentsMargins(6, 0, 6, 0);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_hint, 1);
    m_live = addButton(row, u"statusLive"_s);
    ClickGuard::letToggle(m_live);
    connect(m_server, &QToolButton::clicked, this, &StatusLine::showServerMenu);
    connectJumps();
    m_numbersTimer.setSingleShot(true);
    m_numbersTimer.setInterval(shortestShow);
    m_pauseTimer.setInterval(shortestShow);
    connect(&m_numbersTimer, &QTimer::timeout, this, &StatusLine::showPending);
    connect(&m_pauseTimer, &QTimer::timeout, this, &StatusLine::showLive);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &StatusLine::showServer);
    connect(&context.actions, &ActionRegistry::refreshed, this, &StatusLine::followHint);
    connect(&context.catalog, &Catalog::changed, this, &StatusLine::showApps);
    connect(&context.feed, &Feed::pausedChanged, this, &StatusLine::showLive);
    connect(&context.feed, &Feed::overloadChanged, this, &StatusLine::showLive);
    connect(&context.muted, &MutedGroups::changed, this, [this] { showNumbers(m_shown); });
    connect(&context.theme, &Theme::changed, this, [this] {
        showServer();
        showNumbers(m_shown);
        showLive();
    });
    showServer();
    showApps();
    showNumbers({});
    showLive();
}

QWidget *StatusLine::makeFigures()
{
    m_figures = new QWidget(this);
    auto *row = new QHBoxLayout(m_figures);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    addLine(row);
    m_apps = addButton(row, u"statusApps"_s);
    addLine(row);
    m_running = addButton(row, u"statusRunning"_s);
    m_waiting = addButton(row, u"statusWaiting"_s);
    m_queued = addButton(row, u"statusQueued"_s);
    m_dead = addButton(row, u"statusDead"_s);
    addLine(row);
    m_rate = addButton(row, u"statusRate"_s);
    addLine(row);
    m_data = addButton(row, u"statusData"_s);
    m_data->setIcon(m_context.icons.icon(u"database"_s, Token::TextDim));
    return m_figures;
}

QToolButton *StatusLine::addButton(QHBoxLayout *row, const QString &name)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIconSize(QSize(iconExtent, iconExtent));
    button->installEventFilter(this);
    row->addWidget(button);
    return button;
}

void StatusLine::addLine(QHBoxLayout *row)
{
    auto *line = new QFrame(this);
    line->setFrameShape(QFrame::VLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Midlight);
    line->setFixedHeight(iconExtent);
    row->addWidget(line);
}

/// Made anew each time: its entries are what can be done now, not what could be a moment ago.
void StatusLine::showServerMenu()
{
    QMenu *menu = m_context.actions.contextMenu(
        this, {"server.start"_ba, "server.stop"_ba, "server.restart"_ba, ""_ba});
    menu->setObjectName(u"statusServerMenu"_s);
    QAction *copy = menu->addAction(m_context.icons.icon(u"copy"_s), tr("Copy address"));
    copy->setObjectName(u"statusCopyAddress"_s);
    connect(copy, &QAction::triggered, this, [this] {
        m_context.desktop.copy(u"http://"_s + reachable(m_context.backend.server().address));
    });
    // Above the button: there is no room below.
    menu->popup(m_server->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void StatusLine::connectJumps()
{
    const auto jump = [this](QToolButton *button, const Place &place) {
        connect(button, &QToolButton::clicked, this,
                [this, place] { m_context.navigator.go(place); });
    };
    jump(m_apps, {.view = "apps"_ba});
    jump(m_running, {.view = "runs"_ba, .filter = u"state:running"_s});
    jump(m_queued, {.view = "runs"_ba, .filter = u"state:queued"_s});
    jump(m_waiting, {.view = "waiting"_ba});
    jump(m_dead, {.view = "dead"_ba});
    jump(m_rate, {.view = "events"_ba});
    connect(m_data, &QToolButton::clicked, this, &StatusLine::dataClicked);
    connect(m_live, &QToolButton::clicked, m_context.actions.action("view.live"_ba),
            &QAction::trigger);
}

void StatusLine::setCounters(const Counters &counters)
{
    m_rateTip->add(m_context.backend.now(), counters.eventsPerSecond);
    m_pending = counters;
    if (!m_numbersTimer.isActive())
        showPending();
}

void StatusLine::showPending()
{
    if (!m_pending)
        return;
    m_shown = *m_pending;
    m_pending.reset();
    m_numbersTimer.start();
    showNumbers(m_shown);
    if (m_context.backend.server().phase != ServerPhase::Failed)
        Q_EMIT countersShown(m_shown);
}

void StatusLine::showNumbers(const Counters &counters)
{
    showNumber(m_running, "state-running", Token::StateRunning, counters.running, tr("running"));
    showNumber(m_waiting, "state-waiting", Token::StateWaiting, counters.waiting, tr("waiting"));
    showNumber(m_queued, "state-queued", Token::StateQueued, counters.queued, tr("queued"));
    // The navigation does not count muted ones.
    const qint64 muted = std::min(m_context.muted.letters(), counters.dead);
    showNumber(m_dead, "state-dead", Token::StateDead, counters.dead,
               muted > 0 ? tr("dead letters, of them %1 muted").arg(formatCount(muted))
                         : tr("dead letters"));
    const double rate = counters.eventsPerSecond;
    m_rate->setText(
        tr("%1 events/s").arg(QLocale().toString(rate, 'f', rate > 0 && rate < 10 ? 1 : 0)));
    m_rate->setToolTip(tr("Events per second in the last minute"));
    m_rate->setAccessibleName(tr("%1, show events").arg(m_rate->text()));
    m_data->setText(formatSize(counters.dataBytes));
    const QString file = m_context.backend.server().dataFile;
    m_data->setToolTip(file.isEmpty() ? tr("Data, only in memory")
                                      : tr("Data in %1 and its write-ahead log (-wal), without "
                                           "the room that they keep for what comes")
                                            .arg(file));
    m_data->setAccessibleName(tr("%1 of data, open the settings").arg(m_data->text()));
}

void StatusLine::showNumber(QToolButton *button, const char *icon, Token tint, qint64 count,
                            const QString &words)
{
    button->setText(formatCount(count));
    button->setIcon(
        m_context.icons.icon(QString::fromLatin1(icon), count == 0 ? Token::TextDim : tint));
    button->setToolTip(u"%1 %2"_s.arg(formatCount(count), words));
    button->setAccessibleName(button->toolTip());
}

void StatusLine::showServer()
{
    const ServerState state = m_context.backend.server();
    const auto show = [this](const char *icon, Token tint, const QString &text) {
        m_server->setIcon(m_context.icons.icon(QString::fromLatin1(icon), tint));
        m_server->setText(text);
        m_server->setAccessibleName(tr("Server: %1").arg(text));
    };
    m_server->setToolTip(tr("Server of this window"));
    // Zeros that nobody counted would say that the data are gone.
    m_hasServed = m_hasServed || state.phase == ServerPhase::Serving;
    const bool hasFigures = m_hasServed && state.phase != ServerPhase::Failed;
    m_figures->setVisible(hasFigures);
    if (hasFigures != m_hasFigures) {
        m_hasFigures = hasFigures;
        Q_EMIT countersShown(hasFigures ? m_shown : Counters());
    }
    switch (state.phase) {
    case ServerPhase::Stopped:
        show("stop", Token::TextDim, tr("Stopped"));
        break;
    case ServerPhase::Starting:
        show("more", Token::TextDim, tr("Starting"));
        break;
    case ServerPhase::Serving:
        if (state.pause) {
            show("warning", Token::StateFailed, pauseWords(state.pause->code));
            m_server->setToolTip(tr("Nothing is stored or run until that is over"));
        } else {
            show("dot", Token::StateCompleted, state.address);
        }
        break;
    case ServerPhase::Stopping:
        show("more", Token::TextDim, tr("Stopping"));
        break;
    case ServerPhase::Failed:
        show("warning", Token::StateFailed, failureWords(state.error.code));
        m_server->setToolTip(state.error.message);
        break;
    }
    showLive();
}

void StatusLine::showApps()
{
    std::vector<devserver::App> apps = m_context.catalog.apps();
    // The sample functions are no app of the person's, but a row in Apps.
    const auto samples = static_cast<qint64>(std::erase_if(
        apps, [](const devserver::App &app) { return app.kind == devserver::AppKind::InProcess; }));
    std::erase_if(apps, std::not_fn(isCounted));
    const auto good = std::count_if(apps.begin(), apps.end(), [](const devserver::App &app) {
        return app.error.isEmpty() && !app.name.isEmpty();
    });
    const auto all = static_cast<qint64>(apps.size());
    const auto asked = std::count_if(apps.begin(), apps.end(), isBeingAsked);
    const bool areReachable = good + asked == all;
    m_apps->setIcon(m_context.icons.icon(areReachable ? u"plug"_s : u"state-offline"_s,
                                         areReachable ? Token::TextDim : Token::StateFailed));
    if (all > 0)
        m_apps->setText(tr("Apps %1/%2").arg(good + samples).arg(all + samples));
    else
        m_apps->setText(samples > 0 ? tr("Sample only") : tr("No app"));
    QString words = all > 0 ? tr("%1 of %2 apps answer").arg(good + samples).arg(all + samples)
                            : tr("No app of yours is connected yet");
    if (samples > 0)
        words += u"; "_s + tr("the sample functions run in this program");
    m_apps->setToolTip(words);
    m_apps->setAccessibleName(m_apps->toolTip());
}

void StatusLine::watchLists(const QWidget &page)
{
    for (LiveButton *live : page.findChildren<LiveButton *>()) {
        m_lists.emplace_back(live);
        connect(live, &LiveButton::showsStaleChanged, this, &StatusLine::showLive);
    }
}

bool StatusLine::isStale() const
{
    return std::any_of(m_lists.begin(), m_lists.end(), [](const QPointer<LiveButton> &live) {
        const LiveButton *button = live.data();
        return button != nullptr && button->showsStale();
    });
}

void StatusLine::showLive()
{
    const bool isPaused = m_context.feed.isPaused();
    if (isPaused != m_pauseTimer.isActive())
        isPaused ? m_pauseTimer.start() : m_pauseTimer.stop();
    const bool isServing = m_context.backend.server().phase == ServerPhase::Serving;
    m_live->setEnabled(isServing || isPaused);
    QPalette colors; // it is read, though it can do nothing
    colors.setColor(QPalette::Disabled, QPalette::ButtonText,
                    m_context.theme.color(Token::TextDim));
    m_live->setPalette(colors);
    if (!isServing && !isPaused) {
        m_live->setIcon(m_context.icons.icon(u"dot"_s, Token::TextDim));
        m_live->setText(tr("Not live"));
        m_live->setToolTip(tr("The server does not run"));
    } else if (isPaused) {
        const FeedNews &news = m_context.feed.news();
        const auto fresh = static_cast<qint64>(std::max(news.runs, news.events));
        m_live->setIcon(m_context.icons.icon(u"pause"_s, Token::StatePaused));
        m_live->setText(fresh == 0 ? tr("Paused") : tr("Paused · %1 new").arg(formatCount(fresh)));
        m_live->setToolTip(tr("Show live updates again"));
    } else if (isStale()) {
        m_live->setIcon(m_context.icons.icon(u"warning"_s, Token::StateBackoff));
        m_live->setText(LiveButton::staleText());
        m_live->setToolTip(LiveButton::staleReason());
    } else if (m_context.backend.server().pause) {
        m_live->setIcon(m_context.icons.icon(u"bolt"_s, Token::StateBackoff));
        m_live->setText(LiveButton::holdText());
        m_live->setToolTip(LiveButton::holdReason());
    } else if (m_context.feed.isOverloaded()) {
        m_live->setIcon(m_context.icons.icon(u"bolt"_s, Token::StateBackoff));
        m_live->setText(tr("Live (5/s)"));
        m_live->setToolTip(tr("More comes in than can be shown at once; the lists change 5 times a "
                              "second until it is less"));
    } else {
        m_live->setIcon(m_context.icons.icon(u"bolt"_s, Token::StateCompleted));
        m_live->setText(tr("Live"));
        m_live->setToolTip(tr("Pause live updates"));
    }
    m_live->setAccessibleName(u"%1, %2"_s.arg(m_live->text(), m_live->toolTip()));
}

void StatusLine::showHint(const QString &text)
{
    m_hint->setText(text);
    m_hint->setToolTip(text);
    watchHovered(text);
    // Whoever is hovered says the words only.
    m_hinted = nullptr;
    for (const ActionSpec &spec : actionTable()) {
        QAction *action = m_context.actions.action(spec.id);
        if (!m_hovered && !text.isEmpty() && action->statusTip() == text
            && m_context.actions.isBound(spec.id))
            m_hinted = action;
    }
}

/// Several actions may say the same, and a button may go from under the mouse: the hint is of the
/// one that is there.
void StatusLine::watchHovered(const QString &text)
{
    if (QWidget *before = m_hovered.data(); before != nullptr)
        before->removeEventFilter(this);
    m_hovered = nullptr;
    if (text.isEmpty())
        return;
    for (auto *button : window()->findChildren<QAbstractButton *>()) {
        if (!button->underMouse() || !button->isVisible() || button->statusTip() != text)
            continue;
        button->installEventFilter(this);
        m_hovered = button;
        return;
    }
}

void StatusLine::followHint()
{
    if (const QWidget *hovered = m_hovered.data(); hovered != nullptr) {
        const bool isThere = hovered->underMouse() && hovered->isVisible();
        const QString words = isThere ? hovered->statusTip() : QString();
        if (words != m_hint->text())
            showHint(words);
        return;
    }
    if (m_hinted != nullptr && m_hinted->statusTip() != m_hint->text())
        showHint(m_hinted->statusTip());
}

/// What a click would do, while the mouse or the focus is there.
bool StatusLine::eventFilter(QObject *watched, QEvent *event)
{
    if (m_hovered && watched == m_hovered.data()) {
        if (event->type() == QEvent::Leave || event->type() == QEvent::Hide)
            showHint({});
        return QWidget::eventFilter(watched, event);
    }
    if (event->type() == QEvent::Enter || event->type() == QEvent::FocusIn) {
        showHint(static_cast<QWidget *>(watched)->toolTip());
    } else if (event->type() == QEvent::Leave || event->type() == QEvent::FocusOut) {
        showHint({});
    } else if (event->type() == QEvent::ToolTipChange
               && static_cast<QWidget *>(watched)->underMouse()) {
        showHint(static_cast<QWidget *>(watched)->toolTip());
    } else if (event->type() == QEvent::ToolTip && watched == m_rate) {
        m_rateTip->showAbove(*m_rate, m_context.backend.now());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace console
