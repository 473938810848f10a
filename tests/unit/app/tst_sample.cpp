// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sample/sampleapp.h"
#include "tests/unit/sdk/driver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using devserver::tests::Driver;

class TestSample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registersItsFunctions();
    void reachesTheEnd_data();
    void reachesTheEnd();
    void asksForQuickRetries();
    void aRepairedPoisonJobWorks();
    void takes200StepsUnlessAskedForOthers();
    void takes999Steps();

private:
    Driver drive(const QByteArray &function, const QByteArray &data) const
    {
        Driver driver(m_app.registration, m_app.runner);
        driver.run("sample-" + function, data);
        return driver;
    }

    host::InProcessApp m_app = console::sample::inProcessApp();
};

void TestSample::registersItsFunctions()
{
    QCOMPARE(m_app.registration.appName, "sample");
    QByteArrayList lines;
    for (const FunctionConfig &function : m_app.registration.functions) {
        lines.append(function.slug + ' ' + function.triggers.front().event + ' '
                     + QByteArray::number(function.retries));
    }
    QCOMPARE(lines,
             (QByteArrayList{"sample-process-order order/created 4",
                             "sample-flaky-import sample/import 4",
                             "sample-poison-job-failure inngest/function.failed 1",
                             "sample-poison-job sample/poison 2", "sample-repair sample/repair 4",
                             "sample-sleeper sample/sleep 4", "sample-many-steps sample/steps 4"}));
}

void TestSample::reachesTheEnd_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArrayList>("log");

    const QByteArrayList parallel{"StepPlanned reserve-stock, StepPlanned check-fraud",
                                  "StepRun reserve-stock", "StepRun check-fraud",
                                  "Sleep cool-down"};
    QTest::addRow("an order is shipped")
        << "process-order"_ba
        << R"({"orderId":"7","total":12.5,"customer":"ada"})"_ba
        << parallel
               + QByteArrayList{
                   "StepRun charge-card", "StepRun send-receipt",
                   R"(result {"status":"shipped","fraud":"fine","receipt":{"to":"ada","payment":{"paid":12.5,"currency":"EUR"}}})"};
    QTest::addRow("a declined card is rolled back")
        << "process-order"_ba
        << R"({"orderId":"7","card":"declined"})"_ba
        << parallel
               + QByteArrayList{"StepFailed charge-card", "StepRun release-stock",
                                R"(result {"status":"cancelled","why":"the card was declined"})"};
    QTest::addRow("an import works at the third attempt")
        << "flaky-import"_ba
        << "{}"_ba
        << QByteArrayList{"StepError download", "StepError download", "StepRun download",
                          "StepRun store", R"(result {"imported":120})"};
    QTest::addRow("a poison job is dead after three attempts")
        << "poison-job"_ba
        << "{}"_ba
        << QByteArrayList{"StepRun fetch-message", "StepError parse-message",
                          "StepError parse-message", "StepFailed parse-message",
                          "error RetryAfterError: the message cannot be read"};
    QTest::addRow("its failure is reported")
        << "poison-job-failure"_ba
        << R"({"run_id":"r","error":{"message":"m"}})"_ba
        << QByteArrayList{"StepRun open-ticket", R"(result {"run":"r","title":"m"})"};
    QTest::addRow("a sleeper sleeps")
        << "sleeper"_ba
        << R"({"seconds":3})"_ba << QByteArrayList{"Sleep nap", R"(result {"slept_seconds":3})"};
    QTest::addRow("steps on demand")
        << "many-steps"_ba
        << R"({"count":2})"_ba
        << QByteArrayList{"StepRun square-1", "StepRun square-2", R"(result {"steps":2,"sum":5})"};
}

void TestSample::reachesTheEnd()
{
    QFETCH(QByteArray, function);
    QFETCH(QByteArray, data);
    QFETCH(QByteArrayList, log);
    QCOMPARE(drive(function, data).log, log);
}

void TestSample::asksForQuickRetries()
{
    using When = std::variant<std::chrono::seconds, TimePoint>;
    for (const QByteArray &function : {"flaky-import"_ba, "poison-job"_ba}) {
        const Driver run = drive(function, "{}");
        const std::size_t first = function == "poison-job" ? 1 : 0; // a step before works
        QCOMPARE(run.answers.at(first).retryAfter, When(1s));
        QCOMPARE(run.answers.at(first + 1).retryAfter, When(1s));
    }
}

void TestSample::aRepairedPoisonJobWorks()
{
    QCOMPARE(drive("repair", R"({"works":true})").output, "true"_ba);
    QCOMPARE(drive("poison-job", R"({"message":"hello"})").output, R"({"delivered":"hello"})"_ba);
    QCOMPARE(drive("repair", R"({"works":false})").output, "false"_ba);
    QCOMPARE(drive("poison-job", "{}").log.last(),
             "error RetryAfterError: the message cannot be read"_ba);
}

/// The console says so of the event and sends that count; whoever writes `{}` gets the same.
void TestSample::takes200StepsUnlessAskedForOthers()
{
    QCOMPARE(drive("many-steps", "{}").output, R"({"steps":200,"sum":2686700})"_ba);
    QCOMPARE(drive("many-steps", R"({"count":3})").output, R"({"steps":3,"sum":14})"_ba);
}

void TestSample::takes999Steps()
{
    const Driver run = drive("many-steps", R"({"count":5000})");
    QCOMPARE(run.requests.size(), std::size_t(1000));
    QCOMPARE(run.output, R"({"steps":999,"sum":332833500})"_ba);
}

QTEST_GUILESS_MAIN(TestSample)
#include "tst_sample.moc"
