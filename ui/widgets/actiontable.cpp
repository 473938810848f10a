// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/actionregistry.h"

#include <QtGlobal>

namespace console {

using namespace Qt::StringLiterals;

/// Everything that people can do, in the order of the menus and of the shortcut sheet.
const std::vector<ActionSpec> &actionTable()
{
    using enum ActionScope;
    static const std::vector<ActionSpec> table = {
        // File
        {"event.new"_ba, QT_TRANSLATE_NOOP("Actions", "New event"), "plus", "Ctrl+N", Window,
         "File"},
        {"event.sendLast"_ba, QT_TRANSLATE_NOOP("Actions", "Send the last event again"), "send",
         "Ctrl+Shift+N", Window, "File"},
        {"app.add"_ba, QT_TRANSLATE_NOOP("Actions", "Add app…"), "plug", "", Window, "File"},
        {"sample.toggle"_ba, QT_TRANSLATE_NOOP("Actions", "Start the sample functions"), "flask",
         "", Window, "File"},
        {"server.start"_ba, QT_TRANSLATE_NOOP("Actions", "Start server"), "play", "", Window,
         "File"},
        {"server.stop"_ba, QT_TRANSLATE_NOOP("Actions", "Stop server"), "stop", "", Window, "File"},
        {"window.settings"_ba, QT_TRANSLATE_NOOP("Actions", "Settings…"), "settings", "Ctrl+,",
         Window, "File"},
        {"window.quit"_ba, QT_TRANSLATE_NOOP("Actions", "Quit"), "", "Ctrl+Q", Window, "File"},
        // View
        {"view.rail"_ba, QT_TRANSLATE_NOOP("Actions", "Navigation labels"), "", "Ctrl+B", Window,
         "View"},
        {"view.inspector"_ba, QT_TRANSLATE_NOOP("Actions", "Inspector"), "panel-right", "Ctrl+I",
         Window, "View"},
        {"view.composer"_ba, QT_TRANSLATE_NOOP("Actions", "Composer"), "panel-bottom", "Ctrl+J",
         Window, "View"},
        {"view.detailPosition"_ba, QT_TRANSLATE_NOOP("Actions", "Run details beside the list"), "",
         "", Window, "View"},
        {"view.theme"_ba, QT_TRANSLATE_NOOP("Actions", "Dark theme"), "moon", "Ctrl+Shift+D",
         Window, "View"},
        {"view.timeStyle"_ba, QT_TRANSLATE_NOOP("Actions", "Times: relative, absolute, UTC"),
         "clock", "Ctrl+T", Window, "View"},
        {"view.live"_ba, QT_TRANSLATE_NOOP("Actions", "Pause live updates"), "pause",
         "Ctrl+Shift+L", Window, "View"},
        {"view.larger"_ba, QT_TRANSLATE_NOOP("Actions", "Larger text"), "",
         "Ctrl++; Ctrl+=", Window, "View"},
        {"view.smaller"_ba, QT_TRANSLATE_NOOP("Actions", "Smaller text"), "", "Ctrl+-", Window,
         "View"},
        {"view.fullScreen"_ba, QT_TRANSLATE_NOOP("Actions", "Full screen"), "", "F11", Window,
         "View"},
        {"view.resetLayout"_ba, QT_TRANSLATE_NOOP("Actions", "Reset layout"), "", "", Window,
         "View"},
        // Go
        {"go.runs"_ba, QT_TRANSLATE_NOOP("Actions", "Runs"), "nav-runs", "Ctrl+1", Window, "Go"},
        {"go.events"_ba, QT_TRANSLATE_NOOP("Actions", "Events"), "nav-events", "Ctrl+2", Window,
         "Go"},
        {"go.dead"_ba, QT_TRANSLATE_NOOP("Actions", "Dead letters"), "nav-dead", "Ctrl+3", Window,
         "Go"},
        {"go.waiting"_ba, QT_TRANSLATE_NOOP("Actions", "Waiting"), "nav-waiting", "Ctrl+4", Window,
         "Go"},
        {"go.functions"_ba, QT_TRANSLATE_NOOP("Actions", "Functions"), "nav-functions", "Ctrl+5",
         Window, "Go"},
        {"go.apps"_ba, QT_TRANSLATE_NOOP("Actions", "Apps"), "nav-apps", "Ctrl+7", Window, "Go"},
        {"go.activity"_ba, QT_TRANSLATE_NOOP("Actions", "Activity"), "nav-activity", "Ctrl+0",
         Window, "Go"},
        {"go.palette"_ba, QT_TRANSLATE_NOOP("Actions", "Command palette…"), "search",
         "Ctrl+K; Ctrl+Shift+P", Window, "Go"},
        {"go.id"_ba, QT_TRANSLATE_NOOP("Actions", "Go to id…"), "", "Ctrl+G", Window, "Go"},
        {"go.filter"_ba, QT_TRANSLATE_NOOP("Actions", "Filter"), "filter", "Ctrl+F", Window, "Go"},
        {"go.back"_ba, QT_TRANSLATE_NOOP("Actions", "Back"), "arrow-left", "Alt+Left", Window,
         "Go"},
        {"go.forward"_ba, QT_TRANSLATE_NOOP("Actions", "Forward"), "arrow-right", "Alt+Right",
         Window, "Go"},
        {"go.nextPane"_ba, QT_TRANSLATE_NOOP("Actions", "Next pane"), "", "F6", Window, "Go"},
        {"go.previousPane"_ba, QT_TRANSLATE_NOOP("Actions", "Previous pane"), "", "Shift+F6",
         Window, "Go"},
        // Run
        {"run.open"_ba, QT_TRANSLATE_NOOP("Actions", "Open"), "maximize", "", Pane, "Run"},
        {"run.openWindow"_ba, QT_TRANSLATE_NOOP("Actions", "Open in new window"), "external",
         "Ctrl+Return", Pane, "Run"},
        {"run.retry"_ba, QT_TRANSLATE_NOOP("Actions", "Retry"), "retry", "Shift+R", Pane, "Run"},
        {"run.retryNow"_ba, QT_TRANSLATE_NOOP("Actions", "Retry now"), "retry-now", "T", Pane,
         "Run"},
        {"run.rerun"_ba, QT_TRANSLATE_NOOP("Actions", "Rerun"), "rerun", "R", Pane, "Run"},
        {"run.rerunWatch"_ba, QT_TRANSLATE_NOOP("Actions", "Rerun and watch"), "rerun",
         "Ctrl+Shift+R", Pane, "Run"},
        {"run.skip"_ba, QT_TRANSLATE_NOOP("Actions", "Skip sleep"), "skip", "K", Pane, "Run"},
        {"run.cancel"_ba, QT_TRANSLATE_NOOP("Actions", "Cancel"), "cancel", "Ctrl+.", Pane, "Run"},
        {"run.copyId"_ba, QT_TRANSLATE_NOOP("Actions", "Copy ID"), "copy", "C", Pane, "Run"},
        {"run.goEvent"_ba, QT_TRANSLATE_NOOP("Actions", "Go to trigger event"), "", "", Pane,
         "Run"},
        {"run.goFunction"_ba, QT_TRANSLATE_NOOP("Actions", "Go to function"), "", "", Pane, "Run"},
        // lists
        {"list.only"_ba, QT_TRANSLATE_NOOP("Actions", "Only this value"), "filter", "=", Pane},
        {"list.not"_ba, QT_TRANSLATE_NOOP("Actions", "Not this value"), "", "-", Pane},
        {"list.sameError"_ba, QT_TRANSLATE_NOOP("Actions", "Same error"), "", "", Pane},
        {"list.copy"_ba, QT_TRANSLATE_NOOP("Actions", "Copy rows"), "copy", "Ctrl+C", Pane},
        {"list.follow"_ba, QT_TRANSLATE_NOOP("Actions", "Follow new rows"), "", ".", Pane},
        // Events
        {"event.sendAgain"_ba, QT_TRANSLATE_NOOP("Actions", "Send again"), "send", "R", Pane,
         "Events"},
        {"event.editSend"_ba, QT_TRANSLATE_NOOP("Actions", "Edit and send"), "edit", "E", Pane,
         "Events"},
        {"event.copyId"_ba, QT_TRANSLATE_NOOP("Actions", "Copy event ID"), "copy", "C", Pane,
         "Events"},
        {"event.copyJson"_ba, QT_TRANSLATE_NOOP("Actions", "Copy as JSON"), "", "", Pane, "Events"},
        {"event.copyCurl"_ba, QT_TRANSLATE_NOOP("Actions", "Copy as curl"), "", "", Pane, "Events"},
        {"event.goRuns"_ba, QT_TRANSLATE_NOOP("Actions", "Go to runs"), "", "", Pane, "Events"},
        // Dead letters
        {"dead.retry"_ba, QT_TRANSLATE_NOOP("Actions", "Retry"), "retry", "Shift+R", Pane,
         "Letters"},
        {"dead.retryGroup"_ba, QT_TRANSLATE_NOOP("Actions", "Retry group…"), "retry", "", Pane,
         "Letters"},
        {"dead.edit"_ba, QT_TRANSLATE_NOOP("Actions", "Edit and retry…"), "edit", "E", Pane,
         "Letters"},
        {"dead.discard"_ba, QT_TRANSLATE_NOOP("Actions", "Discard…"), "trash", "Del", Pane,
         "Letters"},
        {"dead.undo"_ba, QT_TRANSLATE_NOOP("Actions", "Undo discard"), "undo", "Ctrl+Z", Pane,
         "Letters"},
        {"dead.restore"_ba, QT_TRANSLATE_NOOP("Actions", "Restore"), "undo", "", Pane, "Letters"},
        {"dead.openRun"_ba, QT_TRANSLATE_NOOP("Actions", "Open run"), "maximize", "", Pane,
         "Letters"},
        {"dead.copyId"_ba, QT_TRANSLATE_NOOP("Actions", "Copy run ID"), "copy", "C", Pane,
         "Letters"},
        // Functions and apps
        {"function.invoke"_ba, QT_TRANSLATE_NOOP("Actions", "Invoke…"), "play", "", Pane},
        {"function.sample"_ba, QT_TRANSLATE_NOOP("Actions", "Send sample event…"), "send", "",
         Pane},
        {"function.runs"_ba, QT_TRANSLATE_NOOP("Actions", "Open runs"), "nav-runs", "", Pane},
        {"app.sync"_ba, QT_TRANSLATE_NOOP("Actions", "Sync now"), "refresh", "F5", Pane},
        {"app.remove"_ba, QT_TRANSLATE_NOOP("Actions", "Remove app"), "trash", "Del", Pane},
        // Help
        {"help.shortcuts"_ba, QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"), "keyboard",
         "Ctrl+F1", Window, "Help"},
        {"help.start"_ba, QT_TRANSLATE_NOOP("Actions", "Getting started"), "help", "F1", Window,
         "Help"},
        {"help.about"_ba, QT_TRANSLATE_NOOP("Actions", "About Redrive"), "", "", Window, "Help"},
    };
    return table;
}

} // namespace console
