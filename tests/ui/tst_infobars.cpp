// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/scene.h"
#include "tests/ui/support/wholecomposer.h"
#include "tests/ui/support/windowstage.h"
#include "ui/widgets/infobar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QVBoxLayout>
#include <QWindow>

#include <algorithm>
#include <map>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr QSize least(1024, 640);

} // namespace

/// The bars of the window and its views: how much room they take, and when they go (ui.md §21).
class TestInfoBars : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void severalLeaveTheComposerWhole_data();
    void severalLeaveTheComposerWhole();
    void theOthersAreFolded_data();
    void theOthersAreFolded();
    void aFailureIsSeenBeforeWhatElseIsTold();
    void whatIsSaidOfAnAppGoesWithIt();
    void aBarIsAsHighAsItsText();
    void theStartIsToldAtOnce();
    void aRestingMouseIsNotWaitedFor();
    void whatMayBeTakenBackStaysFirst();
    void theMostUrgentIsSeenInALowWindow();
    void whatWasDoneIsSaidForAWhile_data();
    void whatWasDoneIsSaidForAWhile();
    void failuresGiveNoRoomToWhatIsDone();
    void aWarningGivesRoomToWhatSomebodyDid();
    void whatIsNotEnforcedIsOneBar();
    void whatIsNotEnforcedComesBackUnlessItIsClosed();
    void whatIsNotEnforcedIsToldOfEachFunction();
    void aBarOfTheWindowLeavesTheButtonsOfLetters();

private:
    /// Texts, from top to bottom.
    static QStringList seen(const WindowStage &stage);
    /// With those that are folded away.
    static QStringList told(const WindowStage &stage);
    static QAbstractButton *others(const WindowStage &stage);
    static void tell(WindowStage &stage, const QByteArrayList &texts);
};

QStringList TestInfoBars::seen(const WindowStage &stage)
{
    std::vector<std::pair<int, QString>> bars;
    for (const auto *text : stage.window->findChildren<QLabel *>(u"infoBarText"_s)) {
        if (text->isVisible())
            bars.emplace_back(text->mapTo(stage.window.get(), QPoint()).y(), text->text());
    }
    std::sort(bars.begin(), bars.end());
    QStringList texts;
    for (const auto &bar : bars)
        texts.append(bar.second);
    return texts;
}

QStringList TestInfoBars::told(const WindowStage &stage)
{
    QStringList texts;
    for (const auto *bars : stage.window->findChildren<InfoBarStack *>()) {
        for (int at = 0; bars->isVisible() && at < bars->count(); ++at)
            texts.append(
                child<QLabel>(bars->layout()->itemAt(at)->widget(), "infoBarText")->text());
    }
    return texts;
}

QAbstractButton *TestInfoBars::others(const WindowStage &stage)
{
    for (auto *each : stage.window->findChildren<QAbstractButton *>(u"infoBarOthers"_s)) {
        if (each->isVisible())
            return each;
    }
    return nullptr;
}

void TestInfoBars::tell(WindowStage &stage, const QByteArrayList &texts)
{
    for (const QByteArray &text : texts) {
        stage.backend.post(devserver::Notice{.text = text});
        stage.settle();
    }
}

void TestInfoBars::severalLeaveTheComposerWhole_data()
{
    QTest::addColumn<bool>("isStopped"); // the view says so, too
    QTest::newRow("of the window") << false;
    QTest::newRow("of the window and of the view") << true;
}

void TestInfoBars::severalLeaveTheComposerWhole()
{
    QFETCH(const bool, isStopped);
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open(least);
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    tell(stage, {"one", "two", "three"});
    QTRY_COMPARE((stage.settle(), seen(stage)), QStringList{u"Three"_s});
    if (isStopped) {
        devserver::api::ServerState state = stage.backend.server();
        state.phase = devserver::api::ServerPhase::Stopped;
        stage.backend.setState(state);
        stage.settle();
        QCOMPARE(seen(stage).size(), 1);
        QCOMPARE(told(stage).size(), 4);
    }
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    shoot(stage.window.get(), isStopped ? u"bars_stopped"_s : u"bars_three"_s);
    QCOMPARE(stage.window->size(), least);
    QCOMPARE(hiddenOfComposer(stage.window.get()), QByteArrayList());
}

void TestInfoBars::theOthersAreFolded_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("usual window") << QSize(1440, 900);
    QTest::newRow("smallest window") << least;
}

/// What stands above has the same room whether one thing is told or several.
void TestInfoBars::theOthersAreFolded()
{
    QFETCH(const QSize, size);
    WindowStage stage;
    fillScene(stage.backend);
    stage.open(size);
    tell(stage, {"one"});
    QTRY_COMPARE((stage.settle(), seen(stage)), QStringList{u"One"_s});
    const auto *place =
        child<QWidget>(stage.window.get(), "infoBar")->parentWidget()->parentWidget();
    const int height = place->height();
    tell(stage, {"two", "three"});
    const QStringList all{u"Three"_s, u"Two"_s, u"One"_s};
    QTRY_COMPARE((stage.settle(), told(stage)), all);
    QCOMPARE(seen(stage), QStringList{u"Three"_s});
    QCOMPARE(place->height(), height);
    QVERIFY(others(stage) != nullptr);
    QCOMPARE(others(stage)->text(), u"2 more"_s);
    QCOMPARE(others(stage)->accessibleName(), u"Show 2 more messages"_s);
    QCOMPARE(others(stage)->accessibleDescription(), QString());
    QTest::mouseClick(others(stage), Qt::LeftButton);
    stage.settle();
    QCOMPARE(seen(stage), all);
    QVERIFY(others(stage) == nullptr);
    QTest::mouseMove(child<QWidget>(stage.window.get(), "runsFilter"));
    stage.backend.advance(2s);
    tell(stage, {"four"}); // the oldest makes room for it
    QTRY_COMPARE((stage.settle(), seen(stage)), QStringList{u"Four"_s});
    QCOMPARE(place->height(), height);
    QTest::mouseClick(child<QAbstractButton>(others(stage)->parentWidget(), "infoBarClose"),
                      Qt::LeftButton);
    stage.settle();
    QCOMPARE(seen(stage), QStringList{u"Three"_s});
    QCOMPARE(others(stage)->text(), u"1 more"_s);
}

/// What the window tells and what a view does stand in one place.
void TestInfoBars::aFailureIsSeenBeforeWhatElseIsTold()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    InfoBarStack &bars = stage.window->currentView()->infoBars();
    bars.show({.id = "wrong"_ba, .kind = InfoKind::Error, .text = u"Wrong"_s});
    tell(stage, {"one"});
    QTRY_COMPARE((stage.settle(), told(stage).size()), 2);
    QCOMPARE(seen(stage), QStringList{u"Wrong"_s});
    bars.dismiss("wrong"_ba);
    stage.settle();
    QCOMPARE(seen(stage), QStringList{u"One"_s});
    QVERIFY(others(stage) == nullptr);
    // One that is used is not changed for another under the hand; the other is announced on it.
    auto *close = child<QAbstractButton>(stage.window.get(), "infoBarClose");
    close->setFocus(Qt::TabFocusReason);
    bars.show({.id = "wrong"_ba, .kind = InfoKind::Error, .text = u"Wrong"_s});
    stage.settle();
    QCOMPARE(seen(stage), QStringList{u"One"_s});
    QCOMPARE(others(stage)->text(), u"1 more"_s);
    QCOMPARE(others(stage)->accessibleDescription(), u"Something that failed is among them"_s);
    child<QWidget>(stage.window.get(), "runsFilter")->setFocus();
    stage.settle();
    QCOMPARE(seen(stage), QStringList{u"Wrong"_s});
    // By keys.
    others(stage)->setFocus(Qt::TabFocusReason);
    QTest::keyClick(others(stage), Qt::Key_Space);
    stage.settle();
    QCOMPARE(seen(stage), (QStringList{u"One"_s, u"Wrong"_s}));
}

void TestInfoBars::whatIsSaidOfAnAppGoesWithIt()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    const devserver::App gone = stage.backend.apps.front();
    const devserver::App other = stage.backend.apps.back();
    QVERIFY(gone.id != other.id);
    const auto away = [](const devserver::App &app) {
        return devserver::Notice{.text = "app " + app.name + " cannot be reached",
                                 .about = "app:" + app.id.toText()};
    };
    const auto textOf = [](const devserver::App &app) {
        return QString(u"App "_s + QString::fromUtf8(app.name) + u" cannot be reached"_s);
    };
    stage.backend.post(away(gone));
    stage.settle();
    stage.backend.post(away(other));
    QTRY_COMPARE((stage.settle(), told(stage)), (QStringList{textOf(other), textOf(gone)}));
    stage.backend.post(devserver::AppChanged{.app = gone, .isGone = true});
    stage.settle();
    QCOMPARE(told(stage), QStringList{textOf(other)});
    // Told of both at once.
    stage.backend.post(away(gone));
    stage.backend.post(devserver::AppChanged{.app = gone, .isGone = true});
    stage.settle();
    QCOMPARE(told(stage), QStringList{textOf(other)});
}

/// Nobody aims at anything yet; later it would come under the pointer.
void TestInfoBars::aBarIsAsHighAsItsText()
{
    UiFixture ui;
    QWidget page;
    auto *column = new QVBoxLayout(&page);
    column->setContentsMargins(0, 0, 0, 0);
    auto *bars = new InfoBarStack(ui.context, &page);
    column->addWidget(bars);
    column->addWidget(new QWidget(&page), 1);
    ui.show(&page, {1400, 600});
    bars->show({.id = "long"_ba,
                .kind = InfoKind::Info,
                .text = (u"The file was left to the desktop, which may know no program for it and "
                         "cannot be told the line. "_s)
                            .repeated(2)
                            .trimmed(),
                .buttons = {{u"Choose an editor"_s, {}}, {u"Copy the path"_s, {}}}});
    const auto *text = child<QLabel>(bars, "infoBarText");
    for (int width = 400; width <= 1400; width += 50) {
        page.resize(width, 600);
        QCoreApplication::processEvents();
        QVERIFY2(text->height() >= text->heightForWidth(text->width()),
                 qPrintable(QString::number(width)));
    }
    bars->dismiss("long"_ba);
    QCoreApplication::processEvents();
    QTRY_COMPARE(bars->height(), 0);
}

void TestInfoBars::theStartIsToldAtOnce()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    QTest::mouseMove(stage.window->windowHandle(), {700, 300});
    QVERIFY(stage.window->underMouse());
    stage.backend.post(devserver::Notice{.text = "taken up again"});
    stage.beat();
    QCOMPARE(told(stage), QStringList{u"Taken up again"_s});
    stage.backend.advance(3s); // somebody works by now
    QTest::mouseMove(stage.window->windowHandle(), {701, 300});
    stage.backend.post(devserver::Notice{.text = "another thing"});
    stage.settle();
    QCOMPARE(told(stage), QStringList{u"Taken up again"_s});
    stage.backend.advance(2s);
    QTRY_COMPARE((stage.beat(), told(stage)),
                 (QStringList{u"Another thing"_s, u"Taken up again"_s}));
}

void TestInfoBars::aRestingMouseIsNotWaitedFor()
{
    UiFixture ui;
    QWidget window;
    auto *bars = new InfoBarStack(ui.context, &window);
    ui.show(&window);
    QTest::mouseMove(window.windowHandle(), {70, 30});
    QVERIFY(window.underMouse());
    bars->showAtRest({.id = "one"_ba, .text = u"One"_s});
    ui.backend.advance(1s);
    QTest::mouseMove(window.windowHandle(), {71, 30});
    ui.backend.advance(1s);
    QCOMPARE(bars->count(), 0);
    ui.backend.advance(1s);
    QTRY_COMPARE(bars->count(), 1); // it rests since then
    bars->showAtRest({.id = "two"_ba, .text = u"Two"_s});
    QCOMPARE(bars->count(), 2);
}

void TestInfoBars::whatMayBeTakenBackStaysFirst()
{
    UiFixture ui;
    InfoBarStack bars(ui.context);
    ui.show(&bars, {800, 400});
    const auto order = [&bars] {
        std::map<int, QString> texts;
        for (const auto *text : bars.findChildren<QLabel *>(u"infoBarText"_s)) {
            if (text->isVisible())
                texts.emplace(text->mapTo(&bars, QPoint()).y(), text->text());
        }
        QStringList sorted;
        for (const auto &[y, text] : texts)
            sorted.append(text);
        return sorted;
    };
    bars.show({.id = "undo"_ba, .text = u"Undo"_s, .isFirst = true});
    bars.show({.id = "one"_ba, .text = u"One"_s});
    bars.show({.id = "two"_ba, .text = u"Two"_s});
    QTRY_COMPARE(order(), (QStringList{u"Undo"_s, u"Two"_s, u"One"_s}));
    bars.show({.id = "three"_ba, .text = u"Three"_s});
    QTRY_COMPARE(order(), (QStringList{u"Undo"_s, u"Three"_s, u"Two"_s}));
    // A failure stays while there are others that ask for nothing.
    bars.show({.id = "failure"_ba, .kind = InfoKind::Error, .text = u"Failure"_s});
    bars.show({.id = "four"_ba, .text = u"Four"_s});
    bars.show({.id = "five"_ba, .text = u"Five"_s});
    QTRY_COMPARE(order(), (QStringList{u"Undo"_s, u"Five"_s, u"Failure"_s}));
    bars.show({.id = "worse"_ba, .kind = InfoKind::Error, .text = u"Worse"_s});
    bars.show({.id = "last"_ba, .kind = InfoKind::Error, .text = u"Last"_s});
    QTRY_COMPARE(order(), (QStringList{u"Undo"_s, u"Last"_s, u"Worse"_s}));
}

/// What may be taken back stays until it is closed, and a failure must not hide behind it.
void TestInfoBars::theMostUrgentIsSeenInALowWindow()
{
    UiFixture ui;
    QWidget window;
    auto *bars = new InfoBarStack(ui.context, &window);
    auto *layout = new QVBoxLayout(&window);
    layout->addWidget(bars);
    layout->addStretch(1);
    window.setMinimumHeight(200);
    ui.show(&window, {800, 200});
    const auto shown = [bars] {
        QStringList texts;
        for (const auto *text : bars->findChildren<QLabel *>(u"infoBarText"_s)) {
            if (text->isVisible())
                texts.append(text->text());
        }
        return texts;
    };
    bars->show({.id = "undo"_ba, .text = u"Undo"_s, .isFirst = true});
    bars->show({.id = "info"_ba, .text = u"Info"_s});
    QCOMPARE(shown(), QStringList{u"Undo"_s});
    bars->show({.id = "error"_ba, .kind = InfoKind::Error, .text = u"Error"_s});
    QCOMPARE(shown(), QStringList{u"Error"_s});
    bars->show({.id = "done"_ba, .kind = InfoKind::Success, .text = u"Done"_s});
    QCOMPARE(shown(), QStringList{u"Error"_s});
    // Its button stands before [x], also for Tab.
    QAbstractButton *others = nullptr;
    for (auto *each : bars->findChildren<QAbstractButton *>(u"infoBarOthers"_s))
        others = each->isVisible() ? each : others;
    QVERIFY(others != nullptr);
    others->setFocus();
    QTest::keyClick(others, Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(),
             child<QAbstractButton>(others->parentWidget(), "infoBarClose"));
    bars->dismiss("error"_ba);
    QTRY_COMPARE(shown(), QStringList{u"Undo"_s});
    bars->dismiss("undo"_ba);
    QTRY_COMPARE(shown(), QStringList{u"Done"_s});
}

void TestInfoBars::whatWasDoneIsSaidForAWhile_data()
{
    QTest::addColumn<InfoKind>("kind");
    QTest::addColumn<bool>("hasButton");
    QTest::addColumn<bool>("goes");
    QTest::newRow("done") << InfoKind::Success << false << true;
    QTest::newRow("done, and what follows") << InfoKind::Success << true << false;
    QTest::newRow("an error") << InfoKind::Error << false << false;
}

void TestInfoBars::whatWasDoneIsSaidForAWhile()
{
    QFETCH(const InfoKind, kind);
    QFETCH(const bool, hasButton);
    QFETCH(const bool, goes);
    UiFixture ui;
    InfoBarStack bars(ui.context);
    ui.show(&bars, {800, 400});
    InfoText info{.id = "done"_ba, .kind = kind, .text = u"Done"_s};
    if (hasButton)
        info.buttons.push_back({u"Show it"_s, {}});
    bars.show(info);
    bars.show({.id = "other"_ba, .kind = InfoKind::Success, .text = u"Other"_s});
    ui.backend.advance(9s);
    bars.show({.id = "young"_ba, .kind = InfoKind::Success, .text = u"Young"_s});
    ui.backend.advance(1s);
    QTRY_VERIFY(!bars.has("other"_ba));
    QVERIFY(bars.has("young"_ba));
    QCOMPARE(bars.has("done"_ba), !goes);
}

/// What failed stays until somebody has read it; what was done is told when there is room for it.
namespace {

QStringList textsOf(const InfoBarStack &bars)
{
    QStringList all;
    for (const auto *text : bars.findChildren<QLabel *>(u"infoBarText"_s)) {
        if (text->isVisible())
            all.append(text->text());
    }
    all.sort();
    return all;
}

} // namespace

/// It can be gone on with at once, and only at once.
void TestInfoBars::aWarningGivesRoomToWhatSomebodyDid()
{
    UiFixture ui;
    InfoBarStack bars(ui.context);
    ui.show(&bars, {800, 400});
    const InfoText done{.id = "done"_ba,
                        .kind = InfoKind::Success,
                        .text = u"Done"_s,
                        .buttons = {{u"Open run"_s, [] {}}}};
    const InfoText tip{.id = "tip"_ba, .text = u"Tip"_s, .buttons = {{u"No tips"_s, [] {}}}};
    bars.show({.id = "A"_ba, .kind = InfoKind::Error, .text = u"A"_s});
    bars.show({.id = "B"_ba, .kind = InfoKind::Warning, .text = u"B"_s, .isFirst = true});
    for (const QString &text : {u"C"_s, u"D"_s})
        bars.show({.id = text.toLatin1(), .kind = InfoKind::Warning, .text = text});
    QCOMPARE(textsOf(bars), (QStringList{u"B"_s, u"C"_s, u"D"_s}));
    bars.showAtRest(tip); // nobody asked for it
    QCOMPARE(textsOf(bars), (QStringList{u"B"_s, u"C"_s, u"D"_s}));
    bars.show(done);
    QCOMPARE(textsOf(bars), (QStringList{u"B"_s, u"D"_s, u"Done"_s}));
    for (const QString &text : {u"E"_s, u"F"_s})
        bars.show({.id = text.toLatin1(), .kind = InfoKind::Error, .text = text});
    bars.show(done);
    QCOMPARE(textsOf(bars), (QStringList{u"B"_s, u"E"_s, u"F"_s}));
}

void TestInfoBars::failuresGiveNoRoomToWhatIsDone()
{
    UiFixture ui;
    InfoBarStack bars(ui.context);
    ui.show(&bars, {800, 400});
    const auto texts = [&bars] { return textsOf(bars); };
    for (const QString &text : {u"A"_s, u"B"_s, u"C"_s})
        bars.show({.id = text.toLatin1(), .kind = InfoKind::Error, .text = text});
    bars.show({.id = "done"_ba, .kind = InfoKind::Success, .text = u"Done"_s});
    bars.show({.id = "info"_ba, .kind = InfoKind::Info, .text = u"Info"_s});
    QCOMPARE(texts(), (QStringList{u"A"_s, u"B"_s, u"C"_s}));
    QVERIFY(bars.has("done"_ba));
    ui.backend.advance(11s);
    auto *close = child<QAbstractButton>(&bars, "infoBarClose");
    QTest::mouseClick(close, Qt::LeftButton);
    QTRY_VERIFY(texts().contains(u"Info"_s)); // that something was done is no news any more
    QCOMPARE(texts().size(), 3);
    QVERIFY(!bars.has("done"_ba));
    // Another failure is told at once, in the place of what asks for nothing.
    bars.show({.id = "D"_ba, .kind = InfoKind::Warning, .text = u"D"_s});
    QCOMPARE(texts().size(), 3);
    QVERIFY(texts().contains(u"D"_s) && !texts().contains(u"Info"_s));
    bars.show({.id = "next"_ba, .kind = InfoKind::Success, .text = u"Next"_s});
    QVERIFY(!texts().contains(u"Next"_s));
    bars.dismiss("next"_ba);
    QVERIFY(!bars.has("next"_ba));
}

namespace {

/// The server tells of it what this version does not act on.
void use(WindowStage &stage, const char *app, const QByteArrayList &names,
         const QByteArray &name = "pay")
{
    const devserver::App shop{.id = devserver::AppId{devserver::Uuid::fromName({}, app)},
                              .name = app};
    devserver::Function function{
        .id = devserver::FunctionId{devserver::Uuid::fromName(shop.id.toBytes(), name)},
        .app = shop.id};
    function.config.slug = QByteArray(app) + '-' + name;
    function.config.notEnforced = names;
    stage.backend.post(devserver::Notice{.text = "app " + shop.name + " uses settings",
                                         .about = devserver::aboutNotEnforced});
    stage.backend.post(devserver::AppChanged{.app = shop});
    stage.backend.post(devserver::FunctionChanged{function});
    stage.settle();
}

} // namespace

/// What only made room for others was not read by anybody.
void TestInfoBars::whatIsNotEnforcedComesBackUnlessItIsClosed()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    const QString words = u"App one uses settings that this version accepts but does not enforce"_s;
    use(stage, "one", {"throttle"_ba});
    QTRY_COMPARE((stage.beat(), told(stage)), QStringList{words});
    tell(stage, {"a", "b", "c"});
    QTRY_COMPARE((stage.beat(), told(stage)), (QStringList{u"C"_s, u"B"_s, u"A"_s}));
    use(stage, "one", {"throttle"_ba});
    QTRY_COMPARE((stage.beat(), told(stage)), (QStringList{words, u"C"_s, u"B"_s}));
}

void TestInfoBars::whatIsNotEnforcedIsToldOfEachFunction()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    const QString words = u"App one uses settings that this version accepts but does not enforce; "
                          u"a cron trigger does not start its function"_s;
    const auto close = [&stage] {
        stage.backend.advance(1s);
        QTest::mouseClick(child<QAbstractButton>(stage.window.get(), "infoBarClose"),
                          Qt::LeftButton);
        QTRY_COMPARE((stage.beat(), told(stage)), QStringList());
    };
    use(stage, "one", {"cron"_ba});
    QTRY_COMPARE((stage.beat(), told(stage)), QStringList{words});
    close();
    use(stage, "one", {"cron"_ba}, "send"_ba);
    stage.backend.advance(2s); // the mouse rests
    QTRY_COMPARE((stage.beat(), told(stage)), QStringList{words});
    close();
    // Who wants to be asked again is told again.
    stage.key(Qt::Key_Comma, Qt::ControlModifier);
    auto *dialog = child<QDialog>(stage.window.get(), "settingsDialog");
    QTest::keyClicks(child<QLineEdit>(dialog, "settingsSearch"), u"confirmation"_s);
    QTest::mouseClick(child<QWidget>(dialog, "resetQuestions"), Qt::LeftButton);
    QTest::keyClick(dialog, Qt::Key_Escape);
    stage.backend.advance(2s);
    QTRY_COMPARE((stage.beat(), told(stage)), QStringList{words});
}

/// It never ends by itself: one for each app would fill all the room that bars have.
void TestInfoBars::whatIsNotEnforcedIsOneBar()
{
    const QTemporaryDir folder;
    {
        WindowStage stage(folder.filePath(u"settings.ini"_s));
        fillScene(stage.backend);
        stage.open();
        use(stage, "one", {"throttle"_ba});
        const QString words = u"App one uses settings that this version accepts but does not "
                              u"enforce"_s;
        QTRY_COMPARE((stage.beat(), told(stage)), QStringList{words});
        use(stage, "two", {"cron"_ba, "rateLimit"_ba});
        const QString both = u"2 apps use settings that this version accepts but does not enforce; "
                             u"a cron trigger does not start its function"_s;
        QTRY_COMPARE((stage.beat(), told(stage)), QStringList{both});
        auto *text = child<QLabel>(stage.window.get(), "infoBarDetails");
        QCOMPARE(text->text(), u"one: one-pay (throttle)\ntwo: two-pay (cron, rateLimit)"_s);
        stage.backend.advance(1s);
        QTest::mouseClick(child<QAbstractButton>(stage.window.get(), "infoBarClose"),
                          Qt::LeftButton);
        stage.settle();
        use(stage, "two", {"cron"_ba, "rateLimit"_ba});
        QCOMPARE(told(stage), QStringList());
    }
    WindowStage stage(folder.filePath(u"settings.ini"_s));
    fillScene(stage.backend);
    stage.open();
    use(stage, "one", {"throttle"_ba});
    use(stage, "two", {"cron"_ba});
    QCOMPARE(told(stage), QStringList());
    use(stage, "one", {"throttle"_ba, "debounce"_ba});
    QTRY_COMPARE((stage.beat(), told(stage)),
                 QStringList{u"App one uses settings that this version accepts but does not "
                             u"enforce"_s});
    stage.backend.post(devserver::AppChanged{
        .app = {.id = devserver::AppId{devserver::Uuid::fromName({}, "one")}, .name = "one"},
        .isGone = true});
    QTRY_COMPARE((stage.beat(), told(stage)), QStringList());
}

void TestInfoBars::aBarOfTheWindowLeavesTheButtonsOfLetters()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window, {.view = "dead"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    auto *button = child<QWidget>(stage.window.get(), "deadRetry");
    const auto place = [&] { return button->mapTo(stage.window.get(), QPoint()); };
    const QPoint before = place();
    tell(stage, {"one"});
    QCOMPARE(told(stage), QStringList{u"One"_s});
    QCOMPARE(place(), before);
    QTest::mouseClick(child<QAbstractButton>(stage.window.get(), "infoBarClose"), Qt::LeftButton);
    stage.settle();
    QCOMPARE(told(stage), QStringList());
    QCOMPARE(place(), before);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestInfoBars)
#include "tst_infobars.moc"
