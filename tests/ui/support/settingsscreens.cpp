// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/screens.h"

#include <QDialog>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

void settings(ScreenStage &stage)
{
    stage.key(Qt::Key_Comma, Qt::ControlModifier);
    stage.shown = child<QDialog>(stage.window.get(), "settingsDialog");
}

/// \a down  how often in the list of the pages
void settingsPage(ScreenStage &stage, int down)
{
    settings(stage);
    for (int i = 0; i < down; ++i)
        stage.keyTo(child<QWidget>(stage.shown, "settingsCategories"), Qt::Key_Down);
}

void settingsKeyboard(ScreenStage &stage)
{
    settingsPage(stage, 1);
}

void settingsEditor(ScreenStage &stage)
{
    settingsPage(stage, 2);
}

/// A path and sizes that are the same every time.
void stored(ScreenStage &stage)
{
    fillDay(stage);
    stage.backend.state.dataFile = u"/home/dev/shop/redrive.db"_s;
    constexpr qint64 kib = 1024;
    stage.backend.storage = {.events = 410 * kib,
                             .runs = 520 * kib,
                             .steps = 140 * kib,
                             .calls = 205 * kib,
                             .letters = 40 * kib,
                             .other = 70 * kib,
                             .free = 48 * kib};
}

/// Two loopback addresses, a name, an origin, and keys of both kinds.
void guarded(ScreenStage &stage)
{
    fillDay(stage);
    devserver::api::ServerAccess &access = stage.backend.state.access;
    access.addresses = {{.text = u"127.0.0.1:8288"_s, .isLoopback = true},
                        {.text = u"[::1]:8288"_s, .isLoopback = true}};
    access.hosts = {"build.example"_ba, "app.example.com"_ba};
    access.origins = {"https://app.example.com"_ba};
    access.eventKeys = {{.start = {}, .end = {}}, {.start = {}, .end = "4f0c"_ba}};
    access.eventKeysFrom = u"REDRIVE_EVENT_KEY"_s;
    access.signingKey = {.start = "signkey-test-"_ba, .end = "cdef"_ba};
    access.signingKeyFrom = u"--signing-key"_s;
    stage.backend.signingKey = "0123"_ba;
}

/// Other machines get in, and nobody is asked for a key.
void unguarded(ScreenStage &stage)
{
    fillDay(stage);
    stage.backend.state.access.addresses = {{.text = u"0.0.0.0:8288"_s, .isLoopback = false}};
}

void settingsData(ScreenStage &stage)
{
    settingsPage(stage, 3);
}

void settingsConfirmations(ScreenStage &stage)
{
    settingsPage(stage, 4);
}

void settingsSecurity(ScreenStage &stage)
{
    settingsPage(stage, 5);
}

void settingsKeyCompared(ScreenStage &stage)
{
    settingsSecurity(stage);
    QTest::keyClicks(child<QWidget>(stage.shown, "securityKey"), u"4567"_s);
    stage.keyTo(child<QWidget>(stage.shown, "securityKey"), Qt::Key_Return);
}

void manual(ScreenStage &stage)
{
    stage.goTo("dead"_ba);
    stage.key(Qt::Key_F1);
    stage.shown = child<QWidget>(stage.window.get(), "manualWindow");
}

void about(ScreenStage &stage)
{
    stage.key(Qt::Key_K, Qt::ControlModifier);
    stage.type(u">about"_s);
    stage.key(Qt::Key_Return);
    stage.shown = child<QDialog>(stage.window.get(), "aboutDialog");
}

void shortcuts(ScreenStage &stage)
{
    stage.key(Qt::Key_F1, Qt::ControlModifier);
    stage.shown = child<QDialog>(stage.window.get(), "shortcutSheet");
}

void clearData(ScreenStage &stage)
{
    stage.chooseInPalette(u"Clear data…"_s);
    stage.shown = child<QDialog>(stage.window.get(), "clearDialog");
    QTest::keyClicks(child<QWidget>(stage.shown, "clearName"), u"shop"_s);
}

} // namespace

std::vector<Screen> settingsScreens()
{
    return {
        {"settings", fillDay, settings},
        {"settings_keyboard", fillDay, settingsKeyboard},
        {"settings_editor", fillDay, settingsEditor},
        {"settings_data", stored, settingsData},
        {"settings_confirmations", fillDay, settingsConfirmations},
        {"settings_security", guarded, settingsSecurity},
        {"settings_security_key", guarded, settingsKeyCompared},
        {"settings_security_open", unguarded, settingsSecurity},
        {"clear_data", fillDay, clearData},
        {"shortcut_sheet", fillDay, shortcuts},
        {"manual", fillDay, manual},
        {"about", fillDay, about},
    };
}

} // namespace console::test
