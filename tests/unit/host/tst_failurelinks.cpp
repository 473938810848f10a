// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"
#include "devserver/sdk/app.h"
#include "tests/unit/host/replywait.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::host;

namespace {

sdk::Json refuse()
{
    throw sdk::NonRetriable("the card was refused");
}

sdk::Task<sdk::Json> bad(sdk::Context ctx)
{
    co_return co_await ctx.step("charge", refuse);
}

sdk::Task<sdk::Json> tidyUp(sdk::Context ctx)
{
    co_return ctx.event().data["run_id"];
}

InProcessApp scripted()
{
    const auto app = std::make_shared<sdk::App>("demo");
    app->function({.id = "bad", .trigger = "demo/bad", .retries = 0, .onFailure = tidyUp}, bad);
    return {.registration = app->registration(),
            .runner = [app](const CallRequest &request) { return app->run(request); }};
}

/// A server whose only function always fails, and what came of its runs.
class Shop
{
public:
    Shop()
    {
        ServerSettings settings;
        settings.port = 0;
        settings.addresses = {QHostAddress(QHostAddress::LocalHost)};
        settings.dataFile = m_folder.filePath(u"redrive.db"_s);
        settings.engine.clockStep = 1ms;
        settings.routes.hasDiscovery = false;
        settings.sample = scripted();
        m_backend = std::make_unique<EmbeddedBackend>(settings);
    }

    bool start() { return ask<api::Done>(m_backend->startServer(0)).has_value(); }

    bool send()
    {
        return ask<api::Sent>(m_backend->send(R"({"name":"demo/bad","data":{}})"_ba)).has_value();
    }

    bool retry(RunId run)
    {
        return ask<VerbDone>(m_backend->act(RetryLetter{.run = run})).has_value();
    }

    std::optional<api::RunRecord> record(RunId run)
    {
        return ask<api::RunRecord>(m_backend->ask(api::RunRecordQuery{.run = run}));
    }

    /// Those of the function in this state, as soon as there are so many.
    std::vector<RunId> runsOf(const QByteArray &slug, RunStatus status, std::size_t count)
    {
        std::vector<RunId> found;
        (void)QTest::qWaitFor(
            [&] {
                for (const api::RunSummary &run : m_backend->mailbox().take(1000).runs)
                    m_runs.insert_or_assign(run.id, run);
                found.clear();
                for (const auto &[id, run] : m_runs) {
                    if (run.slug == slug && run.status == status)
                        found.push_back(id);
                }
                return found.size() == count;
            },
            10'000);
        return found;
    }

private:
    template<typename T>
    std::optional<T> ask(api::Reply *reply)
    {
        const Result<T> answer = tests::answerOf<T>(reply);
        return answer ? std::optional<T>(*answer) : std::nullopt;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<EmbeddedBackend> m_backend;
    std::map<RunId, api::RunSummary> m_runs;
};

bool has(const api::RunRecord &record, RunId run)
{
    return std::any_of(record.related.begin(), record.related.end(),
                       [run](const api::RunSummary &each) { return each.id == run; });
}

} // namespace

/// A failed run and the run of its failure handler know each other (ui.md 3.2).
class TestFailureLinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void bothEndsNameTheOther()
    {
        Shop shop;
        QVERIFY(shop.start());
        QVERIFY(shop.send());
        QVERIFY(shop.send()); // what fails beside it has a handler of its own
        const std::vector<RunId> failed = shop.runsOf("demo-bad"_ba, RunStatus::Failed, 2);
        const std::vector<RunId> handlers =
            shop.runsOf("demo-bad-failure"_ba, RunStatus::Completed, 2);
        QCOMPARE(failed.size(), std::size_t{2});
        QCOMPARE(handlers.size(), std::size_t{2});
        for (const RunId handler : handlers) {
            const std::optional<api::RunRecord> record = shop.record(handler);
            QVERIFY(record);
            QCOMPARE(record->related.size(), std::size_t{1});
            const RunId of = record->related.front().id;
            QCOMPARE(record->run.output.bytes(), '"' + of.toText() + '"');
            const std::optional<api::RunRecord> other = shop.record(of);
            QVERIFY(other);
            QVERIFY(other->letter.has_value());
            QCOMPARE(other->related.size(), std::size_t{1});
            QCOMPARE(other->related.front().id, handler);
            QVERIFY(!other->summary.fingerprint.isEmpty());
            QCOMPARE(other->summary.fingerprint, other->letter->fingerprint);
        }
    }

    void eachFailureHasItsHandler()
    {
        Shop shop;
        QVERIFY(shop.start());
        QVERIFY(shop.send());
        const std::vector<RunId> failed = shop.runsOf("demo-bad"_ba, RunStatus::Failed, 1);
        QCOMPARE(shop.runsOf("demo-bad-failure"_ba, RunStatus::Completed, 1).size(),
                 std::size_t{1});
        QVERIFY(shop.retry(failed.front()));
        const std::vector<RunId> handlers =
            shop.runsOf("demo-bad-failure"_ba, RunStatus::Completed, 2);
        QCOMPARE(handlers.size(), std::size_t{2});
        const std::optional<api::RunRecord> record = shop.record(failed.front());
        QVERIFY(record);
        QVERIFY(has(*record, handlers[0]) && has(*record, handlers[1]));
    }
};

QTEST_GUILESS_MAIN(TestFailureLinks)
#include "tst_failurelinks.moc"
