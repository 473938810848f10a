// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/windowstage.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDialog>
#include <QListWidget>
#include <QMessageBox>

namespace console::test {

using namespace Qt::StringLiterals;

/// The question before quitting, and the one window per data file.
class TestQuitting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksOnlyWhileSomethingRuns_data();
    void asksOnlyWhileSomethingRuns();
    void stayingAndQuitting();
    void memoryIsNamed();
    void neverAgainUntilItIsWantedAgain();
    void endingTheProcessAsksNothing();
    void anotherStartShowsItsRun();
};

namespace {

struct Busy : WindowStage {
    explicit Busy(qint64 running = 3)
    {
        backend.post(devserver::api::Counters{.running = running});
        open();
        settle();
    }

    [[nodiscard]] QMessageBox *question() const
    {
        return window->findChild<QMessageBox *>(u"quitQuestion"_s);
    }

    void quit()
    {
        window->activateWindow(); // a dialog had it
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        key(Qt::Key_Q, Qt::ControlModifier);
    }
};

} // namespace

void TestQuitting::asksOnlyWhileSomethingRuns_data()
{
    QTest::addColumn<qint64>("running");
    QTest::addColumn<devserver::api::ServerPhase>("phase");
    QTest::addColumn<bool>("asks");
    using enum devserver::api::ServerPhase;
    QTest::newRow("something runs") << qint64(1) << Serving << true;
    QTest::newRow("nothing runs") << qint64(0) << Serving << false;
    QTest::newRow("the server is stopped") << qint64(1) << Stopped << false;
}

void TestQuitting::asksOnlyWhileSomethingRuns()
{
    QFETCH(qint64, running);
    QFETCH(devserver::api::ServerPhase, phase);
    QFETCH(bool, asks);
    Busy stage(running);
    devserver::api::ServerState state = stage.backend.state;
    state.phase = phase;
    stage.backend.setState(state);
    stage.quit();
    QTRY_COMPARE(stage.window->isVisible(), asks);
    QCOMPARE(stage.question() != nullptr, asks);
}

void TestQuitting::stayingAndQuitting()
{
    Busy stage;
    stage.quit();
    QMessageBox *box = stage.question();
    QVERIFY(box != nullptr);
    QCOMPARE(box->text(), u"3 runs are being executed. Quit?"_s);
    QCOMPARE(a11yFindings(box), QStringList());
    for (const QAbstractButton *button : box->buttons()) // also where the desktop has some
        QVERIFY2(button->icon().isNull(), qPrintable(button->text()));
    shoot(box, u"quit_question"_s);
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(stage.question() == nullptr);
    QVERIFY(stage.window->isVisible());
    stage.quit();
    QTest::mouseClick(child<QWidget>(stage.question(), "quitAccept"), Qt::LeftButton);
    QTRY_VERIFY(!stage.window->isVisible());
}

void TestQuitting::memoryIsNamed()
{
    Busy stage(1);
    devserver::api::ServerState state = stage.backend.state;
    state.dataFile.clear();
    stage.backend.setState(state);
    stage.quit();
    QCOMPARE(stage.question()->text(), u"A run is being executed. Quit?"_s);
    QVERIFY(stage.question()->informativeText().contains(u"only in memory"_s));
}

void TestQuitting::neverAgainUntilItIsWantedAgain()
{
    Busy stage;
    stage.quit();
    QTest::mouseClick(child<QCheckBox>(stage.question(), "quitNeverAsk"), Qt::LeftButton);
    QTest::mouseClick(child<QWidget>(stage.question(), "quitStay"), Qt::LeftButton);
    QTRY_VERIFY(stage.question() == nullptr);
    stage.quit(); // staying decides nothing
    QVERIFY(stage.question() != nullptr);
    QTest::mouseClick(child<QCheckBox>(stage.question(), "quitNeverAsk"), Qt::LeftButton);
    QTest::keyClick(stage.question(), Qt::Key_Return);
    QTRY_VERIFY(!stage.window->isVisible());
    QVERIFY(!stage.window->workspace().settings.asksBeforeQuit());
    // The same window again, for its settings.
    stage.window->show();
    stage.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
    stage.key(Qt::Key_Comma, Qt::ControlModifier);
    auto *dialog = child<QDialog>(stage.window.get(), "settingsDialog");
    auto *categories = child<QListWidget>(dialog, "settingsCategories");
    QTest::keyClick(categories, Qt::Key_End);
    QTest::keyClick(categories, Qt::Key_Up); // Security is below
    auto *ask = child<QCheckBox>(dialog, "settingsAskQuit");
    QVERIFY(ask->isVisible());
    QVERIFY(!ask->isChecked());
    QCOMPARE(a11yFindings(dialog), QStringList());
    shoot(dialog, u"settings_questions"_s);
    QTest::mouseClick(child<QWidget>(dialog, "resetQuestions"), Qt::LeftButton);
    QVERIFY(ask->isChecked());
    QVERIFY(stage.window->workspace().settings.asksBeforeQuit());
}

/// SIGTERM and the like: nobody is there to answer.
void TestQuitting::endingTheProcessAsksNothing()
{
    Busy stage;
    stage.window->closeNow();
    QTRY_VERIFY(!stage.window->isVisible());
    QVERIFY(stage.question() == nullptr);
}

void TestQuitting::anotherStartShowsItsRun()
{
    WindowStage stage;
    stage.backend.runs = {runRow(2), runRow(1)};
    stage.open();
    stage.window->showMinimized();
    stage.window->comeForward(runId(1));
    stage.settle();
    QVERIFY(!stage.window->isMinimized());
    QCOMPARE(stage.window->currentView()->place().subject, runId(1).toText());
    QVERIFY(stage.window->currentView()->place().isFullSize);
    stage.window->comeForward({});
    QCOMPARE(stage.window->currentView()->place().subject, runId(1).toText());
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestQuitting)
#include "tst_quitting.moc"
