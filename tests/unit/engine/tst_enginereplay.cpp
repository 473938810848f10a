// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/engine/scenarios.h"

#include <QObject>
#include <QTest>

using namespace devserver;
using namespace devserver::test;

/// The two tests that stand for the architecture beside tst_crash (style.md 2.13). Every fixture
/// replays what it did; here the scenarios are played twice from the outside as well.
class TestEngineReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyScenarioTwice_data();
    void everyScenarioTwice();
    void otherSeedsGiveOtherIds();
    void everyTransitionWasTaken();
};

void TestEngineReplay::everyScenarioTwice_data()
{
    QTest::addColumn<int>("number");
    for (std::size_t i = 0; i < scenarios().size(); ++i)
        QTest::addRow("%s", scenarios()[i].name) << static_cast<int>(i);
}

void TestEngineReplay::everyScenarioTwice()
{
    QFETCH(const int, number);
    const Scenario &scenario = scenarios()[static_cast<std::size_t>(number)];
    EngineFixture first(scenario.options);
    Player(first, scenario).play();
    EngineFixture second(scenario.options);
    Player(second, scenario).play();
    QVERIFY(first.log().size() > 500);
    QCOMPARE(second.log(), first.log());
}

void TestEngineReplay::otherSeedsGiveOtherIds()
{
    EngineFixture first({.seed = 1, .retryInterval = {}});
    EngineFixture second({.seed = 2, .retryInterval = {}});
    Player(first, scenarios().front()).play();
    Player(second, scenarios().front()).play();
    QVERIFY(first.log() != second.log());
}

void TestEngineReplay::everyTransitionWasTaken()
{
    engine::TransitionCounts sum{};
    for (const Scenario &scenario : scenarios()) {
        EngineFixture engine(scenario.options);
        Player(engine, scenario).play();
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += engine.transitions()[i];
    }
    for (std::size_t i = 0; i < sum.size(); ++i) {
        const engine::Transition &row = engine::transitionTable[i];
        QVERIFY2(sum[i] > 0,
                 QByteArray(toName(row.from) + " -> " + toName(row.to) + " was never taken")
                     .constData());
    }
}

QTEST_GUILESS_MAIN(TestEngineReplay)
#include "tst_enginereplay.moc"
