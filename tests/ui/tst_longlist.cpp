// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/runsstage.h"

#include <QLabel>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;
using devserver::RunId;
using devserver::api::RunSummary;

namespace {

constexpr int keptRows = PagedTableModel::keptRows;

/// More runs than the list keeps come in on top.
void grow(Stage *stage)
{
    constexpr int frames = 6;
    constexpr int perFrame = keptRows / 5;
    RunSummary run = stage->fixture.backend.runs.front();
    for (int frame = 0; frame < frames; ++frame) {
        std::vector<RunSummary> fresh;
        for (int number = perFrame; number > 0; --number) {
            const auto age = std::chrono::milliseconds(frame * perFrame + number);
            run.queuedAt = noon() + std::chrono::hours(1) + age;
            run.id = RunId{devserver::Ulid::fromParts(run.queuedAt, {1, 2, 3})};
            fresh.push_back(run);
        }
        auto &all = stage->fixture.backend.runs;
        all.insert(all.begin(), fresh.begin(), fresh.end());
        for (const RunSummary &one : fresh)
            stage->fixture.backend.mailbox().post(one);
        stage->fixture.beat();
    }
}

} // namespace

/// New runs come in for hours: the end of the list goes, and nobody notices.
class TestLongList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasOpenedStaysOpen();
    void severalChosenStay();
    void theEndComesAgain();
};

void TestLongList::whatWasOpenedStaysOpen()
{
    Stage stage(sampleRuns());
    stage.clickRow(0);
    const QByteArray chosen = stage.table->currentId();
    const auto *id = child<QLabel>(stage.view.get(), "runIdText");
    QTRY_COMPARE(id->toolTip().toLatin1(), chosen);
    grow(&stage);
    QVERIFY(stage.list()->rowCount() <= keptRows + PagedTableModel::pageSize);
    QCOMPARE(stage.list()->rowOf(chosen), -1);
    QVERIFY(stage.table->selectedIds().isEmpty()); // no other one was chosen for it
    stage.fixture.beat();
    QCOMPARE(id->toolTip().toLatin1(), chosen);
}

void TestLongList::severalChosenStay()
{
    Stage stage(sampleRuns());
    stage.clickRow(0);
    stage.clickRow(2, 1, Qt::ControlModifier);
    const QByteArrayList chosen = stage.table->selectedIds();
    QCOMPARE(chosen.size(), 2);
    grow(&stage);
    QCOMPARE(stage.table->selectedIds(), chosen);
    QVERIFY(stage.list()->rowCount() > keptRows + PagedTableModel::pageSize);
}

void TestLongList::theEndComesAgain()
{
    Stage stage(sampleRuns());
    const QByteArray oldest = stage.list()->idAt(stage.list()->rowCount() - 1);
    grow(&stage);
    QCOMPARE(stage.list()->rowOf(oldest), -1);
    stage.table->setFocus();
    for (int pages = 0; pages < 20 && stage.list()->rowOf(oldest) < 0; ++pages) {
        QTest::keyClick(stage.table, Qt::Key_End, Qt::ControlModifier);
        stage.fixture.beat();
    }
    QCOMPARE(stage.list()->rowOf(oldest), stage.list()->rowCount() - 1);
    QCOMPARE(static_cast<std::size_t>(stage.list()->rowCount()), stage.fixture.backend.runs.size());
}

UI_TEST_MAIN(TestLongList)
#include "tst_longlist.moc"
