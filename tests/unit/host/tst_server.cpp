// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/server.h"
#include "tests/support/filesizelimit.h"
#include "tests/unit/transport/scriptserver.h"

#include <QCoroTask>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::host;

/// Engine, store and transport together, without a window.
class TestServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFoundAddressIsForgottenWithTheFullDisk();
};

namespace {

ServerSettings settingsIn(const QTemporaryDir &folder)
{
    ServerSettings made;
    made.addresses = {QHostAddress(QHostAddress::LocalHost)};
    made.port = 0;
    made.dataFile = folder.filePath(u"redrive.db"_s);
    made.routes.hasDiscovery = false;
    made.pollInterval = 1h;
    return made;
}

EventDraft eventOf(qsizetype bytes)
{
    EventDraft draft;
    draft.name = "demo/ping"_ba;
    draft.data = RawJson::fromTrusted("{\"x\":\"" + QByteArray(bytes, 'x') + "\"}");
    draft.user = RawJson::fromTrusted("{}"_ba);
    return draft;
}

/// Sends one event and waits for the commit.
Result<std::vector<EventId>> send(const transport::EngineDoor &door, qsizetype bytes)
{
    std::optional<Result<std::vector<EventId>>> sent;
    door.sendEvents({eventOf(bytes)},
                    [&sent](Result<std::vector<EventId>> ids) { sent = std::move(ids); });
    if (!QTest::qWaitFor([&sent] { return sent.has_value(); }, 10'000))
        qFatal("no answer");
    return *sent;
}

} // namespace

/// It is looked for once here, and what the engine was told is not in the data file.
void TestServer::aFoundAddressIsForgottenWithTheFullDisk()
{
    const tests::ScriptServer app([](QTcpSocket *asked, const tests::SeenRequest &) {
        asked->write("HTTP/1.1 200 OK\r\nX-Inngest-Sdk: js:v4\r\nContent-Length: 2\r\n"
                     "Connection: close\r\n\r\n{}");
        asked->disconnectFromHost();
    });
    const QByteArray port = QByteArray::number(app.serverPort());
    qputenv("PORT", port);
    const auto unset = qScopeGuard([] { qunsetenv("PORT"); });
    const QTemporaryDir folder;
    ServerSettings settings = settingsIn(folder);
    settings.routes.hasDiscovery = true;
    Server server(settings);
    QVERIFY(QCoro::waitFor(server.start()));
    const transport::EngineDoor door = server.door();
    const auto isKnown = [&door, &port] {
        const std::vector<App> apps = door.namelessApps();
        return std::any_of(apps.begin(), apps.end(), [&port](const App &known) {
            return known.url == "http://localhost:" + port + "/api/inngest";
        });
    };
    QTRY_VERIFY(isKnown());
    {
        const test::FileSizeLimit limit(1024 * 1024);
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"disk full"_s));
        const Result<std::vector<EventId>> sent = send(door, 2 * 1024 * 1024);
        QVERIFY(!sent);
        QCOMPARE(sent.error().code, ErrorCode::StoreFull);
    }
    QTRY_VERIFY(!isKnown());
    QVERIFY(send(door, 1));
    QCoro::waitFor(server.stop());
}

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"
