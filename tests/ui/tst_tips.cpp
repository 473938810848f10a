// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"

#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QWindow>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Tips: once each, one at a time, until they are switched off (ui.md 19).
class TestTips : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneAtATimeAndOnce();
    void switchedOffForGood();
    void aResetShowsThemAgain();
    void noneUnlessAskedFor();
    void theyWaitUntilTheMouseRests();
    void theListStaysWhereItIs();
    void inALowWindowItGivesWay();
};

namespace {

struct Stage : WindowStage {
    explicit Stage(const QString &settingsPath = {}, bool showsTips = true)
        : WindowStage(settingsPath)
    {
        options.showsTips = showsTips;
        scene = fillScene(backend);
        open();
        backend.post(scene.counters);
        settle();
    }

    /// Of the view that is shown.
    [[nodiscard]] QWidget *tip() const
    {
        for (QWidget *bar : window->findChildren<QWidget *>(u"infoBar"_s)) {
            if (bar->isVisible())
                return bar;
        }
        return nullptr;
    }

    [[nodiscard]] QString said() const
    {
        const QWidget *bar = tip();
        return bar == nullptr ? QString() : bar->accessibleName();
    }

    /// The mouse rests then.
    void closeTip()
    {
        backend.advance(1s); // it came under the mouse that closed the one before
        QTest::mouseClick(child<QToolButton>(tip(), "infoBarClose"), Qt::LeftButton);
        backend.advance(2s);
        settle();
    }

    Scene scene;
};

} // namespace

void TestTips::oneAtATimeAndOnce()
{
    const QTemporaryDir folder;
    const QString settings = folder.filePath(u"window.ini"_s);
    {
        Stage stage(settings);
        stage.key(Qt::Key_1, Qt::ControlModifier);
        stage.settle();
        // Whichever comes first: whether the first row is selected already is a matter of time.
        QTRY_VERIFY(!stage.said().isEmpty());
        const QString first = stage.said();
        shoot(stage.window.get(), u"tip_retry"_s);
        stage.key(Qt::Key_Down); // a run is selected, and one tip is there
        stage.settle();
        QCOMPARE(stage.said(), first);
        stage.closeTip();
        stage.key(Qt::Key_Down);
        stage.settle();
        QTRY_VERIFY(!stage.said().isEmpty());
        QStringList both{first, stage.said()};
        both.sort();
        QVERIFY2(both[0].startsWith(u"A run has failed for good."_s), qPrintable(both[0]));
        QVERIFY2(both[1].startsWith(u"In lists single letters"_s), qPrintable(both[1]));
        stage.closeTip();
        stage.key(Qt::Key_Down);
        stage.settle();
        QCOMPARE(stage.said(), QString());
    }
    Stage again(settings);
    again.key(Qt::Key_1, Qt::ControlModifier);
    again.key(Qt::Key_Down);
    again.settle();
    QCOMPARE(again.said(), QString());
    again.key(Qt::Key_3, Qt::ControlModifier);
    again.settle();
    QTRY_VERIFY2(again.said().startsWith(u"A dead letter waits"_s), qPrintable(again.said()));
}

void TestTips::switchedOffForGood()
{
    Stage stage;
    stage.key(Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY((stage.settle(), stage.tip() != nullptr));
    for (QPushButton *button : stage.tip()->findChildren<QPushButton *>()) {
        if (button->text() == u"Do not show tips"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    stage.key(Qt::Key_3, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(stage.said(), QString());
}

void TestTips::aResetShowsThemAgain()
{
    Stage stage;
    stage.key(Qt::Key_1, Qt::ControlModifier);
    QStringList seen;
    for (int tip = 0; tip < 2; ++tip) {
        stage.key(Qt::Key_Down);
        QTRY_VERIFY((stage.settle(), stage.tip() != nullptr));
        seen.append(stage.said());
        stage.closeTip();
    }
    stage.key(Qt::Key_Down);
    stage.settle();
    QCOMPARE(stage.said(), QString());
    stage.key(Qt::Key_Comma, Qt::ControlModifier);
    auto *dialog = child<QDialog>(stage.window.get(), "settingsDialog");
    QTest::keyClicks(child<QLineEdit>(dialog, "settingsSearch"), u"confirmation"_s);
    QTest::mouseClick(child<QWidget>(dialog, "resetQuestions"), Qt::LeftButton);
    QTest::keyClick(dialog, Qt::Key_Escape);
    stage.backend.advance(2s);      // the mouse rests
    stage.window->activateWindow(); // the dialog had the keyboard
    QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
    stage.key(Qt::Key_Down);
    QTRY_VERIFY((stage.settle(), stage.tip() != nullptr));
    QVERIFY2(seen.contains(stage.said()), qPrintable(stage.said()));
}

void TestTips::noneUnlessAskedFor()
{
    Stage stage({}, false);
    stage.key(Qt::Key_3, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(stage.said(), QString());
}

/// Or what it points at moves away from under it.
void TestTips::theyWaitUntilTheMouseRests()
{
    Stage stage;
    QWindow *window = stage.window->windowHandle();
    stage.key(Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY((stage.settle(), stage.tip() != nullptr)); // nobody has used the mouse so far
    stage.closeTip();
    QTest::mouseMove(window, {701, 300});
    QVERIFY(stage.window->underMouse());
    stage.key(Qt::Key_Down);                // there is another one
    for (int move = 2; move < 10; ++move) { // 4 s, more than it has to rest
        stage.backend.advance(500ms);
        QTest::mouseMove(window, {700 + move, 300});
        stage.settle();
        QCOMPARE(stage.said(), QString());
    }
    stage.backend.advance(1500ms);
    QTRY_VERIFY((stage.beat(), !stage.said().isEmpty()));
}

void TestTips::theListStaysWhereItIs()
{
    Stage stage;
    const auto place = [&stage] {
        const auto *table = child<QTableView>(stage.window.get(), "runsTable");
        return table->viewport()->mapTo(stage.window.get(), QPoint()).y();
    };
    stage.key(Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY((stage.settle(), stage.tip() != nullptr));
    const int before = place();
    stage.closeTip();
    QCOMPARE(stage.said(), QString());
    QCOMPARE(place(), before);
    stage.key(Qt::Key_Down);
    QTRY_VERIFY((stage.settle(), stage.tip() != nullptr));
    QCOMPARE(place(), before);
    shoot(stage.window.get(), u"tip_below"_s);
}

/// To what somebody works with; it is back with the room.
void TestTips::inALowWindowItGivesWay()
{
    Stage stage;
    stage.key(Qt::Key_1, Qt::ControlModifier);
    stage.key(Qt::Key_Down);
    QTRY_VERIFY((stage.settle(), stage.tip() != nullptr));
    const QString said = stage.said();
    const QSize size = stage.window->size();
    const auto *timeline = child<QWidget>(stage.window.get(), "timelineView");
    QVERIFY(timeline->isVisible());
    stage.window->resize(1024, 640);
    stage.key(Qt::Key_J, Qt::ControlModifier); // the composer
    stage.settle();
    QVERIFY(child<QWidget>(stage.window.get(), "composer")->isVisible());
    QCOMPARE(stage.said(), QString());
    QVERIFY2(timeline->height() > 40, qPrintable(QString::number(timeline->height())));
    stage.key(Qt::Key_J, Qt::ControlModifier);
    stage.window->resize(size);
    stage.settle();
    QCOMPARE(stage.said(), said);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestTips)

#include "tst_tips.moc"
