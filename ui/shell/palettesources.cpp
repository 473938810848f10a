// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/palettesources.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/filtertext.h"
#include "ui/core/filtervalues.h"
#include "ui/core/format.h"
#include "ui/core/runwords.h"
#include "ui/core/savedviews.h"
#include "ui/shell/fuzzymatch.h"
#include "ui/shell/projectname.h"
#include "ui/shell/settingsdialog.h"
#include "ui/shell/shortcutmodel.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QCoreApplication>
#include <QTimer>

#include <array>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Palette", text);
}

struct Prefix {
    char16_t letter;
    PaletteScope scope;
    const char *meaning;
    const char *icon;
};

constexpr std::array<Prefix, 7> prefixes = {
    {{u'>', PaletteScope::Actions, QT_TRANSLATE_NOOP("Palette", "Actions"), "bolt"},
     {u'@', PaletteScope::Functions, QT_TRANSLATE_NOOP("Palette", "Functions"), "nav-functions"},
     {u'!', PaletteScope::Events, QT_TRANSLATE_NOOP("Palette", "Events by name"), "nav-events"},
     {u'#', PaletteScope::Ids, QT_TRANSLATE_NOOP("Palette", "Runs and events by ID"), "hash"},
     {u'*', PaletteScope::Saved, QT_TRANSLATE_NOOP("Palette", "Saved views"), "star"},
     {u':', PaletteScope::Time, QT_TRANSLATE_NOOP("Palette", "Runs at a time, such as :12:03"),
      "clock"},
     {u'?', PaletteScope::Help, "", ""}}};

bool filtersList(const QByteArray &action)
{
    return action == "list.only" || action == "list.not" || action == "list.aroundTime"
           || action.startsWith("list.same");
}

/// Lists do it themselves, with Enter.
bool opensRow(const QByteArray &action)
{
    return action == "run.open" || action == "dead.openRun";
}

/// Also what it is called while it says how much it works on: `Retry 5…` is `Retry group…`.
QString searchedText(const ActionSpec &spec, const QAction &action)
{
    const QString name = QCoreApplication::translate("Actions", spec.text);
    return action.text() == name ? name : action.text() + u' ' + name;
}

struct Collector {
    Context &context;
    const PaletteQuery &query;
    std::vector<PaletteItem> items = {};

    void add(PaletteItem item, const QString &searched)
    {
        const std::optional<int> score = fuzzyScore(query.text, searched);
        if (!score)
            return;
        item.score += *score;
        items.push_back(std::move(item));
    }

    void addActions()
    {
        for (const ActionSpec &spec : actionTable()) {
            if (spec.id == "go.palette" || !context.actions.isBound(spec.id))
                continue;
            QAction *action = context.actions.action(spec.id);
            QString reason;
            if (!action->isEnabled()) {
                reason = context.actions.reason(spec.id);
                if (reason.isEmpty())
                    reason = tr("Not possible here");
            }
            QString note;
            if (filtersList(spec.id)) // its words are those of a menu on a value
                note = tr("filter");
            else if (spec.scope == ActionScope::Pane) // what is zoomed, and what is copied
                note = areaWord(spec);
            if (action->isEnabled() && spec.id.startsWith("dead.") && spec.id.endsWith("Group"))
                note = tr("group");
            QKeySequence keys = action->shortcut();
            if (keys.isEmpty() && opensRow(spec.id))
                keys = Qt::Key_Enter;
            add({.key = "action/"_ba + spec.id,
                 .icon = context.actions.icon(spec.id),
                 .text = action->text(),
                 .keys = keys.toString(QKeySequence::NativeText),
                 .note = note,
                 .reason = reason,
                 .isOfPane = spec.scope == ActionScope::Pane,
                 // After the focus is back where it was: it decides what an action works on.
                 .run = [action] { QTimer::singleShot(0, action, &QAction::trigger); }},
                searchedText(spec, *action));
        }
    }

    /// Drafts that are kept in the project.
    void addFavourites()
    {
        for (const QString &name : context.navigator.favourites()) {
            add({.key = "favourite/"_ba + name.toUtf8(),
                 .icon = u"star-filled"_s,
                 .text = name,
                 .note = tr("favourite"),
                 .run = [&context = context, name] { context.navigator.composeFavourite(name); }},
                name);
        }
    }

    void addFunctions()
    {
        for (const devserver::Function &function : context.catalog.functions()) {
            const QByteArray slug = function.config.slug;
            const QString name = QString::fromUtf8(function.config.name);
            add({.key = "function/"_ba + slug,
                 .icon = u"nav-functions"_s,
                 .text = name,
                 .note = tr("function"),
                 .run = [&context = context, slug] { context.navigator.openFunction(slug); }},
                name + u' ' + QString::fromUtf8(slug));
        }
    }

    void addApps()
    {
        for (const devserver::App &app : context.catalog.apps()) {
            const QString name = QString::fromUtf8(app.name.isEmpty() ? app.url : app.name);
            add({.key = "app/"_ba + app.id.toText(),
                 .icon = u"nav-apps"_s,
                 .text = name,
                 .note = tr("app"),
                 .run =
                     [&context = context, id = app.id] {
                         context.navigator.go({.view = "apps"_ba, .subject = id.toText()});
                     }},
                name);
        }
    }

    void addEventNames(const devserver::api::EventNames &names)
    {
        for (const devserver::api::EventName &name : names.names) {
            const QString text = QString::fromUtf8(name.name);
            add({.key = "event/"_ba + name.name,
                 .icon = u"nav-events"_s,
                 .text = text,
                 .note = tr("events"),
                 .run =
                     [&context = context, text] {
                         context.navigator.go({.view = "events"_ba,
                                               .filter = filterTermText("event", {text.toUtf8()})});
                     }},
                text);
        }
    }

    void addSavedViews()
    {
        std::vector<SavedView> views = context.savedViews.own();
        const std::vector<SavedView> presets = SavedViews::presets();
        views.insert(views.end(), presets.begin(), presets.end());
        for (const SavedView &saved : views) {
            add({.key = "saved/"_ba + saved.view + '/' + saved.name.toUtf8(),
                 .icon = saved.isPreset ? u"star"_s : u"star-filled"_s,
                 .text = saved.name,
                 .note = saved.filter,
                 .run = [&context = context, saved] { context.navigator.openSavedView(saved); }},
                saved.name + u' ' + saved.filter);
        }
    }

    /// Runs, scrolled to what was queued last until then.
    void addTime()
    {
        const std::optional<devserver::TimePoint> time =
            parseFilterTime(query.text, context.backend.now());
        items.push_back({.key = "time"_ba,
                         .icon = u"clock"_s,
                         .text = time ? tr("Go to runs at %1").arg(query.text)
                                      : tr("A time, such as 12:03, yesterday or 2024-05-01"),
                         .note = time
                                     ? formatTime(*time, context.backend.now(), TimeStyle::Absolute)
                                     : QString(),
                         .reason = time ? QString() : tr("Write a time"),
                         .run = [&context = context, time] {
                             context.actions.action("go.runs"_ba)->trigger();
                             if (time)
                                 context.navigator.goToTime(*time);
                         }});
    }

    void addProjects()
    {
        for (const RecentProject &project : context.navigator.recentProjects()) {
            const QString name = projectName(project.dataFile);
            add({.key = "project/"_ba + project.dataFile.toUtf8(),
                 .icon = u"database"_s,
                 .text = tr("Open data file of %1").arg(name),
                 .note = tr("project"),
                 .reason = project.isThere ? QString() : tr("The file is not there any more"),
                 .run = [&context = context,
                         file = project.dataFile] { context.navigator.openProject(file); }},
                tr("Open data file of %1").arg(name) + u' ' + project.dataFile);
        }
    }

    void addSettings()
    {
        int page = 0;
        for (const QString &name : settingsPageNames()) {
            const QString text = tr("Settings: %1").arg(name);
            add({.key = "settings/"_ba + QByteArray::number(page),
                 .icon = u"settings"_s,
                 .text = text,
                 .note = tr("settings"),
                 .run =
                     [&context = context, page] {
                         openSettings(context, nullptr, static_cast<SettingsPage>(page));
                     }},
                text);
            ++page;
        }
    }

    void addHelp()
    {
        for (const Prefix &prefix : prefixes) {
            if (prefix.scope == PaletteScope::Help)
                continue;
            items.push_back(
                {.key = "help/"_ba + QByteArray::number(prefix.letter),
                 .icon = QString::fromLatin1(prefix.icon),
                 .text = u"%1   %2"_s.arg(QChar(prefix.letter))
                             .arg(QCoreApplication::translate("Palette", prefix.meaning)),
                 .prefix = QString(QChar(prefix.letter))});
        }
    }
};

} // namespace

PaletteQuery parsePaletteText(const QString &text)
{
    const QString trimmed = text.trimmed();
    for (const Prefix &prefix : prefixes) {
        if (trimmed.startsWith(QChar(prefix.letter)))
            return {.scope = prefix.scope, .text = trimmed.mid(1).trimmed()};
    }
    return {.scope = PaletteScope::All, .text = trimmed};
}

std::vector<PaletteItem> paletteItems(Context &context, const PaletteQuery &query,
                                      const devserver::api::EventNames &names)
{
    Collector found{.context = context, .query = query};
    switch (query.scope) {
    case PaletteScope::All:
        found.addActions();
        found.addFunctions();
        found.addApps();
        found.addEventNames(names);
        found.addFavourites();
        found.addSavedViews();
        found.addSettings();
        found.addProjects();
        break;
    case PaletteScope::Actions:
        found.addActions();
        break;
    case PaletteScope::Functions:
        found.addFunctions();
        break;
    case PaletteScope::Events:
        found.addEventNames(names);
        break;
    case PaletteScope::Ids:
        break; // asked from the engine
    case PaletteScope::Saved:
        found.addSavedViews();
        break;
    case PaletteScope::Time:
        found.addTime();
        break;
    case PaletteScope::Help:
        found.addHelp();
        break;
    }
    return std::move(found.items);
}

PaletteItem paletteItem(Context &context, const devserver::api::RunSummary &run)
{
    const DisplayState state = displayState(run);
    const WaitReason reason = waitReason(run);
    return {.key = "run/"_ba + run.id.toText(),
            .icon = stateIcon(state, reason),
            .tint = stateToken(state, reason),
            .text = u"%1  %2"_s.arg(shortId(run.id.toText()), QString::fromUtf8(run.functionName)),
            .note = u"%1 %2"_s.arg(stateWords(run), formatTime(run.queuedAt, context.backend.now(),
                                                               context.settings.timeStyle())),
            .run = [&context, id = run.id] { context.navigator.openRun(id); },
            .openWindow = [&context, id = run.id] { context.navigator.openRunWindow(id); }};
}

PaletteItem paletteItem(Context &context, const devserver::api::EventSummary &event)
{
    return {.key = "eventid/"_ba + event.internalId.toText(),
            .icon = u"nav-events"_s,
            .text = u"%1  %2"_s.arg(shortId(event.id), QString::fromUtf8(event.name)),
            .note = tr("event"),
            .run = [&context, id = event.internalId] { context.navigator.openEvent(id); }};
}

} // namespace console
