// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/windowactions.h"

#include "devserver/api/consolebackend.h"
#include "ui/shell/about.h"
#include "ui/shell/cleardialog.h"
#include "ui/shell/look.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/manual.h"
#include "ui/shell/navrail.h"
#include "ui/shell/recentprojects.h"
#include "ui/shell/savedviewsmenu.h"
#include "ui/shell/settingsdialog.h"
#include "ui/shell/shortcutsheet.h"
#include "ui/shell/viewtable.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/sampleevents.h"
#include "ui/widgets/sampleload.h"
#include "ui/widgets/view.h"

#include <QAction>
#include <QApplication>
#include <QCoreApplication>
#include <QDockWidget>
#include <QLineEdit>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::Done;
using devserver::api::ServerPhase;

namespace {

constexpr int fontStep = 10; // percent

QString tr(const char *text)
{
    return QCoreApplication::translate("WindowActions", text);
}

/// Binds to the window as a whole.
struct Binder {
    MainWindow &window;

    void operator()(const char *id, ActionRegistry::Run run, ActionRegistry::Check check = {}) const
    {
        window.workspace().actions.bind(QByteArray(id), &window, std::move(run), std::move(check));
    }
};

/// An answer that only matters if it is a refusal.
void ask(MainWindow &window, const QString &what, devserver::api::Reply *reply)
{
    devserver::api::then<Done>(
        reply, &window, [](const Done &) {},
        [&window, what](const devserver::Error &error) {
            if (View *view = window.currentView())
                view->showError("window"_ba, what, error);
        });
}

/// Runs that are being executed go on afterwards: to the engine it is a stop and a start.
void restartServer(MainWindow &window)
{
    devserver::api::ConsoleBackend &backend = window.workspace().context.backend;
    devserver::api::then<Done>(
        backend.stopServer(), &window,
        [&window, &backend, port = backend.server().port](const Done &) {
            ask(window, tr("Restart server"), backend.startServer(port));
        },
        [&window](const devserver::Error &error) {
            if (View *view = window.currentView())
                view->showError("window"_ba, tr("Restart server"), error);
        });
}

/// Where an address is written.
void addApp(MainWindow &window)
{
    window.showView("apps"_ba);
    if (auto *line = window.currentView()->findChild<QWidget *>(u"appsAddress"_s))
        line->setFocus(Qt::ShortcutFocusReason);
}

void sayInView(const MainWindow &window, const QString &text)
{
    if (const View *view = window.currentView())
        view->infoBars().show({.id = "sample"_ba,
                               .kind = InfoKind::Success,
                               .text = text,
                               .buttons = {},
                               .details = {},
                               .lasts = passingBar});
}

/// The first page, which has them as buttons, goes with the first run.
void bindSample(const Binder &bind)
{
    MainWindow &window = bind.window;
    Context &context = window.workspace().context;
    const auto isThere = [&context](const QString &text) {
        const devserver::api::ServerState server = context.backend.server();
        const bool isServing = server.phase == ServerPhase::Serving;
        return Availability{.isEnabled = isServing && server.hasSample,
                            .reason = isServing ? tr("The sample functions are not started")
                                                : tr("The server does not run"),
                            .text = text};
    };
    bind(
        "sample.sendEach",
        [&window, &context] {
            devserver::api::then<devserver::api::Sent>(
                context.backend.send(oneOfEachSample()), &window,
                [&window](const devserver::api::Sent &) {
                    sayInView(window, tr("One of each sample event is sent."));
                },
                [&window](const devserver::Error &error) {
                    if (View *view = window.currentView())
                        view->showError("window"_ba, tr("The events were not sent"), error);
                });
        },
        [isThere] { return isThere({}); });
    SampleLoad &load = SampleLoad::of(context);
    QObject::connect(&load, &SampleLoad::changed, &context.actions, &ActionRegistry::refresh);
    bind(
        "sample.sendMany",
        [&window, &load] {
            if (load.isRunning()) {
                load.stop();
                return;
            }
            load.start();
            sayInView(window, tr("%1 orders a second are being sent for %2 s; Activity shows how "
                                 "far they are.")
                                  .arg(SampleLoad::perSecond)
                                  .arg(SampleLoad::seconds));
        },
        [isThere, &load] {
            return isThere(load.isRunning() ? tr("Stop sending sample events") : QString());
        });
}

void bindServer(const Binder &bind)
{
    MainWindow &window = bind.window;
    devserver::api::ConsoleBackend &backend = window.workspace().context.backend;
    bind(
        "server.start",
        [&window, &backend] {
            ask(window, tr("Start server"), backend.startServer(backend.server().port));
        },
        [&backend] {
            const ServerPhase phase = backend.server().phase;
            return Availability{.isEnabled =
                                    phase == ServerPhase::Stopped || phase == ServerPhase::Failed,
                                .reason = tr("The server runs"),
                                .text = {}};
        });
    bind(
        "server.stop",
        [&window, &backend] { ask(window, tr("Stop server"), backend.stopServer()); },
        [&backend] {
            return Availability{.isEnabled = backend.server().phase == ServerPhase::Serving,
                                .reason = tr("The server does not run"),
                                .text = {}};
        });
    bind(
        "server.restart", [&window] { restartServer(window); },
        [&backend] {
            return Availability{.isEnabled = backend.server().phase == ServerPhase::Serving,
                                .reason = tr("The server does not run"),
                                .text = {}};
        });
}

void bindFile(const Binder &bind)
{
    MainWindow &window = bind.window;
    Context &context = window.workspace().context;
    devserver::api::ConsoleBackend &backend = context.backend;
    if (window.dock("composer"_ba) != nullptr)
        bind(
            "event.new", [&context] { context.navigator.composeEvent(); },
            [&backend] {
                return Availability{.isEnabled = backend.server().phase != ServerPhase::Failed,
                                    .reason = tr("The server has failed"),
                                    .text = {}};
            });
    bind("app.add", [&window] { addApp(window); });
    bind(
        "sample.toggle",
        [&window, &backend] {
            ask(window, tr("Sample functions"), backend.setSample(!backend.server().hasSample));
        },
        [&backend] {
            const devserver::api::ServerState state = backend.server();
            return Availability{.isEnabled = state.phase == ServerPhase::Serving,
                                .reason = tr("The server does not run"),
                                .text =
                                    state.hasSample ? tr("Stop the sample functions") : QString()};
        });
    bind("project.open", [&window] { window.chooseProject(); });
    bind(
        "project.clearRecent", [&window] { window.recentProjects().clear(); },
        [&window] {
            return Availability{.isEnabled = !window.recentProjects().isEmpty(),
                                .reason = tr("No other data file was open before"),
                                .text = {}};
        });
    bind(
        "project.clear", [&window] { window.chooseClearing(); },
        [&backend] { return clearAvailability(backend.server()); });
    bind("window.settings", [&window] { openSettings(window.workspace().context, &window); });
    bind("window.quit", [&window] { window.close(); });
}

void bindLook(const Binder &bind)
{
    MainWindow &window = bind.window;
    Workspace &workspace = window.workspace();
    Settings &settings = workspace.settings;
    bind(
        "view.theme", [&window] { window.look().toggleDark(); },
        [&workspace] {
            return Availability{.isEnabled = true,
                                .reason = {},
                                .text = workspace.theme.isDark() ? tr("Light theme") : QString(),
                                .icon = workspace.theme.isDark() ? u"sun"_s : u"moon"_s};
        });
    bind("view.timeStyle", [&settings] {
        switch (settings.timeStyle()) {
        case TimeStyle::Relative:
            settings.setTimeStyle(TimeStyle::Absolute);
            break;
        case TimeStyle::Absolute:
            settings.setTimeStyle(TimeStyle::Utc);
            break;
        case TimeStyle::Utc:
            settings.setTimeStyle(TimeStyle::Relative);
            break;
        }
    });
    bind(
        "view.live", [&workspace] { workspace.feed.setPaused(!workspace.feed.isPaused()); },
        [&workspace] {
            return Availability{.isEnabled = true,
                                .reason = {},
                                .text = workspace.feed.isPaused() ? tr("Resume live updates")
                                                                  : QString(),
                                .icon = workspace.feed.isPaused() ? u"play"_s : u"pause"_s};
        });
    bind("view.larger",
         [&settings] { settings.setFontPercent(settings.fontPercent() + fontStep); });
    bind("view.smaller",
         [&settings] { settings.setFontPercent(settings.fontPercent() - fontStep); });
    bind(
        "view.wrapLines", [&settings] { settings.setWrapsLines(!settings.wrapsLines()); },
        [&settings] {
            return Availability{.isEnabled = true,
                                .reason = {},
                                .text =
                                    settings.wrapsLines() ? tr("Do not wrap lines") : QString()};
        });
}

void bindLayout(const Binder &bind)
{
    MainWindow &window = bind.window;
    bind("view.rail", [&window] { window.rail().setLabelsShown(!window.rail().areLabelsShown()); });
    for (const PanelEntry &entry : panelTable())
        window.workspace().actions.bind(entry.action, &window,
                                        [&window, name = entry.name] { window.togglePanel(name); });
    bind("view.fullScreen",
         [&window] { window.setWindowState(window.windowState() ^ Qt::WindowFullScreen); });
    bind("view.resetLayout", [&window] { window.resetLayout(); });
}

void bindSavedViews(const Binder &bind)
{
    MainWindow &window = bind.window;
    bind(
        "filter.save", [&window] { openSaveView(window); },
        [&window] {
            const FilterEdit *edit = filterOf(window);
            return Availability{.isEnabled = edit != nullptr && !edit->text().trimmed().isEmpty()
                                             && !edit->error(),
                                .reason = edit == nullptr          ? tr("There is no filter here")
                                          : edit->text().isEmpty() ? tr("The filter is empty")
                                                                   : tr("The filter is wrong"),
                                .text = {}};
        });
    bind(
        "filter.views", [&window] { openSavedViewsMenu(window); },
        [&window] {
            return Availability{.isEnabled = filterOf(window) != nullptr,
                                .reason = tr("There is no filter here"),
                                .text = {}};
        });
}

void bindGo(const Binder &bind)
{
    MainWindow &window = bind.window;
    const devserver::api::ConsoleBackend &backend = window.workspace().context.backend;
    for (const ViewEntry &entry : viewTable())
        window.workspace().actions.bind(
            entry.action, &window, [&window, name = entry.name] { window.showView(name); },
            [&backend] {
                return Availability{.isEnabled = backend.server().phase != ServerPhase::Failed,
                                    .reason = tr("The server has failed"),
                                    .text = {}};
            });
    bind("go.palette", [&window] { window.showPalette({}); });
    bind("go.id", [&window] { window.showPalette(u"#"_s); });
    bind(
        "go.filter",
        [&window] {
            QWidget *line = window.currentView()->filterLine();
            if (line == nullptr)
                return; // the first run is on its way
            line->setFocus(Qt::ShortcutFocusReason);
            if (auto *edit = qobject_cast<QLineEdit *>(line))
                edit->selectAll();
        },
        [&window] {
            const View *view = window.currentView();
            return Availability{.isEnabled = view != nullptr && view->filterLine() != nullptr,
                                .reason = tr("There is no filter here"),
                                .text = {}};
        });
    bindSavedViews(bind);
    bind(
        "go.back", [&window] { window.goBack(); },
        [&window] {
            return Availability{.isEnabled = window.history().canGoBack(),
                                .reason = tr("Nothing to go back to"),
                                .text = {}};
        });
    bind(
        "go.forward", [&window] { window.goForward(); },
        [&window] {
            return Availability{.isEnabled = window.history().canGoForward(),
                                .reason = tr("Nothing ahead"),
                                .text = {}};
        });
    bind("go.nextPane", [&window] { window.walkPanes(1); });
    bind("go.previousPane", [&window] { window.walkPanes(-1); });
}

void bindHelp(const Binder &bind)
{
    MainWindow &window = bind.window;
    bind("help.manual",
         [&window] { openManual(window.workspace().context, &window, manualSection(window)); });
    QObject::connect(&window.workspace().navigator, &Navigator::manualRequested, &window,
                     [&window](const QByteArray &section) {
                         openManual(window.workspace().context, &window, section);
                     });
    bind("help.shortcuts", [&window] { openShortcutSheet(window.workspace().context, &window); });
    bind("help.start", [&window] { window.showStartPage(); });
    bind("help.about", [&window] { openAbout(window.workspace().context, &window); });
}

} // namespace

void bindWindowActions(MainWindow &window)
{
    const Binder bind{window};
    bindFile(bind);
    bindSample(bind);
    bindServer(bind);
    bindLook(bind);
    bindLayout(bind);
    bindGo(bind);
    bindHelp(bind);
}

void applyKeySettings(const Settings &settings, ActionRegistry &actions)
{
    for (const ActionSpec &spec : actionTable()) {
        const QString keys =
            settings.value(u"keys/actions/"_s + QString::fromLatin1(spec.id)).toString();
        // An empty text would be read as one empty key.
        actions.setKeys(spec.id, keys.isEmpty() ? QList<QKeySequence>()
                                                : QKeySequence::listFromString(
                                                    keys, QKeySequence::PortableText));
    }
    actions.setSingleKeys(settings.hasSingleKeys());
}

} // namespace console
