// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/logging.h"
#include "app/openrequest.h"
#include "app/options.h"
#include "app/process.h"
#include "app/sample/sampleapp.h"
#include "app/serversettings.h"
#include "app/singleinstance.h"
#include "app/stopsignal.h"
#include "devserver/host/embeddedbackend.h"
#include "ui/core/englishplurals.h"
#include "ui/core/projectport.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/windowkeeper.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/stallwatch.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QProcess>
#include <QStandardPaths>

#include <cstdio>

namespace {

using namespace Qt::StringLiterals;

/// The user's own browser, programs and clipboard.
class SystemDesktop final : public console::Desktop
{
public:
    void openUrl(const QUrl &url) override { QDesktopServices::openUrl(url); }

    [[nodiscard]] devserver::Result<void> launch(const QString &program,
                                                 const QStringList &arguments) override
    {
        QProcess process;
        process.setProgram(program);
        process.setArguments(arguments);
        if (process.startDetached())
            return {};
        // Without the name of the system call in front.
        return devserver::failure(devserver::ErrorCode::InvalidInput,
                                  process.errorString().section(u": "_s, -1));
    }

    void copy(const QString &text) override { QGuiApplication::clipboard()->setText(text); }
};

/// The options are those of `redrived`; only the program's name is another.
QString ofTheWindow(QString text)
{
    return text.replace(u"redrived"_s, u"redrive"_s);
}

/// What only the window takes.
QString windowHelp()
{
    return u"\nopen run ID at the end shows that run, in the window that has the data file open\n"
           "if there is one: give the same --data.\n\n"
           "Codes 1, 3 and 4 are of redrived: the window says what is wrong and stays. A second\n"
           "start on a data file brings its window forward and ends with 0.\n"_s;
}

/// Settings of the window, for all data files.
QString settingsPath()
{
    const QString folder =
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/redrive"_s;
    QDir().mkpath(folder);
    return folder + u"/window.ini"_s;
}

int runWindow(const console::Options &options, const console::OpenRequest &request)
{
    console::SingleInstance instance(options.dataFile);
    if (instance.handOver(console::toWords(request))) { // the window that is there shows it
        std::printf("Redrive already runs with %s: its window was brought forward.\n",
                    qUtf8Printable(options.dataFile));
        return static_cast<int>(console::ExitCode::Ok);
    }
    console::Options chosen = options;
    // Read here and not on another thread: there is no window yet that could wait, and the server,
    // which starts while the window is built, has to know where to listen.
    if (const quint16 port = console::projectPort(options.dataFile);
        !options.isPortGiven && port > 0)
        chosen.port = port;
    devserver::host::EmbeddedBackend backend(console::serverSettings(chosen),
                                             console::sample::inProcessApp());
    const console::StopSignal signal; // before anybody can know that we are there
    // On threads of its own while the window is built, which hears of it when its loop runs and
    // shows how it went; nobody waits for the reply.
    std::ignore = backend.startServer(0);
    SystemDesktop desktop;
    const console::WindowKeeper keeper(
        backend, {.settingsPath = settingsPath(), .readsDesktop = true, .showsTips = true},
        desktop);
    QObject::connect(&signal, &console::StopSignal::received, &keeper,
                     [&keeper] { keeper.window().closeNow(); });
    QObject::connect(&instance, &console::SingleInstance::asked, &keeper,
                     [&keeper](const QStringList &words) {
                         keeper.window().comeForward(console::fromWords(words).run);
                     });
    if (!request.run.isNull())
        keeper.window().openRun(request.run);
#ifndef QT_NO_DEBUG
    const console::GuiStallWatch watch;
#endif
    keeper.window().show();
    return QApplication::exec(); // the backend stops the server when it goes
}

} // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): an exception is a bug, its core dump shows where
int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1"); // Qt's own event loop has the shorter way from wake-up to wake-up
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const devserver::Result<console::OpenRequest> request = console::takeOpenRequest(arguments);
    if (!request) {
        std::fprintf(stderr, "redrive: %s\n", qUtf8Printable(request.error().message));
        return static_cast<int>(console::ExitCode::Usage);
    }
    // Before there is an application, so that `--help` needs no display.
    const console::ParsedOptions parsed =
        console::parseOptions(arguments, console::processEnvironment());
    if (const auto *help = std::get_if<console::HelpText>(&parsed)) {
        std::fputs(qUtf8Printable(ofTheWindow(help->text) + windowHelp()), stdout);
        return static_cast<int>(console::ExitCode::Ok);
    }
    if (const auto *version = std::get_if<console::VersionText>(&parsed)) {
        std::fputs(qUtf8Printable(ofTheWindow(version->text)), stdout);
        return static_cast<int>(console::ExitCode::Ok);
    }
    if (const auto *error = std::get_if<console::UsageError>(&parsed)) {
        std::fprintf(stderr, "redrive: %s\n", qUtf8Printable(ofTheWindow(error->message)));
        return static_cast<int>(console::ExitCode::Usage);
    }
    console::prepareProcess();
    const QApplication application(argc, argv);
    QCoreApplication::installTranslator(new console::EnglishPlurals(qApp));
    QApplication::setApplicationName(u"redrive"_s);
    QApplication::setApplicationDisplayName(u"Redrive"_s);
    QApplication::setApplicationVersion(QStringLiteral(REDRIVE_VERSION));
    QApplication::setDesktopFileName(u"dev.redrive.Redrive"_s);
    const auto &options = std::get<console::Options>(parsed);
    if (const QString line = console::withoutEffectLine(options); !line.isEmpty())
        std::fprintf(stderr, "redrive: %s\n", qUtf8Printable(line));
    console::setLogLevel(options.logLevel);
    return console::endProcess(runWindow(options, *request));
}
