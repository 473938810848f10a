// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/core/runwords.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/navigator.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLayout>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::Error;
using devserver::ErrorCode;
using devserver::api::ServerPhase;

/// A disk that is full, or a data file that may not be written to, while the window is open.
class TestPausedWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskIsSaidUntilThereIsRoom();
    void theStatesKeepTheirWords();
    void whoClosesTheBarIsNotToldAgain();
    void failuresLeaveItThere();
    void whatTookItAwayBringsItBack();
    void aFileThatIsWrittenLeavesWhatIsSaidOfAnother();
    void aLoadSaysWhyItStopped();
    void nothingIsCountedOfAFileThatCannotBeUsed();
    void aReadOnlyFileCanBeChangedForAnother();
    void enterPressesTheButton_data();
    void enterPressesTheButton();

private:
    static void pause(WindowStage &stage, std::optional<Error> why);
    static QStringList bars(const WindowStage &stage);
    static QAbstractButton *barButton(const WindowStage &stage, const QString &text);
    static QString server(const WindowStage &stage);
};

void TestPausedWork::pause(WindowStage &stage, std::optional<Error> why)
{
    devserver::api::ServerState state = stage.backend.state;
    state.dataFile = u"/home/dev/shop/redrive.db"_s;
    state.pause = std::move(why);
    stage.backend.setState(state);
    stage.settle();
}

QStringList TestPausedWork::bars(const WindowStage &stage)
{
    QStringList texts; // also of those that another one stands before
    for (const auto *bars : stage.window->findChildren<InfoBarStack *>()) {
        for (int at = 0; bars->isVisible() && at < bars->count(); ++at)
            texts.append(
                child<QLabel>(bars->layout()->itemAt(at)->widget(), "infoBarText")->text());
    }
    return texts;
}

QAbstractButton *TestPausedWork::barButton(const WindowStage &stage, const QString &text)
{
    for (auto *bar : stage.window->findChildren<QWidget *>(u"infoBar"_s)) {
        for (auto *button : bar->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && (button->text() == text || button->toolTip() == text))
                return button;
        }
    }
    return nullptr;
}

QString TestPausedWork::server(const WindowStage &stage)
{
    return child<QToolButton>(stage.window.get(), "statusServer")->text();
}

namespace {

const Error full{ErrorCode::StoreFull, u"the disk is full, work is paused until there is room"_s};
const QString fullText =
    u"The disk is full: work is paused. Nothing that was acknowledged is lost; "
    "Redrive goes on by itself as soon as there is room on /home/dev/shop."_s;

} // namespace

void TestPausedWork::aFullDiskIsSaidUntilThereIsRoom()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    QCOMPARE(bars(stage), QStringList());
    pause(stage, full);
    QCOMPARE(bars(stage), QStringList(fullText));
    QCOMPARE(server(stage), u"Paused: disk full"_s);
    const auto *list = child<QToolButton>(stage.window.get(), "runsLive");
    QCOMPARE(child<QToolButton>(stage.window.get(), "statusLive")->text(), u"Work paused"_s);
    QCOMPARE(list->text(), u"Work paused"_s); // the same words here and there
    QCOMPARE(list->accessibleName(), u"Live updates, work is paused"_s);

    // It stays: also when its button was used, and whatever else is said.
    QTest::mouseClick(barButton(stage, u"Open folder"_s), Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.desktop.opened, QList<QUrl>{QUrl(u"file:///home/dev/shop"_s)});
    for (const char *text : {"one", "two", "three"}) {
        stage.backend.post(devserver::Notice{.text = text});
        stage.settle();
    }
    stage.backend.advance(60s);
    stage.settle();
    QVERIFY(bars(stage).contains(fullText));

    pause(stage, std::nullopt);
    QVERIFY(!bars(stage).contains(fullText));
    QVERIFY(bars(stage).contains(u"There is room on the disk again: work goes on."_s));
    QCOMPARE(server(stage), u"127.0.0.1:8288"_s);
    QCOMPARE(child<QToolButton>(stage.window.get(), "statusLive")->text(), u"Live"_s);
    QCOMPARE(list->text(), u"Live"_s);
    pause(stage, Error{ErrorCode::StoreLocked, u"another program"_s});
    QCOMPARE(server(stage), u"Paused: data file in use"_s);
    QCOMPARE(bars(stage).filter(u"Another program uses the data file: work is paused."_s).size(),
             1);
}

/// The words of the list's state are longer then; the time range has room to spare.
void TestPausedWork::theStatesKeepTheirWords()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open({1440, 900});
    auto *chip = child<QAbstractButton>(stage.window.get(), "runsChipCancelled");
    QVERIFY(chip->isVisible());
    const int width = chip->width();
    QVERIFY(width > chip->fontMetrics().horizontalAdvance(stateWord(DisplayState::Cancelled)));
    pause(stage, full);
    QCOMPARE(child<QToolButton>(stage.window.get(), "runsLive")->text(), u"Work paused"_s);
    QCOMPARE(chip->width(), width);
}

void TestPausedWork::whoClosesTheBarIsNotToldAgain()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    pause(stage, full);
    QTest::mouseClick(barButton(stage, u"Close"_s), Qt::LeftButton);
    stage.settle();
    devserver::api::ServerState state = stage.backend.state;
    state.isDiscovering = true; // news about something else
    stage.backend.setState(state);
    stage.settle();
    QCOMPARE(bars(stage), QStringList());
    QCOMPARE(server(stage), u"Paused: disk full"_s);
}

void TestPausedWork::failuresLeaveItThere()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    pause(stage, full);
    QWidget *around = child<QWidget>(stage.window.get(), "infoBar")->parentWidget();
    auto *stack = qobject_cast<InfoBarStack *>(around);
    QVERIFY(stack != nullptr);
    for (const char *id : {"one", "two", "three", "four"})
        stack->show({.id = id, .kind = InfoKind::Error, .text = QString::fromLatin1(id)});
    stage.settle();
    QVERIFY(bars(stage).contains(fullText));
    QCOMPARE(bars(stage).size(), 3);
    QVERIFY(bars(stage).contains(u"four"_s));
}

/// Nobody has read it then.
void TestPausedWork::whatTookItAwayBringsItBack()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    pause(stage, full);
    QWidget *around = child<QWidget>(stage.window.get(), "infoBar")->parentWidget();
    qobject_cast<InfoBarStack *>(around)->dismiss("paused"_ba);
    pause(stage, Error{ErrorCode::StoreFull, u"still"_s});
    QCOMPARE(bars(stage), QStringList(fullText));
}

void TestPausedWork::aFileThatIsWrittenLeavesWhatIsSaidOfAnother()
{
    WindowStage stage;
    stage.open();
    stage.settle();
    Navigator &navigator = stage.window->workspace().navigator;
    navigator.tellProblem(u"paths.json"_s);
    navigator.tellProblem(u"views.json"_s);
    stage.settle();
    QCOMPARE(bars(stage), QStringList{u"views.json"_s});
    navigator.takeBackProblem(u"views.json"_s);
    stage.settle();
    QCOMPARE(bars(stage), QStringList{u"paths.json"_s});
    navigator.tellProblem(u"muted.json"_s);
    navigator.takeBackProblem(u"paths.json"_s);
    stage.settle();
    QCOMPARE(bars(stage), QStringList{u"muted.json"_s});
    navigator.takeBackProblem(u"muted.json"_s);
    stage.settle();
    QCOMPARE(bars(stage), QStringList());
}

/// Also when the page that began it is not seen any more.
void TestPausedWork::aLoadSaysWhyItStopped()
{
    WindowStage stage;
    stage.backend.state.hasSample = true;
    devserver::App app;
    app.id.value = devserver::Uuid::fromName("apps", "sample");
    app.name = "sample"_ba;
    app.kind = devserver::AppKind::InProcess;
    stage.backend.apps = {app};
    devserver::Function function;
    function.id.value = devserver::Uuid::fromName("functions", "order");
    function.app = app.id;
    function.config.slug = "sample-order"_ba;
    function.config.triggers = {{.event = "order/created"}};
    stage.backend.functions = {function};
    stage.backend.post(devserver::api::Counters{});
    stage.open();
    stage.settle();
    QTest::mouseClick(child<QWidget>(stage.window.get(), "sampleLoad"), Qt::LeftButton);
    QTRY_COMPARE(stage.backend.sent.size(), 1);
    stage.backend.refuseNext(full);
    stage.backend.advance(10ms);
    stage.goTo(viewTable().at(1));
    QTRY_VERIFY((stage.backend.advance(1ms), !bars(stage).isEmpty()));
    const QString bar = bars(stage).first();
    QVERIFY2(bar.startsWith(u"Sending many stopped after "_s), qPrintable(bar));
    QVERIFY2(bar.endsWith(u" of 2,000 events: "_s + full.message), qPrintable(bar));
}

void TestPausedWork::nothingIsCountedOfAFileThatCannotBeUsed()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.settle();
    const auto badge = [&stage] {
        return child<QAbstractButton>(stage.window.get(), "navDead")->accessibleName();
    };
    const QString counted = badge();
    QVERIFY2(counted.contains(u"open"_s), qPrintable(counted));
    devserver::api::ServerState state = stage.backend.state;
    state.phase = ServerPhase::Failed;
    state.error = {ErrorCode::StoreReadOnly, u"the file may not be written to"_s};
    stage.backend.setState(state);
    stage.settle();
    QVERIFY(!badge().contains(u"open"_s));
    QVERIFY(!child<QWidget>(stage.window.get(), "statusDead")->isVisible());
    QVERIFY(stage.window->findChild<QWidget *>(u"engineFailure"_s) == nullptr); // no box, the page
    state.phase = ServerPhase::Serving;
    stage.backend.setState(state);
    stage.settle();
    QCOMPARE(badge(), counted);
    QVERIFY(child<QWidget>(stage.window.get(), "statusDead")->isVisible());
}

void TestPausedWork::aReadOnlyFileCanBeChangedForAnother()
{
    WindowStage stage;
    stage.backend.state.dataFile = u"/home/dev/shop/redrive.db"_s;
    stage.backend.state.phase = ServerPhase::Failed;
    stage.backend.state.error = {
        ErrorCode::StoreReadOnly,
        u"/home/dev/shop/redrive.db: cannot create the lock file: Permission denied"_s};
    stage.open();
    stage.settle();
    QCOMPARE(server(stage), u"Data file read-only"_s);
    const auto text = [&stage](const char *name) {
        return child<QLabel>(child<QWidget>(stage.window.get(), "troublePage"), name)->text();
    };
    QCOMPARE(text("serverTroubleTitle"), u"Redrive cannot write to the data file"_s);
    QCOMPARE(text("serverTroublePath"), stage.backend.state.dataFile);
    const QList<QLabel *> labels =
        child<QWidget>(stage.window.get(), "troublePage")->findChildren<QLabel *>();
    QCOMPARE(std::count_if(labels.begin(), labels.end(), // once
                           [](const QLabel *label) {
                               return label->text().contains(u"/home/dev/shop/redrive.db"_s);
                           }),
             1);
    // The page's own buttons come first.
    QStringList names;
    for (int tab = 0; tab < 3; ++tab) {
        names.append(stage.window->focusWidget()->objectName());
        stage.key(Qt::Key_Tab);
    }
    QCOMPARE(names, QStringList({u"troubleOtherFile"_s, u"troubleTryAgain"_s, u"troubleFolder"_s}));
}

void TestPausedWork::enterPressesTheButton_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("Return") << int(Qt::Key_Return);
    QTest::newRow("Enter") << int(Qt::Key_Enter);
    QTest::newRow("Space") << int(Qt::Key_Space);
}

void TestPausedWork::enterPressesTheButton()
{
    QFETCH(const int, key);
    WindowStage stage;
    stage.backend.state.phase = ServerPhase::Failed;
    stage.backend.state.error = {ErrorCode::AddressInUse, u"port 8288 is in use"_s};
    stage.open();
    stage.settle();
    QCOMPARE(stage.window->focusWidget()->objectName(), u"troubleOtherPort"_s);
    stage.key(Qt::Key(key), key == Qt::Key_Enter ? Qt::KeypadModifier : Qt::NoModifier);
    QCOMPARE(stage.backend.serverStarts, std::vector<quint16>{8290});
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestPausedWork)
#include "tst_pausedwork.moc"
