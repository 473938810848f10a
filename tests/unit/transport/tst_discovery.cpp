// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/signing.h"
#include "devserver/transport/discovery.h"
#include "tests/unit/transport/clientfixture.h"

#include <QPointer>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::tests;

/// What listens on a usual port, and what discovery makes of it.
class TestDiscovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRedirectIsNoApp_data();
    void aRedirectIsNoApp();
    void anAppIsFoundAtItsPath();
    void anAppIsFoundBehindASlash();
    void whatIsNoAppIsTold();
    void anAppInCloudModeIsFound_data();
    void anAppInCloudModeIsFound();
    void whatIsUnderWayAtTheEndIsStillFound();
    void aSignatureIsForSdksOnly();
};

namespace {

/// What it was signed with; empty: it was not.
QByteArray signatureOf(const SeenRequest &request)
{
    const QByteArray field = "\r\nx-inngest-signature:"_ba;
    const qsizetype at = request.head.toLower().indexOf(field);
    const qsizetype from = at + field.size();
    return at < 0 ? QByteArray()
                  : request.head.mid(from, request.head.indexOf('\r', from) - from).trimmed();
}

/// One usual port, the one of the environment, with a server that a test scripts.
struct Fixture {
    explicit Fixture(ScriptServer::Script script, const QByteArray &signingKey = {})
        : server(std::move(script))
    {
        qputenv("PORT", QByteArray::number(server.serverPort()));
        discovery = std::make_unique<Discovery>(
            client, 20ms, 0, signingKey,
            [this](const QByteArray &url) {
                const QByteArray ours =
                    "http://localhost:" + QByteArray::number(server.serverPort());
                if (url.startsWith(ours))
                    found.append(url);
            },
            [this](const std::vector<quint16> &others) {
                ++looks;
                isNothing = isNothing || others.empty();
                isOther = std::count(others.begin(), others.end(), server.serverPort()) == 1;
            });
        discovery->start();
    }

    ~Fixture() { qunsetenv("PORT"); }

    Q_DISABLE_COPY_MOVE(Fixture)

    EpollSet sockets;
    HttpClient client{sockets};
    ScriptServer server;
    QByteArrayList found;
    int looks = 0; ///< that were told
    bool isOther = false;
    bool isNothing = false; ///< was told once
    std::unique_ptr<Discovery> discovery;
};

} // namespace

void TestDiscovery::aRedirectIsNoApp_data()
{
    QTest::addColumn<QByteArray>("host"); // where to; with the same port it would be itself
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("off the machine") << "127.0.0.2"_ba
                                     << "302 Found"_ba << QByteArray();
    QTest::newRow("for good") << "127.0.0.2"_ba
                              << "308 Permanent Redirect"_ba << QByteArray();
    QTest::newRow("from what says it is an app") << "127.0.0.2"_ba
                                                 << "307 Temporary Redirect"_ba
                                                 << "X-Inngest-Sdk: js:v4\r\n"_ba;
    QTest::newRow("to another port") << "127.0.0.1"_ba
                                     << "302 Found"_ba << QByteArray();
}

void TestDiscovery::aRedirectIsNoApp()
{
    QFETCH(const QByteArray, host);
    QFETCH(const QByteArray, status);
    QFETCH(const QByteArray, header);
    const auto answerAsApp = [](QTcpSocket *asked, const SeenRequest &) {
        asked->write("HTTP/1.1 200 OK\r\nX-Inngest-Sdk: js:v4\r\nContent-Length: 2\r\n\r\n{}");
    };
    const ScriptServer elsewhere(answerAsApp, QHostAddress(QString::fromLatin1(host)));
    const QByteArray there = "http://" + host + ':' + QByteArray::number(elsewhere.serverPort());
    Fixture on([&](QTcpSocket *asked, const SeenRequest &) {
        asked->write("HTTP/1.1 " + status + "\r\nLocation: " + there + "/api/inngest\r\n" + header
                     + "Content-Length: 0\r\n\r\n");
    });
    // Each of its paths, and then once more: the answers of the first round are all in.
    QTRY_VERIFY(on.server.requests.size() >= 5);
    QCOMPARE(elsewhere.connections, 0);
    QCOMPARE(on.found, QByteArrayList());
}

void TestDiscovery::anAppIsFoundAtItsPath()
{
    Fixture on([](QTcpSocket *asked, const SeenRequest &request) {
        const bool isApp = request.line().contains("/x/inngest");
        asked->write(isApp
                         ? "HTTP/1.1 200 OK\r\nX-Inngest-Sdk: js:v4\r\nContent-Length: 2\r\n\r\n{}"
                         : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    });
    QTRY_VERIFY(!on.found.isEmpty());
    QVERIFY2(on.found.front().endsWith("/x/inngest"), on.found.front().constData());
    QTRY_VERIFY(on.found.size() > 1); // the first look is over
    QVERIFY(!on.isNothing);
}

/// Django and others send who leaves out the slash at the end to the path with it.
void TestDiscovery::anAppIsFoundBehindASlash()
{
    Fixture on([](QTcpSocket *asked, const SeenRequest &request) {
        const bool isApp = request.line().contains("/api/inngest/ ");
        asked->write(isApp
                         ? "HTTP/1.1 200 OK\r\nX-Inngest-Sdk: py:v0\r\nContent-Length: 2\r\n\r\n{}"
                         : "HTTP/1.1 308 Permanent Redirect\r\nLocation: /api/inngest/\r\n"
                           "Content-Length: 0\r\n\r\n");
    });
    QTRY_VERIFY(!on.found.isEmpty());
    QVERIFY2(on.found.front().endsWith("/api/inngest/"), on.found.front().constData());
}

void TestDiscovery::whatIsNoAppIsTold()
{
    bool isApp = false;
    Fixture on([&isApp](QTcpSocket *asked, const SeenRequest &) {
        asked->write(isApp
                         ? "HTTP/1.1 200 OK\r\nX-Inngest-Sdk: js:v4\r\nContent-Length: 2\r\n\r\n{}"
                         : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    });
    QTRY_VERIFY(on.isOther);
    const int looks = on.looks;
    const std::size_t requests = on.server.requests.size();
    QTRY_VERIFY(on.server.requests.size() >= requests + 8); // two more looks, that saw the same
    QCOMPARE(on.looks, looks);
    isApp = true;
    QTRY_VERIFY(!on.isOther);
    QVERIFY(!on.found.isEmpty());
}

void TestDiscovery::anAppInCloudModeIsFound_data()
{
    QTest::addColumn<QByteArray>("ours");
    QTest::addColumn<QByteArray>("refusal");
    const QByteArray unauthorized = "401 Unauthorized"_ba;
    QTest::newRow("its key") << "signkey-test-0123abcd"_ba << unauthorized;
    QTest::newRow("another one") << "signkey-test-89ab"_ba << unauthorized;
    QTest::newRow("none") << QByteArray() << unauthorized;
    QTest::newRow("the app has none") << QByteArray() << "500 Internal Server Error"_ba;
}

/// Such an app (TypeScript) tells nobody who does not sign what it is, but that it is one.
void TestDiscovery::anAppInCloudModeIsFound()
{
    QFETCH(const QByteArray, ours);
    QFETCH(const QByteArray, refusal);
    Fixture on(
        [refusal](QTcpSocket *asked, const SeenRequest &request) {
            const bool isApp = request.line().contains(" /api/inngest ");
            const TimePoint now =
                std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
            const bool isSigned =
                protocol::verifySignature(signatureOf(request), {}, "signkey-test-0123abcd", now);
            const QByteArray handled =
                "X-Inngest-Sdk-Handled: true\r\nContent-Length: 2\r\n\r\n{}"_ba;
            if (!isApp)
                asked->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            else if (isSigned)
                asked->write("HTTP/1.1 200 OK\r\nX-Inngest-Sdk: inngest-js:v4\r\n" + handled);
            else
                asked->write("HTTP/1.1 " + refusal + "\r\n" + handled);
        },
        ours);
    QTRY_VERIFY(!on.found.isEmpty());
    QVERIFY2(on.found.front().endsWith("/api/inngest"), on.found.front().constData());
    QVERIFY(!on.isOther);
}

/// Another app has just synced: one that answers later is not lost.
void TestDiscovery::whatIsUnderWayAtTheEndIsStillFound()
{
    QPointer<QTcpSocket> late;
    Fixture on([&late](QTcpSocket *asked, const SeenRequest &) {
        if (late.isNull())
            late = asked;
    });
    QTRY_VERIFY(!late.isNull());
    on.discovery->finish();
    const std::size_t asked = on.server.requests.size();
    const int looks = on.looks;
    late->write("HTTP/1.1 200 OK\r\nX-Inngest-Sdk: js:v4\r\nContent-Length: 2\r\n\r\n{}");
    QTRY_COMPARE(on.found.size(), 1);
    QTRY_COMPARE(on.client.activeCount(), 0);
    // Another one that began later has looked five times meanwhile.
    const Fixture other([](QTcpSocket *socket, const SeenRequest &) {
        socket->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    });
    QTRY_VERIFY(other.server.requests.size() >= 5 * 4); // each of its paths
    QCOMPARE(on.server.requests.size(), asked);
    QCOMPARE(on.looks, looks);
}

void TestDiscovery::aSignatureIsForSdksOnly()
{
    Fixture on(
        [](QTcpSocket *asked, const SeenRequest &) {
            asked->write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        },
        "signkey-test-0123abcd"_ba);
    QTRY_VERIFY(on.isOther);
    for (const SeenRequest &request : on.server.requests)
        QVERIFY(signatureOf(request).isEmpty());
}

QTEST_GUILESS_MAIN(TestDiscovery)

#include "tst_discovery.moc"
