// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/listrows.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/innerlayout.h"

#include <QMessageBox>
#include <QMouseEvent>
#include <QTemporaryDir>

namespace console::test {

using namespace Qt::StringLiterals;

/// The division of the runs and the run below them is the same at the next start, behind a run that
/// is opened full size, and in whatever order bars and views come (ui.md §2/1, §25).
class TestRunSplit : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void isThereBehindARunInFullSize_data() { rows(); }

    void isThereBehindARunInFullSize();

    void isTheSameAtTheNextStart_data() { rows(); }

    void isTheSameAtTheNextStart();
    void isTheSameWhateverCameFirst();

private:
    static void rows();
};

namespace {

struct Stage {
    QTemporaryDir folder;
    WindowStage stage{folder.filePath(u"settings.ini"_s)};
    Scene scene = fillScene(stage.backend);

    explicit Stage(bool isDragged)
    {
        stage.open();
        choose();
        if (isDragged)
            drag();
    }

    [[nodiscard]] DetailSplitter *splitter() const
    {
        return child<DetailSplitter>(stage.window.get(), "runsSplitter");
    }

    [[nodiscard]] QList<int> sizes() const { return splitter()->sizes(); }

    void choose()
    {
        auto *table = child<ListTable>(stage.window.get(), "runsTable");
        QTRY_VERIFY((stage.beat(), table->list() != nullptr));
        clickRowOf(table, scene.deadCharge.toText());
        stage.settle();
    }

    void drag()
    {
        QSplitterHandle *handle = splitter()->handle(1);
        const QPoint from = handle->rect().center();
        const QPoint to = from - QPoint(0, 67);
        QTest::mousePress(handle, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, handle->mapToGlobal(to), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(handle, &move);
        QTest::mouseRelease(handle, Qt::LeftButton, {}, to);
        stage.settle();
    }

    void again()
    {
        stage.settle();
        stage.window->close();
        // Something is being executed in the scene.
        if (auto *question = stage.window->findChild<QMessageBox *>(u"quitQuestion"_s))
            QTest::keyClick(question, Qt::Key_Return);
        QTRY_VERIFY(!stage.window->isVisible());
        stage.window.reset();
        stage.open();
        stage.settle();
    }
};

} // namespace

void TestRunSplit::rows()
{
    QTest::addColumn<bool>("isDragged");
    QTest::newRow("as it was") << false;
    QTest::newRow("dragged") << true;
}

void TestRunSplit::isThereBehindARunInFullSize()
{
    QFETCH(const bool, isDragged);
    Stage at(isDragged);
    const QList<int> before = at.sizes();
    QVERIFY(before.value(0) > 100 && before.value(1) > 100);
    child<QWidget>(at.stage.window.get(), "runsTable")->setFocus();
    at.stage.key(Qt::Key_Return);
    at.stage.settle();
    QVERIFY(!child<QWidget>(at.stage.window.get(), "runsTable")->isVisible());
    at.again();
    QVERIFY(!child<QWidget>(at.stage.window.get(), "runsTable")->isVisible());
    at.stage.key(Qt::Key_Escape);
    at.stage.settle();
    QVERIFY(child<QWidget>(at.stage.window.get(), "runsTable")->isVisible());
    QCOMPARE(at.sizes(), before);
}

void TestRunSplit::isTheSameAtTheNextStart()
{
    QFETCH(const bool, isDragged);
    Stage at(isDragged);
    const QList<int> before = at.sizes();
    at.again();
    QCOMPARE(at.sizes(), before);
    at.stage.key(Qt::Key_4, Qt::ControlModifier);
    at.stage.settle();
    QVERIFY(!at.splitter()->isVisible());
    at.stage.key(Qt::Key_1, Qt::ControlModifier);
    at.stage.settle();
    QCOMPARE(at.sizes(), before);
}

/// A bar that is there already when the run is chosen takes as much from the run as one that comes
/// later.
void TestRunSplit::isTheSameWhateverCameFirst()
{
    Stage at(false);
    const int before = at.sizes().value(0);
    InfoBarStack &bars = at.stage.window->currentView()->infoBars();
    at.stage.key(Qt::Key_Escape);
    at.stage.settle();
    QVERIFY(at.splitter()->widget(1)->isHidden());
    for (const char *id : {"one", "two"}) {
        bars.show({.id = id, .text = u"Something has happened"_s});
        at.stage.settle();
        at.choose();
        QCOMPARE(at.sizes().value(0), before);
        at.stage.key(Qt::Key_Escape);
        at.stage.settle();
    }
    at.choose();
    for (const char *id : {"one", "two"})
        bars.dismiss(id);
    at.stage.settle();
    QCOMPARE(at.sizes().value(0), before);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestRunSplit)
#include "tst_runsplit.moc"
