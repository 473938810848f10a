// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"
#include "devserver/sdk/app.h"
#include "tests/unit/host/blocking.h"
#include "tests/unit/host/replywait.h"
#include "tests/unit/transport/scriptserver.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::host;

/// Functions of this process cannot be broken off, and sixteen of them are all that run at once.
class TestBlockedFunctions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void otherAppsGoOn();
};

namespace {

constexpr int threads = 16;

ServerSettings settings()
{
    const auto app = std::make_shared<sdk::App>("demo");
    app->function({.id = "blocking", .trigger = "demo/block"}, tests::blocking);
    ServerSettings made;
    made.addresses = {QHostAddress(QHostAddress::LocalHost)};
    made.port = 0;
    made.routes.hasDiscovery = false;
    made.sample =
        InProcessApp{.registration = app->registration(),
                     .runner = [app](const CallRequest &request) { return app->run(request); }};
    return made;
}

struct Fixture {
    EmbeddedBackend backend{settings()};
    std::map<RunId, api::RunSummary> runs;
    tests::ScriptServer shop{[](QTcpSocket *asked, const tests::SeenRequest &) {
        asked->write("HTTP/1.1 200 OK\r\nX-Inngest-Sdk: js:v4\r\nContent-Length: 2\r\n"
                     "Connection: close\r\n\r\n{}");
        asked->disconnectFromHost();
    }};

    ~Fixture() { tests::mayReturn.release(100); }

    template<typename T>
    bool wait(api::Reply *reply)
    {
        return tests::answerOf<T>(reply).has_value();
    }

    /// An app over HTTP, as an SDK registers it.
    void registerShop()
    {
        const QByteArray address = shop.url("/api/inngest");
        const QByteArray body =
            R"({"url":")" + address
            + R"(","deployType":"ping","framework":"x","appName":"shop","sdk":"js:v4","v":"0.1",)"
              R"("functions":[{"id":"shop-f","name":"F","triggers":[{"event":"shop/f"}],)"
              R"("steps":{"step":{"id":"step","name":"step","runtime":{"type":"http","url":")"
            + address + R"(?fnId=shop-f&stepId=step"}}}}]})";
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, backend.server().port);
        socket.write("POST /fn/register HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                     "application/json\r\nContent-Length: "
                     + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QTRY_VERIFY(socket.bytesAvailable() > 0);
        QVERIFY(socket.readAll().startsWith("HTTP/1.1 200"));
    }

    [[nodiscard]] int count(const QByteArray &slug, RunStatus status)
    {
        for (const api::RunSummary &run : backend.mailbox().take(1000).runs)
            runs.insert_or_assign(run.id, run);
        return static_cast<int>(std::count_if(runs.begin(), runs.end(), [&](const auto &run) {
            return run.second.slug == slug && run.second.status == status;
        }));
    }
};

} // namespace

void TestBlockedFunctions::otherAppsGoOn()
{
    Fixture on;
    QVERIFY(on.wait<api::Done>(on.backend.startServer(0)));
    on.registerShop();
    for (int run = 0; run < threads + 1; ++run)
        QVERIFY(on.wait<api::Sent>(on.backend.send(R"({"name":"demo/block"})"_ba)));
    QVERIFY(tests::blocked.tryAcquire(threads, 10'000));
    QVERIFY(on.wait<api::Sent>(on.backend.send(R"({"name":"shop/f"})"_ba)));
    QTRY_COMPARE(on.count("shop-f"_ba, RunStatus::Completed), 1);
    QCOMPARE(on.count("demo-blocking"_ba, RunStatus::Running), threads + 1);
    QCOMPARE(tests::blocked.available(), 0); // the last one has not begun
    tests::mayReturn.release(1);
    QVERIFY(tests::blocked.tryAcquire(1, 10'000)); // it has the thread of the one that returned
    tests::mayReturn.release(threads);
    QTRY_COMPARE(on.count("demo-blocking"_ba, RunStatus::Completed), threads + 1);
}

QTEST_GUILESS_MAIN(TestBlockedFunctions)

#include "tst_blockedfunctions.moc"
