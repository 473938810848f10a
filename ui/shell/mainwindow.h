// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/clearing.h"
#include "ui/core/place.h"
#include "ui/shell/clearedfile.h"
#include "ui/shell/placehistory.h"
#include "ui/shell/quitquestion.h"
#include "ui/shell/windowoptions.h"
#include "ui/shell/workspace.h"

#include <QMainWindow>
#include <QTimer>

#include <map>

class QDockWidget;
class QStackedWidget;

namespace console {

class ColorLine;
class DockSizes;
class FileLook;
class InfoBarStack;
class LocationRow;
class Look;
class NavRail;
class PalettePopup;
class ProjectPlaces;
class RecentProjects;
class StatusLine;
class View;

/// Of the saved positions of docks; another one is not restored.
constexpr int dockLayoutVersion = 1;

/// The window: rail, views, docks, status bar. Views are made when they are first shown (ui.md §5).
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// \a backend and \a desktop outlive the window.
    MainWindow(devserver::api::ConsoleBackend &backend, const WindowOptions &options,
               Desktop &desktop);
    ~MainWindow() override;
    Q_DISABLE_COPY_MOVE(MainWindow)

    /// Shows a view with this filter and selection, and remembers it in the history.
    void go(const Place &place);
    void showView(const QByteArray &name);
    /// Its filter, columns and order.
    void showSavedView(const SavedView &saved);
    void goBack();
    void goForward();
    void showStartPage();
    void showPalette(const QString &text);
    /// One window per run: a second time it comes to the front.
    void openRunWindow(devserver::RunId run);
    /// \a step 1 or -1: the next or previous pane gets the focus.
    void walkPanes(int step);
    void togglePanel(const QByteArray &name);
    void showPanel(const QByteArray &name);
    void resetLayout();

    /// Null on a page that is no view.
    [[nodiscard]] View *currentView() const;
    [[nodiscard]] QDockWidget *dock(const QByteArray &panel) const;

    [[nodiscard]] const PlaceHistory &history() const { return m_history; }

    [[nodiscard]] Workspace &workspace() { return m_workspace; }

    [[nodiscard]] Look &look() const { return *m_look; }

    [[nodiscard]] NavRail &rail() const { return *m_rail; }

    [[nodiscard]] RecentProjects &recentProjects() const { return *m_recent; }

    /// Once the server serves: the run has the whole central area.
    void openRun(devserver::RunId run);
    /// In front of other windows; \a run null: as it is.
    void comeForward(devserver::RunId run);
    /// Without a question.
    void closeNow();
    /// A window has one data file as long as it lives: a window for this one takes its place.
    void openProject(const QString &dataFile);
    /// Any data file, also a new one.
    void chooseProject();
    /// Asks what is to be cleared, and does it.
    void chooseClearing();
    /// The window of a cleared file says what was done to it.
    void tellCleared(const ClearedFile &cleared);

    /// What the settings keep of this window; also done when it closes.
    void saveState();
    void forgetStates();

Q_SIGNALS:
    /// The server is stopped and its data file is a new one, of which this window knows nothing.
    void cleared(const console::ClearedFile &cleared);

protected:
    bool focusNextPrevChild(bool next) override;
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildFrame();
    void buildPanels();
    void listen();
    void restoreWindow();
    /// Where they were, but not before the window is there: they would lie behind it.
    void restoreDocks(const QByteArray &docks);
    void showFloatingDocks();
    [[nodiscard]] View *view(const QByteArray &name);
    void restoreView(View *view);
    void saveView(const View &view, ProjectPlaces &places);
    /// Selection, scrolling and further windows: of the data file that they were in, and not before
    /// the server can answer.
    void restorePlaces();
    void forgetOtherFile();
    void restorePlace(View *view);
    void restoreWindows();
    void savePlaces(ProjectPlaces &places);
    void saveAll();
    /// Of the data file that is open.
    [[nodiscard]] ProjectPlaces places();
    [[nodiscard]] WorkInFlight workInFlight() const;
    /// Runs are being executed, and people want to be asked then.
    [[nodiscard]] bool asksBeforeEnd() const;
    void buildProjects();
    /// What is kept beside the data file.
    void readProject(const QString &dataFile);
    void askToLeaveFor(const QString &dataFile);
    /// Another window, for \a dataFile, takes the place of this one.
    void leaveFor(const QString &dataFile);
    void clearData(devserver::api::ClearScope scope);
    /// What was chosen and open is not there any more.
    void forgetPlaces();
    void showPage(QWidget *page);
    void recordPlace();
    void jumpTo(const Place &place);
    void showPlaceWords();
    void showServer();
    /// What people do that may bring the inspector: another page, or something chosen on it.
    enum class Deed { None, Chose };

    /// Closes the inspector, unless it is pinned, as long as there is nothing to inspect: before
    /// the first run, on pages that are no views and in views without subjects. Afterwards it is as
    /// people left it; it does not come while they only look, or work in another pane.
    void placeInspector(Deed deed);
    /// Asked for from any window; a pinned one stays as it is, another window opens.
    void showInspector();
    void stepBack();

    Workspace m_workspace;
    Look *m_look;
    QMainWindow *m_inner = nullptr; ///< views and docks, right of the rail
    ColorLine *m_colorLine = nullptr;
    NavRail *m_rail = nullptr;
    LocationRow *m_location = nullptr;
    InfoBarStack *m_infoBars = nullptr;
    QStackedWidget *m_stack = nullptr;
    QWidget *m_trouble = nullptr; ///< stays once it was needed: it hears how its start went
    QWidget *m_start = nullptr;
    StatusLine *m_status = nullptr;
    PalettePopup *m_palette = nullptr;
    RecentProjects *m_recent = nullptr;
    FileLook *m_fileLook = nullptr;
    std::map<QByteArray, View *> m_views;
    std::map<QByteArray, QDockWidget *> m_docks;
    std::map<const QWidget *, Selection> m_selections; ///< of each page, for the inspector
    QByteArray m_defaultDocks;                         ///< state before anything was moved
    DockSizes *m_dockSizes = nullptr;
    QList<QDockWidget *> m_floatingDocks; ///< that come when the window is there
    QWidget *m_lastPage = nullptr;        ///< to come back to when the server runs again
    QWidget *m_shownPage = nullptr;       ///< the last one, or that of the trouble
    PlaceHistory m_history;
    QTimer m_placeTimer;
    devserver::RunId m_runToOpen; ///< as soon as the server serves
    bool m_isJumping = false;
    bool m_isLeaving = false; ///< what is selected is not that of the page any more
    bool m_hasServed = false; ///< so that places are known
    bool m_isQuitting = false;
    bool m_isClearing = false; ///< or has cleared its data: its places are those of nothing
    bool m_wantsInspector = true;
    bool m_isInspectorParked = false; ///< it would be open if there were something to inspect
};

} // namespace console
