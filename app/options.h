// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <variant>

namespace console {

/// What the process ends with; part of `--help`, the man page and README.
enum class ExitCode {
    Ok = 0,        ///< ended on request
    Failure = 1,   ///< anything else at run time, e.g. a damaged data file
    Usage = 2,     ///< an option was not understood
    PortInUse = 3, ///< the port is taken
    DataInUse = 4, ///< another server has the data file open
};

/// Lowest level that is logged.
enum class LogLevel { Debug, Info, Warning, Error };

/// Command line and `REDRIVE_…` environment, checked. Issue 2 names the options.
struct Options {
    QStringList sdkUrls;      ///< absolute http(s) addresses of apps, in the order given
    quint16 port = 8288;      ///< 0 = any free one
    bool isPortGiven = false; ///< else the window takes that of the project
    QStringList bindAddresses = {QStringLiteral("127.0.0.1"), QStringLiteral("::1")}; ///< IPs
    QStringList hostNames; ///< lower case; allowed in `Host` beside the built-in ones
    bool discovery = true; ///< look for apps on the usual ports (protocol §2.3)
    bool poll = true;      ///< ask synced apps for changes
    std::chrono::milliseconds pollInterval{5000}; ///< never 0
    std::chrono::milliseconds retryInterval{0};   ///< 0 = backoff table of semantics §2.4
    QStringList eventKeys;                        ///< empty = any key is taken
    QString eventKeysFrom;  ///< `--event-key` or `REDRIVE_EVENT_KEY`; empty if there are none
    QString signingKeyFrom; ///< likewise
    QByteArray signingKey;      ///< as given, with prefix if any; empty = no authentication
    QString dataFile;           ///< empty exactly if `memory`
    bool memory = false;        ///< keep nothing after the end
    bool sample = true;         ///< the bundled sample functions are there
    QStringList allowedOrigins; ///< `scheme://host[:port]`; their hosts are in `hostNames`
    LogLevel logLevel = LogLevel::Info;
    QStringList withoutEffect; ///< options of the reference that were given: `--tick`

    bool operator==(const Options &) const = default;
};

/// `--help`: print to standard output, end with `ExitCode::Ok`.
struct HelpText {
    QString text;
};

/// `--version`: print to standard output, end with `ExitCode::Ok`.
struct VersionText {
    QString text;
};

/// Names the option and what was expected; never repeats a key. End with `ExitCode::Usage`.
struct UsageError {
    QString message;
};

using ParsedOptions = std::variant<Options, HelpText, VersionText, UsageError>;

/// Turns command line and environment into options; the command line wins, option by option.
///
/// \param arguments    without the program's name; a leading `dev` is skipped
/// \param environment  all variables; only `REDRIVE_…` are read, empty ones count as not set
ParsedOptions parseOptions(const QStringList &arguments, const QMap<QString, QString> &environment);

/// The variables of this process, in the form that `parseOptions` takes.
QMap<QString, QString> processEnvironment();

/// Where data lives without `--data`: `redrive/redrive.db` in the user's data folder.
QString defaultDataFile();

/// One line that names `options.withoutEffect`; empty if there is nothing to say.
QString withoutEffectLine(const Options &options);

} // namespace console
