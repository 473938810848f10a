// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"
#include "devserver/sdk/app.h"
#include "tests/unit/host/replywait.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>
#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::host;

namespace {

sdk::Json timeOut()
{
    throw std::runtime_error("no answer from the bank");
}

sdk::Task<sdk::Json> flaky(sdk::Context ctx)
{
    co_return co_await ctx.step("charge", timeOut);
}

InProcessApp scripted()
{
    const auto app = std::make_shared<sdk::App>("demo");
    app->function({.id = "flaky", .trigger = "demo/flaky"}, flaky);
    return {.registration = app->registration(),
            .runner = [app](const CallRequest &request) { return app->run(request); }};
}

/// A server whose only function backs off for a long time.
class Shop
{
public:
    Shop()
    {
        m_settings.port = 0;
        m_settings.addresses = {QHostAddress(QHostAddress::LocalHost)};
        m_settings.dataFile = m_folder.filePath(u"redrive.db"_s);
        m_settings.engine.clockStep = 1ms;
        m_settings.engine.retryInterval = 1h;
        m_settings.routes.hasDiscovery = false;
        m_settings.sample = scripted();
    }

    bool start()
    {
        m_backend.reset();
        m_backend = std::make_unique<EmbeddedBackend>(m_settings);
        m_runs.clear();
        return answer<api::Done>(m_backend->startServer(0)).has_value();
    }

    bool send()
    {
        return answer<api::Sent>(m_backend->send(R"({"name":"demo/flaky","data":{}})"_ba))
            .has_value();
    }

    bool cancel(RunId run)
    {
        return answer<VerbDone>(m_backend->act(CancelRun{.run = run})).has_value();
    }

    /// As the window is told it live, as soon as \a isIt.
    template<typename Condition>
    api::RunSummary live(Condition isIt)
    {
        api::RunSummary found;
        (void)QTest::qWaitFor(
            [&] {
                for (const api::RunSummary &run : m_backend->mailbox().take(1000).runs)
                    m_runs.insert_or_assign(run.id, run);
                for (const auto &[id, run] : m_runs) {
                    if (isIt(run))
                        found = run;
                }
                return !found.id.isNull();
            },
            10'000);
        return found;
    }

    /// As a list is read anew.
    std::vector<api::RunSummary> list(const QByteArray &key, const QByteArray &value)
    {
        api::RunsQuery query;
        query.filter.kind = api::Filter::Kind::Term;
        query.filter.term.key = key;
        query.filter.term.values = {value};
        const Result<api::RunPage> page = answer<api::RunPage>(m_backend->ask(query));
        return page ? page->rows : std::vector<api::RunSummary>();
    }

private:
    template<typename T>
    Result<T> answer(api::Reply *reply)
    {
        return tests::answerOf<T>(reply);
    }

    QTemporaryDir m_folder;
    ServerSettings m_settings;
    std::unique_ptr<EmbeddedBackend> m_backend;
    std::map<RunId, api::RunSummary> m_runs;
};

} // namespace

/// A run that was cancelled while it was tried again keeps its error, wherever its row comes from.
class TestCancelledRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itsErrorIsTheSameEverywhere_data();
    void itsErrorIsTheSameEverywhere();
};

void TestCancelledRun::itsErrorIsTheSameEverywhere_data()
{
    QTest::addColumn<bool>("isCancelledAfterRestart");
    QTest::newRow("cancelled at once") << false;
    QTest::newRow("cancelled after a restart") << true;
}

void TestCancelledRun::itsErrorIsTheSameEverywhere()
{
    QFETCH(const bool, isCancelledAfterRestart);
    Shop shop;
    QVERIFY(shop.start());
    QVERIFY(shop.send());
    const api::RunSummary failing =
        shop.live([](const api::RunSummary &run) { return !run.errorMessage.isEmpty(); });
    QCOMPARE(failing.errorMessage, "no answer from the bank"_ba);
    if (isCancelledAfterRestart)
        QVERIFY(shop.start());
    QVERIFY(shop.cancel(failing.id));
    const api::RunSummary cancelled =
        shop.live([](const api::RunSummary &run) { return run.status == RunStatus::Cancelled; });
    QCOMPARE(cancelled.errorName, failing.errorName);
    QCOMPARE(cancelled.errorMessage, failing.errorMessage);
    for (const bool isRestarted : {false, true}) {
        if (isRestarted)
            QVERIFY(shop.start());
        for (const auto &[key, value] :
             {std::pair("error"_ba, "bank"_ba), std::pair("has"_ba, "error"_ba),
              std::pair("state"_ba, "cancelled"_ba), std::pair(""_ba, "bank"_ba)}) {
            const std::vector<api::RunSummary> found = shop.list(key, value);
            QVERIFY2(found.size() == 1, key.constData());
            QCOMPARE(found.front().id, failing.id);
            QCOMPARE(found.front().errorName, failing.errorName);
            QCOMPARE(found.front().errorMessage, failing.errorMessage);
        }
    }
}

QTEST_GUILESS_MAIN(TestCancelledRun)
#include "tst_cancelledrun.moc"
