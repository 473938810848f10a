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
#include <QTableView>
#include <QTemporaryDir>

#include <map>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A bar takes its room from the detail below the list, and gives it back there: the border between
/// them stays where it is, whatever made it stand there (ui.md §2/1).
class TestBarSplit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBorderStays_data();
    void theBorderStays();
    void theBorderOfTheInspectorStays();
};

namespace {

struct Stage {
    QTemporaryDir folder;
    WindowStage stage{folder.filePath(u"settings.ini"_s)};
    Scene scene = fillScene(stage.backend);

    Stage() { stage.open(); }

    DetailSplitter *splitter() const
    {
        return child<DetailSplitter>(stage.window.get(), "runsSplitter");
    }

    void chooseRun()
    {
        auto *table = child<ListTable>(stage.window.get(), "runsTable");
        QTRY_VERIFY((stage.beat(), table->list() != nullptr));
        clickRowOf(table, scene.deadCharge.toText());
        stage.settle();
        QVERIFY(splitter()->widget(1)->isVisible());
    }

    void dragBy(int pixels) const
    {
        QSplitterHandle *handle = splitter()->handle(1);
        const QPoint from = handle->rect().center();
        const QPoint to = from + QPoint(0, pixels);
        QTest::mousePress(handle, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, handle->mapToGlobal(to), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(handle, &move);
        QTest::mouseRelease(handle, Qt::LeftButton, {}, to);
    }

    void closeDetail()
    {
        child<QWidget>(stage.window.get(), "runsTable")->setFocus();
        for (int tries = 0; tries < 3 && splitter()->widget(1)->isVisible(); ++tries) {
            stage.key(Qt::Key_Escape);
            stage.settle();
        }
        QVERIFY(splitter()->widget(1)->isHidden());
    }

    void resize(int height)
    {
        stage.window->resize(1440, height);
        stage.settle();
    }

    void close()
    {
        stage.window->close();
        // Something is being executed in the scene.
        if (auto *question = stage.window->findChild<QMessageBox *>(u"quitQuestion"_s))
            QTest::keyClick(question, Qt::Key_Return);
        QTRY_VERIFY(!stage.window->isVisible());
        stage.window.reset();
    }

    void turn()
    {
        stage.key(Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), u">details beside the list"_s);
        stage.key(Qt::Key_Return);
        stage.settle();
    }
};

void restart(Stage &at)
{
    at.chooseRun();
    at.dragBy(-60);
    at.stage.settle();
    at.closeDetail();
    at.close();
    at.stage.open();
    at.stage.settle();
    at.chooseRun();
}

void reopen(Stage &at)
{
    at.chooseRun();
    at.dragBy(-60);
    at.closeDetail();
    at.resize(880);
    at.chooseRun();
}

void putBeside(Stage &at)
{
    at.chooseRun();
    at.turn();
    QCOMPARE(at.splitter()->orientation(), Qt::Horizontal);
    at.resize(880);
    at.turn();
    QCOMPARE(at.splitter()->orientation(), Qt::Vertical);
}

void drag(Stage &at)
{
    at.chooseRun();
    at.dragBy(-60);
}

const std::map<QByteArray, void (*)(Stage &)> ways = {
    {"chosen", [](Stage &at) { at.chooseRun(); }},    {"dragged", drag},
    {"restored, then run chosen, then bar", restart}, {"closed, resized, reopened, bar", reopen},
    {"beside, then below, then bar", putBeside},
};

} // namespace

void TestBarSplit::theBorderStays_data()
{
    QTest::addColumn<QByteArray>("way");
    for (const auto &[way, before] : ways)
        QTest::newRow(way.constData()) << way;
}

void TestBarSplit::theBorderStays()
{
    QFETCH(const QByteArray, way);
    Stage at;
    ways.at(way)(at);
    at.stage.settle();
    const QList<int> sizes = at.splitter()->sizes();
    QVERIFY2(sizes.value(1) > 150, QByteArray::number(sizes.value(1)).constData());
    InfoBarStack &bars = at.stage.window->currentView()->infoBars();
    bars.show({.id = "one"_ba, .text = u"One"_s});
    at.stage.settle();
    QCOMPARE(bars.count(), 1);
    QCOMPARE(at.splitter()->sizes().value(0), sizes.value(0));
    QVERIFY(at.splitter()->sizes().value(1) < sizes.value(1));
    bars.dismiss("one"_ba);
    at.stage.settle();
    QCOMPARE(at.splitter()->sizes(), sizes);
}

/// Its bars stand in the inspector, around the page with the attempts.
void TestBarSplit::theBorderOfTheInspectorStays()
{
    Stage at;
    at.chooseRun();
    auto *inspector = child<QWidget>(at.stage.window.get(), "inspector");
    if (!inspector->isVisible()) {
        at.stage.key(Qt::Key_I, Qt::ControlModifier);
        at.stage.settle();
    }
    clickTab(child<QWidget>(inspector, "inspectorTabs"), u"Attempts"_s);
    at.stage.settle();
    auto *table = child<QTableView>(inspector, "inspAttempts");
    QVERIFY(table->model()->rowCount() > 0);
    clickCell(table, table->model()->index(0, 0));
    at.stage.settle();
    const auto *detail = child<QWidget>(inspector, "inspAttemptDetail");
    QVERIFY(detail->isVisible());
    const auto border = [&] { return detail->mapTo(at.stage.window.get(), QPoint()).y(); };
    const int before = border();
    auto *bars = child<InfoBarStack>(inspector, "inspInfoBars");
    const QByteArrayList ids = {"one"_ba, "two"_ba, "three"_ba}; // so high as some rows
    for (const QByteArray &id : ids) {
        bars->show({.id = id, .text = QString::fromLatin1(id)});
        at.stage.settle();
        QCOMPARE(border(), before);
    }
    QCOMPARE(bars->count(), 3);
    for (const QByteArray &id : ids) {
        bars->dismiss(id);
        at.stage.settle();
        QCOMPARE(border(), before);
    }
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestBarSplit)
#include "tst_barsplit.moc"
