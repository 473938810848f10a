// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"
#include "devserver/sdk/app.h"
#include "devserver/store/sqlite.h"
#include "tests/unit/host/replywait.h"

#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::host;

/// The data file is cleared between a stop and a start of the server.
class TestClearBackend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void historyGoesAndTheAppGoesOn();
    void startWaitsUntilItIsCleared();
    void addressesOfTheSessionGo();
    void failureLeavesEverything();
    void memoryHasNothingToClear();
};

namespace {

sdk::Task<sdk::Json> sleepy(sdk::Context ctx)
{
    co_await ctx.sleep("nap", 3600s);
    co_return sdk::Json(1);
}

InProcessApp scripted()
{
    const auto app = std::make_shared<sdk::App>("demo");
    app->function({.id = "sleepy", .trigger = "demo/sleep"}, sleepy);
    return {.registration = app->registration(),
            .runner = [app](const CallRequest &request) { return app->run(request); }};
}

/// A server with one run that sleeps.
struct Sleeper {
    QTemporaryDir folder;
    std::unique_ptr<EmbeddedBackend> backend;
    std::vector<api::ServerPhase> phases;

    explicit Sleeper(bool isKept = true)
    {
        ServerSettings settings;
        settings.addresses = {QHostAddress(QHostAddress::LocalHost)};
        settings.port = 0;
        settings.dataFile = isKept ? file() : QString();
        settings.engine.clockStep = 1ms;
        settings.routes.hasDiscovery = false;
        settings.sample = scripted();
        settings.trash = [](const QString &) { return QString(); };
        backend = std::make_unique<EmbeddedBackend>(std::move(settings));
        QObject::connect(backend.get(), &api::ConsoleBackend::serverChanged, backend.get(),
                         [this] { phases.push_back(backend->server().phase); });
        if (!start() || !wait<api::Sent>(backend->send(R"({"name":"demo/sleep","data":{}})"_ba))
            || !QTest::qWaitFor([this] { return counters().waiting == 1; }, 10'000))
            qFatal("nothing to clear");
        phases.clear();
    }

    [[nodiscard]] QString file() const { return folder.filePath(u"redrive.db"_s); }

    template<typename T>
    Result<T> wait(api::Reply *reply) const
    {
        return tests::answerOf<T>(reply);
    }

    bool start() { return wait<api::Done>(backend->startServer(0)).has_value(); }

    /// As the window was told last.
    const api::Counters &counters()
    {
        drain();
        return m_counters;
    }

    /// Whether the window was told of an app at this address.
    bool hasHeardOf(const QByteArray &url)
    {
        drain();
        return m_urls.contains(url);
    }

    void forget()
    {
        drain();
        m_urls.clear();
    }

private:
    void drain()
    {
        const auto mail = backend->mailbox().take(1000);
        if (mail.counters)
            m_counters = *mail.counters;
        for (const AppChanged &change : mail.apps)
            m_urls.insert(change.app.url);
    }

    api::Counters m_counters;
    QSet<QByteArray> m_urls;
};

} // namespace

void TestClearBackend::historyGoesAndTheAppGoesOn()
{
    Sleeper on;
    const Result<api::DataCleared> cleared =
        on.wait<api::DataCleared>(on.backend->clearData(api::ClearScope::History));
    QVERIFY2(cleared, cleared ? "" : qPrintable(cleared.error().message));
    QVERIFY(QFile::exists(cleared->oldFile));
    QVERIFY(!cleared->isInTrash);
    QCOMPARE(on.backend->server().phase, api::ServerPhase::Stopped);
    QCOMPARE(std::count(on.phases.begin(), on.phases.end(), api::ServerPhase::Serving), 0);
    QVERIFY(on.start());
    QTRY_COMPARE(on.counters().all, 0);
    QCOMPARE(on.counters().events, 0);
    const auto catalog = on.wait<api::Catalog>(on.backend->ask(api::CatalogQuery{}));
    QVERIFY(catalog);
    QCOMPARE(catalog->apps.size(), std::size_t(1));
    QVERIFY(on.wait<api::Sent>(on.backend->send(R"({"name":"demo/sleep","data":{}})"_ba)));
    QTRY_COMPARE_WITH_TIMEOUT(on.counters().waiting, 1, 10'000);
    QCOMPARE(on.counters().all, 1);
}

/// Whoever presses Start meanwhile gets the new file.
void TestClearBackend::startWaitsUntilItIsCleared()
{
    Sleeper on;
    const auto cleared =
        tests::hear<api::DataCleared>(on.backend->clearData(api::ClearScope::Everything));
    QVERIFY(on.start());
    QVERIFY(cleared->has_value() && cleared->value());
    QCOMPARE(on.backend->server().phase, api::ServerPhase::Serving);
    QTRY_COMPARE(on.counters().all, 0);
}

/// An empty file has no app that somebody added by hand before.
void TestClearBackend::addressesOfTheSessionGo()
{
    const QByteArray byHand = "http://localhost:1/api/inngest"_ba; // nobody is there
    for (const api::ClearScope scope : {api::ClearScope::History, api::ClearScope::Everything}) {
        Sleeper on;
        QVERIFY(on.wait<api::AppNoted>(on.backend->addApp(byHand)));
        QTRY_VERIFY(on.hasHeardOf(byHand));
        QVERIFY(on.wait<api::DataCleared>(on.backend->clearData(scope)));
        on.forget();
        QVERIFY(on.start());
        QVERIFY(on.wait<api::Sent>(on.backend->send(R"({"name":"demo/sleep","data":{}})"_ba)));
        QTRY_COMPARE_WITH_TIMEOUT(on.counters().waiting, 1, 10'000); // it is all there by now
        QCOMPARE(on.hasHeardOf(byHand), scope == api::ClearScope::History);
    }
}

void TestClearBackend::failureLeavesEverything()
{
    Sleeper on;
    {
        store::Database reader; // as the sqlite3 shell
        QVERIFY(reader.open(on.file()));
        QVERIFY(reader.execute("BEGIN; SELECT count(*) FROM events;"_ba));
        const Result<api::DataCleared> cleared =
            on.wait<api::DataCleared>(on.backend->clearData(api::ClearScope::History));
        QVERIFY(!cleared);
        QCOMPARE(cleared.error().code, ErrorCode::StoreLocked);
        QCOMPARE(on.backend->server().phase, api::ServerPhase::Stopped);
    }
    on.backend->mailbox().post(api::Counters{});
    QCOMPARE(on.counters().all, 0);
    QVERIFY(on.start());
    QTRY_COMPARE(on.counters().all, 1);
    QCOMPARE(on.counters().waiting, 1);
}

void TestClearBackend::memoryHasNothingToClear()
{
    Sleeper on(false);
    const Result<api::DataCleared> cleared =
        on.wait<api::DataCleared>(on.backend->clearData(api::ClearScope::History));
    QVERIFY(!cleared);
    QCOMPARE(cleared.error().code, ErrorCode::Unsupported);
}

QTEST_GUILESS_MAIN(TestClearBackend)
#include "tst_clearbackend.moc"
