// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/uifixture.h"
#include "ui/widgets/view.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>

/// What a test of one part starts from, where another part, an earlier start or the desktop would
/// have done it. What is tested is done by keys and mouse: tests/checks/uievents.py lets these
/// calls stand nowhere else.
namespace console::test::arrange {

/// The window goes there: by its history, a link of another view or what the last start left.
inline void place(View &view, const Place &place)
{
    view.showPlace(place);
}

/// What a widget of the test itself says.
inline void words(QAbstractButton &button, const QString &words)
{
    button.setText(words);
}

inline void words(QPlainTextEdit &edit, const QString &words)
{
    edit.setPlainText(words);
}

/// The palette asked the list of runs to go to this time.
inline void runsAt(UiFixture &ui, devserver::TimePoint time)
{
    ui.navigator.goToTime(time);
}

/// A link of the desktop, or `redrive open run ID`, leads to this run.
template<typename Window>
void run(Window &window, devserver::RunId id)
{
    window.openRun(id);
}

/// Another pane selected this.
inline void selection(UiFixture &ui, const Selection &selection)
{
    ui.navigator.select(selection);
}

/// Another view asked the composer to take this; without a name: Ctrl+N in the window.
inline void draft(UiFixture &ui, const QByteArray &name = {}, const QByteArray &dataJson = {},
                  const QByteArray &userJson = {})
{
    ui.navigator.composeEvent(name, dataJson, userJson);
}

/// The list of events asked the composer to keep this one.
inline void favourite(UiFixture &ui, const QByteArray &name, const QByteArray &dataJson,
                      const QByteArray &userJson = {})
{
    ui.navigator.keepFavourite(name, dataJson, userJson);
}

/// The Functions view asked the composer to invoke this.
inline void invocation(UiFixture &ui, const QByteArray &slug)
{
    ui.navigator.composeInvoke(slug);
}

/// Another program has put this into the clipboard.
inline void clipboard(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

/// Chosen in the settings earlier.
inline void editorCommand(UiFixture &ui, const QString &command)
{
    ui.settings.setEditorCommand(command);
}

/// As an earlier version left it.
inline void earlierSetting(UiFixture &ui, const QString &key, const QByteArray &value)
{
    ui.settings.setValue(key, value);
}

inline void timeStyle(UiFixture &ui, TimeStyle style)
{
    ui.settings.setTimeStyle(style);
}

inline void reducedMotion(UiFixture &ui, bool isOn)
{
    ui.settings.setReducesMotion(isOn);
}

inline void singleKeys(UiFixture &ui, bool areOn)
{
    ui.settings.setSingleKeys(areOn);
    ui.actions.setSingleKeys(areOn); // as the window does
}

} // namespace console::test::arrange
