// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <set>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestBackoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyAttemptComesInTime_data();
    void everyAttemptComesInTime();
    void tableWithJitter_data();
    void tableWithJitter();
    void jitterIsUniform();
    void fixedIntervalReplacesTheTable();
    void retryAfterIsClamped_data();
    void retryAfterIsClamped();
    void retryAfterHoldsForOneRetryOnly();
    void retryAfterGrantsNoAttempts();
    void unreadableRetryAfterWarns();
};

/// Delays after each failed attempt of a body that always throws.
std::vector<std::chrono::milliseconds> delays(std::uint64_t seed, int retries)
{
    EngineFixture engine({.seed = seed, .retryInterval = {}});
    engine.registerFunction("orders", {.retries = retries});
    const RunId id = engine.start("orders");
    std::vector<std::chrono::milliseconds> found;
    for (int i = 0; i < retries; ++i) {
        const TimePoint failedAt = engine.now();
        engine.answer(id, failure());
        engine.advanceToNextCall();
        found.push_back(engine.now() - failedAt);
    }
    return found;
}

constexpr std::array<std::chrono::seconds, 11> bases{15s,   30s,   60s,   120s,  300s, 600s,
                                                     1200s, 2400s, 3600s, 7200s, 7200s};

bool isOfTable(std::chrono::milliseconds delay, int failed)
{
    const std::chrono::milliseconds base =
        bases[std::min(static_cast<std::size_t>(failed), bases.size() - 1)];
    return delay >= base && delay < base + 30s;
}

void TestBackoff::everyAttemptComesInTime_data()
{
    QTest::addColumn<int>("retries");
    QTest::addColumn<CallAnswer>("answer"); // of every attempt
    QTest::addColumn<int>("attempts");
    QTest::newRow("2.1 default, the body always throws")
        << FunctionOptions{}.retries << failure() << 5;
    QTest::newRow("no retries") << 0 << failure() << 1;
    QTest::newRow("one retry") << 1 << failure() << 2;
    QTest::newRow("ten retries") << 10 << failure() << 11;
    QTest::newRow("twenty retries") << 20 << failure() << 21;
    QTest::newRow("2.7 twenty retries, retry-at now") << 20 << retryAt(failure(), startTime) << 21;
}

void TestBackoff::everyAttemptComesInTime()
{
    QFETCH(const int, retries);
    QFETCH(const CallAnswer, answer);
    QFETCH(const int, attempts);
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = retries});
    const RunId id = engine.start("orders");
    for (int attempt = 0; attempt < attempts; ++attempt) {
        QCOMPARE(engine.status(id), "Running"_ba);
        const CallRequest call = engine.openCall(id);
        QCOMPARE(call.attempt, attempt);
        QCOMPARE(call.maxAttempts, attempts);
        QVERIFY(call.step.isEmpty());
        const TimePoint failedAt = engine.now();
        engine.answer(call, answer);
        engine.advanceToNextCall();
        const std::chrono::milliseconds delay = engine.now() - failedAt;
        if (attempt + 1 < attempts)
            QVERIFY2(answer.retryAfter ? delay == 1s : isOfTable(delay, attempt),
                     QByteArray::number(delay.count()).constData());
    }
    QCOMPARE(engine.status(id), "Failed"_ba);
    QVERIFY(engine.openCalls().empty());
    QCOMPARE(engine.events("inngest/function.failed"), QByteArrayList{id.toText()});
    QCOMPARE(engine.letter(id), "open attempts_exhausted cycle 0"_ba);
}

void TestBackoff::tableWithJitter_data()
{
    QTest::addColumn<int>("failed");
    for (int i = 0; i < static_cast<int>(bases.size()); ++i)
        QTest::addRow("after the failed attempt with index %d", i) << i;
}

void TestBackoff::tableWithJitter()
{
    QFETCH(const int, failed);
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const std::chrono::milliseconds delay = delays(seed, failed + 1).back();
        QVERIFY2(isOfTable(delay, failed), QByteArray::number(delay.count()).constData());
    }
}

void TestBackoff::jitterIsUniform()
{
    constexpr int samples = 2000;
    constexpr int buckets = 10;
    std::array<int, buckets> counts{};
    std::set<qint64> different;
    for (std::uint64_t seed = 1; seed <= samples; ++seed) {
        const qint64 jitter = (delays(seed, 1).front() - 15s).count();
        QVERIFY(jitter >= 0 && jitter < 30'000);
        ++counts[static_cast<std::size_t>(jitter * buckets / 30'000)];
        different.insert(jitter);
    }
    for (const int count : counts) { // 200 each; five standard deviations are 67
        QVERIFY2(count > 133, QByteArray::number(count).constData());
        QVERIFY2(count < 267, QByteArray::number(count).constData());
    }
    QVERIFY(different.size() > 1800U);
}

void TestBackoff::fixedIntervalReplacesTheTable()
{
    EngineFixture engine({.retryInterval = 3s});
    engine.registerFunction("orders", {.retries = 3});
    const RunId id = engine.start("orders");
    for (int i = 0; i < 3; ++i) {
        engine.answer(id, failure());
        QCOMPARE(engine.wakeAt(), std::optional(engine.now() + 3s));
        engine.advanceToNextCall();
    }
    engine.answer(id, retryAfter(failure(), 9s));
    QCOMPARE(engine.status(id), "Failed"_ba);
}

void TestBackoff::retryAfterIsClamped_data()
{
    QTest::addColumn<bool>("isStep");
    QTest::addColumn<bool>("isDate");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<int>("delay");
    for (const bool isStep : {true, false}) {
        const char *what = isStep ? "a step" : "the body";
        QTest::addRow("2.9 two seconds, %s", what) << isStep << false << 2 << 2;
        QTest::addRow("2.10 zero seconds, %s", what) << isStep << false << 0 << 1;
        QTest::addRow("2.10 a date in the past, %s", what) << isStep << true << -3600 << 1;
        QTest::addRow("2.11 two days, %s", what) << isStep << false << 172'800 << 86'400;
        QTest::addRow("a date in 90 s, %s", what) << isStep << true << 90 << 90;
        QTest::addRow("a date in two days, %s", what) << isStep << true << 172'800 << 86'400;
        QTest::addRow("seven digits, %s", what) << isStep << false << 9'999'999 << 86'400;
    }
}

void TestBackoff::retryAfterIsClamped()
{
    QFETCH(const bool, isStep);
    QFETCH(const bool, isDate);
    QFETCH(const int, seconds);
    QFETCH(const int, delay);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    const CallAnswer bad = isStep ? ops({op::error("charge")}) : failure();
    engine.answer(id, isDate ? retryAt(bad, startTime + std::chrono::seconds(seconds))
                             : retryAfter(bad, std::chrono::seconds(seconds)));
    QCOMPARE(engine.wakeAt(), std::optional(startTime + std::chrono::seconds(delay)));
    engine.advance(std::chrono::seconds(delay) - 1ms);
    QVERIFY(engine.openCalls().empty()); // never early
    engine.advance(1ms);
    QCOMPARE(engine.openCall(id).attempt, 1);
}

void TestBackoff::retryAfterHoldsForOneRetryOnly()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, retryAfter(failure(), 2s));
    engine.advanceToNextCall();
    engine.answer(id, failure());
    QVERIFY(engine.wakeAt().value() >= engine.now() + 30s); // row 1 of the table
    QVERIFY(engine.wakeAt().value() < engine.now() + 60s);
}

void TestBackoff::retryAfterGrantsNoAttempts()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, retryAfter(ops({op::error("charge")}), 2s));
    QVERIFY(engine.timeline(id).contains("step.failed(charge):0"));
    QCOMPARE(engine.openCall(id).attempt, 0);
}

void TestBackoff::unreadableRetryAfterWarns()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    CallAnswer bad = failure();
    bad.hasBadRetryAfter = true;
    engine.answer(id, bad);
    QVERIFY(engine.timeline(id).contains("warning:0"));
    QVERIFY(engine.wakeAt().value() >= startTime + 15s);
    QVERIFY(engine.wakeAt().value() < startTime + 45s);
}

QTEST_GUILESS_MAIN(TestBackoff)
#include "tst_backoff.moc"
