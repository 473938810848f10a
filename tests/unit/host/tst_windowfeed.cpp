// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/windowfeed.h"

#include <QTest>

#include <memory>

using namespace devserver;
using namespace devserver::host;

/// What the window hears of the engine.
class TestWindowFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thatThereIsNothingIsSaidOnce_data();
    void thatThereIsNothingIsSaidOnce();
    void runsThatWereCutOffAreTold_data();
    void runsThatWereCutOffAreTold();
    void editedRetriesAreRowsThatSaySo();
};

/// In memory every number is 0 at first, and the window waits for them to lay itself out.
void TestWindowFeed::thatThereIsNothingIsSaidOnce_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("data file") << qint64(4096);
    QTest::newRow("memory") << qint64(0);
}

void TestWindowFeed::thatThereIsNothingIsSaidOnce()
{
    QFETCH(const qint64, bytes);
    api::UpdateMailbox mailbox;
    int looks = 0; // at the numbers
    WindowFeed feed(
        mailbox, [](const api::Query &, const auto &) {},
        [bytes, &looks] {
            ++looks;
            return bytes;
        });
    feed.start({}, {});
    const api::Mail first = mailbox.take(100);
    QVERIFY(first.counters.has_value());
    QCOMPARE(first.counters->all, 0);
    QCOMPARE(first.counters->dataBytes, bytes);
    QCOMPARE(looks, 1);
    auto internal = std::make_shared<Event>();
    internal->name = "inngest/function.finished"; // no number is of those
    feed.follow({EventStored{.event = internal}});
    QTRY_COMPARE(looks, 2);
    QVERIFY(!mailbox.take(100).counters.has_value());
}

void TestWindowFeed::runsThatWereCutOffAreTold_data()
{
    QTest::addColumn<int>("sleeping");
    QTest::addColumn<int>("stopped");
    QTest::addColumn<int>("killed");
    QTest::addColumn<QByteArray>("told"); // empty: nothing
    QTest::newRow("only slept") << 2 << 0 << 0 << QByteArray();
    QTest::newRow("stopped in order")
        << 1 << 1 << 0
        << QByteArray("1 run was taken up again after the server was stopped in a call");
    QTest::newRow("killed")
        << 1 << 0 << 1
        << QByteArray("1 run was taken up again after the server was killed or crashed");
    QTest::newRow("some that were stopped before")
        << 3 << 1 << 2
        << QByteArray("3 runs were taken up again after the server was killed or crashed");
    QTest::newRow("as many as a filter can name")
        << 0 << 0 << 200
        << QByteArray("200 runs were taken up again after the server was killed or crashed");
    QTest::newRow("more than that")
        << 0 << 0 << 201
        << QByteArray("201 runs were taken up again after the server was killed or crashed");
}

void TestWindowFeed::runsThatWereCutOffAreTold()
{
    QFETCH(const int, sleeping);
    QFETCH(const int, stopped);
    QFETCH(const int, killed);
    QFETCH(const QByteArray, told);
    Snapshot snapshot;
    const auto add = [&snapshot](int count, JobState state, bool isOpen) {
        for (int i = 0; i < count; ++i) {
            RunSnapshot run;
            run.run.status = RunStatus::Running;
            run.run.id =
                RunId::fromBytes(QByteArray::number(snapshot.runs.size()).rightJustified(16, '0'));
            run.jobs.emplace_back().state = state;
            if (isOpen)
                run.openAttempts.emplace_back();
            snapshot.runs.push_back(std::move(run));
        }
    };
    add(sleeping, JobState::Queued, false);
    add(stopped, JobState::Interrupted, false);
    add(killed, JobState::Leased, true);
    api::UpdateMailbox mailbox;
    WindowFeed feed(
        mailbox, [](const api::Query &, const auto &) {}, [] { return qint64(0); });
    feed.start(snapshot, {});
    const std::vector<Notice> notices = mailbox.take(100).notices;
    QCOMPARE(notices.empty(), told.isEmpty());
    if (!notices.empty())
        QCOMPARE(notices.front().text, told);
    // So the window can show exactly these.
    std::vector<RunId> cut;
    for (const RunSnapshot &run : snapshot.runs) {
        if (run.jobs.front().state != JobState::Queued)
            cut.push_back(run.run.id);
    }
    if (cut.size() > 200)
        cut.clear();
    if (!notices.empty())
        QVERIFY(notices.front().runs == cut);
}

void TestWindowFeed::editedRetriesAreRowsThatSaySo()
{
    api::UpdateMailbox mailbox;
    WindowFeed feed(
        mailbox, [](const api::Query &, const auto &) {}, [] { return qint64(0); });
    feed.start({}, {});
    for (const bool isEdited : {true, false}) {
        RunChanged change;
        change.run.id = RunId::fromBytes(QByteArray(16, isEdited ? '1' : '2'));
        change.isEditedRetry = isEdited;
        feed.follow({change});
        const std::vector<api::RunSummary> rows = mailbox.take(100).runs;
        QCOMPARE(rows.size(), 1U);
        QCOMPARE(rows.front().isEditedRetry, isEdited);
    }
}

QTEST_GUILESS_MAIN(TestWindowFeed)

#include "tst_windowfeed.moc"
