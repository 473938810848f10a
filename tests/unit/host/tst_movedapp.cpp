// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"

#include <QTcpSocket>
#include <QTest>

#include <map>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::host;

/// Another address for an app: all of it or nothing (ui.md §13.2).
class TestMovedApp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsAtTheNewAddressOnly();
    void whatIsRefusedChangesNothing_data();
    void whatIsRefusedChangesNothing();
    void theAddressOfAnotherAppIsRefused();
};

namespace {

/// Nothing answers at these: what matters is which of them are there.
const auto oldUrl = "http://localhost:1/api/inngest"_ba;
const auto newUrl = "http://localhost:2/api/inngest"_ba;

ServerSettings settings()
{
    ServerSettings made;
    made.addresses = {QHostAddress(QHostAddress::LocalHost)};
    made.port = 0;
    made.routes.hasDiscovery = false;
    return made;
}

struct Fixture {
    EmbeddedBackend backend{settings()};
    std::map<AppId, App> apps;

    template<typename T>
    Result<T> wait(api::Reply *reply)
    {
        std::optional<Result<T>> got;
        api::then<T>(
            reply, reply, [&got](const T &value) { got = value; },
            [&got](const Error &error) { got = tl::unexpected<Error>(error); });
        return QTest::qWaitFor([&got] { return got.has_value(); })
                   ? *got
                   : failure(ErrorCode::Timeout, u"no answer"_s);
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
};

} // namespace

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
    const QByteArray body =
        R"({"url":"http://localhost:3/api/inngest","appName":"shop",)"
        R"("sdk":"js:v4.0.0","functions":[{"id":"shop-f","name":"f",)"
        R"("triggers":[{"event":"e"}],"steps":{"step":{"id":"step",)"
        R"("runtime":{"type":"http","url":"http://localhost:3/api/inngest"}}}}]})";
    QTcpSocket sdk;
    sdk.connectToHost(QHostAddress(QHostAddress::LocalHost), on.backend.server().port);
    sdk.write("POST /fn/register HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray answer;
    QTRY_VERIFY2((answer += sdk.readAll()).contains("200 OK"), answer.constData());
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

QTEST_GUILESS_MAIN(TestMovedApp)

#include "tst_movedapp.moc"
