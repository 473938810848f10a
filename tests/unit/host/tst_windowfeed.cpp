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

QTEST_GUILESS_MAIN(TestWindowFeed)

#include "tst_windowfeed.moc"
