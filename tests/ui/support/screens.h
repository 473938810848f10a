// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"

#include <QPointer>
#include <QTemporaryDir>
#include <QTranslator>

#include <memory>
#include <vector>

class QAbstractItemView;

namespace console::test {

/// A window, and what a person does to get to a state of it.
struct ScreenStage : WindowStage {
    ScreenStage();

    ~ScreenStage() { window.reset(); } // before its folder, which it would make again

    Q_DISABLE_COPY_MOVE(ScreenStage)

    /// By the keys of the view.
    void goTo(const QByteArray &view);
    /// The run with all of its parts in the whole central area.
    void openRun(devserver::RunId run);
    void click(const char *name);
    /// Into the middle of the cell.
    void click(QAbstractItemView *view, const QModelIndex &index,
               Qt::KeyboardModifiers modifiers = {});
    /// Clicks the row with this id of a long list.
    void pick(const char *table, const QByteArray &id);
    /// \a tabs  a QTabBar, or what has one; the tab whose title begins so.
    void openTab(const char *tabs, const QString &title);
    /// Key by key into what has the focus.
    void type(const QString &text);
    /// Into this widget, instead of what is there.
    void type(const char *widget, const QString &text);

    /// Puts the list of proposals away that may be open over a line.
    void closeList();

    /// What people do without a shortcut: the palette, the words of an action, Enter.
    void chooseInPalette(const QString &text);

    /// A key in a dialog or popup that has the focus.
    void keyTo(QWidget *widget, Qt::Key key, Qt::KeyboardModifiers modifiers = {});

    QTemporaryDir folder;                  ///< the project's is `shop` in it
    std::unique_ptr<QTranslator> language; ///< of the application, while this is there
    Scene scene;
    QPointer<QWidget> shown; ///< a dialog or another window; null: the window itself
};

/// One state of the window that people look at: its pictures (ui.md §27.3), and a round of what a
/// screen reader, a keyboard and an eye would miss in it.
struct Screen {
    const char *name;
    void (*fill)(ScreenStage &stage); ///< what the backend has before the window opens
    void (*open)(ScreenStage &stage); ///< keys and mouse
    QSize size = {1440, 900};         ///< of the window
};

/// All of them; tests/fixtures/screens.json says which pictures there are of each, if any.
[[nodiscard]] const std::vector<Screen> &screens();

/// Parts of them: runs and what inspects them; events and the composer; dead letters, what waits
/// and what was done; functions and apps; the settings and what is read in windows of its own; the
/// first start, and what keeps the server from running.
[[nodiscard]] std::vector<Screen> runScreens();
[[nodiscard]] std::vector<Screen> eventScreens();
[[nodiscard]] std::vector<Screen> letterScreens();
[[nodiscard]] std::vector<Screen> catalogScreens();
[[nodiscard]] std::vector<Screen> settingsScreens();
[[nodiscard]] std::vector<Screen> stateScreens();

/// What most of them show: the day of scene.h.
void fillDay(ScreenStage &stage);

/// Opens the window and goes there. \returns what is looked at.
[[nodiscard]] QWidget *openScreen(ScreenStage &stage, const Screen &screen);

} // namespace console::test
