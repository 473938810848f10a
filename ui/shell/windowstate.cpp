// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What a main window remembers and the events of the window itself.

#include "devserver/api/consolebackend.h"
#include "ui/core/placejson.h"
#include "ui/runs/inspector.h"
#include "ui/shell/docksizes.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/navrail.h"
#include "ui/shell/quitquestion.h"
#include "ui/shell/recentprojects.h"
#include "ui/shell/runwindow.h"
#include "ui/shell/statesaver.h"
#include "ui/shell/statusline.h"
#include "ui/shell/viewtable.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/projectplaces.h"
#include "ui/widgets/view.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusTipEvent>
#include <QTimer>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int narrowWindow = 1200; ///< below this the inspector waits to be asked for
constexpr QSize usualWindow(1440, 900);
constexpr QSize frameRoom(16, 48); ///< for what a desktop draws around a window, at most

const QString geometryKey = u"window/geometry"_s;
const QString docksKey = u"window/docks"_s;
const QString draggedDocksKey = u"window/draggedDocks"_s;
const QString parkedKey = u"window/inspectorParked"_s;
const QString labelsKey = u"window/railLabels"_s;
const QString viewKey = u"window/view"_s;

QString keyOf(const View &view, QStringView what)
{
    return u"views/%1/%2"_s.arg(QString::fromLatin1(view.name()), what);
}

/// Among the places of a data file.
QString placeKeyOf(const QByteArray &view, QStringView what)
{
    return u"%1/%2"_s.arg(QString::fromLatin1(view), what);
}

const QString windowsKey = u"windows"_s;
const QString bornKey = u"bornAt"_s; ///< of the data file that the places are in

/// The screen that it was on the last time may be gone, or be smaller now.
void fitToScreen(QWidget &window)
{
    if (window.isMaximized() || window.isFullScreen())
        return;
    const QScreen *screen = QGuiApplication::screenAt(window.geometry().center());
    const QRect room = (screen == nullptr ? window.screen() : screen)->availableGeometry();
    if (window.width() > room.width() || window.height() > room.height())
        window.resize(window.size().boundedTo(room.size() - frameRoom));
    if (screen == nullptr)
        window.move(room.topLeft());
}

QByteArray toBytes(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QJsonObject jsonFrom(const QVariant &bytes)
{
    return QJsonDocument::fromJson(bytes.toByteArray()).object();
}

/// Nobody goes on to another row: the one that was just reached is the one that was chosen.
void settleLists(const QWidget &window)
{
    for (ListTable *list : window.findChildren<ListTable *>())
        list->settle();
}

} // namespace

void MainWindow::restoreWindow()
{
    const Settings &settings = m_workspace.settings;
    // As this data file had it; one that is new begins as the last window was.
    const auto kept = [&settings, places = places()](const QString &key,
                                                     const QVariant &fallback = {}) {
        return places.value(key, settings.value(key, fallback));
    };
    resize(usualWindow.boundedTo(screen()->availableSize() - frameRoom));
    restoreGeometry(kept(geometryKey).toByteArray());
    fitToScreen(*this);
    restoreDocks(kept(docksKey).toByteArray());
    m_dockSizes->restore(kept(draggedDocksKey).toStringList());
    m_rail->setLabelsShown(kept(labelsKey, true).toBool());
    m_isInspectorParked = kept(parkedKey, false).toBool();
    m_wantsInspector = !m_isInspectorParked;
    if (QDockWidget *inspector = dock("inspector"_ba);
        inspector != nullptr && !inspector->isFloating()
        && width() < narrowWindow * settings.fontPercent() / 100) {
        inspector->hide();
        m_isInspectorParked = false;
    }
    // Nothing has happened in a new one: the first page says what can.
    const bool isNew =
        !m_workspace.context.backend.server().dataFile.isEmpty() && !places().isKnown();
    if (QDockWidget *composer = dock("composer"_ba); isNew && composer != nullptr)
        composer->hide();
    const QByteArray remembered = isNew ? QByteArray() : kept(viewKey).toByteArray();
    showView(view(remembered) == nullptr ? viewTable().front().name : remembered);
    new StateSaver(*this, [this] {
        if (isVisible() && !m_isClearing)
            saveState();
    });
}

void MainWindow::restoreDocks(const QByteArray &docks)
{
    for (const auto &[name, dock] : m_docks)
        dock->setAttribute(Qt::WA_DontShowOnScreen); // restoring shows those that float at once
    m_inner->restoreState(docks, dockLayoutVersion);
    for (const auto &[name, dock] : m_docks) {
        if (dock->isFloating() && !dock->isHidden()) {
            dock->hide();
            m_floatingDocks.append(dock);
        }
        dock->setAttribute(Qt::WA_DontShowOnScreen, false);
    }
}

void MainWindow::showFloatingDocks()
{
    for (QDockWidget *dock : std::exchange(m_floatingDocks, {})) {
        dock->setAttribute(Qt::WA_ShowWithoutActivating);
        dock->show();
        dock->setAttribute(Qt::WA_ShowWithoutActivating, false);
    }
}

void MainWindow::saveState()
{
    ProjectPlaces places = this->places();
    if (m_hasServed) // else nobody has seen the places: those that are known stay
        places.touch();
    const auto keep = [&settings = m_workspace.settings, &places](const QString &key,
                                                                  const QVariant &value) {
        settings.setValue(key, value);
        places.setValue(key, value);
    };
    keep(geometryKey, saveGeometry());
    keep(docksKey, m_inner->saveState(dockLayoutVersion));
    keep(draggedDocksKey, m_dockSizes->save());
    keep(parkedKey, m_isInspectorParked);
    keep(labelsKey, m_rail->areLabelsShown());
    // What comes back when the server runs again: while it does not, no view is shown.
    if (const auto *last = qobject_cast<const View *>(m_lastPage))
        keep(viewKey, last->name());
    for (const auto &[name, made] : m_views)
        saveView(*made, places);
    if (m_hasServed)
        savePlaces(places);
}

void MainWindow::saveView(const View &view, ProjectPlaces &places)
{
    Settings &settings = m_workspace.settings;
    const QString filterKey = keyOf(view, u"filter");
    const QString filter = view.place().filter;
    settings.setValue(keyOf(view, u"state"), view.saveState());
    settings.setValue(filterKey, filter);
    places.setValue(filterKey, filter);
    const QByteArray rows = toBytes(view.saveRows());
    settings.setValue(keyOf(view, u"rows"), rows);
    places.setValue(placeKeyOf(view.name(), u"rows"), rows);
}

/// Of views that are not built yet: they would come as they were left.
void MainWindow::forgetStates()
{
    for (const ViewEntry &entry : viewTable()) {
        if (m_views.find(entry.name) == m_views.end())
            m_workspace.settings.remove(u"views/%1/state"_s.arg(QString::fromLatin1(entry.name)));
    }
}

void MainWindow::restoreView(View *view)
{
    const Settings &settings = m_workspace.settings;
    const QByteArray state = settings.value(keyOf(*view, u"state")).toByteArray();
    if (!state.isEmpty())
        view->restoreState(state);
    const bool isInFile = !m_workspace.context.backend.server().dataFile.isEmpty();
    QJsonObject rows = jsonFrom(isInFile ? places().value(placeKeyOf(view->name(), u"rows"))
                                         : settings.value(keyOf(*view, u"rows")));
    if (rows.isEmpty() && (!isInFile || places().isKnown()))
        rows = jsonFrom(state); // an older version had them there
    if (!rows.isEmpty())
        view->restoreRows(rows);
    const QString filterKey = keyOf(*view, u"filter");
    // What was looked for in one project says nothing about another one.
    const QVariant last = isInFile && !places().isKnown() ? QVariant() : settings.value(filterKey);
    const QString filter = places().value(filterKey, last).toString();
    if (!filter.isEmpty())
        view->showPlace({.view = view->name(), .filter = filter, .subject = {}});
    if (m_hasServed)
        restorePlace(view);
}

ProjectPlaces MainWindow::places()
{
    return {m_workspace.settings, m_workspace.context.backend.server().dataFile};
}

/// The file was deleted, and another one begun at its path: what is remembered is not of it.
void MainWindow::forgetOtherFile()
{
    const qint64 born = m_workspace.context.backend.server().dataFileBornAt;
    ProjectPlaces places = this->places();
    const qint64 known = places.value(bornKey).toLongLong();
    if (born == 0 || known == 0 || known == born)
        return;
    forgetPlaces();
    for (const ViewEntry &entry : viewTable()) {
        places.setValue(u"views/%1/filter"_s.arg(QString::fromLatin1(entry.name)), QString());
        places.setValue(placeKeyOf(entry.name, u"rows"), {});
    }
    for (const auto &[name, made] : m_views)
        made->showPlace({.view = name, .filter = {}, .subject = {}});
}

void MainWindow::restorePlaces()
{
    m_hasServed = true;
    m_isJumping = true;
    forgetOtherFile();
    for (const auto &[name, made] : m_views)
        restorePlace(made);
    m_isJumping = false;
    if (const View *now = currentView())
        m_history.replace(now->place());
    restoreWindows();
    m_recent->note(m_workspace.context.backend.server().dataFile);
    if (const devserver::RunId run = std::exchange(m_runToOpen, {}); !run.isNull())
        openRun(run);
}

void MainWindow::restorePlace(View *view)
{
    const ProjectPlaces places = this->places();
    if (!places.isKnown())
        return;
    Place place = view->place();
    place.subject = places.value(placeKeyOf(view->name(), u"subject")).toByteArray();
    place.isFullSize = places.value(placeKeyOf(view->name(), u"fullSize")).toBool();
    if (!place.subject.isEmpty())
        view->showPlace(place);
    view->restoreSpot(jsonFrom(places.value(placeKeyOf(view->name(), u"spot"))));
}

void MainWindow::restoreWindows()
{
    if (!places().isKnown())
        return;
    const QJsonObject saved = jsonFrom(places().value(windowsKey));
    // A step or an attempt within what the view shows.
    if (const Selection chosen = selectionFromJson(saved["selection"_L1].toObject());
        chosen.kind != Selection::Kind::None)
        m_workspace.navigator.select(chosen);
    for (const QJsonValue &entry : saved["runs"_L1].toArray()) {
        const std::optional<devserver::RunId> run =
            devserver::RunId::fromText(entry["run"_L1].toString().toLatin1());
        if (run) {
            openRunWindow(*run);
            findChildren<RunWindow *>(QString(), Qt::FindDirectChildrenOnly)
                .back()
                ->restoreSpot(entry.toObject());
        }
    }
    if (const QDockWidget *panel = dock("inspector"_ba)) {
        if (auto *inspector = qobject_cast<Inspector *>(panel->widget()))
            inspector->restoreSpot(saved["inspector"_L1].toObject());
    }
    activateWindow();
}

void MainWindow::savePlaces(ProjectPlaces &places)
{
    for (const auto &[name, made] : m_views) {
        const Place place = made->place();
        places.setValue(placeKeyOf(name, u"subject"), place.subject);
        places.setValue(placeKeyOf(name, u"fullSize"), place.isFullSize);
        places.setValue(placeKeyOf(name, u"spot"), toBytes(made->saveSpot()));
    }
    QJsonObject windows;
    QJsonArray runs;
    for (const RunWindow *open : findChildren<RunWindow *>(QString(), Qt::FindDirectChildrenOnly))
        runs.append(open->saveSpot());
    windows.insert("runs"_L1, runs);
    windows.insert("selection"_L1, toJson(m_workspace.navigator.selection()));
    if (const QDockWidget *panel = dock("inspector"_ba)) {
        if (const auto *inspector = qobject_cast<Inspector *>(panel->widget()))
            windows.insert("inspector"_L1, inspector->saveSpot());
    }
    places.setValue(windowsKey, toBytes(windows));
    if (const qint64 born = m_workspace.context.backend.server().dataFileBornAt; born != 0)
        places.setValue(bornKey, born);
}

void MainWindow::forgetPlaces()
{
    ProjectPlaces places = this->places();
    for (const ViewEntry &entry : viewTable()) { // also of those that were not shown
        for (const QStringView what :
             {QStringView(u"subject"), QStringView(u"fullSize"), QStringView(u"spot")})
            places.setValue(placeKeyOf(entry.name, what), {});
    }
    places.setValue(windowsKey, {});
    places.setValue(bornKey, {}); // filters and order stay, whatever file is there next
}

void MainWindow::saveAll()
{
    settleLists(*this);
    saveState();
    m_workspace.savedViews.waitForWrites();
    m_workspace.paths.waitForWrites();
    m_workspace.muted.waitForWrites();
}

void MainWindow::openRun(devserver::RunId run)
{
    if (m_hasServed)
        m_workspace.navigator.openRun(run, true);
    else
        m_runToOpen = run;
}

void MainWindow::comeForward(devserver::RunId run)
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
    if (!run.isNull())
        openRun(run);
}

void MainWindow::closeNow()
{
    m_isQuitting = true;
    close();
}

WorkInFlight MainWindow::workInFlight() const
{
    const std::optional<devserver::api::Counters> &now = m_workspace.feed.counters();
    const devserver::api::ServerState server = m_workspace.context.backend.server();
    const bool isServing = server.phase == devserver::api::ServerPhase::Serving;
    return {.running = now && isServing ? now->running : 0, .isKept = !server.dataFile.isEmpty()};
}

bool MainWindow::asksBeforeEnd() const
{
    return workInFlight().running > 0 && m_workspace.settings.asksBeforeQuit();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_isQuitting && asksBeforeEnd()) {
        event->ignore();
        askToQuit(m_workspace.context, workInFlight(), this, [this] { closeNow(); });
        return;
    }
    settleLists(*this);
    saveState();
    if (m_isClearing)
        forgetPlaces();           // nobody is left to do so when it is done
    m_workspace.settings.write(); // a window that is opened next reads them
    QMainWindow::closeEvent(event);
}

bool MainWindow::event(QEvent *event)
{
    if (event->type() != QEvent::StatusTip)
        return QMainWindow::event(event);
    m_status->showHint(static_cast<QStatusTipEvent *>(event)->tip());
    return true;
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    // Not before the window is there: what belongs to it is kept in front of it then.
    QTimer::singleShot(0, this, &MainWindow::showFloatingDocks);
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::WindowStateChange)
        m_workspace.clock.setHidden(isMinimized());
    QMainWindow::changeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier)
        stepBack();
    else
        QMainWindow::keyPressEvent(event);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::MouseButtonPress || !watched->isWidgetType())
        return QMainWindow::eventFilter(watched, event);
    const auto *widget = static_cast<QWidget *>(watched);
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (widget->window() != this)
        return QMainWindow::eventFilter(watched, event);
    if (mouse->button() == Qt::BackButton) {
        goBack();
        return true;
    }
    if (mouse->button() == Qt::ForwardButton) {
        goForward();
        return true;
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace console
