// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/listrows.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/widgets/listtable.h"

#include <QDockWidget>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QTabBar>
#include <QToolTip>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

const auto longName = "Weird <b>name</b> & a very long function name that goes on and on for ever "
                      "and_ever_and_ever_without_any_place_at_which_a_line_could_end"_ba;

/// A window on Runs in which one function has a name that no heading has room for.
struct LongNames : WindowStage {
    explicit LongNames(QSize size)
    {
        rename(scene.deadCharge);
        for (devserver::Function &function : backend.functions) {
            if (function.config.slug.endsWith("charge-order"))
                function.config.name = longName;
        }
        open(size);
        table = child<ListTable>(window.get(), "runsTable");
        inspector = child<QDockWidget>(window.get(), "inspectorDock");
        QTRY_VERIFY((beat(), table->list() != nullptr && table->list()->rowCount() > 0));
    }

    void rename(devserver::RunId run)
    {
        for (devserver::api::RunSummary &row : backend.runs) {
            if (row.id == run)
                row.functionName = longName;
        }
        devserver::api::RunRecord &record = backend.records.at(run);
        record.summary.functionName = longName;
        record.summary.trigger = longName;
    }

    void choose(devserver::RunId run)
    {
        clickRowOf(table, run.toText());
        settle();
    }

    Scene scene = fillScene(backend);
    ListTable *table = nullptr;
    QDockWidget *inspector = nullptr;
};

/// What the tooltip of \a widget says.
QString tipOf(QWidget *widget)
{
    QToolTip::hideText();
    QHelpEvent help(QEvent::ToolTip, widget->rect().center(),
                    widget->mapToGlobal(widget->rect().center()));
    QApplication::sendEvent(widget, &help);
    return QToolTip::text();
}

} // namespace

/// Ways through the whole window: by the navigation, to a new event, and past names that have no
/// room anywhere (ui.md §5, §10).
class TestWindowWays final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesThatAreLongMoveNothing_data();
    void namesThatAreLongMoveNothing();
    void namesAreNoMarkup();
    void theNavigationLeadsFromAPageToItsList();
    void aNewEventLeavesWhatWasWritten();
    void aNewEventIsNoInvocation();
    void whoLeavesTheComposerChoosesNothing();
    void returnPressesABareButton_data();
    void returnPressesABareButton();
};

void TestWindowWays::namesThatAreLongMoveNothing_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("usual") << QSize(1440, 900);
    QTest::newRow("smallest") << QSize(1024, 640);
}

void TestWindowWays::namesThatAreLongMoveNothing()
{
    QFETCH(const QSize, size);
    LongNames stage(size);
    const auto widthsInViews = [&stage] {
        QStringList widths;
        for (const char *view : {"navFunctions", "navEvents", "navRuns"}) {
            QTest::mouseClick(child<QWidget>(stage.window.get(), view), Qt::LeftButton);
            stage.settle();
            widths.append(u"%1: %2"_s.arg(QLatin1StringView(view))
                              .arg(stage.inspector->isVisible() ? stage.inspector->width() : 0));
        }
        return widths;
    };
    stage.choose(stage.scene.completed);
    const QStringList widths = widthsInViews();
    const QRect before = stage.inspector->geometry();
    stage.choose(stage.scene.deadCharge);
    auto *title = child<QLabel>(stage.window.get(), "runTitle");
    QTRY_COMPARE((stage.beat(), title->text()), QString::fromUtf8(longName));
    stage.settle();
    QCOMPARE(stage.inspector->geometry(), before);
    const auto *page = child<QWidget>(stage.window.get(), "runPanel");
    QVERIFY(title->mapTo(page, title->rect().bottomRight()).x() < page->width());
    QVERIFY(title->sizeHint().width() > title->width()); // so it ends in an ellipsis
    stage.key(Qt::Key_Escape);
    stage.choose(stage.scene.completed);
    QCOMPARE(stage.inspector->geometry(), before);
    QCOMPARE(widthsInViews(), widths);
}

void TestWindowWays::namesAreNoMarkup()
{
    LongNames stage({1440, 900});
    stage.choose(stage.scene.deadCharge);
    auto *title = child<QLabel>(stage.window.get(), "runTitle");
    QTRY_COMPARE((stage.beat(), title->text()), QString::fromUtf8(longName));
    QCOMPARE(title->textFormat(), Qt::PlainText);
    QVERIFY(tipOf(title).startsWith(QString::fromUtf8(longName)));
    const QLabel *tip = nullptr;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->inherits("QTipLabel"))
            tip = qobject_cast<QLabel *>(widget);
    }
    QVERIFY(tip != nullptr);
    QCOMPARE(tip->textFormat(), Qt::PlainText);
}

void TestWindowWays::theNavigationLeadsFromAPageToItsList()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    auto *table = child<ListTable>(stage.window.get(), "runsTable");
    QTRY_VERIFY((stage.beat(), table->list() != nullptr && table->list()->rowCount() > 0));
    const auto isOnAPage = [&] { return stage.window->currentView()->place().isFullSize; };
    for (const bool byKeys : {true, false}) {
        clickRowOf(table, scene.completed.toText());
        stage.settle();
        table->setFocus();
        stage.key(Qt::Key_Return);
        QVERIFY(isOnAPage());
        if (byKeys)
            stage.key(Qt::Key_1, Qt::ControlModifier);
        else
            QTest::mouseClick(child<QWidget>(stage.window.get(), "navRuns"), Qt::LeftButton);
        stage.settle();
        QVERIFY(!isOnAPage());
        QVERIFY(table->isVisible());
        QCOMPARE(table->currentId(), scene.completed.toText()); // where it was left
    }
    stage.key(Qt::Key_Left, Qt::AltModifier); // the page is behind
    QVERIFY(isOnAPage());
}

void TestWindowWays::aNewEventLeavesWhatWasWritten()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    auto *name = child<QLineEdit>(stage.window.get(), "composerName");
    auto *tabs = child<QTabBar>(stage.window.get(), "composerTabs");
    QTest::keyClicks(QApplication::focusWidget(), u"half/written"_s);
    stage.settle();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(name->text(), QString());
    QVERIFY(name->hasFocus());
    QCOMPARE(tabs->count(), 2);
    stage.key(Qt::Key_N, Qt::ControlModifier); // one that is empty is new enough
    stage.settle();
    QCOMPARE(tabs->count(), 2);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
    stage.settle();
    QCOMPARE(name->text(), u"half/written"_s);
}

void TestWindowWays::aNewEventIsNoInvocation()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_5, Qt::ControlModifier);
    stage.settle();
    QTest::mouseClick(child<QWidget>(stage.window.get(), "function_invoke"), Qt::LeftButton);
    stage.settle();
    auto *name = child<QLineEdit>(stage.window.get(), "composerName");
    const QString invoked = name->text();
    QVERIFY(!invoked.isEmpty());
    auto *tabs = child<QTabBar>(stage.window.get(), "composerTabs");
    const int before = tabs->count();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(tabs->count(), before + 1);
    QCOMPARE(name->text(), QString());
    QTest::keyClicks(name, u"order/created"_s);
    QTest::keyClick(name, Qt::Key_Return, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(stage.backend.sent.size(), 1);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(before - 1).center());
    stage.settle();
    QCOMPARE(name->text(), invoked);
}

/// What came meanwhile is not looked at by that.
void TestWindowWays::whoLeavesTheComposerChoosesNothing()
{
    WindowStage stage;
    fillScene(stage.backend);
    const std::vector<devserver::api::RunSummary> runs = std::exchange(stage.backend.runs, {});
    stage.open();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    for (const devserver::api::RunSummary &run : runs)
        stage.backend.post(run);
    stage.settle();
    auto *table = child<ListTable>(stage.window.get(), "runsTable");
    QTRY_VERIFY((stage.beat(), table->list() != nullptr && table->list()->rowCount() > 0));
    stage.key(Qt::Key_Escape); // out of the name
    QCOMPARE(QApplication::focusWidget()->objectName(), u"composerEditor"_s);
    stage.key(Qt::Key_Escape);
    stage.settle();
    QCOMPARE(QApplication::focusWidget(), table);
    QVERIFY(table->selectedRows().empty());
    QVERIFY(!child<QWidget>(stage.window.get(), "runPanel")->isVisible());
    stage.key(Qt::Key_Down); // the keys choose
    stage.settle();
    QCOMPARE(table->selectedRows(), std::vector<int>{0});
}

void TestWindowWays::returnPressesABareButton_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("Return") << int(Qt::Key_Return);
    QTest::newRow("Space") << int(Qt::Key_Space);
}

/// As one with a frame does: how a button looks does not say how it is pressed.
void TestWindowWays::returnPressesABareButton()
{
    QFETCH(const int, key);
    LongNames stage({1440, 900});
    QTest::mouseClick(child<QWidget>(stage.window.get(), "navEvents"), Qt::LeftButton);
    stage.settle();
    const auto *composer = child<QWidget>(stage.window.get(), "composerName");
    QVERIFY(!composer->isVisible());
    child<QWidget>(stage.window.get(), "eventsNew")->setFocus();
    stage.key(Qt::Key(key));
    stage.settle();
    QVERIFY(composer->isVisible());
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestWindowWays)

#include "tst_windowways.moc"
