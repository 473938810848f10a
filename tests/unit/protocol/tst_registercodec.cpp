// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/appurl.h"
#include "devserver/protocol/cronsyntax.h"
#include "devserver/protocol/registercodec.h"
#include "tests/unit/protocol/fixtures.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using devserver::protocol::decodeRegistration;

namespace {

QByteArray fixture(const char *name)
{
    return fixtures::read(QFINDTESTDATA("../../fixtures/register/"_L1 + QLatin1String(name)));
}

/// A registration of one function with these further members: `"retries":1`.
QByteArray withFunction(const QByteArray &members)
{
    return R"({"appName":"app","url":"http://localhost:3000/api/inngest","functions":[{"id":"app-f",)"
           R"("steps":{"step":{"runtime":{"type":"http","url":"http://localhost:3000/x?fnId=app-f&stepId=step"}}})"_ba
           + (members.isEmpty() ? QByteArray() : QByteArray("," + members)) + "}]}"_ba;
}

QString problemOf(const QByteArray &members)
{
    const Result<Registration> registration = decodeRegistration(withFunction(members));
    if (registration)
        return u"accepted"_s;
    const QString prefix = u"At least one function is invalid: app-f: "_s;
    return registration.error().message.startsWith(prefix)
               ? registration.error().message.sliced(prefix.size())
               : registration.error().message;
}

} // namespace

class TestRegisterCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesFixtures_data();
    void takesFixtures();
    void decodesTheWholeRegistration();
    void takesPythonAndGo();
    void readsRetries_data();
    void readsRetries();
    void namesWhatIsNotEnforced_data();
    void namesWhatIsNotEnforced();
    void refusesFunctions_data();
    void refusesFunctions();
    void refusesRegistrations_data();
    void refusesRegistrations();
    void tellsAllProblemsOfAllFunctions();
    void tellsTheFirstOfManyProblems();
    void manyTinyPartsCostNothing_data();
    void manyTinyPartsCostNothing();
    void checksumIgnoresFeatureObservations();
    void normalisesUrls_data();
    void normalisesUrls();
    void checksCron_data();
    void checksCron();
    void handsOnExpressions();
};

void TestRegisterCodec::takesFixtures_data()
{
    fixtures::addRows(u"register"_s);
}

void TestRegisterCodec::takesFixtures()
{
    QFETCH(QString, path);
    QFETCH(bool, isGood);
    const Result<Registration> registration = decodeRegistration(fixtures::read(path));
    QVERIFY2(registration.has_value() == isGood,
             registration ? "accepted" : qPrintable(registration.error().message));
}

void TestRegisterCodec::decodesTheWholeRegistration()
{
    const Result<Registration> registration = decodeRegistration(fixture("ts4-full.json"));
    QVERIFY(registration.has_value());
    QCOMPARE(registration->appName, "demo-app"_ba);
    QCOMPARE(registration->url, "http://localhost:3940/api/inngest"_ba);
    QCOMPARE(registration->sdk, "js:v4.24.0"_ba);
    QCOMPARE(registration->framework, "express"_ba);
    QCOMPARE(registration->appVersion, "v-9"_ba);
    QCOMPARE(registration->checksum.size(), 64);
    QCOMPARE(registration->functions.size(), std::size_t(2));

    const FunctionConfig &full = registration->functions[0];
    QCOMPARE(full.slug, "demo-app-full-cfg"_ba);
    QCOMPARE(full.name, "Full Config"_ba);
    QCOMPARE(full.url, "http://localhost:3940/api/inngest?fnId=demo-app-full-cfg&stepId=step"_ba);
    QCOMPARE(full.retries, 7);
    const std::vector<Trigger> triggers{
        {.event = "demo/full"_ba, .expression = "event.data.x > 1"_ba, .cron = {}},
        {.event = {}, .expression = {}, .cron = "*/5 * * * *"_ba}};
    QCOMPARE(full.triggers, triggers);
    QCOMPARE(full.notEnforced.join(','),
             "cron,rateLimit,throttle,debounce,priority,singleton,timeouts,idempotency,"
             "concurrency,cancel"_ba);
    QVERIFY(full.config.bytes().startsWith("{\"id\":\"demo-app-full-cfg\""));

    const FunctionConfig &failure = registration->functions[1];
    QCOMPARE(failure.retries, 1);
    QVERIFY(failure.notEnforced.isEmpty());
    QCOMPARE(failure.triggers[0].expression, "event.data.function_id == 'demo-app-full-cfg'"_ba);
}

void TestRegisterCodec::takesPythonAndGo()
{
    const Result<Registration> python = decodeRegistration(fixture("python.json")); // row 7
    QVERIFY(python.has_value());
    QCOMPARE(python->appName, "py-app"_ba);
    QCOMPARE(python->functions[0].retries, 0);
    const Result<Registration> nulls = decodeRegistration(fixture("python-nulls.json")); // row 21
    QVERIFY(nulls.has_value());
    QVERIFY(nulls->functions[0].notEnforced.isEmpty());
    const Result<Registration> go = decodeRegistration(fixture("go.json"));
    QVERIFY(go.has_value());
    QCOMPARE(go->url, "http://localhost:9000/api/inngest"_ba);
    QCOMPARE(go->functions[0].notEnforced, QByteArrayList{"concurrency"_ba});
}

void TestRegisterCodec::readsRetries_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<int>("retries");
    const QByteArray step = R"("steps":{"step":{"runtime":{"url":"http://h/x"},"retries":%1}})"_ba;
    const auto inStep = [step](const QByteArray &value) {
        return QByteArray(step).replace("%1", value);
    };
    QTest::addRow("row 18: absent") << QByteArray() << 4;
    QTest::addRow("row 17: none") << inStep(R"({"attempts":0})") << 0;
    QTest::addRow("ten") << inStep(R"({"attempts":10})") << 10;
    QTest::addRow("the most") << inStep(R"({"attempts":20})") << 20;
    QTest::addRow("2.8 fifty are twenty") << inStep(R"({"attempts":50})") << 20;
    QTest::addRow("null") << inStep("null") << 4;
    QTest::addRow("null attempts") << inStep(R"({"attempts":null})") << 4;
    QTest::addRow("top level object") << R"("retries":{"attempts":2})"_ba << 2;
    QTest::addRow("top level number") << R"("retries":3)"_ba << 3;
    QTest::addRow("step wins") << QByteArray(R"("retries":3,)" + inStep(R"({"attempts":1})")) << 1;
}

void TestRegisterCodec::readsRetries()
{
    QFETCH(QByteArray, members);
    QFETCH(int, retries);
    const Result<Registration> registration = decodeRegistration(withFunction(members));
    QVERIFY2(registration.has_value(), "refused");
    QCOMPARE(registration->functions[0].retries, retries);
}

void TestRegisterCodec::namesWhatIsNotEnforced_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("names");
    QTest::addRow("nothing") << R"("triggers":[{"event":"a"}],"cancel":[])"_ba
                             << ""_ba;
    QTest::addRow("batch") << R"("batchEvents":{"maxSize":2,"timeout":"1s"})"_ba
                           << "batchEvents"_ba;
    QTest::addRow("concurrency as a number") << R"("concurrency":5)"_ba
                                             << "concurrency"_ba;
    QTest::addRow("concurrency by kind")
        << R"("concurrency":{"fn":[{"limit":1}],"step":[{"limit":2,"key":"'x'","scope":"account"}]})"_ba
        << "concurrency"_ba;
    QTest::addRow("cancel with a time")
        << R"("cancel":[{"event":"a/b","timeout":"2030-01-02T03:04:05.678Z","if":null}])"_ba
        << "cancel"_ba;
}

void TestRegisterCodec::namesWhatIsNotEnforced()
{
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, names);
    const Result<Registration> registration = decodeRegistration(withFunction(members));
    QVERIFY2(registration.has_value(),
             registration ? "" : qPrintable(registration.error().message));
    QCOMPARE(registration->functions[0].notEnforced.join(','), names);
}

void TestRegisterCodec::refusesFunctions_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const QByteArray &members, const QString &problem) {
        QTest::addRow("%s", name) << members << problem;
    };
    const QByteArray batch = R"("batchEvents":{"maxSize":5,"timeout":"5s"},)"_ba;
    row("row 20: batch and cancel", batch + R"("cancel":[{"event":"x"}])",
        u"batchEvents cannot be combined with cancel"_s);
    row("batch and debounce", batch + R"("debounce":{"period":"5s"})",
        u"batchEvents cannot be combined with debounce"_s);
    row("batch and singleton", batch + R"("singleton":{"mode":"skip"})",
        u"batchEvents cannot be combined with singleton"_s);
    row("batch and priority", batch + R"("priority":{"run":"1"})",
        u"batchEvents cannot be combined with priority"_s);
    row("batch of one", R"("batchEvents":{"maxSize":1,"timeout":"5s"})",
        u"batchEvents.maxSize is not a whole number from 2 on"_s);
    row("batch timeout in days", R"("batchEvents":{"maxSize":3,"timeout":"1d"})",
        u"batchEvents.timeout is not a duration from 1s to 10m"_s);
    row("batch timeout over the limit", R"("batchEvents":{"maxSize":3,"timeout":"10m1s"})",
        u"batchEvents.timeout is not a duration from 1s to 10m"_s);
    row("rate limit 0", R"("rateLimit":{"limit":0,"period":"1m"})",
        u"rateLimit.limit is not a whole number from 1 on"_s);
    row("rate limit period", R"("rateLimit":{"limit":1,"period":"25h"})",
        u"rateLimit.period is not a duration from 1s to 24h"_s);
    row("debounce period", R"("debounce":{"period":"8d"})",
        u"debounce.period is not a duration from 1s to 7d"_s);
    row("throttle without period", R"("throttle":{"limit":1})",
        u"throttle.period is not a duration of at least 1s"_s);
    row("singleton mode", R"("singleton":{"mode":"wait"})",
        u"singleton.mode is neither skip nor cancel"_s);
    row("three limits", R"("concurrency":[{"limit":1},{"limit":2},{"limit":3}])",
        u"concurrency has 3 entries, at most 2 are allowed"_s);
    row("scope without key", R"("concurrency":{"limit":1,"scope":"env"})",
        u"concurrency.scope env needs a key"_s);
    row("two limits on runs", R"("concurrency":{"fn":[{"limit":1},{"limit":2}]})",
        u"concurrency.fn has more than 1 entry"_s);
    row("limit on runs of an account",
        R"("concurrency":{"fn":[{"limit":1,"scope":"account","key":"1"}]})",
        u"concurrency.fn[0].scope of a limit on runs is not fn"_s);
    row("semantics 12.3: six cancels",
        "\"cancel\":[" + QByteArray(R"({"event":"x"},)").repeated(5) + R"({"event":"x"}])",
        u"cancel has 6 entries, at most 5 are allowed"_s);
    row("cancel without event", R"("cancel":[{}])",
        u"cancel[0].event is not a name of 1 to 255 characters"_s);
    row("timeouts", R"("timeouts":{"start":"soon"})", u"timeouts.start is not a duration "_s);
    row("expression is a number", R"("rateLimit":{"limit":1,"period":"1m","key":5})",
        u"rateLimit.key is a number, not an expression"_s);
    row("inner wildcard", R"("triggers":[{"event":"a/*/b"}])",
        u"triggers[0].event \"a/*/b\" has a wildcard that is not the last part"_s);
    row("bare wildcard", R"("triggers":[{"event":"*"}])",
        u"triggers[0].event \"*\" has a wildcard that is not the last part"_s);
    row("long trigger", "\"triggers\":[{\"event\":\"" + QByteArray(256, 'a') + "\"}]",
        u"triggers[0].event \"%1\" has more than 255 characters"_s.arg(QString(256, u'a')));
    row("empty trigger", R"("triggers":[{}])",
        u"triggers[0] has neither or both of event and cron"_s);
    row("duplicate trigger", R"("triggers":[{"event":"a"},{"event":"b"},{"event":"a"}])",
        u"triggers[2] repeats an earlier trigger"_s);
    row("duplicate cron", R"("triggers":[{"cron":"* * * * *"},{"cron":"* * * * *"}])",
        u"triggers[1] repeats an earlier trigger"_s);
    row("descriptor", R"("triggers":[{"cron":"@daily"}])",
        u"triggers[0].cron \"@daily\" is invalid: descriptors such as @daily are not taken, "
        "write five fields"_s);
    row("jitter", R"("triggers":[{"cron":"* * * * *","jitter":"6m"}])",
        u"triggers[0].jitter is not a duration from 1s to 5m"_s);
    row("no step", R"("steps":null)", u"steps.step.runtime.url is missing"_s);
    row("connect", R"("steps":{"step":{"runtime":{"type":"ws","url":"ws://x"}}})",
        u"runtime type ws (Connect) is not supported by this version"_s);
    row("call URL", R"("steps":{"step":{"runtime":{"url":"ftp://x"}}})",
        u"steps.step.runtime.url: the URL \"ftp://x\" is neither http nor https"_s);
    row("negative retries", R"("retries":-1)", u"retries is not a number of attempts from 0 on"_s);
}

void TestRegisterCodec::refusesFunctions()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, problem);
    QCOMPARE(problemOf(members), problem);
}

void TestRegisterCodec::refusesRegistrations_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    const QByteArray url = R"("url":"http://h/x")"_ba;
    QTest::addRow("row 6: no app name") << QByteArray('{' + url + '}') << u"App ID required"_s;
    QTest::addRow("empty app name")
        << QByteArray(R"({"appName":"",)" + url + '}') << u"App ID required"_s;
    QTest::addRow("no URL") << R"({"appName":"a"})"_ba
                            << u"Invalid request: the URL \"\" has no host"_s;
    QTest::addRow("array") << "[]"_ba << u"Invalid request: the body is an array, not an object"_s;
    QTest::addRow("functions is text")
        << QByteArray(R"({"appName":"a","functions":"x",)" + url + '}')
        << u"Invalid request: functions is a string, not an array"_s;
    QTest::addRow("two of a name")
        << fixture("ts4-simple.json").replace("demo-app-two", "demo-app-one")
        << u"At least one function is invalid: demo-app-one: another function has the same id"_s;
    QTest::addRow("function is null")
        << QByteArray(R"({"appName":"a","functions":[null],)" + url + '}')
        << u"At least one function is invalid: function 1: it is null, not an object"_s;
    for (const char *version : {"3.22.0", "3.53.1", "3.30.5-beta.1"}) {
        QTest::addRow("denied %s", version)
            << fixture("ts3.json").replace("3.54.2", version)
            << u"The SDK version js:v%1 has a known security problem; use 3.54.0 or newer"_s.arg(
                   QLatin1String(version));
    }
}

void TestRegisterCodec::refusesRegistrations()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, message);
    const Result<Registration> registration = decodeRegistration(body);
    QVERIFY(!registration);
    QCOMPARE(registration.error().message, message);

    const Result<Registration> syntax = decodeRegistration("{\"appName\":");
    QCOMPARE(syntax.error().code, ErrorCode::InvalidJson);
    QVERIFY(syntax.error().message.startsWith("Invalid request: "_L1));
    for (const char *allowed : {"3.21.9", "3.53.2", "3.54.0", "4.0.0"})
        QVERIFY(decodeRegistration(fixture("ts3.json").replace("3.54.2", allowed)).has_value());
}

void TestRegisterCodec::tellsAllProblemsOfAllFunctions()
{
    const QByteArray body =
        R"({"appName":"a","url":"http://h/x","functions":[{"id":"a-1","debounce":{}},{"name":"x"}]})"_ba;
    const Result<Registration> registration = decodeRegistration(body);
    QVERIFY(!registration);
    QCOMPARE(registration.error().message,
             u"At least one function is invalid: a-1: steps.step.runtime.url is missing; "
             "debounce.period is not a duration from 1s to 7d | function 2: id is missing; "
             "steps.step.runtime.url is missing"_s);
}

void TestRegisterCodec::tellsTheFirstOfManyProblems()
{
    const QByteArray prefix = R"({"appName":"a","url":"http://h/x","functions":[)"_ba;
    const Result<Registration> many =
        decodeRegistration(QByteArray(prefix + "null,"_ba.repeated(99) + "null]}"));
    QVERIFY(many.error().message.startsWith(
        u"At least one function is invalid: function 1: it is null, not an object | function 2: "_s));
    QVERIFY(
        many.error().message.endsWith(u"| function 20: it is null, not an object | and 80 more"_s));

    const QByteArray name = QByteArray("\xc3\xbc").repeated(400'000);
    const Result<Registration> longName = decodeRegistration(
        QByteArray(prefix + R"({"id":"a-1","triggers":[{"event":")" + name + R"("}]}]})"));
    QVERIFY(longName.error().message.size() < 1000);
    QVERIFY(longName.error().message.endsWith(u"\u00fc..."_s));
}

void TestRegisterCodec::manyTinyPartsCostNothing_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    const QByteArray list = '[' + "null,"_ba.repeated(1'500'000) + "null]";
    const auto row = [&](const char *name, const QByteArray &members, const QString &problem) {
        QTest::addRow("%s", name) << withFunction(members)
                                  << u"At least one function is invalid: app-f: "_s + problem;
    };
    QTest::addRow("functions") << QByteArray(R"({"appName":"a","url":"http://h/x","functions":)"
                                             + list + '}')
                               << u"Invalid request: 1500001 functions, at most 5000 are allowed"_s;
    row("triggers", "\"triggers\":" + list, u"1500001 triggers, at most 10 are allowed"_s);
    row("cancels", "\"cancel\":" + list, u"cancel has 1500001 entries, at most 5 are allowed"_s);
    row("limits", "\"concurrency\":" + list,
        u"concurrency has 1500001 entries, at most 2 are allowed"_s);
    row("limits on runs", "\"concurrency\":{\"fn\":" + list + '}',
        u"concurrency.fn has more than 1 entry"_s);
}

void TestRegisterCodec::manyTinyPartsCostNothing()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, message);
    const qint64 before = fixtures::peakMemoryBytes();
    const Result<Registration> registration = decodeRegistration(body);
    QVERIFY(!registration);
    QCOMPARE(registration.error().message, message);
    QVERIFY(fixtures::peakMemoryBytes() - before < 64 * 1024 * 1024);
}

void TestRegisterCodec::checksumIgnoresFeatureObservations()
{
    const QByteArray body = fixture("ts4-full.json");
    const QByteArray checksum = decodeRegistration(body)->checksum;
    const QByteArray observed = QByteArray(body).replace("REASON_READY", "REASON_OTHER");
    QVERIFY(observed != body);
    QCOMPARE(decodeRegistration(observed)->checksum, checksum);
    const QByteArray changed = QByteArray(body).replace("\"attempts\":7", "\"attempts\":8");
    QVERIFY(decodeRegistration(changed)->checksum != checksum);
}

void TestRegisterCodec::normalisesUrls_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("normalised"); // empty: refused
    const auto row = [](const char *url, const char *normalised) {
        QTest::addRow("%s", url) << QByteArray(url) << QByteArray(normalised);
    };
    row("http://127.0.0.1:3000/api/inngest", "http://localhost:3000/api/inngest"); // row 16
    row("http://localhost:3000/api/inngest", "http://localhost:3000/api/inngest");
    row("http://0.0.0.0:3000/x", "http://localhost:3000/x");
    row("http://127.0.0.1/x", "http://127.0.0.1/x");
    row("http://[::1]:3000/x", "http://[::1]:3000/x");
    row("http://h:80/x", "http://h/x");
    row("https://h:443/x", "https://h/x");
    row("https://h:80/x", "https://h:80/x");
    row("HTTP://Host.Example/Path", "http://host.example/Path");
    row("localhost:3000/x", "http://localhost:3000/x");
    row("http://h/x?deployId=1&fnId=a-b&probe=trust&stepId=step",
        "http://h/x?fnId=a-b&stepId=step");
    row("http://h/x?deployId=1#frag", "http://h/x");
    row("http://u:p@127.0.0.1:80", "http://u:p@localhost");
    row("http://h:99999/x", "");
    row("http://h:x/", "");
    row("ftp://h/x", "");
    row("http:///x", "");
    row("http://h/a b", "");
    row("http://h/\r\nX: y", "");
    row("", "");
}

void TestRegisterCodec::normalisesUrls()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, normalised);
    const Result<QByteArray> result = protocol::normaliseUrl(url);
    QCOMPARE(result.value_or(QByteArray()), normalised);
    QCOMPARE(result.has_value(), !normalised.isEmpty());
}

void TestRegisterCodec::checksCron_data()
{
    QTest::addColumn<QByteArray>("cron");
    QTest::addColumn<bool>("isValid");
    const auto row = [](const char *cron, bool isValid) {
        QTest::addRow("<%s>", cron) << QByteArray(cron) << isValid;
    };
    row("* * * * *", true);
    row("*/15 0-23/2 1,15 JAN-dec ?", true);
    row("0 12 * * SUN,1-5", true);
    row("5/10 * * * *", true);
    row("TZ=Europe/Paris 30 2 * * *", true);
    row("CRON_TZ=UTC 0 0 1 1 0", true);
    row("TZ=Mars/Olympus 0 0 * * *", false);
    row("TZ=UTC", false);
    row("* * * *", false);
    row("* * * * * *", false);
    row("60 * * * *", false);
    row("* 24 * * *", false);
    row("* * 0 * *", false);
    row("* * * 13 *", false);
    row("* * * * 7", false);
    row("30-10 * * * *", false);
    row("*/0 * * * *", false);
    row("L * * * *", false);
    row("1,,2 * * * *", false);
    row("@hourly", false);
    row("", false);
}

void TestRegisterCodec::checksCron()
{
    QFETCH(QByteArray, cron);
    QFETCH(bool, isValid);
    QCOMPARE(protocol::validateCron(cron).has_value(), isValid);
}

void TestRegisterCodec::handsOnExpressions()
{
    const Result<Registration> registration = decodeRegistration(fixture("ts4-full.json"));
    QVERIFY(registration.has_value());
    QByteArrayList texts;
    for (const ExpressionText &each : registration->expressions)
        texts.append(each.function.mid(9) + ' ' + each.path + ": "_ba + each.text);
    const QByteArrayList expected{
        "full-cfg triggers[0].expression: event.data.x > 1"_ba,
        "full-cfg rateLimit.key: event.data.k"_ba,
        "full-cfg throttle.key: event.data.k"_ba,
        "full-cfg debounce.key: event.data.k"_ba,
        "full-cfg priority.run: event.data.p"_ba,
        "full-cfg singleton.key: event.data.k"_ba,
        "full-cfg idempotency: event.data.id"_ba,
        "full-cfg concurrency[0].key: event.data.user"_ba,
        "full-cfg cancel[0].if: event.data.userId == async.data.userId"_ba,
        "full-cfg-failure triggers[0].expression: event.data.function_id == 'demo-app-full-cfg'"_ba};
    QCOMPARE(texts, expected);

    const auto more = decodeRegistration(withFunction(
        R"("batchEvents":{"maxSize":2,"timeout":"1s","key":"a","if":"b"},"debounce":null,)"
        R"("concurrency":{"fn":{"limit":1,"key":"c"},"step":[{"limit":1,"key":"d"}]})"));
    QVERIFY(more.has_value());
    QByteArrayList paths;
    for (const ExpressionText &each : more->expressions)
        paths.append(each.path);
    QCOMPARE(paths.join(','),
             "batchEvents.key,batchEvents.if,concurrency.fn.key,concurrency.step[0].key"_ba);

    const auto empty = decodeRegistration(withFunction(R"("debounce":{"period":"5s","key":""})"));
    QVERIFY(empty.has_value() && empty->expressions.empty()); // the reference takes it as absent
}

QTEST_GUILESS_MAIN(TestRegisterCodec)

#include "tst_registercodec.moc"
