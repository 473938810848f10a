// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/mainwindow.h"

#include "devserver/api/consolebackend.h"
#include "ui/runs/inspector.h"
#include "ui/shell/colorline.h"
#include "ui/shell/docksizes.h"
#include "ui/shell/docktitle.h"
#include "ui/shell/enginefailure.h"
#include "ui/shell/fileproblems.h"
#include "ui/shell/locationrow.h"
#include "ui/shell/look.h"
#include "ui/shell/menus.h"
#include "ui/shell/navrail.h"
#include "ui/shell/noticebar.h"
#include "ui/shell/palettepopup.h"
#include "ui/shell/pausebar.h"
#include "ui/shell/projectname.h"
#include "ui/shell/runwindow.h"
#include "ui/shell/settingsdialog.h"
#include "ui/shell/statusline.h"
#include "ui/shell/tips.h"
#include "ui/shell/troublepage.h"
#include "ui/shell/viewtable.h"
#include "ui/shell/windowactions.h"
#include "ui/widgets/clickguard.h"
#include "ui/widgets/enterpresses.h"
#include "ui/widgets/heldkeys.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/innerlayout.h"
#include "ui/widgets/view.h"
#include "ui/widgets/welcomepage.h"

#include <QApplication>
#include <QDialog>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QMenuBar>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::api::ServerPhase;

namespace {

constexpr QSize smallestWindow(1024, 640);
constexpr int inspectorWidth = 416;
constexpr int composerHeight = 304;
/// Besides them there are a list and what is chosen in it.
constexpr int leftByInspector = 510;
constexpr int leftByComposer = 520;
/// Typing in a filter line is one step of the history, not one per letter.
constexpr auto placeSettles = 500ms;

} // namespace

MainWindow::MainWindow(devserver::api::ConsoleBackend &backend, const WindowOptions &options,
                       Desktop &desktop)
    : m_workspace(backend, options.settingsPath, desktop)
    , m_look(new Look(m_workspace.settings, m_workspace.theme, options.readsDesktop, this))
{
    if (options.isClockManual)
        m_workspace.clock.setManual();
    setObjectName(u"mainWindow"_s);
    setMinimumSize(smallestWindow);
    setWindowIcon(QIcon(u":/icons/redrive.svg"_s));
    m_placeTimer.setSingleShot(true);
    m_placeTimer.setInterval(placeSettles);
    buildFrame();
    buildPanels();
    buildProjects();
    bindWindowActions(*this);
    listen();
    restoreWindow();
    showServer();
    new EngineFailure(m_workspace.context, *this);
    if (options.showsTips)
        new Tips(*this);
}

MainWindow::~MainWindow()
{
    // The views go before the workspace that they refer to.
    qApp->removeEventFilter(this);
    qDeleteAll(findChildren<QDialog *>(QString(), Qt::FindDirectChildrenOnly));
    qDeleteAll(findChildren<RunWindow *>(QString(), Qt::FindDirectChildrenOnly));
    delete m_palette;
    delete takeCentralWidget();
    delete m_status;
    delete m_look; // what is left hears of it, and asks the workspace for colours
}

void MainWindow::buildFrame()
{
    Context &context = m_workspace.context;
    auto *top = new QWidget(this);
    auto *topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    topLayout->setSpacing(0);
    topLayout->addWidget(makeMenuBar(context, top));
    m_colorLine = new ColorLine(m_workspace.theme, top);
    topLayout->addWidget(m_colorLine);
    setMenuWidget(top);

    auto *middle = new QWidget(this);
    auto *row = new QHBoxLayout(middle);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_rail = new NavRail(context, middle);
    row->addWidget(m_rail);
    m_inner = new QMainWindow(middle);
    m_inner->setWindowFlags(Qt::Widget); // the constructor makes a window of it
    m_inner->setObjectName(u"dockArea"_s);
    m_inner->setDockNestingEnabled(true);
    row->addWidget(m_inner, 1);

    auto *centre = new QWidget(m_inner);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_location = new LocationRow(context, centre);
    m_infoBars = new InfoBarStack(context, centre);
    m_stack = new QStackedWidget(centre);
    m_stack->setObjectName(u"viewStack"_s);
    column->addWidget(m_location);
    column->addWidget(m_stack, 1);
    m_infoBars->setBelow();
    column->addWidget(m_infoBars); // until there is a view to stand in
    m_inner->setCentralWidget(centre);
    setCentralWidget(middle);

    m_status = new StatusLine(context, this);
    statusBar()->addPermanentWidget(m_status, 1);
    statusBar()->setSizeGripEnabled(false);
    m_palette = new PalettePopup(context, this);
}

void MainWindow::buildPanels()
{
    m_dockSizes = new DockSizes(m_inner, [this] { return m_workspace.settings.fontPercent(); });
    for (const PanelEntry &entry : panelTable()) {
        auto *dock = new QDockWidget(QCoreApplication::translate("Rail", entry.title), m_inner);
        dock->setObjectName(QString::fromLatin1(entry.name) + u"Dock"_s);
        dock->setAccessibleName(dock->windowTitle());
        auto *title = new DockTitle(m_workspace.context, dock); // the dock owns it
        dock->setTitleBarWidget(title);
        dock->setWidget(entry.make(m_workspace.context, dock));
        if (auto *inspector = qobject_cast<Inspector *>(dock->widget()))
            title->setContent(inspector->takeHeader());
        if (entry.area == Qt::RightDockWidgetArea)
            title->alignWith(m_location);
        m_inner->addDockWidget(entry.area, dock);
        const bool isBeside = entry.area == Qt::RightDockWidgetArea;
        if (isBeside)
            m_dockSizes->add(dock, Qt::Horizontal, inspectorWidth, leftByInspector, false);
        else
            m_dockSizes->add(dock, Qt::Vertical, composerHeight, leftByComposer, true);
        dock->setVisible(isBeside);
        m_docks[entry.name] = dock;
        connect(dock, &QDockWidget::visibilityChanged, &m_workspace.actions,
                &ActionRegistry::refresh);
    }
    m_inner->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_defaultDocks = m_inner->saveState(dockLayoutVersion);
}

void MainWindow::listen()
{
    const Context &context = m_workspace.context;
    connect(m_rail, &NavRail::chosen, this, &MainWindow::showView);
    connect(m_location, &LocationRow::viewClicked, this, &MainWindow::stepBack);
    connect(&context.navigator, &Navigator::goRequested, this, &MainWindow::go);
    connect(&context.navigator, &Navigator::savedViewRequested, this, &MainWindow::showSavedView);
    new FileProblems(m_workspace.context, *m_infoBars, this);
    connect(&context.navigator, &Navigator::saveRequested, this, &MainWindow::saveAll);
    connect(m_status, &StatusLine::dataClicked, this,
            [this] { openSettings(m_workspace.context, this, SettingsPage::Data); });
    connect(&context.navigator, &Navigator::runWindowRequested, this, &MainWindow::openRunWindow);
    connect(&context.navigator, &Navigator::selectionChanged, this, [this](const Selection &now) {
        if (m_isLeaving)
            return;
        m_selections[m_stack->currentWidget()] = now;
        if (now.kind != Selection::Kind::None)
            placeInspector(Deed::Chose);
    });
    const auto showComposer = [this] { showPanel("composer"_ba); };
    connect(&context.navigator, &Navigator::eventDraftRequested, this, showComposer);
    connect(&context.navigator, &Navigator::composerRequested, this, [this] {
        showPanel("composer"_ba);
        dock("composer"_ba)->widget()->setFocus();
    });
    connect(&context.navigator, &Navigator::invokeDraftRequested, this, showComposer);
    connect(&context.navigator, &Navigator::favouriteRequested, this, showComposer);
    connect(&context.navigator, &Navigator::favouriteChosen, this, showComposer);
    connect(&context.navigator, &Navigator::callsRequested, this, &MainWindow::showInspector);
    connect(&context.feed, &Feed::countersChanged, m_status, &StatusLine::setCounters);
    connect(&context.feed, &Feed::countersChanged, this, [this] { placeInspector(Deed::None); });
    connect(m_status, &StatusLine::countersShown, m_rail, &NavRail::setCounters);
    new NoticeBars(m_workspace.context, *m_infoBars, this);
    new PauseBar(m_workspace.context, *m_infoBars, this);
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &MainWindow::showServer);
    connect(&m_placeTimer, &QTimer::timeout, this, &MainWindow::recordPlace);
    const auto applyKeys = [this] { applyKeySettings(m_workspace.settings, m_workspace.actions); };
    connect(&context.settings, &Settings::changed, this, applyKeys);
    applyKeys();
    new ClickGuard(this);
    new EnterPresses(this);
    if (HeldKeys::areNeeded())
        new HeldKeys(this);
    qApp->installEventFilter(this); // mouse buttons 4 and 5 work over every widget
}

View *MainWindow::view(const QByteArray &name)
{
    if (const auto known = m_views.find(name); known != m_views.end())
        return known->second;
    for (const ViewEntry &entry : viewTable()) {
        if (entry.name != name)
            continue;
        View *made = entry.make(m_workspace.context, m_stack);
        m_views[name] = made;
        m_stack->addWidget(made);
        restoreView(made);
        m_status->watchLists(*made);
        connect(made, &View::placeChanged, this, [this] {
            showPlaceWords();
            if (!m_isJumping)
                m_placeTimer.start();
        });
        return made;
    }
    return nullptr;
}

View *MainWindow::currentView() const
{
    return qobject_cast<View *>(m_stack->currentWidget());
}

QDockWidget *MainWindow::dock(const QByteArray &panel) const
{
    const auto found = m_docks.find(panel);
    return found == m_docks.end() ? nullptr : found->second;
}

void MainWindow::go(const Place &place)
{
    if (place.view == "settings") { // what lacks a setting leads to it
        openSettings(m_workspace.context, this,
                     place.subject == "editor" ? SettingsPage::Editor : SettingsPage::Appearance);
        return;
    }
    recordPlace(); // where we were, with what was typed last
    jumpTo(place);
    recordPlace();
}

void MainWindow::showView(const QByteArray &name)
{
    View *wanted = view(name);
    if (wanted == nullptr)
        return;
    recordPlace();
    m_lastPage = wanted;
    if (currentView() == wanted && wanted->place().isFullSize)
        wanted->stepBack(); // who is on one of its pages means its list
    showPage(wanted);
    if (QWidget *main = wanted->mainWidget())
        main->setFocus();
    recordPlace();
}

void MainWindow::showSavedView(const SavedView &saved)
{
    go({.view = saved.view, .filter = saved.filter, .subject = {}});
    View *now = currentView();
    if (now == nullptr || saved.look.isEmpty())
        return;
    // Splitters and the like stay as they are.
    QJsonObject state = QJsonDocument::fromJson(now->saveState()).object();
    for (auto part = saved.look.begin(); part != saved.look.end(); ++part)
        state.insert(part.key(), part.value());
    now->restoreState(QJsonDocument(state).toJson(QJsonDocument::Compact));
    now->restoreRows(saved.look);
}

void MainWindow::jumpTo(const Place &place)
{
    View *wanted = view(place.view);
    if (wanted == nullptr)
        return;
    m_isJumping = true;
    m_lastPage = wanted;
    showPage(wanted);
    wanted->showPlace(place);
    m_isJumping = false;
    m_placeTimer.stop();
    showPlaceWords();
    if (QWidget *main = wanted->mainWidget())
        main->setFocus();
}

void MainWindow::recordPlace()
{
    m_placeTimer.stop();
    if (const View *now = currentView())
        m_history.add(now->place());
    m_workspace.actions.refresh();
}

void MainWindow::goBack()
{
    recordPlace();
    if (const std::optional<Place> place = m_history.back())
        jumpTo(*place);
    m_workspace.actions.refresh();
}

void MainWindow::goForward()
{
    if (const std::optional<Place> place = m_history.forward())
        jumpTo(*place);
    m_workspace.actions.refresh();
}

void MainWindow::showStartPage()
{
    if (m_start == nullptr) {
        m_start = new WelcomePage(m_workspace.context, m_stack);
        m_stack->addWidget(m_start);
    }
    recordPlace();
    m_lastPage = m_start;
    showPage(m_start);
    m_start->setFocus();
}

void MainWindow::showPage(QWidget *page)
{
    const bool isInTrouble = m_workspace.context.backend.server().phase == ServerPhase::Failed;
    const bool isOther = m_stack->currentWidget() != page;
    // The inspector follows the view that is seen, not the one where something was chosen last.
    // First what was chosen there; the view tells by itself what became of it meanwhile.
    if (isOther) {
        const QScopedValueRollback leaving(m_isLeaving, true);
        const auto known = m_selections.find(page);
        m_workspace.context.navigator.select(known == m_selections.end() ? Selection()
                                                                         : known->second);
    }
    QWidget *shown = isInTrouble && m_trouble != nullptr ? m_trouble : page;
    for (int i = 0; i < m_stack->count(); ++i) // the hidden ones take nothing from the composer
        m_stack->widget(i)->setSizePolicy(QSizePolicy::Preferred, m_stack->widget(i) == shown
                                                                      ? QSizePolicy::Preferred
                                                                      : QSizePolicy::Ignored);
    const bool isChosen = std::exchange(m_shownPage, shown) != shown;
    m_stack->setCurrentWidget(shown);
    if (View *now = currentView())
        now->takeBars(m_infoBars);
    else
        m_stack->parentWidget()->layout()->addWidget(m_infoBars);
    placeInspector(isChosen ? Deed::Chose : Deed::None);
    showPlaceWords();
    m_workspace.actions.refresh();
}

void MainWindow::showPlaceWords()
{
    const View *now = currentView();
    QString title = now != nullptr                        ? now->title()
                    : m_stack->currentWidget() == m_start ? tr("Getting started")
                                                          : tr("Server");
    const Place place = now == nullptr ? Place() : now->place();
    m_location->setPlace(title, place.isFullSize ? shortId(place.subject) : QString());
    m_rail->setCurrent(place.view);
    const QString project = projectName(m_workspace.context.backend.server().dataFile);
    m_colorLine->setProject(project);
    setWindowTitle(tr("%1 - %2 - Redrive (local)").arg(project, title));
}

void MainWindow::showServer()
{
    const devserver::api::ServerState server = m_workspace.context.backend.server();
    readProject(server.dataFile);
    const bool isInTrouble = server.phase == ServerPhase::Failed;
    if (isInTrouble && m_trouble == nullptr) {
        m_trouble = new TroublePage(m_workspace.context, m_stack);
        m_stack->addWidget(m_trouble);
    }
    if (m_lastPage != nullptr)
        showPage(m_lastPage);
    if (isInTrouble && m_stack->currentWidget() == m_trouble
        && !m_trouble->isAncestorOf(focusWidget()))
        m_trouble->setFocus();
    if (server.phase == ServerPhase::Serving && !m_hasServed)
        restorePlaces();
    showPlaceWords();
    m_workspace.actions.refresh();
}

void MainWindow::showPalette(const QString &text)
{
    m_palette->open(text);
}

void MainWindow::openRunWindow(devserver::RunId run)
{
    for (RunWindow *open : findChildren<RunWindow *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (open->run() == run) {
            open->raise();
            open->activateWindow();
            return;
        }
    }
    auto *window = new RunWindow(m_workspace.context, run, this);
    window->show();
}

void MainWindow::togglePanel(const QByteArray &name)
{
    QDockWidget *wanted = dock(name);
    if (wanted == nullptr)
        return;
    m_isInspectorParked = m_isInspectorParked && name != "inspector";
    if (wanted->isVisible()) {
        const bool hadFocus = wanted->isAncestorOf(QApplication::focusWidget());
        wanted->hide();
        if (const View *now = currentView(); hadFocus && now != nullptr && now->mainWidget())
            now->mainWidget()->setFocus();
        return;
    }
    showPanel(name);
    if (name == "composer") // to write in; the other panels are to look at
        wanted->widget()->setFocus();
}

void MainWindow::resetLayout()
{
    m_inner->restoreState(m_defaultDocks, dockLayoutVersion);
    m_isInspectorParked = false;
    m_wantsInspector = true;
    placeInspector(Deed::Chose);
    m_dockSizes->reset();
    m_rail->setLabelsShown(true);
    resetInnerLayout(this);
    forgetStates();
    m_workspace.actions.refresh();
}

/// Esc, after menus and popups: out of a dock, then out of an inner state of the view, then back to
/// its list (ui.md §5).
void MainWindow::stepBack()
{
    View *now = currentView();
    if (now == nullptr) {
        if (m_stack->currentWidget() == m_start && !m_views.empty())
            goBack();
        return;
    }
    const QWidget *focus = QApplication::focusWidget();
    const bool isInside = focus == nullptr || now == focus || now->isAncestorOf(focus)
                          || m_location->isAncestorOf(focus);
    if (isInside && now->stepBack()) {
        showPlaceWords();
        recordPlace();
    }
    // As from a popup: who comes back from a dock chooses nothing by that.
    if (QWidget *main = now->mainWidget())
        main->setFocus(isInside ? Qt::OtherFocusReason : Qt::PopupFocusReason);
}

} // namespace console
