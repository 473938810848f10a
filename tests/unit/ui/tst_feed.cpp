// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/fakebackend.h"
#include "ui/core/feed.h"

#include <QSignalSpy>
#include <QTest>

using console::Feed;
using console::FrameClock;
using console::FramePace;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(FramePace)

namespace {

struct Stage {
    Stage() { clock.setManual(); }

    /// Frames with so many changed runs each.
    void beat(int frames, int rows)
    {
        for (int i = 0; i < frames; ++i) {
            for (int j = 0; j < rows; ++j) {
                devserver::api::RunSummary run;
                run.id = {devserver::Ulid::fromParts(backend.now() + std::chrono::seconds(++m_made),
                                                     {1, 2, 3})};
                backend.mailbox().post(std::move(run));
            }
            clock.beat();
        }
    }

    /// What is handed out takes so long to show.
    void setEffort(std::chrono::milliseconds effort)
    {
        QObject::connect(&feed, &Feed::runsChanged, &feed,
                         [this, effort] { backend.advance(effort); });
    }

    devserver::test::FakeBackend backend;
    FrameClock clock;
    Feed feed{backend, clock};

private:
    int m_made = 0;
};

} // namespace

class TestFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pacesTheFrames_data();
    void pacesTheFrames();
    void goesBackToTheFullPace_data();
    void goesBackToTheFullPace();
    void framesThatAreTooShort_data();
    void framesThatAreTooShort();
    void theNextFrameGoesOn();
    void handsEachChangeOutOnce();
    void endsAlthoughTheClockIsSet_data();
    void endsAlthoughTheClockIsSet();
};

void TestFeed::pacesTheFrames_data()
{
    QTest::addColumn<int>("frames");
    QTest::addColumn<int>("rows");
    QTest::addColumn<FramePace>("pace");

    QTest::newRow("nothing comes") << 100 << 0 << FramePace::Full;
    QTest::newRow("a little comes") << 100 << 29 << FramePace::Full;
    QTest::newRow("much comes, for a moment") << 29 << 30 << FramePace::Full;
    QTest::newRow("much comes, for half a second") << 30 << 30 << FramePace::Half;
    QTest::newRow("and stays so") << 100 << 30 << FramePace::Half;
}

void TestFeed::pacesTheFrames()
{
    QFETCH(const int, frames);
    QFETCH(const int, rows);
    Stage stage;
    stage.beat(frames, rows);
    QTEST(stage.clock.pace(), "pace");
    QVERIFY(!stage.feed.isOverloaded());
}

void TestFeed::goesBackToTheFullPace_data()
{
    QTest::addColumn<int>("frames");
    QTest::addColumn<int>("rows");
    QTest::addColumn<FramePace>("pace");

    QTest::newRow("still much") << 20 << 30 << FramePace::Half;
    QTest::newRow("less, for a moment") << 4 << 29 << FramePace::Half;
    QTest::newRow("less") << 5 << 29 << FramePace::Full;
    QTest::newRow("nothing") << 5 << 0 << FramePace::Full;
}

void TestFeed::goesBackToTheFullPace()
{
    QFETCH(const int, frames);
    QFETCH(const int, rows);
    Stage stage;
    stage.beat(30, 40);
    QCOMPARE(stage.clock.pace(), FramePace::Half);
    stage.beat(frames, rows);
    QTEST(stage.clock.pace(), "pace");
}

void TestFeed::framesThatAreTooShort_data()
{
    QTest::addColumn<int>("frames");
    QTest::addColumn<int>("effort"); // ms
    QTest::addColumn<FramePace>("pace");

    QTest::newRow("long enough") << 100 << 3 << FramePace::Full;
    QTest::newRow("too short, for a moment") << 59 << 4 << FramePace::Full;
    QTest::newRow("too short, for a second") << 60 << 4 << FramePace::Slow;
}

void TestFeed::framesThatAreTooShort()
{
    QFETCH(const int, frames);
    QFETCH(const int, effort);
    Stage stage;
    stage.setEffort(std::chrono::milliseconds(effort));
    stage.beat(frames, 1);
    QTEST(stage.clock.pace(), "pace");
    QCOMPARE(stage.feed.isOverloaded(), stage.clock.pace() == FramePace::Slow);
}

void TestFeed::theNextFrameGoesOn()
{
    Stage stage;
    std::size_t handed = 0;
    QObject::connect(&stage.feed, &Feed::runsChanged, &stage.feed,
                     [&handed](const auto &runs) { handed += runs.size(); });
    stage.setEffort(std::chrono::milliseconds(2));
    stage.beat(1, 1000);
    QCOMPARE(handed, std::size_t(128)); // two of its batches
    stage.beat(1, 0);
    QCOMPARE(handed, std::size_t(256));
}

void TestFeed::handsEachChangeOutOnce()
{
    Stage stage;
    std::size_t handed = 0;
    QObject::connect(&stage.feed, &Feed::runsChanged, &stage.feed,
                     [&handed](const auto &runs) { handed += runs.size(); });
    stage.beat(40, 100);
    stage.beat(1, 0);
    QCOMPARE(handed, std::size_t(4000));
}

void TestFeed::endsAlthoughTheClockIsSet_data()
{
    QTest::addColumn<std::chrono::hours>("by");
    QTest::newRow("back") << -1h;
    QTest::newRow("forward") << 1h;
}

void TestFeed::endsAlthoughTheClockIsSet()
{
    QFETCH(const std::chrono::hours, by);
    Stage stage;
    std::size_t handed = 0;
    QObject::connect(&stage.feed, &Feed::runsChanged, &stage.feed,
                     [&stage, &handed, by](const auto &runs) {
                         handed += runs.size();
                         stage.backend.setNow(stage.backend.now() + by);
                     });
    stage.setEffort(2ms);
    stage.beat(1, 1000);
    QCOMPARE(handed, std::size_t(128)); // two of its batches, as always
}

QTEST_GUILESS_MAIN(TestFeed)
#include "tst_feed.moc"
