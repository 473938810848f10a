// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/scene.h"
#include "tests/ui/support/wholecomposer.h"
#include "tests/ui/support/windowstage.h"

#include <QDockWidget>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize large(1440, 900);
constexpr QSize least(1024, 640);

} // namespace

/// Inspector and composer: how large they are, and where they float (ui.md §5).
class TestDocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theComposerIsWholeInTheSmallestWindow_data();
    void theComposerIsWholeInTheSmallestWindow();
    void theyComeBackWithTheRoom();
    void aBarAboveTakesNothingForGood();
    void aSmallWindowIsNotRemembered();
    void whatIsDraggedStays();
    void aDragWithoutItsEndIsOver();
    void floatingOnesComeBackAfterTheWindow();
    void aFloatingOneIsSeenToFloat();

private:
    /// What is said above the list; null if nothing is.
    static QWidget *tip(const WindowStage &stage);
    /// At its edge towards the list, by so many pixels.
    static void drag(const WindowStage &stage, const QDockWidget *dock, QPoint by);
};

QWidget *TestDocks::tip(const WindowStage &stage)
{
    for (QWidget *bar : stage.window->findChildren<QWidget *>(u"infoBar"_s)) {
        if (bar->isVisible())
            return bar;
    }
    return nullptr;
}

void TestDocks::drag(const WindowStage &stage, const QDockWidget *dock, QPoint by)
{
    auto *area = child<QWidget>(stage.window.get(), "dockArea");
    const QPoint edge = by.x() != 0 ? QPoint(dock->x() - 1, dock->geometry().center().y())
                                    : QPoint(dock->geometry().center().x(), dock->y() - 1);
    QTest::mousePress(area, Qt::LeftButton, {}, edge);
    QTest::mouseMove(area, edge + by);
    QCoreApplication::processEvents(); // it moves when there is nothing else to do
    QTest::mouseRelease(area, Qt::LeftButton, {}, edge + by);
}

void TestDocks::theComposerIsWholeInTheSmallestWindow_data()
{
    QTest::addColumn<bool>("wasLarge");
    QTest::addColumn<bool>("wasOpen");
    QTest::addColumn<bool>("hasTip");
    QTest::newRow("from the start") << false << false << false;
    QTest::newRow("made small") << true << false << false;
    QTest::newRow("made small with it") << true << true << false;
    QTest::newRow("with a tip") << false << false << true;
    QTest::newRow("made small with a tip") << true << false << true;
    QTest::newRow("made small with it and a tip") << true << true << true;
}

/// Whatever the way there was, and with a run and the inspector beside it.
void TestDocks::theComposerIsWholeInTheSmallestWindow()
{
    QFETCH(const bool, wasLarge);
    QFETCH(const bool, wasOpen);
    QFETCH(const bool, hasTip);
    WindowStage stage;
    stage.options.showsTips = hasTip;
    const Scene scene = fillScene(stage.backend);
    stage.open(wasLarge ? large : least);
    stage.backend.post(scene.counters); // there are dead runs
    if (hasTip)                         // it waits until the mouse rests
        QTRY_VERIFY_WITH_TIMEOUT((stage.beat(), tip(stage) != nullptr), 10'000);
    if (!child<QWidget>(stage.window.get(), "inspectorDock")->isVisible())
        stage.key(Qt::Key_I, Qt::ControlModifier);
    if (wasOpen)
        stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    stage.window->resize(least);
    for (const ViewEntry &entry : viewTable()) {
        stage.goTo(entry);
        stage.settle();
    }
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    shoot(
        stage.window.get(),
        u"docks_smallest_%1"_s.arg(QLatin1StringView(QTest::currentDataTag())).replace(u' ', u'_'));
    QCOMPARE(stage.window->size(), least);
    QVERIFY(tip(stage) == nullptr); // it gives way
    QCOMPARE(hiddenOfComposer(stage.window.get()), QByteArrayList());
    // The run is named, and its row is seen.
    for (const char *name : {"runTitle", "runTabs"})
        QVERIFY2(!child<QWidget>(stage.window.get(), name)->visibleRegion().isEmpty(), name);
    const auto *table = child<QTableView>(stage.window.get(), "runsTable");
    QVERIFY(table->viewport()->visibleRegion().boundingRect().height() >= table->rowHeight(0));
    // What is said of a wrong name is not cut, and helps.
    QTest::keyClicks(QApplication::focusWidget(), u"order/createt"_s);
    stage.key(Qt::Key_Escape);
    stage.settle();
    const auto *nearest = child<QToolButton>(stage.window.get(), "composerNearest");
    QVERIFY(nearest->isVisible());
    QCOMPARE(nearest->visibleRegion().boundingRect(), nearest->rect());
    for (const char *name : {"composerWhoTitle", "composerWho"}) {
        const auto *words = child<QLabel>(stage.window.get(), name);
        QVERIFY2(!words->isVisible() || words->height() >= words->heightForWidth(words->width()),
                 name);
    }
}

void TestDocks::theyComeBackWithTheRoom()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open(large);
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.key(Qt::Key_J, Qt::ControlModifier);
    stage.settle();
    const QDockWidget *inspector = stage.window->dock("inspector"_ba);
    const QDockWidget *composer = stage.window->dock("composer"_ba);
    const int width = inspector->width();
    const int height = composer->height();
    stage.window->resize(least);
    for (const ViewEntry &entry : viewTable()) {
        stage.goTo(entry);
        stage.settle();
    }
    QVERIFY(composer->height() < height);
    stage.goTo(viewTable().front());
    stage.window->resize(large);
    stage.settle();
    QCOMPARE(inspector->width(), width);
    QCOMPARE(composer->height(), height);
}

void TestDocks::aBarAboveTakesNothingForGood()
{
    WindowStage stage;
    stage.options.showsTips = true;
    const Scene scene = fillScene(stage.backend);
    stage.open({1024, 900});
    stage.backend.post(scene.counters);
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.key(Qt::Key_J, Qt::ControlModifier);
    stage.settle();
    const QDockWidget *composer = stage.window->dock("composer"_ba);
    QTRY_VERIFY_WITH_TIMEOUT((stage.beat(), tip(stage) != nullptr), 10'000);
    stage.settle();
    while (const QWidget *bar = tip(stage)) {
        const int before = composer->height();
        QTest::mouseClick(child<QToolButton>(bar, "infoBarClose"), Qt::LeftButton);
        stage.settle();
        QVERIFY(composer->height() >= before);
    }
    WindowStage fresh;
    const Scene same = fillScene(fresh.backend);
    fresh.open({1024, 900});
    arrange::place(*fresh.window, {.view = "runs"_ba, .subject = same.deadCharge.toText()});
    fresh.key(Qt::Key_J, Qt::ControlModifier);
    fresh.settle();
    QCOMPARE(composer->height(), fresh.window->dock("composer"_ba)->height());
}

void TestDocks::aSmallWindowIsNotRemembered()
{
    const QTemporaryDir folder;
    const QString settings = folder.filePath(u"settings.ini"_s);
    int width = 0;
    int height = 0;
    for (const bool isFirst : {true, false}) {
        WindowStage stage(settings);
        fillScene(stage.backend);
        stage.open(large);
        if (isFirst)
            stage.key(Qt::Key_J, Qt::ControlModifier);
        stage.settle();
        const QDockWidget *inspector = stage.window->dock("inspector"_ba);
        const QDockWidget *composer = stage.window->dock("composer"_ba);
        QVERIFY(inspector->isVisible());
        QVERIFY(composer->isVisible());
        if (!isFirst) {
            QCOMPARE(inspector->width(), width);
            QCOMPARE(composer->height(), height);
            break;
        }
        width = inspector->width();
        height = composer->height();
        stage.window->resize(1200, 640);
        stage.goTo(viewTable().at(4));
        stage.settle();
        QVERIFY(composer->height() < height);
        stage.goTo(viewTable().front());
        stage.window->closeNow();
    }
}

void TestDocks::whatIsDraggedStays()
{
    const QTemporaryDir folder;
    const QString settings = folder.filePath(u"settings.ini"_s);
    int width = 0;
    int height = 0;
    for (const bool isFirst : {true, false}) {
        WindowStage stage(settings);
        fillScene(stage.backend);
        stage.open(large);
        if (isFirst)
            stage.key(Qt::Key_J, Qt::ControlModifier);
        stage.settle();
        const QDockWidget *inspector = stage.window->dock("inspector"_ba);
        const QDockWidget *composer = stage.window->dock("composer"_ba);
        if (isFirst) {
            const QSize before(inspector->width(), composer->height());
            drag(stage, inspector, {-60, 0});
            drag(stage, composer, {0, -40});
            stage.settle();
            width = inspector->width();
            height = composer->height();
            QCOMPARE(QSize(width, height), before + QSize(60, 40));
            stage.window->resize(1200, 640);
            stage.settle();
            // Not only the list yields.
            QVERIFY(composer->height() <= height - 100);
            stage.window->resize(large);
            stage.settle();
        }
        QCOMPARE(inspector->width(), width);
        QCOMPARE(composer->height(), height);
        if (!isFirst) { // and until the layout is reset
            stage.key(Qt::Key_K, Qt::ControlModifier);
            QTest::keyClicks(QApplication::focusWidget(), u">reset layout"_s);
            stage.key(Qt::Key_Return);
            stage.settle();
            QVERIFY(inspector->width() < width);
        }
        stage.window->closeNow();
    }
}

/// As when a dialog comes up while the button is down, and gets its release.
void TestDocks::aDragWithoutItsEndIsOver()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open(large);
    stage.key(Qt::Key_J, Qt::ControlModifier);
    stage.settle();
    const QDockWidget *inspector = stage.window->dock("inspector"_ba);
    const int before = inspector->width();
    auto *area = child<QWidget>(stage.window.get(), "dockArea");
    const QPoint edge(inspector->x() - 1, inspector->geometry().center().y());
    QTest::mousePress(area, Qt::LeftButton, {}, edge);
    QTest::mouseMove(area, edge - QPoint(300, 0));
    QCoreApplication::processEvents();
    QTest::mouseRelease(child<QWidget>(stage.window.get(), "runsFilter"), Qt::LeftButton);
    const int dragged = inspector->width();
    QVERIFY(dragged > before + 200);
    stage.window->resize(least);
    stage.settle();
    QVERIFY2(inspector->width() < dragged - 200, qPrintable(QString::number(inspector->width())));
    stage.window->resize(large);
    stage.settle();
    QCOMPARE(inspector->width(), dragged);
}

/// A window manager keeps them in front of the window only if it knows that one.
void TestDocks::floatingOnesComeBackAfterTheWindow()
{
    const QTemporaryDir folder;
    const QString settings = folder.filePath(u"settings.ini"_s);
    const QPoint where(320, 240);
    {
        WindowStage stage(settings);
        fillScene(stage.backend);
        stage.open(large);
        stage.key(Qt::Key_J, Qt::ControlModifier);
        stage.settle();
        QTest::mouseClick(child<QWidget>(stage.window.get(), "composerDockFloat"), Qt::LeftButton);
        QDockWidget *composer = stage.window->dock("composer"_ba);
        QTRY_VERIFY(composer->isFloating());
        composer->move(where);
        stage.settle();
        stage.window->closeNow();
    }
    WindowStage stage(settings);
    fillScene(stage.backend);
    stage.window = std::make_unique<MainWindow>(stage.backend, stage.options, stage.desktop);
    const QDockWidget *composer = stage.window->dock("composer"_ba);
    QVERIFY(composer->isFloating());
    QVERIFY(!composer->isVisible());
    stage.window->show();
    QVERIFY(!composer->isVisible()); // the window has not come yet
    QTRY_VERIFY(composer->isVisible());
    QVERIFY(stage.window->windowHandle()->isExposed());
    QCOMPARE(composer->pos(), where);
    QVERIFY(child<QWidget>(composer, "composerSend")->isVisible());
}

void TestDocks::aFloatingOneIsSeenToFloat()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open(large);
    stage.key(Qt::Key_J, Qt::ControlModifier);
    stage.settle();
    QDockWidget *composer = stage.window->dock("composer"_ba);
    const QRect docked(composer->mapToGlobal(QPoint()), composer->size());
    auto *toggle = child<QToolButton>(stage.window.get(), "composerDockFloat");
    QTest::mouseClick(toggle, Qt::LeftButton);
    QTRY_VERIFY(composer->isFloating());
    stage.settle();
    QVERIFY(composer->pos() != docked.topLeft());
    const QImage picture = composer->grab().toImage();
    const QRgb line = stage.window->workspace().theme.color(Token::LineStrong).rgb();
    for (const QPoint &corner : {picture.rect().topLeft(), picture.rect().topRight(),
                                 picture.rect().bottomLeft(), picture.rect().bottomRight()})
        QCOMPARE(picture.pixel(corner), line);
    QTest::mouseClick(toggle, Qt::LeftButton);
    QTRY_VERIFY(!composer->isFloating());
    stage.settle();
    QCOMPARE(composer->size(), docked.size());
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestDocks)
#include "tst_docks.moc"
