// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/options.h"

#include <QObject>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;

namespace {

using Environment = QMap<QString, QString>;

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts);
}

/// What must be an `Options`; fails the test with the message otherwise.
Options parsed(const QStringList &arguments, const Environment &environment = {})
{
    const ParsedOptions result = parseOptions(arguments, environment);
    if (const auto *error = std::get_if<UsageError>(&result))
        QTest::qFail(qPrintable(error->message), __FILE__, __LINE__);
    const auto *options = std::get_if<Options>(&result);
    return options ? *options : Options{.port = 1};
}

QString usageError(const QStringList &arguments, const Environment &environment = {})
{
    const ParsedOptions result = parseOptions(arguments, environment);
    const auto *error = std::get_if<UsageError>(&result);
    return error ? error->message : QString();
}

} // namespace

class TestOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void defaultsAreThoseOfTheReference();
    void valuesAreTaken_data();
    void valuesAreTaken();
    void everyOptionHasAVariable();
    void theCommandLineWins();
    void emptyVariablesCountAsNotSet();
    void dataAndMemory();
    void optionsOfTheReferenceAreNamed();
    void wrongUseIsNamed_data();
    void wrongUseIsNamed();
    void keysAreNotRepeatedInMessages();
    void helpAndVersion();
};

void TestOptions::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void TestOptions::defaultsAreThoseOfTheReference()
{
    const Options options = parsed({});
    QCOMPARE(options.port, quint16(8288));
    QVERIFY(!options.isPortGiven);
    QCOMPARE(options.bindAddresses, words("127.0.0.1 ::1"));
    QCOMPARE(options.pollInterval, 5s);
    QCOMPARE(options.retryInterval, 0s);
    QVERIFY(options.discovery && options.poll && options.sample && !options.memory);
    QVERIFY(options.sdkUrls.isEmpty() && options.eventKeys.isEmpty());
    QVERIFY(options.signingKey.isEmpty() && options.allowedOrigins.isEmpty());
    QVERIFY(options.logLevel == LogLevel::Info);
    QVERIFY(options.dataFile.endsWith("/redrive/redrive.db"_L1));
    QVERIFY(withoutEffectLine(options).isEmpty());
}

void TestOptions::valuesAreTaken_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Options>("expected");

    const auto row = [](const char *line, Options expected) {
        if (expected.dataFile.isEmpty() && !expected.memory)
            expected.dataFile = defaultDataFile();
        QTest::newRow(line) << words(line) << expected;
    };
    const QString app = u"http://localhost:3000/api/inngest"_s;
    row("-u http://localhost:3000/api/inngest", {.sdkUrls = {app}});
    row("-u=http://localhost:3000/api/inngest", {.sdkUrls = {app}});
    row("-uhttp://localhost:3000/api/inngest", {.sdkUrls = {app}});
    row("dev -u localhost:3000/api/inngest", {.sdkUrls = {app}});
    row("--sdk-url localhost:3000/api/inngest --sdk-url=https://a.b/x?y=1",
        {.sdkUrls = {app, u"https://a.b/x?y=1"_s}});
    row("-u localhost:3000/api/inngest -u localhost:3000/api/inngest", {.sdkUrls = {app}});
    row("-p 9000", {.port = 9000, .isPortGiven = true});
    row("-p9000", {.port = 9000, .isPortGiven = true});
    row("--port=0", {.port = 0, .isPortGiven = true});
    row("--port 1 --port 65535", {.port = 65535, .isPortGiven = true});
    row("--host 0.0.0.0", {.bindAddresses = {u"0.0.0.0"_s}});
    row("--host localhost", {});
    row("--host [::1]", {.bindAddresses = {u"::1"_s}});
    row("--host 192.168.1.5 --host Build.Example --host ::1",
        {.bindAddresses = words("192.168.1.5 ::1"), .hostNames = {u"build.example"_s}});
    row("--host my_box", {.hostNames = {u"my_box"_s}});
    row("--no-discovery --no-poll --no-sample",
        {.discovery = false, .poll = false, .sample = false});
    row("--no-poll=true --no-sample=false", {.poll = false});
    row("--poll-interval 10", {.pollInterval = 10s});
    row("--poll-interval 0.1", {.pollInterval = 100ms});
    row("--retry-interval=1", {.retryInterval = 1s});
    row("--retry-interval=0.25", {.retryInterval = 250ms});
    row("--event-key a --event-key b", {.eventKeys = words("a b"), .eventKeysFrom = u"--event-key"_s});
    row("--signing-key signkey-prod-12345678", {.signingKeyFrom = u"--signing-key"_s, .signingKey = "signkey-prod-12345678"});
    row("--signing-key ABcd", {.signingKeyFrom = u"--signing-key"_s, .signingKey = "ABcd"});
    row("--data x.db", {.dataFile = u"x.db"_s});
    row("--data -x.db", {.dataFile = u"-x.db"_s});
    row("--memory", {.memory = true});
    row("--allow-origin https://App.Example.com:8443/",
        {.hostNames = {u"app.example.com"_s},
         .allowedOrigins = {u"https://app.example.com:8443"_s}});
    row("--log-level debug", {.logLevel = LogLevel::Debug});
    row("--log-level WARNING", {.logLevel = LogLevel::Warning});
}

void TestOptions::valuesAreTaken()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const Options, expected);
    QVERIFY(parsed(arguments) == expected);
}

void TestOptions::everyOptionHasAVariable()
{
    const Environment environment{
        {u"REDRIVE_SDK_URL"_s, u"http://a/x, http://b/y"_s},
        {u"REDRIVE_PORT"_s, u"1"_s},
        {u"REDRIVE_HOST"_s, u"::1,box"_s},
        {u"REDRIVE_NO_DISCOVERY"_s, u"1"_s},
        {u"REDRIVE_NO_POLL"_s, u"true"_s},
        {u"REDRIVE_POLL_INTERVAL"_s, u"2"_s},
        {u"REDRIVE_RETRY_INTERVAL"_s, u"3"_s},
        {u"REDRIVE_EVENT_KEY"_s, u"k1,k2"_s},
        {u"REDRIVE_SIGNING_KEY"_s, u"abcd"_s},
        {u"REDRIVE_MEMORY"_s, u"yes"_s},
        {u"REDRIVE_NO_SAMPLE"_s, u"on"_s},
        {u"REDRIVE_ALLOW_ORIGIN"_s, u"http://c,http://d:1"_s},
        {u"REDRIVE_LOG_LEVEL"_s, u"error"_s},
        {u"REDRIVE_TICK"_s, u"150"_s},
        {u"PORT"_s, u"77"_s},
    };
    const Options expected{
        .sdkUrls = words("http://a/x http://b/y"),
        .port = 1,
        .isPortGiven = true,
        .bindAddresses = {u"::1"_s},
        .hostNames = words("c d box"),
        .discovery = false,
        .poll = false,
        .pollInterval = 2s,
        .retryInterval = 3s,
        .eventKeys = words("k1 k2"),
        .eventKeysFrom = u"REDRIVE_EVENT_KEY"_s,
        .signingKeyFrom = u"REDRIVE_SIGNING_KEY"_s,
        .signingKey = "abcd",
        .dataFile = {},
        .memory = true,
        .sample = false,
        .allowedOrigins = words("http://c http://d:1"),
        .logLevel = LogLevel::Error,
        .withoutEffect = {u"--tick"_s},
    };
    QVERIFY(parsed({}, environment) == expected);
    QCOMPARE(parsed({}, {{u"REDRIVE_DATA"_s, u"/a/b.db"_s}}).dataFile, u"/a/b.db"_s);
}

void TestOptions::theCommandLineWins()
{
    const Environment environment{{u"REDRIVE_PORT"_s, u"1"_s},
                                  {u"REDRIVE_SDK_URL"_s, u"http://a/x"_s},
                                  {u"REDRIVE_NO_POLL"_s, u"1"_s}};
    const Options options =
        parsed(words("--port 2 --sdk-url http://b/y --no-poll=false"), environment);
    QCOMPARE(options.port, quint16(2));
    QCOMPARE(options.sdkUrls, words("http://b/y"));
    QVERIFY(options.poll);
}

void TestOptions::emptyVariablesCountAsNotSet()
{
    const Options options =
        parsed({}, {{u"REDRIVE_PORT"_s, u" "_s}, {u"REDRIVE_NO_POLL"_s, u"0"_s}});
    QCOMPARE(options.port, quint16(8288));
    QVERIFY(options.poll);
}

void TestOptions::dataAndMemory()
{
    const Environment data{{u"REDRIVE_DATA"_s, u"a.db"_s}};
    const Environment memory{{u"REDRIVE_MEMORY"_s, u"1"_s}};
    QVERIFY(parsed(words("--memory"), data).dataFile.isEmpty());
    QVERIFY(!parsed(words("--data b.db"), memory).memory);
    QCOMPARE(parsed(words("--memory=false"), data).dataFile, u"a.db"_s);
    QVERIFY(usageError(words("--memory --data b.db")).contains("exclude each other"_L1));
}

void TestOptions::optionsOfTheReferenceAreNamed()
{
    const Options options = parsed(words(
        "dev -c x.json --persist --tick 150 --queue-workers=9 --connect-gateway-port 1 -p 2"));
    QCOMPARE(options.port, quint16(2));
    const QString line = withoutEffectLine(options);
    QVERIFY(!line.contains(u'\n'));
    for (const QString &name :
         words("--config --persist --tick --queue-workers --connect-gateway-port"))
        QVERIFY2(line.contains(name), qPrintable(name));
}

void TestOptions::wrongUseIsNamed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("parts"); // of the message

    const auto row = [](const char *line, const QStringList &parts) {
        QTest::newRow(line) << words(line) << parts;
    };
    row("--prot 1", {u"--prot"_s, u"unknown"_s});
    row("-x", {u"-x"_s, u"unknown"_s});
    row("start", {u"\"start\""_s, u"unexpected"_s});
    row("-p 1 dev", {u"\"dev\""_s});
    row("dev dev", {u"\"dev\""_s});
    row("--port", {u"--port"_s, u"PORT"_s});
    row("--port 65536", {u"--port"_s, u"65535"_s});
    row("--port -1", {u"--port"_s, u"65535"_s});
    row("--port=", {u"--port"_s, u"65535"_s});
    row("--port x --port 1 -p y", {u"--port"_s});
    row("-u 3000", {u"--sdk-url"_s, u"address"_s});
    row("-u ftp://a/b", {u"--sdk-url"_s});
    row("-u http://", {u"--sdk-url"_s});
    row("--host a:1", {u"--host"_s});
    row("--host a/b", {u"--host"_s});
    row("--host 300.1.1.1", {u"--host"_s, u"IP address"_s});
    row("--host 1.2.3", {u"--host"_s});
    row("--poll-interval 0", {u"--poll-interval"_s, u"seconds"_s});
    row("--poll-interval 5s", {u"--poll-interval"_s, u"seconds"_s});
    row("--retry-interval -1", {u"--retry-interval"_s, u"seconds"_s});
    row("--retry-interval nan", {u"--retry-interval"_s});
    row("--event-key a/b", {u"--event-key"_s});
    row("--data dir/", {u"--data"_s, u"file"_s});
    row("--allow-origin *", {u"--allow-origin"_s, u"origin"_s});
    row("--allow-origin https://a.b/path", {u"--allow-origin"_s});
    row("--log-level loud", {u"--log-level"_s, u"warning"_s});
    row("--memory=maybe", {u"--memory"_s, u"1 or 0, true or false"_s});
}

void TestOptions::wrongUseIsNamed()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QStringList, parts);
    const QString message = usageError(arguments);
    QVERIFY(!message.isEmpty());
    for (const QString &part : parts)
        QVERIFY2(message.contains(part), qPrintable(message));
}

void TestOptions::keysAreNotRepeatedInMessages()
{
    for (const QString &key : words("abc signkey-prod- signkey-prod-abc xyz0 signkey-a-12-34")) {
        const QString message = usageError({u"--signing-key"_s, key});
        QVERIFY2(message.contains("even number of hex digits"_L1), qPrintable(key));
        QVERIFY2(!message.contains(key), qPrintable(message));
    }
    QVERIFY(usageError({}, {{u"REDRIVE_SIGNING_KEY"_s, u"abc"_s}})
                .startsWith("REDRIVE_SIGNING_KEY"_L1));
}

void TestOptions::helpAndVersion()
{
    const ParsedOptions help = parseOptions(words("--port 1 --help --nonsense"), {});
    QVERIFY(std::holds_alternative<HelpText>(help));
    const QString text = std::get<HelpText>(help).text;
    for (const QString &part : words("--sdk-url --no-discovery --retry-interval --allow-origin "
                                     "--memory --persist REDRIVE_PORT 8288"))
        QVERIFY2(text.contains(part), qPrintable(part));
    for (const QString &line : text.split(u'\n'))
        QVERIFY2(line.size() <= 100, qPrintable(line));
    QVERIFY(std::holds_alternative<HelpText>(parseOptions(words("dev -h"), {})));
    QVERIFY(std::holds_alternative<VersionText>(parseOptions(words("-v"), {})));
}

QTEST_GUILESS_MAIN(TestOptions)

#include "tst_options.moc"
