// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/menus.h"

#include "ui/shell/viewtable.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>
#include <array>
#include <set>

namespace console {

using namespace Qt::StringLiterals;

namespace {

/// Name in the table and what people read; `&` gives each menu its own letter.
struct MenuTitle {
    const char *name;
    const char *title;
    const char *within = ""; ///< the menu at whose end it is; empty: in the bar
    const char *after = "";  ///< in there behind this action instead
};

constexpr std::array<MenuTitle, 12> menus = {
    {{"File", QT_TRANSLATE_NOOP("Menus", "&File")},
     {"Recent", QT_TRANSLATE_NOOP("Menus", "Open &recent"), "File", "project.open"},
     {"App", QT_TRANSLATE_NOOP("Menus", "&App"), "File", "app.add"},
     {"View", QT_TRANSLATE_NOOP("Menus", "&View")},
     {"Go", QT_TRANSLATE_NOOP("Menus", "&Go")},
     {"Run", QT_TRANSLATE_NOOP("Menus", "&Run")},
     {"Timeline", QT_TRANSLATE_NOOP("Menus", "&Timeline"), "Run"},
     {"Function", QT_TRANSLATE_NOOP("Menus", "&Function"), "Run"},
     {"Events", QT_TRANSLATE_NOOP("Menus", "&Events")},
     {"Letters", QT_TRANSLATE_NOOP("Menus", "&Dead letters")},
     {"Activity", QT_TRANSLATE_NOOP("Menus", "&Activity"), "Letters"},
     {"Help", QT_TRANSLATE_NOOP("Menus", "&Help")}}};

/// A line is drawn before each of these.
const std::set<QByteArray> &groupStarts()
{
    static const std::set<QByteArray> starts = {
        "app.add"_ba,         "server.start"_ba,     "window.settings"_ba,
        "window.quit"_ba,     "view.theme"_ba,       "view.detailPosition"_ba,
        "view.live"_ba,       "view.larger"_ba,      "go.palette"_ba,
        "view.fullScreen"_ba, "view.resetLayout"_ba, "go.filter"_ba,
        "go.back"_ba,         "go.nextPane"_ba,      "run.retry"_ba,
        "run.skip"_ba,        "run.copyId"_ba,       "event.copyId"_ba,
        "event.goRuns"_ba,    "dead.discard"_ba,     "dead.openRun"_ba,
        "help.about"_ba,      "attempts.compare"_ba, "timeline.earlier"_ba,
        "timeline.axis"_ba,   "timeline.unfold"_ba,  "timeline.nextFailed"_ba,
        "timeline.card"_ba,   "project.open"_ba,     "sample.sendEach"_ba,
        "function.runs"_ba,   "app.remove"_ba,       "activity.stop"_ba};
    return starts;
}

/// Ways to views and panels that this program does not have are no entries.
bool isThere(const ActionSpec &spec)
{
    const auto leadsTo = [&](const auto &entry) { return entry.action == spec.id; };
    static const std::set<QByteArray> panels = {"view.inspector"_ba, "view.composer"_ba};
    static const std::set<QByteArray> views = {"go.runs"_ba,    "go.events"_ba,    "go.dead"_ba,
                                               "go.waiting"_ba, "go.functions"_ba, "go.apps"_ba,
                                               "go.activity"_ba};
    if (panels.contains(spec.id))
        return std::any_of(panelTable().begin(), panelTable().end(), leadsTo);
    if (views.contains(spec.id))
        return std::any_of(viewTable().begin(), viewTable().end(), leadsTo);
    return true;
}

void insertAt(const MenuTitle &title, QMenu *menu, QMenu &outer, const ActionRegistry &actions)
{
    if (*title.after == '\0') {
        if (outer.actions().constLast()->menu() == nullptr)
            outer.addSeparator();
        outer.addMenu(menu);
        return;
    }
    const QList<QAction *> there = outer.actions();
    const qsizetype at = there.indexOf(actions.action(QByteArray(title.after)));
    outer.insertMenu(there.value(at + 1), menu);
}

} // namespace

QMenuBar *makeMenuBar(Context &context, QWidget *parent)
{
    auto *bar = new QMenuBar(parent);
    bar->setObjectName(u"menuBar"_s);
    bar->setAccessibleName(QCoreApplication::translate("Menus", "Menus"));
    for (const MenuTitle &title : menus) {
        const QString words = QCoreApplication::translate("Menus", title.title);
        auto *outer = bar->findChild<QMenu *>(u"menu"_s + QString::fromLatin1(title.within));
        QMenu *menu = outer == nullptr ? bar->addMenu(words) : new QMenu(words, outer);
        if (outer != nullptr)
            insertAt(title, menu, *outer, context.actions);
        menu->setObjectName(u"menu"_s + QString::fromLatin1(title.name));
        menu->setToolTipsVisible(true);
        for (const ActionSpec &spec : actionTable()) {
            if (QLatin1StringView(spec.menu) != QLatin1StringView(title.name) || !isThere(spec))
                continue;
            if (groupStarts().contains(spec.id) && !menu->isEmpty())
                menu->addSeparator();
            menu->addAction(context.actions.action(spec.id));
        }
        QObject::connect(menu, &QMenu::aboutToShow, &context.actions, &ActionRegistry::refresh);
    }
    const auto showIcon = [&context](const QByteArray &id) {
        context.actions.action(id)->setIcon(context.icons.icon(context.actions.icon(id)));
    };
    for (const ActionSpec &spec : actionTable())
        showIcon(spec.id);
    QObject::connect(&context.actions, &ActionRegistry::iconChanged, bar, showIcon);
    return bar;
}

} // namespace console
