// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"
#include "tests/unit/host/replywait.h"

#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::host;

/// Another address for an app: all of it or nothing (ui.md §13.2), at once and for good.
class TestMovedApp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsAtTheNewAddressOnly();
    void whatIsRefusedChangesNothing_data();
    void whatIsRefusedChangesNothing();
    void theAddressOfAnotherAppIsRefused();
    void itIsAskedAtTheNewAddressOnly_data();
    void itIsAskedAtTheNewAddressOnly();
    void itGoesBack();
    void anotherAppAtTheNewAddressIsRefused();
    void whoReadsTheCatalogHearsOfNamelessApps();
    void whatWasRemovedStaysAway_data();
    void whatWasRemovedStaysAway();
    void aGivenAddressStaysInTheFile();
};

namespace {

/// Nothing answers at these: what matters is which of them are there.
const auto oldUrl = "http://localhost:1/api/inngest"_ba;
const auto newUrl = "http://localhost:2/api/inngest"_ba;

ServerSettings settings(QString dataFile)
{
    ServerSettings made;
    made.dataFile = std::move(dataFile);
    made.addresses = {QHostAddress(QHostAddress::LocalHost)};
    made.port = 0;
    made.routes.hasDiscovery = false;
    return made;
}

/// Added last: when it is there, everything that was on its way before is there, too.
const auto lastUrl = "http://localhost:9/api/inngest"_ba;

struct Fixture {
    explicit Fixture(QString dataFile = {})
        : backend(settings(std::move(dataFile)))
    {}

    EmbeddedBackend backend;
    std::map<AppId, App> apps;

    template<typename T>
    Result<T> wait(api::Reply *reply)
    {
        return tests::answerOf<T>(reply);
    }

    [[nodiscard]] QByteArrayList addresses()
    {
        for (const AppChanged &change : backend.mailbox().take(1000).apps) {
            if (change.isGone)
                apps.erase(change.app.id);
            else
                apps.insert_or_assign(change.app.id, change.app);
        }
        QByteArrayList urls;
        for (const auto &[id, app] : apps)
            urls.append(app.url);
        return urls;
    }

    bool open()
    {
        return wait<api::Done>(backend.startServer(0))
               && wait<api::AppNoted>(backend.addApp(oldUrl))
               && QTest::qWaitFor([this] { return addresses() == QByteArrayList{oldUrl}; });
    }

    /// As an SDK does it.
    bool registers(const QByteArray &name, const QByteArray &url)
    {
        return registrationStatus(name, url) == "200"
               && QTest::qWaitFor([&] { return isNamed(name, url); });
    }

    QByteArray registrationStatus(const QByteArray &name, const QByteArray &url)
    {
        const QByteArray body = R"({"url":")" + url + R"(","appName":")" + name
                                + R"(","sdk":"js:v4.0.0","functions":[{"id":"f","name":"f",)"
                                  R"("triggers":[{"event":"e"}],"steps":{"step":{"id":"step",)"
                                  R"("runtime":{"type":"http","url":")"
                                + url + R"("}}}}]})";
        QTcpSocket sdk;
        sdk.connectToHost(QHostAddress(QHostAddress::LocalHost), backend.server().port);
        sdk.write("POST /fn/register HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                  + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        return statusOf(&sdk);
    }

    /// Of the answer: "200".
    QByteArray statusOf(QTcpSocket *socket)
    {
        const QByteArray version = "HTTP/1.1 ";
        QByteArray answer;
        (void)QTest::qWaitFor(
            [&] { return (answer += socket->readAll()).size() >= version.size() + 3; });
        return answer.mid(version.size(), 3);
    }

    [[nodiscard]] bool isNamed(const QByteArray &name, const QByteArray &url)
    {
        (void)addresses();
        return std::any_of(apps.begin(), apps.end(), [&](const auto &known) {
            return known.second.name == name && known.second.url == url;
        });
    }

    /// The addresses in order, once everything is there.
    [[nodiscard]] QByteArrayList settled()
    {
        QByteArrayList urls;
        if (wait<api::AppNoted>(backend.addApp(lastUrl)))
            (void)QTest::qWaitFor([&] { return (urls = addresses()).contains(lastUrl); });
        urls.removeAll(lastUrl);
        std::sort(urls.begin(), urls.end());
        return urls;
    }

    /// Stops the server and starts it again; afterwards only what it knows then is there.
    bool restart()
    {
        if (!wait<api::Done>(backend.stopServer()))
            return false;
        (void)addresses();
        apps.clear();
        if (!wait<api::Done>(backend.startServer(0)))
            return false;
        const Result<api::Catalog> catalog = wait<api::Catalog>(backend.ask(api::CatalogQuery{}));
        if (!catalog)
            return false;
        for (const api::CatalogApp &stored : catalog->apps)
            apps.insert_or_assign(stored.app.id, stored.app);
        return true;
    }

    [[nodiscard]] AppId at(const QByteArray &url) const
    {
        for (const auto &[id, app] : apps) {
            if (app.url == url)
                return id;
        }
        return {};
    }
};

} // namespace

/// A window reads it when the server begins to serve; what was found before stays.
void TestMovedApp::whoReadsTheCatalogHearsOfNamelessApps()
{
    Fixture on;
    QVERIFY(on.open());
    const auto addressesIn = [&on](const QByteArray &name) {
        QByteArrayList urls;
        const auto catalog =
            on.wait<api::Catalog>(on.backend.ask(api::CatalogQuery{.appName = name}));
        for (const api::CatalogApp &known : catalog ? catalog->apps : api::Catalog().apps)
            urls.append(known.app.url);
        return urls;
    };
    QCOMPARE(addressesIn({}), QByteArrayList{oldUrl});
    QCOMPARE(addressesIn("shop"_ba), QByteArrayList());
    QVERIFY(on.registers("shop"_ba, oldUrl)); // it has a name now, and is there once
    QCOMPARE(addressesIn({}), QByteArrayList{oldUrl});
    QCOMPARE(addressesIn("shop"_ba), QByteArrayList{oldUrl});
}

void TestMovedApp::itIsAtTheNewAddressOnly()
{
    Fixture on;
    QVERIFY(on.open());
    const AppId id = on.apps.begin()->first;
    const Result<api::AppNoted> moved = on.wait<api::AppNoted>(on.backend.moveApp(id, newUrl));
    QVERIFY(moved);
    QCOMPARE(moved->url, newUrl);
    QTRY_COMPARE(on.addresses(), QByteArrayList{newUrl});
    const AppId now = on.apps.begin()->first;
    QVERIFY(on.wait<api::AppNoted>(on.backend.moveApp(now, newUrl))); // it is there already
    QVERIFY(on.wait<api::Count>(on.backend.ask(api::CountQuery{})));
    QCOMPARE(on.addresses(), QByteArrayList{newUrl});
}

void TestMovedApp::whatIsRefusedChangesNothing_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<bool>("isServing");
    QTest::newRow("no address") << "ftp://x"_ba << true << true;
    QTest::newRow("no such app") << newUrl << false << true;
    QTest::newRow("no server") << newUrl << true << false;
}

void TestMovedApp::whatIsRefusedChangesNothing()
{
    QFETCH(const QByteArray, url);
    QFETCH(const bool, isKnown);
    QFETCH(const bool, isServing);
    Fixture on;
    QVERIFY(on.open());
    const AppId id = isKnown ? on.apps.begin()->first : AppId();
    if (!isServing)
        QVERIFY(on.wait<api::Done>(on.backend.stopServer()));
    QVERIFY(!on.wait<api::AppNoted>(on.backend.moveApp(id, url)));
    if (isServing)
        QVERIFY(on.wait<api::Count>(on.backend.ask(api::CountQuery{})));
    QCOMPARE(on.addresses(), QByteArrayList{oldUrl});
}

void TestMovedApp::theAddressOfAnotherAppIsRefused()
{
    Fixture on;
    QVERIFY(on.open());
    const AppId id = on.apps.begin()->first;
    QVERIFY(on.registers("shop"_ba, "http://localhost:3/api/inngest"));
    QTRY_COMPARE(on.addresses().size(), 2);
    const Result<api::AppNoted> moved =
        on.wait<api::AppNoted>(on.backend.moveApp(id, "http://localhost:3/api/inngest"_ba));
    QVERIFY(!moved);
    QCOMPARE(moved.error(), (Error{ErrorCode::Conflict,
                                   u"http://localhost:3/api/inngest is the address of shop"_s}));
    QVERIFY(on.wait<api::Count>(on.backend.ask(api::CountQuery{})));
    QCOMPARE(on.addresses().size(), 2);
    QVERIFY(on.addresses().contains(oldUrl));
}

void TestMovedApp::itIsAskedAtTheNewAddressOnly_data()
{
    QTest::addColumn<bool>("hasFile");
    QTest::newRow("data file") << true;
    QTest::newRow("nothing kept") << false;
}

/// From the moment it is acknowledged, also after a restart; nothing is there so far.
void TestMovedApp::itIsAskedAtTheNewAddressOnly()
{
    QFETCH(const bool, hasFile);
    const QTemporaryDir folder;
    Fixture on(hasFile ? folder.filePath(u"data.db"_s) : QString());
    QVERIFY(on.open());
    QVERIFY(on.registers("shop"_ba, oldUrl));
    const AppId id = on.at(oldUrl);
    QVERIFY(on.wait<api::AppNoted>(on.backend.moveApp(id, newUrl)));
    QCOMPARE(on.settled(), QByteArrayList{newUrl});
    QCOMPARE(on.at(newUrl), id); // the same one, with its functions
    QCOMPARE(on.apps.at(id).name, "shop"_ba);
    QVERIFY(QTest::qWaitFor([&] {
        (void)on.addresses();
        return on.apps.at(id).errorDetail.contains("localhost:2");
    }));
    QCOMPARE(on.apps.at(id).error, "unreachable"_ba);
    QVERIFY(on.restart());
    QCOMPARE(on.settled(), QByteArrayList{newUrl});
    QCOMPARE(on.isNamed("shop"_ba, newUrl), hasFile);
    QVERIFY(on.registers("shop"_ba, newUrl));
    QVERIFY(on.restart());
    QCOMPARE(on.settled(), QByteArrayList{newUrl});
}

void TestMovedApp::itGoesBack()
{
    Fixture on;
    QVERIFY(on.open());
    QVERIFY(on.registers("shop"_ba, oldUrl));
    const AppId id = on.at(oldUrl);
    QVERIFY(on.wait<api::AppNoted>(on.backend.moveApp(id, newUrl)));
    QVERIFY(on.wait<api::AppNoted>(on.backend.moveApp(id, oldUrl)));
    QCOMPARE(on.settled(), QByteArrayList{oldUrl});
    QCOMPARE(on.at(oldUrl), id);
    QVERIFY(on.registers("shop"_ba, oldUrl));
    QCOMPARE(on.apps.at(id).error, QByteArray());
}

void TestMovedApp::anotherAppAtTheNewAddressIsRefused()
{
    Fixture on;
    QVERIFY(on.open());
    QVERIFY(on.registers("shop"_ba, oldUrl));
    QVERIFY(on.wait<api::AppNoted>(on.backend.moveApp(on.at(oldUrl), newUrl)));
    QCOMPARE(on.registrationStatus("mail"_ba, newUrl), "409"_ba);
    QCOMPARE(on.settled(), QByteArrayList{newUrl});
    QVERIFY(on.isNamed("shop"_ba, newUrl));
}

void TestMovedApp::whatWasRemovedStaysAway_data()
{
    QTest::addColumn<bool>("isOverHttp");
    QTest::newRow("window") << false;
    QTest::newRow("HTTP") << true;
}

void TestMovedApp::whatWasRemovedStaysAway()
{
    QFETCH(const bool, isOverHttp);
    Fixture on;
    QVERIFY(on.open());
    QVERIFY(on.wait<api::AppNoted>(on.backend.addApp(newUrl)));
    QCOMPARE(on.settled(), (QByteArrayList{oldUrl, newUrl}));
    if (isOverHttp) {
        QTcpSocket client;
        client.connectToHost(QHostAddress(QHostAddress::LocalHost), on.backend.server().port);
        client.write("DELETE /fn/remove?url=" + newUrl.toPercentEncoding()
                     + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(on.statusOf(&client), "200"_ba);
    } else {
        QVERIFY(on.wait<api::Done>(on.backend.removeApp(on.at(newUrl))));
    }
    QCOMPARE(on.settled(), QByteArrayList{oldUrl});
    QVERIFY(on.restart());
    QCOMPARE(on.settled(), QByteArrayList{oldUrl}); // and what was not removed is asked again
}

/// Although nothing ever answered there: until it is removed.
void TestMovedApp::aGivenAddressStaysInTheFile()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"data.db"_s);
    {
        Fixture before(file);
        QVERIFY(before.open());
    }
    {
        Fixture on(file);
        QVERIFY(on.restart());
        QCOMPARE(on.addresses(), QByteArrayList{oldUrl}); // once
        QVERIFY(on.wait<api::Done>(on.backend.removeApp(on.at(oldUrl))));
    }
    Fixture after(file);
    QVERIFY(after.restart());
    QCOMPARE(after.settled(), QByteArrayList());
}

QTEST_GUILESS_MAIN(TestMovedApp)

#include "tst_movedapp.moc"
