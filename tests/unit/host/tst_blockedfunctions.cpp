// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"
#include "devserver/sdk/app.h"
#include "tests/unit/transport/scriptserver.h"

#include <QSemaphore>
#include <QTest>

#include <algorithm>
#include <map>
#include <optional>

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

QSemaphore s_blocked;   ///< one for each that is
QSemaphore s_mayReturn; ///< one for each that may go on

sdk::Json block()
{
    s_blocked.release();
    s_mayReturn.acquire();
    return sdk::Json(1);
}

sdk::Task<sdk::Json> blocking(sdk::Context ctx)
{
    co_return co_await ctx.step("block", block);
}

ServerSettings settings()
{
    const auto app = std::make_shared<sdk::App>("demo");
    app->function({.id = "blocking", .trigger = "demo/block"}, blocking);
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

    ~Fixture() { s_mayReturn.release(100); }

    template<typename T>
    bool wait(api::Reply *reply)
    {
        std::optional<Result<T>> got;
        api::then<T>(
            reply, reply, [&got](const T &value) { got = value; },
            [&got](const Error &error) { got = tl::unexpected<Error>(error); });
        return QTest::qWaitFor([&got] { return got.has_value(); }, 10'000) && got->has_value();
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
    QVERIFY(s_blocked.tryAcquire(threads, 10'000));
    QVERIFY(on.wait<api::Sent>(on.backend.send(R"({"name":"shop/f"})"_ba)));
    QTRY_COMPARE(on.count("shop-f"_ba, RunStatus::Completed), 1);
    QCOMPARE(on.count("demo-blocking"_ba, RunStatus::Running), threads + 1);
    QCOMPARE(s_blocked.available(), 0); // the last one has not begun
    s_mayReturn.release(1);
    QVERIFY(s_blocked.tryAcquire(1, 10'000)); // it has the thread of the one that returned
    s_mayReturn.release(threads);
    QTRY_COMPARE(on.count("demo-blocking"_ba, RunStatus::Completed), threads + 1);
}

QTEST_GUILESS_MAIN(TestBlockedFunctions)

#include "tst_blockedfunctions.moc"
