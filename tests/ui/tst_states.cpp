// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/arrangewindow.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/core/filtertext.h"
#include "ui/core/pagedtablemodel.h"
#include "ui/core/readable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/listtable.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTemporaryDir>

namespace console::test {

using namespace Qt::StringLiterals;
using devserver::ErrorCode;
using devserver::api::CountQuery;
using devserver::api::ServerPhase;

/// What stands where rows would be, and what is said when something fails (ui.md §21).
class TestStates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stoppedServerIsSaidInEveryView_data();
    void stoppedServerIsSaidInEveryView();
    void refusedStartCanBeTriedAgain();
    void errorsHaveDetails();
    void longSearchIsStopped();
    void whatAFilterFindsIsReadOut();
    void emptyByFilter_data();
    void emptyByFilter();
    void emptyViewsSaySoAtOneHeight();
    void welcomeHasNothingToFilter();
    void welcomeIsSeenWhole();
    void chipsKeepTheirWordsAndPlaces();
    void rareChipsLookAsTheOthers();
    void statesWithoutRoomAreInAMenu();
    void statesKeepTheirIcons_data();
    void statesKeepTheirIcons();
    void nothingMovesWhenTheListIsOld_data();
    void nothingMovesWhenTheListIsOld();
    void endOfTheEngine();
    void fullDiskIsNoEndOfTheEngine();
    void viewsThatAreNotThereAreStillRead();
};

namespace {

QPushButton *barButton(const QWidget *view, const QString &text)
{
    for (QPushButton *button : view->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == text
            && button->parentWidget()->objectName() == u"infoBar"_s)
            return button;
    }
    return nullptr;
}

QString barText(const QWidget *view)
{
    const auto *label = view->findChild<QLabel *>(u"infoBarText"_s);
    return label == nullptr ? QString() : label->text();
}

void setPhase(WindowStage &stage, ServerPhase phase, const devserver::Error &error = {})
{
    devserver::api::ServerState state = stage.backend.state;
    state.phase = phase;
    state.error = error;
    stage.backend.setState(state);
    stage.beat();
}

QString announced(const WindowStage &stage)
{
    const auto *voice = stage.window->findChild<QWidget *>(u"announcer"_s);
    return voice == nullptr ? QString() : voice->accessibleName();
}

void addRuns(WindowStage &stage, int count)
{
    for (int number = count; number > 0; --number)
        stage.backend.runs.push_back(runRow(number));
}

/// Chips of most states have numbers then.
void openWithCounts(WindowStage &stage, QSize size)
{
    addRuns(stage, 3);
    stage.open(size);
    stage.backend.post(devserver::api::Counters{
        .all = 43, .running = 1, .waiting = 2, .completed = 29, .dead = 10, .cancelled = 1});
    stage.settle();
}

/// The rows are those of before.
void failToFilter(WindowStage &stage)
{
    stage.backend.queryError = devserver::Error{ErrorCode::Store, u"disk I/O error"_s};
    arrange::place(*stage.window, {.view = "runs"_ba, .filter = u"fn:charge-order"_s});
    stage.settle();
}

} // namespace

void TestStates::stoppedServerIsSaidInEveryView_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const ViewEntry &entry : viewTable())
        QTest::addRow("%s", entry.name.constData()) << entry.name;
}

void TestStates::stoppedServerIsSaidInEveryView()
{
    QFETCH(const QByteArray, name);
    WindowStage stage;
    addRuns(stage, 3);
    stage.open();
    for (const ViewEntry &entry : viewTable()) {
        if (entry.name == name)
            stage.goTo(entry);
    }
    stage.settle();
    auto *view = stage.window->currentView();
    QVERIFY(barButton(view, u"Start"_s) == nullptr);
    setPhase(stage, ServerPhase::Stopped);
    QVERIFY(barText(view).startsWith(u"The server is stopped"_s));
    QTest::mouseClick(barButton(view, u"Start"_s), Qt::LeftButton);
    QCOMPARE(stage.backend.serverStarts.size(), std::size_t(1));
    setPhase(stage, ServerPhase::Serving);
    QTRY_VERIFY(barText(view).isEmpty());
}

void TestStates::refusedStartCanBeTriedAgain()
{
    WindowStage stage;
    addRuns(stage, 1);
    stage.open();
    auto *view = stage.window->currentView();
    setPhase(stage, ServerPhase::Stopped);
    stage.backend.refuseNext({ErrorCode::Network, u"no such interface"_s});
    QTest::mouseClick(barButton(view, u"Start"_s), Qt::LeftButton);
    QTRY_COMPARE(barText(view), u"The server did not start: no such interface"_s);
    QTest::mouseClick(barButton(view, u"Try again"_s), Qt::LeftButton);
    QCOMPARE(stage.backend.serverStarts.size(), std::size_t(2));
}

/// What the sentence does not say, to be read and to be copied; and another try where there is one.
void TestStates::errorsHaveDetails()
{
    WindowStage stage;
    addRuns(stage, 1);
    stage.backend.queryError = devserver::Error{ErrorCode::Store, u"disk I/O error"_s};
    stage.open();
    auto *view = stage.window->currentView();
    QTRY_COMPARE(barText(view), u"The runs could not be read: disk I/O error"_s);
    auto *details = child<QLabel>(view, "infoBarDetails");
    QVERIFY(!details->isVisible());
    QTest::mouseClick(child<QWidget>(view, "infoBarDetailsButton"), Qt::LeftButton);
    QVERIFY(details->isVisible());
    const auto *button = child<QAbstractButton>(view, "infoBarDetailsButton");
    QCOMPARE(button->text(), u"Hide details"_s);
    QTest::mouseClick(child<QWidget>(view, "infoBarDetailsButton"), Qt::LeftButton);
    QVERIFY(!details->isVisible());
    QCOMPARE(button->text(), u"Details"_s);
    QTest::mouseClick(child<QWidget>(view, "infoBarDetailsButton"), Qt::LeftButton);
    const QStringList lines = details->text().split(u'\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], u"The data file could not be read or written: %1"_s.arg(
                           QFileInfo(stage.backend.state.dataFile).fileName()));
    QVERIFY2(lines[1].endsWith(u"then try again."_s), qPrintable(lines[1]));
    QVERIFY2(lines[2].startsWith(u"Time: 20"_s), qPrintable(lines[2]));
    shoot(stage.window.get(), u"states_details"_s);
    QTest::mouseClick(child<QWidget>(view, "infoBarCopy"), Qt::LeftButton);
    QCOMPARE(stage.desktop.copied, QString(barText(view) + u'\n' + details->text()));
    stage.backend.queryError.reset();
    QTest::mouseClick(barButton(view, u"Try again"_s), Qt::LeftButton);
    stage.settle();
    QCOMPARE(barText(view), QString());
    QCOMPARE(child<ListTable>(view, "runsTable")->model()->rowCount(), 1);
}

/// After 2 s it is said, and can be stopped: in all lists, not only in Runs.
void TestStates::longSearchIsStopped()
{
    WindowStage stage;
    addRuns(stage, 1);
    stage.open();
    stage.key(Qt::Key_2, Qt::ControlModifier);
    stage.settle();
    auto *view = stage.window->currentView();
    auto *table = child<ListTable>(view, "eventsTable");
    stage.backend.holdReplies(true);
    stage.key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"order"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(table->coming() != nullptr);
    QTRY_COMPARE(barText(view), u"Still searching the events…"_s);
    QTest::mouseClick(barButton(view, u"Stop"_s), Qt::LeftButton);
    QVERIFY(table->coming() == nullptr);
    stage.backend.holdReplies(false);
    stage.backend.releaseReplies();
}

void TestStates::whatAFilterFindsIsReadOut()
{
    WindowStage stage;
    addRuns(stage, 3);
    stage.open();
    stage.settle();
    QCOMPARE(announced(stage), QString()); // nobody asked for anything yet
    stage.key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"charge"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    stage.settle();
    QCOMPARE(announced(stage), u"3 runs"_s);
}

void TestStates::emptyByFilter_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<QString>("place");
    QTest::newRow("runs") << Qt::Key_1 << u"runsEmpty"_s;
    QTest::newRow("events") << Qt::Key_2 << u"eventsEmpty"_s;
    QTest::newRow("dead") << Qt::Key_3 << u"deadNoMatch"_s;
}

/// What the filter is, how many there are without it, and both ways back.
void TestStates::emptyByFilter()
{
    QFETCH(const Qt::Key, key);
    QFETCH(const QString, place);
    WindowStage stage;
    addRuns(stage, 2);
    devserver::api::LetterSummary letter;
    letter.run = runId(1);
    letter.slug = "shop-charge-order"_ba;
    letter.functionName = "charge-order"_ba;
    stage.backend.letters = {letter};
    stage.backend.events.push_back(
        {.internalId = eventId(1), .id = eventId(1).toText(), .name = "order/created"_ba});
    const auto hasWord = [](const devserver::api::Filter &filter) {
        return filter.kind != devserver::api::Filter::Kind::All
               && filterText(filter).contains(u"nothing"_s);
    };
    stage.backend.runMatches = [&](const auto &filter, const auto &) { return !hasWord(filter); };
    stage.backend.eventMatches = [&](const auto &filter, const auto &) { return !hasWord(filter); };
    stage.backend.letterMatches = [&](const auto &filter, const auto &) {
        return !hasWord(filter);
    };
    stage.open();
    stage.key(key, Qt::ControlModifier);
    stage.settle();
    auto *view = stage.window->currentView();
    stage.key(Qt::Key_F, Qt::ControlModifier);
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line != nullptr);
    QTest::keyClicks(line, u"fn:charge-* nothing"_s);
    QTest::keyClick(line, Qt::Key_Return);
    stage.settle();
    auto *empty = child<EmptyState>(view, place.toLatin1().constData());
    QVERIFY(empty->isVisible());
    QVERIFY2(empty->text().endsWith(u"matches fn:charge-* nothing"_s), qPrintable(empty->text()));
    QTRY_VERIFY2(empty->accessibleDescription().endsWith(u"without the filter."_s),
                 qPrintable(empty->accessibleDescription()));
    shoot(stage.window.get(), u"states_filter_"_s + place);
    const auto press = [empty](const QString &text) {
        for (QPushButton *button : empty->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == text) {
                QTest::mouseClick(button, Qt::LeftButton);
                return true;
            }
        }
        return false;
    };
    QVERIFY(press(u"Remove last term"_s));
    stage.settle();
    QCOMPARE(line->text(), u"fn:charge-*"_s);
    QVERIFY(!empty->isVisible());
}

/// Whatever bars are above, and however much is said: the eye finds it where it was.
void TestStates::emptyViewsSaySoAtOneHeight()
{
    WindowStage stage;
    stage.open();
    QList<int> heights;
    for (const int key : {Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5, Qt::Key_6}) {
        stage.key(Qt::Key(key), Qt::ControlModifier);
        stage.settle();
        for (const EmptyState *empty : stage.window->findChildren<EmptyState *>()) {
            if (!empty->isVisible() || empty->height() < 400)
                continue;
            const auto *sign = empty->findChild<QLabel *>(u"emptySign"_s);
            QVERIFY(sign != nullptr);
            QTRY_VERIFY(sign->mapTo(stage.window.get(), QPoint()).y() > 300);
            heights.append(sign->mapTo(stage.window.get(), QPoint()).y());
        }
    }
    QVERIFY2(heights.size() >= 6, qPrintable(QString::number(heights.size())));
    for (const int height : heights)
        QCOMPARE(height, heights.front());
}

/// Until the first run there is no filter row over the first page.
void TestStates::welcomeHasNothingToFilter()
{
    WindowStage stage;
    stage.open();
    stage.settle();
    auto *filter = child<QWidget>(stage.window.get(), "runsFilter");
    QVERIFY(child<QWidget>(stage.window.get(), "welcomePage")->isVisible());
    QVERIFY(!filter->isVisible());
    stage.backend.post(runRow(1));
    stage.settle();
    QTRY_VERIFY(filter->isVisible());
    QVERIFY(!child<QWidget>(stage.window.get(), "welcomePage")->isVisible());
}

/// With the sample functions, in a window of a small laptop.
void TestStates::welcomeIsSeenWhole()
{
    WindowStage stage;
    fillSample(stage.backend);
    stage.backend.post(devserver::api::Counters{});
    stage.open({1280, 800});
    stage.settle();
    const auto *page = child<QScrollArea>(stage.window.get(), "welcomePage");
    QVERIFY(page->isVisible());
    shoot(stage.window.get(), u"states_welcome_small"_s);
    QCOMPARE(page->verticalScrollBar()->maximum(), 0);
    QCOMPARE(page->horizontalScrollBar()->maximum(), 0);
}

/// While the numbers have as many digits nothing moves, and what they count is said where the word
/// does not.
void TestStates::chipsKeepTheirWordsAndPlaces()
{
    WindowStage stage;
    addRuns(stage, 3);
    stage.open();
    stage.settle();
    const auto chips = [&stage] {
        std::vector<std::pair<QString, QRect>> all;
        for (const QWidget *chip : stage.window->currentView()->findChildren<QWidget *>()) {
            if (chip->objectName().startsWith(u"runsChip"_s) && chip->isVisible())
                all.emplace_back(chip->objectName(), chip->geometry());
        }
        return all;
    };
    devserver::api::Counters counters{
        .all = 31, .running = 0, .waiting = 7, .completed = 11, .dead = 13};
    stage.backend.post(counters);
    stage.settle();
    const auto before = chips();
    QVERIFY(before.size() >= 5);
    counters = {.all = 43, .running = 1, .waiting = 2, .completed = 29, .dead = 10};
    stage.backend.post(counters);
    stage.settle();
    QCOMPARE(chips().size(), before.size());
    QVERIFY(chips() == before);
    counters.failed = 1; // one that is not dead
    stage.backend.post(counters);
    stage.settle();
    const auto *failed = child<QWidget>(stage.window.get(), "runsChipFailed");
    QCOMPARE(failed->accessibleName(), u"Failed, 11"_s);
    QVERIFY2(failed->width() > failed->fontMetrics().horizontalAdvance(u"Failed 11"_s),
             qPrintable(QString::number(failed->width())));
    QVERIFY2(failed->toolTip().contains(u"dead"_s), qPrintable(failed->toolTip()));
    // A rare one that is chosen takes the words of some, but no glyph.
    const auto *running = child<QWidget>(stage.window.get(), "runsChipRunning");
    const auto *completed = child<QWidget>(stage.window.get(), "runsChipCompleted");
    const int whole = running->width();
    arrange::place(*stage.window, {.view = "runs"_ba, .filter = u"state:cancelled"_s});
    stage.settle();
    QVERIFY(child<QWidget>(stage.window.get(), "runsChipCancelled")->isVisible());
    QCOMPARE(running->width(), whole);
    QVERIFY(completed->width() < completed->fontMetrics().horizontalAdvance(u"Completed 29"_s));
    QCOMPARE(completed->toolTip(), u"Completed"_s);
}

/// So that the numbers add up to that of all.
void TestStates::rareChipsLookAsTheOthers()
{
    WindowStage stage;
    openWithCounts(stage, {1440, 900});
    const auto *completed = child<QWidget>(stage.window.get(), "runsChipCompleted");
    const auto *cancelled = child<QWidget>(stage.window.get(), "runsChipCancelled");
    const QRect place = completed->geometry();
    QVERIFY(completed->toolTip().isEmpty()); // it has its word
    QVERIFY(cancelled->isVisible());
    QVERIFY2(cancelled->toolTip().isEmpty(), qPrintable(cancelled->toolTip()));
    QVERIFY(cancelled->width() > cancelled->fontMetrics().horizontalAdvance(u"Cancelled 1"_s));
    QCOMPARE(cancelled->accessibleName(), u"Cancelled, 1"_s);
    arrange::place(*stage.window, {.view = "runs"_ba, .filter = u"state:cancelled"_s});
    stage.settle();
    QVERIFY(cancelled->isVisible());
    QCOMPARE(completed->geometry(), place);
}

/// In the smallest window, beside the inspector; a sign says how many they are.
void TestStates::statesWithoutRoomAreInAMenu()
{
    WindowStage stage;
    openWithCounts(stage, {1440, 900});
    stage.backend.post(devserver::api::Counters{
        .all = 643, .running = 11, .waiting = 22, .completed = 529, .dead = 80, .cancelled = 1});
    stage.settle();
    auto *more = child<QAbstractButton>(stage.window.get(), "runsChipMore");
    QVERIFY(!more->isVisible());
    stage.window->resize(1024, 640);
    auto *cancelled = child<QAbstractButton>(stage.window.get(), "runsChipCancelled");
    QTRY_VERIFY(more->isVisible());
    QVERIFY(!cancelled->isVisible());
    QCOMPARE(more->visibleRegion().boundingRect(), more->rect());
    QCOMPARE(more->accessibleName(), u"1 more state"_s);
    QCOMPARE(more->toolTip(), u"No room for: Cancelled"_s);
    // By keys: from the chip before it.
    child<QWidget>(stage.window.get(), "runsChipCompleted")->setFocus();
    stage.key(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), more);
    stage.key(Qt::Key_Space);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    QCOMPARE(menu->actions().size(), 1);
    QCOMPARE(menu->actions().front()->text(), u"Cancelled\t1"_s);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    stage.settle();
    QCOMPARE(stage.window->currentView()->place().filter, u"state:cancelled"_s);
    QTRY_VERIFY(cancelled->isVisible() && cancelled->isChecked()); // what is chosen has room
    QVERIFY(!more->isVisible());
}

void TestStates::statesKeepTheirIcons_data()
{
    QTest::addColumn<int>("width");
    QTest::addRow("usual window") << 1'440;
    QTest::addRow("small laptop") << 1'280;
    QTest::addRow("smallest window") << 1'024;
}

/// However wide what stands beside them is, and what the filter says (ui.md §2.5).
void TestStates::statesKeepTheirIcons()
{
    QFETCH(const int, width);
    WindowStage stage;
    openWithCounts(stage, {width, 800});
    failToFilter(stage);
    shoot(stage.window.get(), u"states_chips_%1"_s.arg(width));
    for (const char *name : {"runsChipRunning", "runsChipWaiting", "runsChipDead"}) {
        auto *chip = child<QAbstractButton>(stage.window.get(), name);
        QVERIFY(chip->isVisible());
        const QString word = chip->accessibleName();
        const bool hasWord = chip->toolTip() != word && !chip->toolTip().startsWith(word + u':');
        const int text = hasWord ? chip->fontMetrics().horizontalAdvance(word) + 4 : 0;
        QVERIFY2(chip->width() >= 2 * 6 + 14 + text, qPrintable(word));
        // The icon is the first thing in it, in the colour of its state.
        const QImage image = chip->grab(QRect(6, 6, chip->width() / 3, 14)).toImage();
        int most = 0;
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 0; y < image.height(); ++y)
                most = std::max(most, image.pixelColor(x, y).hsvSaturation());
        }
        QVERIFY2(most > 100, qPrintable(u"%1: %2"_s.arg(word).arg(most)));
        QVERIFY2(hasWord || width < 1'440, qPrintable(word));
    }
}

void TestStates::nothingMovesWhenTheListIsOld_data()
{
    QTest::addColumn<int>("width");
    QTest::addRow("usual window") << 1'440;
    QTest::addRow("large window") << 1'920;
}

void TestStates::nothingMovesWhenTheListIsOld()
{
    QFETCH(const int, width);
    WindowStage stage;
    openWithCounts(stage, {width, 800});
    const auto placesOf = [&stage] {
        std::vector<QRect> places;
        for (const char *name :
             {"runsChipAll", "runsChipDead", "runsChipCompleted", "runsRange", "runsLive"})
            places.push_back(child<QWidget>(stage.window.get(), name)->geometry());
        return places;
    };
    const std::vector<QRect> before = placesOf();
    failToFilter(stage);
    QCOMPARE(child<QToolButton>(stage.window.get(), "runsLive")->text(), u"Stale"_s);
    QCOMPARE(placesOf(), before);
}

/// One modal box: what happened, a report, and the server again.
void TestStates::endOfTheEngine()
{
    WindowStage stage;
    addRuns(stage, 1);
    stage.open();
    setPhase(stage, ServerPhase::Failed, {ErrorCode::Store, u"internal error: no such job"_s});
    auto *box = child<QDialog>(stage.window.get(), "engineFailure");
    QTRY_VERIFY(box->isVisible() && box->isModal());
    QCOMPARE(child<QLabel>(box, "engineFailureText")->text(), u"internal error: no such job"_s);
    QVERIFY2(a11yFindings(box).isEmpty(), qPrintable(a11yFindings(box).join(u"\n"_s)));
    shoot(box, u"states_engine"_s);

    QTemporaryDir folder;
    QTest::mouseClick(child<QWidget>(box, "engineFailureSave"), Qt::LeftButton);
    auto *dialog = child<QFileDialog>(box, "engineFailureDialog");
    QTRY_VERIFY(dialog->isVisible());
    auto *name = child<QLineEdit>(dialog, "fileNameEdit");
    dialog->setDirectory(folder.path()); // where it was the last time
    name->setFocus();
    QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(name, u"report.txt"_s);
    auto *choice = dialog->findChild<QDialogButtonBox *>();
    QTest::mouseClick(choice->button(QDialogButtonBox::Save), Qt::LeftButton);
    QTRY_COMPARE(child<QLabel>(box, "engineFailureAnswer")->text(),
                 u"The report is in report.txt."_s);
    QFile file(folder.filePath(u"report.txt"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString report = QString::fromUtf8(file.readAll());
    QVERIFY2(report.contains(u"internal error: no such job"_s), qPrintable(report));
    QVERIFY2(report.startsWith(u"Redrive "_s), qPrintable(report));

    stage.backend.refuseNext({ErrorCode::AddressInUse, u"port 8288 is in use"_s});
    auto *restart = child<QPushButton>(box, "engineFailureRestart");
    QTest::mouseClick(restart, Qt::LeftButton);
    QTRY_COMPARE(child<QLabel>(box, "engineFailureAnswer")->text(),
                 u"Not started: port 8288 is in use"_s);
    QTest::mouseClick(restart, Qt::LeftButton);
    QCOMPARE(stage.backend.serverStarts.size(), std::size_t(2));
    QTRY_VERIFY(stage.window->findChild<QDialog *>(u"engineFailure"_s) == nullptr);
}

void TestStates::fullDiskIsNoEndOfTheEngine()
{
    WindowStage stage;
    addRuns(stage, 1);
    stage.open();
    setPhase(stage, ServerPhase::Failed, {ErrorCode::StoreFull, u"no space left"_s});
    QVERIFY(stage.window->findChild<QDialog *>(u"engineFailure"_s) == nullptr);
    QVERIFY(child<QWidget>(stage.window.get(), "troublePage")->isVisible());
}

/// Paler than the others, and yet with contrast enough to be read.
void TestStates::viewsThatAreNotThereAreStillRead()
{
    WindowStage stage;
    addRuns(stage, 1);
    stage.open();
    const auto contrastOf = [&stage](const char *name) {
        const auto *button = child<QWidget>(stage.window.get(), name);
        const QRect place(button->mapTo(stage.window.get(), QPoint()), button->size());
        const QImage image = stage.window->grab(place).toImage(); // on the ground of the rail
        const QColor ground = image.pixelColor(1, 1);
        double most = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                most = std::max(most, contrast(image.pixelColor(x, y), ground));
        }
        return most;
    };
    setPhase(stage, ServerPhase::Failed, {ErrorCode::StoreFull, u"no space left"_s});
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        stage.window->workspace().theme.choose(choice, false);
        stage.beat();
        QVERIFY2(contrastOf("navApps") >= 3, qPrintable(QString::number(contrastOf("navApps"))));
        QVERIFY(contrastOf("navApps") < 0.75 * contrastOf("railSettings"));
    }
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestStates)
#include "tst_states.moc"
