// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/options.h"

#include "app/optionvalues.h"

#include <QProcessEnvironment>
#include <QStandardPaths>

#include <algorithm>
#include <array>

namespace console {

using namespace Qt::StringLiterals;

namespace {

using Setter = Expected (*)(Options &, const QString &);
using Switch = void (*)(Options &);

/// One option. Exactly one of `set` and `turn` is there, or none: accepted without effect.
struct Spec {
    char16_t letter; ///< 0 if there is none
    QLatin1StringView name;
    QLatin1StringView value; ///< what stands for it in the help; empty for a flag
    bool isRepeatable;
    Setter set;
    Switch turn;
    QLatin1StringView help;

    bool isFlag() const { return value.isEmpty(); }

    bool isWithoutEffect() const { return !set && !turn; }
};

constexpr std::array specs{
    Spec{u'u', "sdk-url"_L1, "URL"_L1, true, setSdkUrl, nullptr,
         "address of an app,\ne.g. http://localhost:3000/api/inngest"_L1},
    Spec{u'p', "port"_L1, "PORT"_L1, false, setPort, nullptr,
         "port to listen on; 0 takes a free one (default 8288).\n"
         "Apps register at 8288 by themselves; for another port start\n"
         "them with INNGEST_DEV=http://localhost:PORT"_L1},
    Spec{0, "host"_L1, "HOST"_L1, true, setHost, nullptr,
         "IP address to listen on (default 127.0.0.1 and ::1), or\n"
         "a name by which clients may call this server"_L1},
    Spec{0, "no-discovery"_L1, ""_L1, false, nullptr,
         [](Options &options) { options.discovery = false; },
         "do not look for apps on the usual ports"_L1},
    Spec{0, "no-poll"_L1, ""_L1, false, nullptr, [](Options &options) { options.poll = false; },
         "do not ask apps whether they changed"_L1},
    Spec{0, "poll-interval"_L1, "SECONDS"_L1, false, setPollInterval, nullptr,
         "time between two such questions (default 5)"_L1},
    Spec{0, "retry-interval"_L1, "SECONDS"_L1, false, setRetryInterval, nullptr,
         "constant time between attempts instead of the backoff table\n"
         "(default 0 = the table)"_L1},
    Spec{0, "event-key"_L1, "KEY"_L1, true, setEventKey, nullptr,
         "accept events with this key only (default: any key)"_L1},
    Spec{0, "signing-key"_L1, "KEY"_L1, false, setSigningKey, nullptr,
         "ask API clients for this key and sign calls to apps with it"_L1},
    Spec{0, "data"_L1, "FILE"_L1, false, setData, nullptr,
         "data file (default: redrive/redrive.db in the user's data\n"
         "folder, usually ~/.local/share)"_L1},
    Spec{0, "memory"_L1, ""_L1, false, nullptr, [](Options &options) { options.memory = true; },
         "keep nothing after the end"_L1},
    Spec{0, "no-sample"_L1, ""_L1, false, nullptr, [](Options &options) { options.sample = false; },
         "leave out the bundled sample functions"_L1},
    Spec{0, "allow-origin"_L1, "ORIGIN"_L1, true, setAllowOrigin, nullptr,
         "web origin that may change things,\ne.g. https://app.example.com"_L1},
    Spec{0, "log-level"_L1, "LEVEL"_L1, false, setLogLevel, nullptr,
         "debug, info, warning or error (default info)"_L1},
    Spec{u'c', "config"_L1, "FILE"_L1, false, nullptr, nullptr, ""_L1},
    Spec{0, "persist"_L1, ""_L1, false, nullptr, nullptr, ""_L1},
    Spec{0, "tick"_L1, "MS"_L1, false, nullptr, nullptr, ""_L1},
    Spec{0, "queue-workers"_L1, "N"_L1, false, nullptr, nullptr, ""_L1},
    Spec{0, "connect-gateway-port"_L1, "PORT"_L1, false, nullptr, nullptr, ""_L1},
};

/// What was given for one option, in one place (command line or environment).
struct Given {
    const Spec *spec = nullptr;
    QString as;         ///< `--port` or `REDRIVE_PORT`, for messages
    QStringList values; ///< one text at least; "true" for a flag without value
};

/// By name of the option; sorted, so that the first error does not depend on the order of hashes.
using GivenOptions = QMap<QString, Given>;

QString longForm(const Spec &spec)
{
    return "--"_L1 + spec.name;
}

QString variableName(const Spec &spec)
{
    return "REDRIVE_"_L1 + QString(spec.name).toUpper().replace(u'-', u'_');
}

const Spec *findSpec(const QString &argument)
{
    const auto found = std::ranges::find_if(specs, [&](const Spec &spec) {
        if (argument.startsWith("--"_L1))
            return argument.mid(2) == spec.name;
        return spec.letter != 0 && argument.mid(1) == QChar(spec.letter);
    });
    return found == specs.end() ? nullptr : &*found;
}

/// `--port=1`, `-p=1` and `-p1` in two pieces; `--port` has only the first.
struct Argument {
    QString option;
    std::optional<QString> value;
};

Argument split(const QString &argument)
{
    const qsizetype sign = argument.indexOf(u'=');
    const bool isShort = !argument.startsWith("--"_L1) && argument.size() > 2;
    if (isShort && argument.at(2) != u'=')
        return {argument.left(2), argument.mid(2)};
    if (sign < 0)
        return {argument, std::nullopt};
    return {argument.left(sign), argument.mid(sign + 1)};
}

UsageError misuse(const QString &what)
{
    return {what + u" (redrived --help lists the options)"_s};
}

using Reading = std::variant<GivenOptions, HelpText, VersionText, UsageError>;

QString helpText();

Reading readCommandLine(const QStringList &arguments)
{
    GivenOptions given;
    // `inngest dev -u …`: the subcommand is what fingers type.
    qsizetype at = arguments.value(0) == "dev"_L1 ? 1 : 0;
    while (at < arguments.size()) {
        const QString &argument = arguments.at(at++);
        if (argument == "-h"_L1 || argument == "--help"_L1)
            return HelpText{helpText()};
        if (argument == "-v"_L1 || argument == "--version"_L1)
            return VersionText{u"redrived " REDRIVE_VERSION "\n"_s};
        if (!argument.startsWith(u'-') || argument == "-"_L1 || argument == "--"_L1)
            return misuse(u"unexpected argument \"%1\", expected an option"_s.arg(argument));
        const auto [option, value] = split(argument);
        const Spec *spec = findSpec(option);
        if (!spec)
            return misuse(u"unknown option %1"_s.arg(option));
        QString text = value.value_or(u"true"_s);
        if (!value && !spec->isFlag()) {
            if (at == arguments.size())
                return misuse(option + ": expected "_L1 + spec->value + " after it"_L1);
            text = arguments.at(at++);
        }
        Given &entry = given[spec->name];
        entry.spec = spec;
        entry.as = longForm(*spec);
        entry.values.append(text);
    }
    return given;
}

GivenOptions readEnvironment(const QMap<QString, QString> &environment)
{
    GivenOptions given;
    for (const Spec &spec : specs) {
        const QString name = variableName(spec);
        const QString text = environment.value(name).trimmed();
        if (text.isEmpty())
            continue;
        QStringList values{text};
        if (spec.isRepeatable) {
            values = text.split(u',', Qt::SkipEmptyParts);
            std::ranges::for_each(values, [](QString &v) { v = v.trimmed(); });
        }
        given.insert(spec.name, {.spec = &spec, .as = name, .values = values});
    }
    return given;
}

std::optional<bool> boolean(const QString &text)
{
    static const QStringList yes{u"1"_s, u"true"_s, u"yes"_s, u"on"_s};
    static const QStringList no{u"0"_s, u"false"_s, u"no"_s, u"off"_s};
    if (yes.contains(text.toLower()))
        return true;
    if (no.contains(text.toLower()))
        return false;
    return std::nullopt;
}

Expected apply(const Given &given, Options &options)
{
    const Spec &spec = *given.spec;
    if (spec.isFlag()) {
        const std::optional<bool> isOn = boolean(given.values.constLast());
        if (!isOn)
            return u"1 or 0, true or false"_s;
        if (!*isOn)
            return std::nullopt;
        if (spec.turn)
            spec.turn(options);
    }
    if (spec.isWithoutEffect()) {
        options.withoutEffect.append(longForm(spec));
        return std::nullopt;
    }
    if (spec.isFlag())
        return std::nullopt;
    // The last one counts, unless it is a list.
    const QStringList values = spec.isRepeatable ? given.values : given.values.last(1);
    for (const QString &value : values) {
        if (const Expected expected = spec.set(options, value))
            return expected;
    }
    return std::nullopt;
}

bool isOn(const GivenOptions &given, const QString &flag)
{
    return given.contains(flag) && boolean(given[flag].values.constLast()) == true;
}

/// Command line over environment; `--data` there also switches off `REDRIVE_MEMORY`, and back.
GivenOptions merged(GivenOptions below, const GivenOptions &above)
{
    if (above.contains(u"data"_s))
        below.remove(u"memory"_s);
    if (isOn(above, u"memory"_s))
        below.remove(u"data"_s);
    for (const Given &given : above)
        below.insert(given.spec->name, given);
    return below;
}

QString helpText()
{
    QString text = u"Usage: redrived [options]\n\n"
                   "Receives events, calls durable functions, retries them and records it all.\n\n"
                   "Options:\n"_s;
    QStringList withoutEffect;
    for (const Spec &spec : specs) {
        if (spec.isWithoutEffect()) {
            withoutEffect.append(longForm(spec));
            continue;
        }
        const QString letter = spec.letter ? u"-"_s + QChar(spec.letter) + u", "_s : u"    "_s;
        const QString name =
            letter + longForm(spec) + (spec.isFlag() ? u""_s : u" "_s) + spec.value;
        const QString help = spec.help + (spec.isRepeatable ? u"; may be repeated"_s : u""_s);
        text += "  "_L1 + name.leftJustified(29)
                + QString(help).replace(u"\n"_s, u"\n"_s + QString(31, u' ')) + u'\n';
    }
    text += u"  -h, --help                   this text\n"
            "  -v, --version                the version\n\n"_s;
    text += u"Accepted for the sake of habit, without effect (-c is --config):\n  "_s
            + withoutEffect.join(u' ')
            + u"\n\n"
              "Each option can also be set as an environment variable: REDRIVE_PORT=9000,\n"
              "REDRIVE_NO_POLL=1, REDRIVE_SDK_URL=http://localhost:3000/api/inngest\n"
              "(several values are separated by commas). The command line wins.\n\n"
              "Exit codes:\n"
              "  0  ended on request\n"
              "  1  failure at run time, e.g. the data file is damaged or the disk is full\n"
              "  2  an option was not understood\n"
              "  3  the port is in use\n"
              "  4  the data file is in use by another server\n"_s;
    return text;
}

} // namespace

ParsedOptions parseOptions(const QStringList &arguments, const QMap<QString, QString> &environment)
{
    const Reading reading = readCommandLine(arguments);
    if (const auto *help = std::get_if<HelpText>(&reading))
        return *help;
    if (const auto *version = std::get_if<VersionText>(&reading))
        return *version;
    if (const auto *error = std::get_if<UsageError>(&reading))
        return *error;

    Options options;
    options.bindAddresses.clear(); // an address given replaces the default ones
    const GivenOptions given =
        merged(readEnvironment(environment), std::get<GivenOptions>(reading));
    for (const Given &entry : given) {
        if (const Expected expected = apply(entry, options))
            return misuse(entry.as + ": expected "_L1 + *expected);
    }
    options.eventKeysFrom = given.value(u"event-key"_s).as;
    options.signingKeyFrom = given.value(u"signing-key"_s).as;
    if (options.memory && !options.dataFile.isEmpty())
        return misuse(u"--data and --memory exclude each other"_s);
    if (options.bindAddresses.isEmpty())
        options.bindAddresses = Options().bindAddresses;
    if (!options.memory && options.dataFile.isEmpty())
        options.dataFile = defaultDataFile();
    return options;
}

QMap<QString, QString> processEnvironment()
{
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    QMap<QString, QString> variables;
    for (const QString &name : environment.keys())
        variables.insert(name, environment.value(name));
    return variables;
}

QString defaultDataFile()
{
    // The same file for `redrived` and `redrive`, whatever the application is called.
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
           + u"/redrive/redrive.db"_s;
}

QString withoutEffectLine(const Options &options)
{
    if (options.withoutEffect.isEmpty())
        return {};
    return u"accepted, but without effect here: "_s + options.withoutEffect.join(u", "_s);
}

} // namespace console
