// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/headless.h"
#include "app/logging.h"
#include "app/options.h"
#include "app/process.h"
#include "app/serversettings.h"

#include <QCoreApplication>

#include <cstdio>

// NOLINTNEXTLINE(bugprone-exception-escape): an exception is a bug, its core dump shows where
int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1"); // Qt's own event loop has the shorter way from wake-up to wake-up
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("redrive"));
    QCoreApplication::setApplicationVersion(QStringLiteral(REDRIVE_VERSION));
    const console::ParsedOptions parsed =
        console::parseOptions(QCoreApplication::arguments().mid(1), console::processEnvironment());
    if (const auto *help = std::get_if<console::HelpText>(&parsed)) {
        std::fputs(qUtf8Printable(help->text), stdout);
        return static_cast<int>(console::ExitCode::Ok);
    }
    if (const auto *version = std::get_if<console::VersionText>(&parsed)) {
        std::fputs(qUtf8Printable(version->text), stdout);
        return static_cast<int>(console::ExitCode::Ok);
    }
    if (const auto *error = std::get_if<console::UsageError>(&parsed)) {
        std::fprintf(stderr, "redrived: %s\n", qUtf8Printable(error->message));
        return static_cast<int>(console::ExitCode::Usage);
    }
    const auto &options = std::get<console::Options>(parsed);
    console::setLogLevel(options.logLevel);
    return console::endProcess(console::runHeadless(options, console::serverSettings(options)));
}
