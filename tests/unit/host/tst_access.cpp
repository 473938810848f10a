// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/access.h"
#include "devserver/host/embeddedbackend.h"
#include "devserver/model/clock.h"
#include "devserver/protocol/signing.h"
#include "devserver/transport/originguard.h"

#include <QTest>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::host;

/// What the window may know of who gets in (ui.md §25).
class TestAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysAreNeverWhole_data();
    void keysAreNeverWhole();
    void hostsAreThoseOfTheOriginsToo();
    void addressesAreThoseOfTheSockets();
    void keysAreCompared_data();
    void keysAreCompared();
};

namespace {

ServerSettings settings()
{
    ServerSettings made;
    made.addresses = {QHostAddress(QHostAddress::LocalHost)};
    made.port = 0;
    made.routes.hasDiscovery = false;
    made.routes.allowedHosts = {"build.example"_ba};
    made.routes.allowedOrigins = {"https://app.example.com"_ba};
    made.eventKeysFrom = u"REDRIVE_EVENT_KEY"_s;
    return made;
}

/// Nothing if it did not come.
template<typename T>
std::optional<T> answerOf(api::Reply *reply)
{
    auto result = std::make_shared<std::optional<T>>();
    api::then<T>(
        reply, reply, [result](const T &answer) { *result = answer; }, [](const Error &) {});
    const bool hasCome = QTest::qWaitFor([&result] { return result->has_value(); }, 10'000);
    return hasCome ? *result : std::nullopt;
}

const QByteArray longSecret = "0123456789abcdef0123456789abcdef"_ba;

} // namespace

void TestAccess::keysAreNeverWhole_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("long") << longSecret << QByteArray() << "cdef"_ba;
    QTest::newRow("with prefix") << "signkey-test-" + longSecret << "signkey-test-"_ba
                                 << "cdef"_ba;
    QTest::newRow("just long enough") << longSecret.first(16) << QByteArray() << "cdef"_ba;
    QTest::newRow("too short to show an end")
        << longSecret.first(14) << QByteArray() << QByteArray();
    QTest::newRow("short with prefix") << "signkey-prod-abcd"_ba
                                       << "signkey-prod-"_ba << QByteArray();
}

void TestAccess::keysAreNeverWhole()
{
    QFETCH(const QByteArray, key);
    ServerSettings made = settings();
    made.routes.signingKey = key;
    made.routes.eventKeys = {"a"_ba, longSecret};
    const api::ServerAccess access = accessOf(made);
    QVERIFY(access.signingKey.has_value());
    QTEST(access.signingKey->start, "start");
    QTEST(access.signingKey->end, "end");
    const std::vector<api::KeyTrace> eventKeys{{.start = {}, .end = {}},
                                               {.start = {}, .end = "cdef"_ba}};
    QVERIFY(access.eventKeys == eventKeys);
    QCOMPARE(access.eventKeysFrom, u"REDRIVE_EVENT_KEY"_s);
    QVERIFY(!accessOf(settings()).signingKey.has_value());
}

/// As the guard takes them; what it takes anyway is not told again.
void TestAccess::hostsAreThoseOfTheOriginsToo()
{
    ServerSettings made = settings();
    made.routes.allowedHosts = {"Build.Example"_ba, "192.168.1.20"_ba};
    made.routes.allowedOrigins = {
        "https://app.example.com:8443/"_ba, "http://build.example"_ba,  "team.test"_ba,
        "http://app.example.com"_ba,        "http://localhost:3000"_ba, "http://[::1]:3000"_ba,
        "http://host.docker.internal"_ba};
    const QByteArrayList hosts{"build.example"_ba, "app.example.com"_ba, "team.test"_ba};
    QCOMPARE(accessOf(made).hosts, hosts);
    const transport::OriginGuard guard(made.routes.allowedHosts, made.routes.allowedOrigins);
    for (const QByteArray &host : hosts)
        QVERIFY2(guard.allowsHost(host), host.constData());
}

void TestAccess::addressesAreThoseOfTheSockets()
{
    ServerSettings made = settings();
    made.addresses = {QHostAddress(u"127.0.0.2"_s)};
    EmbeddedBackend backend(made);
    QVERIFY(backend.server().access.addresses.empty());
    const QByteArrayList hosts{"build.example"_ba, "app.example.com"_ba};
    QCOMPARE(backend.server().access.hosts, hosts);
    QVERIFY(answerOf<api::Done>(backend.startServer(0)));
    const std::vector<api::BoundAddress> bound{
        {.text = u"127.0.0.2:%1"_s.arg(backend.server().port), .isLoopback = true}};
    QTRY_VERIFY(backend.server().access.addresses == bound);
    QCOMPARE(backend.server().access.origins, QByteArrayList{"https://app.example.com"_ba});
    QVERIFY(answerOf<api::Done>(backend.stopServer()));
    QTRY_VERIFY(backend.server().access.addresses.empty());

    const std::vector<api::BoundAddress> others =
        boundAddresses({QHostAddress(QHostAddress::LocalHostIPv6),
                        QHostAddress(QHostAddress::AnyIPv4), QHostAddress(u"192.168.1.5"_s)},
                       8288);
    const std::vector<api::BoundAddress> written{
        {.text = u"[::1]:8288"_s, .isLoopback = true},
        {.text = u"0.0.0.0:8288"_s, .isLoopback = false},
        {.text = u"192.168.1.5:8288"_s, .isLoopback = false}};
    QVERIFY(others == written);
}

void TestAccess::keysAreCompared_data()
{
    QTest::addColumn<QByteArray>("own");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char *name, const QByteArray &own, const QByteArray &key,
                        api::KeyComparison verdict) {
        QTest::newRow(name) << own << key << static_cast<int>(verdict);
    };
    const QByteArray own = "signkey-test-" + longSecret;
    row("same", own, own, api::KeyComparison::Same);
    row("without the prefix", own, longSecret, api::KeyComparison::Same);
    row("with another prefix", own, "signkey-prod-" + longSecret, api::KeyComparison::Same);
    row("upper case", own, longSecret.toUpper(), api::KeyComparison::Other);
    row("its hash", own, protocol::hashedKey(own), api::KeyComparison::Other);
    row("another one", own, longSecret.first(16), api::KeyComparison::Other);
    row("no key", own, "hunter2"_ba, api::KeyComparison::NoKey);
    row("nothing", own, QByteArray(), api::KeyComparison::NoKey);
    row("the server has none", {}, own, api::KeyComparison::NoneHere);
}

void TestAccess::keysAreCompared()
{
    QFETCH(const QByteArray, own);
    QFETCH(const QByteArray, key);
    QFETCH(const int, verdict);
    ServerSettings made = settings();
    made.routes.signingKey = own;
    EmbeddedBackend backend(made); // the server need not run
    const auto found = answerOf<api::KeyComparison>(backend.compareSigningKey(key));
    QVERIFY(found);
    QCOMPARE(static_cast<int>(*found), verdict);
    if (own.isEmpty() || !protocol::isSigningKey(key))
        return;
    // What is called the same is what the check of a signature takes.
    const TimePoint now = SystemClock().now();
    QCOMPARE(protocol::verifySignature(protocol::signature("{}", key, now), "{}", own, now),
             *found == api::KeyComparison::Same);
}

QTEST_GUILESS_MAIN(TestAccess)
#include "tst_access.moc"
