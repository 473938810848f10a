// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/lettersstage.h"
#include "ui/core/lettergroupmodel.h"

#include <QApplication>
#include <QImage>
#include <QLabel>
#include <QScrollBar>
#include <QToolButton>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::Bulk;
using devserver::LetterState;
using devserver::api::RunSummary;

/// What Dead letters says while a bulk retry that was begun there runs (ui.md 11).
class TestBulkRetry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoChoosesAnotherMeanwhileStaysThere();
    void theOneThatIsTriedFirstIsNamed();
    void nothingIsDoneYet();
    void theSameLettersAreRetriedOnce();
    void whatFailedAgainCanBeRetried();
    void anEmptiedGroupSaysThatItIsRetried();
    void oneThatWasFasterThanItsAnswerIsTold();
    void theListIsScrolledAsItWas();
};

namespace {

/// Five letters of one group and one of another one; the five are retried together.
struct Retried {
    LettersStage stage{
        {letter(50), letter(40), letter(30), letter(20), letter(10), letter(5, "OtherError"_ba)}};
    LetterGroupKey group{.slug = "shop-charge-order"_ba, .fingerprint = "print-TimeoutError"_ba};
    QToolButton *retry = child<QToolButton>(stage.view.get(), "deadRetryGroup");
    Bulk bulk;

    Retried()
    {
        RunSummary tried = runRow(50);
        tried.status = devserver::RunStatus::Running;
        tried.endedAt.reset();
        tried.maxAttempts = 5;
        tried.activities = {{.kind = devserver::ActivityKind::BackingOff,
                             .job = {},
                             .stepName = "charge-card"_ba,
                             .attempt = 1,
                             .until = stage.ui.backend.now() + 24s}};
        stage.ui.backend.runs = {tried};
        choose(group);
        stage.click("deadRetryGroup");
        QByteArray id;
        const auto listens =
            QObject::connect(&stage.ui.navigator, &Navigator::goRequested, stage.view.get(),
                             [&id](const Place &place) { id = place.subject; });
        stage.click("deadSheetGo");
        stage.click("deadProgressOpen"); // says which one it is
        QObject::disconnect(listens);    // `id` ends here
        bulk.id = devserver::BulkId::fromText(id).value_or(devserver::BulkId());
        bulk.total = bulk.waiting = 5;
    }

    void choose(const LetterGroupKey &key)
    {
        const auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
        QTest::mouseClick(stage.tree->viewport(), Qt::LeftButton, {},
                          stage.tree->visualRect(groups->indexOf(key)).center());
        stage.settle();
    }

    void tryFirst()
    {
        bulk.waiting = 4;
        bulk.retrying = 1;
        stage.ui.backend.post(bulk);
        stage.settle();
    }
};

} // namespace

/// A retry may be refused late: the choice does not jump back to it.
void TestBulkRetry::whoChoosesAnotherMeanwhileStaysThere()
{
    LettersStage stage({letter(30), letter(20), letter(10)});
    stage.focusRow(0);
    stage.ui.backend.holdReplies(true);
    stage.ui.backend.refuseNext({devserver::ErrorCode::Stopping, u"the server stops"_s});
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    QTRY_COMPARE(stage.table->selectedIds(), QByteArrayList{runId(20).toText()});
    QTest::keyClick(stage.table, Qt::Key_Down);
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{runId(10).toText()});
    stage.ui.backend.holdReplies(false);
    stage.ui.backend.releaseReplies();
    QTRY_COMPARE((stage.settle(), stage.table->model()->rowCount()), 3);
    stage.settle();
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{runId(10).toText()});
}

void TestBulkRetry::theOneThatIsTriedFirstIsNamed()
{
    Retried retried;
    const auto *trial = child<QWidget>(retried.stage.view.get(), "bulkTrial");
    QVERIFY(!trial->isVisible());
    retried.tryFirst();
    QTRY_VERIFY(trial->isVisible());
    auto *run = child<QToolButton>(trial, "bulkTrialRun");
    QCOMPARE(run->accessibleName(), u"charge-order "_s + shortId(runId(50).toText()));
    QCOMPARE(child<QLabel>(trial, "bulkTrialWords")->text(), u"failed, attempt 2 of 5 in 24 s"_s);
    shoot(retried.stage.view.get(), u"bulk_trial"_s);
    QByteArray opened;
    connect(&retried.stage.ui.navigator, &Navigator::goRequested, this,
            [&opened](const Place &place) { opened = place.subject; });
    QTest::mouseClick(run, Qt::LeftButton);
    QCOMPARE(opened, runId(50).toText());
    RunSummary going = retried.stage.ui.backend.runs.front();
    going.activities.front().kind = devserver::ActivityKind::Executing;
    retried.stage.ui.backend.post(going);
    retried.stage.settle();
    QTRY_COMPARE(child<QLabel>(trial, "bulkTrialWords")->text(), u"is tried first"_s);
    retried.bulk.completed = 1;
    retried.bulk.retrying = 2;
    retried.bulk.waiting = 2;
    retried.stage.ui.backend.post(retried.bulk);
    retried.stage.settle();
    QVERIFY(!trial->isVisible());
}

/// The line below says the same as the words: one of five is begun, none is done.
void TestBulkRetry::nothingIsDoneYet()
{
    Retried retried;
    auto *strip = child<QWidget>(retried.stage.view.get(), "deadProgress");
    const auto isLineEmpty = [strip] {
        const QImage seen = strip->grab().toImage();
        const int bottom = seen.height() - 1;
        return seen.pixel(0, bottom) == seen.pixel(seen.width() - 1, bottom);
    };
    retried.tryFirst();
    QTRY_VERIFY2(child<QLabel>(strip, "deadProgressNumbers")->text().startsWith(u"0 of 5 done"_s),
                 qPrintable(child<QLabel>(strip, "deadProgressNumbers")->text()));
    QVERIFY(isLineEmpty());
    retried.bulk.completed = 1;
    retried.stage.ui.backend.post(retried.bulk);
    retried.stage.settle();
    QVERIFY(!isLineEmpty());
}

void TestBulkRetry::theSameLettersAreRetriedOnce()
{
    Retried retried;
    retried.tryFirst();
    QTRY_VERIFY(!retried.retry->isEnabled());
    QVERIFY2(retried.retry->toolTip().contains(u"They are being retried"_s),
             qPrintable(retried.retry->toolTip()));
    retried.choose({}); // with another one, too
    QTRY_VERIFY(retried.retry->isEnabled());
    retried.choose(retried.group);
    QTRY_VERIFY(!retried.retry->isEnabled());
    retried.bulk.state = devserver::BulkState::StoppedByHand;
    retried.stage.ui.backend.post(retried.bulk);
    retried.stage.settle();
    QTRY_VERIFY(retried.retry->isEnabled());
}

/// The bulk does not come to it once more.
void TestBulkRetry::whatFailedAgainCanBeRetried()
{
    Retried retried;
    retried.tryFirst();
    QTRY_VERIFY(!retried.retry->isEnabled());
    devserver::api::LetterSummary again = letter(50);
    again.cycle = 1;
    retried.stage.ui.backend.post(again);
    retried.stage.settle();
    QTRY_VERIFY(retried.retry->isEnabled());
}

void TestBulkRetry::anEmptiedGroupSaysThatItIsRetried()
{
    Retried retried;
    LettersStage &stage = retried.stage;
    for (const int number : {50, 40, 30, 20, 10}) {
        devserver::api::LetterSummary row = letter(number);
        row.state = LetterState::Retrying;
        stage.ui.backend.post(row);
    }
    retried.bulk.completed = 1;
    retried.bulk.waiting = 0;
    retried.bulk.retrying = 4;
    stage.ui.backend.post(retried.bulk);
    stage.settle();
    stage.passTime();
    const auto *nothing = child<QWidget>(stage.view.get(), "deadNoMatch");
    const auto words = [nothing] {
        QStringList all;
        for (const QLabel *label : nothing->findChildren<QLabel *>()) {
            if (label->isVisible())
                all.append(label->text());
        }
        return all.join(u'\n');
    };
    QTRY_VERIFY(nothing->isVisible());
    QVERIFY2(words().contains(u"4 of 5 are being retried"_s), qPrintable(words()));
    QVERIFY(!words().contains(u"Nothing is left"_s));
    retried.bulk.completed = 5;
    retried.bulk.retrying = 0;
    retried.bulk.state = devserver::BulkState::Done;
    stage.ui.backend.post(retried.bulk);
    stage.settle();
    QTRY_VERIFY2(words().contains(u"Nothing is left in \"TimeoutError\""_s), qPrintable(words()));
}

void TestBulkRetry::oneThatWasFasterThanItsAnswerIsTold()
{
    LettersStage stage({letter(30), letter(20)});
    stage.click("deadRetryGroup");
    const auto *go = child<QPushButton>(stage.view.get(), "deadSheetGo");
    QTRY_VERIFY(go->isEnabled());
    stage.ui.backend.holdReplies(true);
    Bulk bulk;
    bulk.id.value = devserver::UlidSource().next(stage.ui.backend.now()); // its first one, too
    stage.click("deadSheetGo");
    bulk.total = bulk.completed = 2;
    bulk.state = devserver::BulkState::Done;
    stage.ui.backend.post(bulk);
    stage.settle();
    QVERIFY2(!stage.bars().contains(u"2 completed"_s), qPrintable(stage.bars()));
    stage.ui.backend.releaseReplies();
    stage.ui.backend.holdReplies(false);
    stage.settle();
    QTRY_VERIFY2(stage.bars().contains(u"2 completed"_s), qPrintable(stage.bars()));
}

/// A row that is out of sight is not brought there because a group is asked about.
void TestBulkRetry::theListIsScrolledAsItWas()
{
    std::vector<devserver::api::LetterSummary> letters;
    for (int number = 90; number > 30; --number)
        letters.push_back(letter(number));
    LettersStage stage(std::move(letters));
    stage.focusRow(1);
    const QScrollBar *bar = stage.table->verticalScrollBar();
    const QWidget *seen = stage.table->viewport();
    const QPoint at = seen->rect().center();
    const QModelIndex chosen = stage.table->currentIndex();
    for (int turn = 0; turn < 20 && stage.table->visualRect(chosen).bottom() >= 0; ++turn) {
        QWheelEvent wheel(at, seen->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(stage.table->viewport(), &wheel);
    }
    stage.settle();
    QVERIFY(stage.table->visualRect(chosen).bottom() < 0); // out of sight
    const int before = bar->value();
    const auto *sheet = child<QWidget>(stage.view.get(), "deadSheet");
    stage.click("deadRetryGroup");
    QVERIFY(sheet->isVisible());
    QCOMPARE(bar->value(), before);
    stage.view->resize(stage.view->width(), stage.view->height() - 40);
    stage.settle();
    QCOMPARE(bar->value(), before);
    stage.click("deadSheetCancel");
    QVERIFY(!sheet->isVisible());
    QCOMPARE(bar->value(), before);
}

UI_TEST_MAIN(TestBulkRetry)
#include "tst_bulkretry.moc"
