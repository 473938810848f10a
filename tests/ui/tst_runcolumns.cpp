// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/runsstage.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"

#include <QHelpEvent>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSet>
#include <QToolButton>
#include <QToolTip>

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// What the columns of the runs have room for, in a window of 1440 pixels with the inspector open.
class TestRunColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreWhole();
    void barsAboveEachOtherEndAlike();
    void stateIsAsWideInEveryList();
    void triggersAndBarsAreWhole();
    void whatIsTickedIsSeen();
    void whatHasNoRoomIsSaid();
    void aTickIsKeptOverTheNextStart();
    void headersThatDoNotSortDoNotLookLikeIt();
    void namesSayFolderAndApp();
    void whatIsWaitedForIsWholeInAWideFont();
    void theSignCoversNoTitle();
    void lastTitlesStandAboveTheirNumbers();
    void barsStandInANarrowColumn();
    void classesAreWholeBeforeTheirMessages();
    void errorsTakeWhatOthersDoNotNeed();
    void columnsStandStillWhileOneReads();
    void columnsFollowAListThatFillsUp();
    void lastTitlesKeepOffTheSign();
    void appsAreBehindAllNamesOrNone();
};

namespace {

constexpr QSize besideInspector(836, 800);

std::vector<devserver::api::RunSummary> runsWith(const QByteArray &function, int steps)
{
    std::vector<devserver::api::RunSummary> runs;
    for (int number = 60; number > 0; --number) {
        devserver::api::RunSummary run = runIn(DisplayState::Completed, WaitReason::None, number);
        run.functionName = number % 2 == 0 ? function : "audit"_ba;
        run.stepsDone = run.stepsKnown = number % 2 == 0 ? steps : 5;
        runs.push_back(run);
    }
    return runs;
}

/// The space inside of a cell, and what it holds.
struct Room {
    int pixels;
    Cell cell;
};

Room roomOf(const Stage &stage, int row, RunColumn column)
{
    const QModelIndex index = stage.list()->index(row, static_cast<int>(column));
    return {.pixels = stage.table->columnWidth(index.column()) - 2 * RowDelegate::padding,
            .cell = index.data(CellDataRole).value<Cell>()};
}

bool isShown(const Stage &stage, RunColumn column)
{
    return !stage.table->isColumnHidden(static_cast<int>(column));
}

std::vector<int> shownIn(const Stage &stage)
{
    std::vector<int> columns;
    for (int column = 0; column < stage.table->model()->columnCount(); ++column) {
        if (!stage.table->isColumnHidden(column))
            columns.push_back(column);
    }
    return columns;
}

std::vector<int> usualColumns()
{
    std::vector<int> columns;
    int at = 0;
    for (const ColumnSpec &column : runColumns()) {
        if (column.isShown)
            columns.push_back(at);
        ++at;
    }
    return columns;
}

/// In the menu of the header.
void choose(Stage &stage, const QString &column)
{
    QMenu *menu = contextMenuOf(stage.table->header()->viewport());
    QVERIFY(menu != nullptr);
    QVERIFY(clickAction(menu, [&](const QAction *each) { return each->text() == column; }));
}

void show(Stage &stage, QSize size = besideInspector)
{
    stage.view->resize(size);
    stage.settle();
    QTRY_COMPARE(stage.table->header()->length(), stage.table->viewport()->width());
}

std::vector<int> leftsIn(const Stage &stage)
{
    std::vector<int> positions;
    for (const int column : shownIn(stage))
        positions.push_back(stage.table->header()->sectionPosition(column));
    return positions;
}

/// Longer in all its texts than other runs are.
devserver::api::RunSummary longFailure(int number)
{
    devserver::api::RunSummary run = runIn(DisplayState::Dead, WaitReason::None, number);
    run.functionName = "read-the-poison-job"_ba;
    run.trigger = "shop/order.created.again"_ba;
    run.errorName = "TimeoutError";
    run.errorMessage = "the card gateway in the other data centre did not answer at all";
    return run;
}

/// The pointer is not over the list any more.
void leave(const Stage &stage)
{
    for (const QPoint at : {QPoint(5, 5), QPoint(9, 9)}) // it may have stood there
        QTest::mouseMove(stage.filter, at);
    QTRY_VERIFY(!stage.table->underMouse());
}

} // namespace

void TestRunColumns::namesAreWhole()
{
    Stage stage(runsWith("send-welcome"_ba, 5));
    show(stage);
    const Room room = roomOf(stage, 0, RunColumn::Function);
    QCOMPARE(room.cell.text, u"send-welcome"_s);
    QVERIFY(room.pixels > stage.table->fontMetrics().horizontalAdvance(room.cell.text));
    for (const RunColumn column : {RunColumn::Progress, RunColumn::Attempts, RunColumn::Duration,
                                   RunColumn::Queued, RunColumn::Error})
        QVERIFY(!stage.table->isColumnHidden(static_cast<int>(column)));
}

void TestRunColumns::barsAboveEachOtherEndAlike()
{
    const Stage stage({});
    const QFontMetrics metrics = stage.table->fontMetrics();
    const int needed = metrics.horizontalAdvance(u"120/120"_s);
    const int figures = metrics.horizontalAdvance(u"000/000"_s);
    for (int room = figures + 26; room < 200; ++room) {
        const int narrow = RowDelegate::barWidthIn(room, u"120/120"_s, metrics);
        QVERIFY2(narrow > 0, qPrintable(QString::number(room)));
        QCOMPARE(RowDelegate::barWidthIn(room, u"5/5"_s, metrics), narrow);
    }
    for (int room = needed; room < figures + 20; ++room) {
        QCOMPARE(RowDelegate::barWidthIn(room, u"120/120"_s, metrics), 0);
        QVERIFY(RowDelegate::barWidthIn(room, u"5/5"_s, metrics) > 0);
    }
}

/// All but one that is full and has no room to lie: as a sliver it would say nothing.
void TestRunColumns::barsStandInANarrowColumn()
{
    std::vector<devserver::api::RunSummary> runs = runsWith("resize-images"_ba, 120);
    runs.insert(runs.begin(), longFailure(61)); // needs what others have
    Stage stage(runs);
    const auto barOf = [&stage](int row) {
        const QModelIndex index = stage.list()->index(row, static_cast<int>(RunColumn::Progress));
        const QRect cell = stage.table->visualRect(index);
        const QImage image = stage.table->viewport()->grab(cell).toImage();
        const QRgb done = stage.fixture.theme.color(Token::StateCompleted).rgb();
        QRect bar;
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 0; y < image.height(); ++y) {
                if (image.pixel(x, y) == done)
                    bar |= QRect(x, y, 1, 1);
            }
        }
        return bar;
    };
    QCOMPARE(roomOf(stage, 1, RunColumn::Progress).cell.text, u"120/120"_s);
    QCOMPARE(roomOf(stage, 2, RunColumn::Progress).cell.text, u"5/5"_s);
    int bare = 0;
    for (int width = 600; width < 1'000; width += 5) {
        show(stage, {width, 800});
        if (!isShown(stage, RunColumn::Progress))
            continue;
        const QRect bar = barOf(1);
        QVERIFY(barOf(2).width() > barOf(2).height());
        if (bar.isEmpty()) {
            ++bare;
            continue;
        }
        QVERIFY2(bar.width() > bar.height(), qPrintable(QString::number(width)));
        QVERIFY(std::abs(barOf(2).left() - bar.left()) <= 1); // one is rounder
    }
    QVERIFY(bare > 0);
}

/// Where no text is cut: whether a row that sleeps for days is in sight or not.
void TestRunColumns::stateIsAsWideInEveryList()
{
    constexpr QSize wide(1'400, 800);
    Stage usual(runsWith("audit"_ba, 5));
    show(usual, wide);
    devserver::api::RunSummary sleeping = runIn(DisplayState::Waiting, WaitReason::Sleep, 61);
    std::vector<devserver::api::RunSummary> runs = runsWith("audit"_ba, 5);
    for (auto &activity : sleeping.activities)
        activity.until = usual.fixture.backend.now() + std::chrono::hours(26);
    runs.insert(runs.begin(), sleeping);
    Stage other(runs);
    show(other, wide);
    const QString words = roomOf(other, 0, RunColumn::State).cell.second;
    QVERIFY2(words.endsWith(u"in 1 d 2 h"_s), qPrintable(words));
    const auto width = [](const Stage &stage) {
        return stage.table->columnWidth(static_cast<int>(RunColumn::State));
    };
    QCOMPARE(width(other), width(usual));
}

void TestRunColumns::whatIsWaitedForIsWholeInAWideFont()
{
    const QFont font = QApplication::font();
    const auto back = qScopeGuard([&font] { QApplication::setFont(font); });
    QApplication::setFont(QFont(u"DejaVu Sans"_s, 9)); // of most desktops
    std::vector<devserver::api::RunSummary> runs = runsWith("order"_ba, 5);
    runs.insert(runs.begin(), runIn(DisplayState::Waiting, WaitReason::Backoff, 61));
    for (auto &activity : runs.front().activities)
        activity.until = noon() + std::chrono::hours(1) + std::chrono::seconds(58);
    Stage stage(runs);
    show(stage);
    const QModelIndex state = stage.list()->index(0, static_cast<int>(RunColumn::State));
    const QString words = state.data(CellDataRole).value<Cell>().second;
    QVERIFY2(words.endsWith(u"in 58 s"_s), qPrintable(words));
    std::vector<int> columns = usualColumns();
    columns.pop_back(); // the id gives way to them
    QCOMPARE(shownIn(stage), columns);
    show(stage, besideInspector + QSize(100, 0));
    QCOMPARE(shownIn(stage), usualColumns());
    const int need = RowDelegate::widthsOf(stage.table->font(), state).whole;
    const int width = stage.table->columnWidth(state.column());
    QVERIFY2(width >= need, qPrintable(u"%1 of %2"_s.arg(width).arg(need)));
}

void TestRunColumns::triggersAndBarsAreWhole()
{
    std::vector<devserver::api::RunSummary> runs = runsWith("resize-images"_ba, 120);
    for (devserver::api::RunSummary &run : runs)
        run.trigger = "images/uploaded"_ba;
    Stage stage(runs);
    show(stage, {900, 800});
    const Room trigger = roomOf(stage, 0, RunColumn::Trigger);
    const QFontMetrics metrics = stage.table->fontMetrics();
    QVERIFY(trigger.pixels > metrics.horizontalAdvance(trigger.cell.text));
    const Room progress = roomOf(stage, 0, RunColumn::Progress);
    QCOMPARE(progress.cell.text, u"120/120"_s);
    QVERIFY(RowDelegate::barWidthIn(progress.pixels, progress.cell.text, metrics) > 0);
}

/// It pushes nothing out: the list scrolls instead, and is scrolled to it.
void TestRunColumns::whatIsTickedIsSeen()
{
    Stage stage(runsWith("audit"_ba, 5));
    show(stage);
    const std::vector<int> before = shownIn(stage);
    QVERIFY(!isShown(stage, RunColumn::Key));
    choose(stage, u"Key"_s);
    QVERIFY(isShown(stage, RunColumn::Key));
    for (const int column : before)
        QVERIFY2(!stage.table->isColumnHidden(column), qPrintable(QString::number(column)));
    const QScrollBar *bar = stage.table->horizontalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    const int key = static_cast<int>(RunColumn::Key);
    QTRY_VERIFY(stage.table->columnViewportPosition(key) + stage.table->columnWidth(key)
                <= stage.table->viewport()->width());
    choose(stage, u"Key"_s);
    QVERIFY(!isShown(stage, RunColumn::Key));
    QTRY_COMPARE(bar->maximum(), 0);
    QCOMPARE(shownIn(stage), before);
}

/// By a sign at the end of the header; its menu shows them in spite of that.
void TestRunColumns::whatHasNoRoomIsSaid()
{
    Stage stage(runsWith("audit"_ba, 5));
    show(stage, {1400, 800});
    auto *sign = child<QToolButton>(stage.table, "hiddenColumns");
    QVERIFY(!sign->isVisible());
    show(stage, {520, 800});
    QVERIFY(sign->isVisible());
    const int hidden = static_cast<int>(usualColumns().size() - shownIn(stage).size());
    QVERIFY(hidden > 1);
    QCOMPARE(sign->accessibleName(), u"%1 hidden"_s.arg(hidden));
    QVERIFY2(sign->toolTip().contains(u"Progress"_s), qPrintable(sign->toolTip()));
    QVERIFY(!isShown(stage, RunColumn::Progress));
    QVERIFY(sign->geometry().right() < stage.table->header()->width());
    QTest::mouseClick(sign, Qt::LeftButton);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    const auto isProgress = [](const QAction *each) {
        return each->text() == u"Progress\tno room"_s && !each->isChecked();
    };
    QVERIFY(clickAction(menu, isProgress));
    QVERIFY(isShown(stage, RunColumn::Progress));
    QCOMPARE(sign->accessibleName(), u"%1 hidden"_s.arg(hidden - 1));
    show(stage, {1400, 800});
    QVERIFY(!sign->isVisible());
    QCOMPARE(shownIn(stage), usualColumns());
}

void TestRunColumns::aTickIsKeptOverTheNextStart()
{
    Stage stage(runsWith("audit"_ba, 5));
    show(stage);
    choose(stage, u"Key"_s);
    const QByteArray kept = stage.view->saveState();
    Stage next(runsWith("audit"_ba, 5));
    next.view->restoreState(kept);
    next.view->resize(besideInspector);
    next.settle();
    QVERIFY(isShown(next, RunColumn::Key));
    QCOMPARE(shownIn(next), shownIn(stage));
}

void TestRunColumns::headersThatDoNotSortDoNotLookLikeIt()
{
    Stage stage(runsWith("audit"_ba, 5));
    show(stage);
    ListHeader *header = stage.table->header();
    QWidget *viewport = header->viewport();
    const auto place = [header](RunColumn column) {
        const int section = static_cast<int>(column);
        return QPoint(header->sectionViewportPosition(section) + header->sectionSize(section) / 2,
                      header->height() / 2);
    };
    const auto lookUnder = [&](RunColumn column) {
        QTest::mouseMove(viewport, {1, header->height() + 40});
        const QImage before = header->grab().toImage();
        QTest::mouseMove(viewport, place(column));
        return before != header->grab().toImage();
    };
    QVERIFY(lookUnder(RunColumn::Queued));
    QVERIFY(!lookUnder(RunColumn::Progress));
    const auto tipOf = [&](RunColumn column) {
        const QPoint at = place(column);
        QHelpEvent help(QEvent::ToolTip, at, viewport->mapToGlobal(at));
        QApplication::sendEvent(viewport, &help);
        return QToolTip::text();
    };
    QCOMPARE(tipOf(RunColumn::Progress), u"Runs cannot be sorted by this column: Progress"_s);
    QCOMPARE(tipOf(RunColumn::Queued), u"Sort by: Queued"_s);
    const std::size_t asked = stage.fixture.backend.asked.size();
    QTest::mouseClick(viewport, Qt::LeftButton, {}, place(RunColumn::Progress));
    stage.settle();
    QCOMPARE(stage.fixture.backend.asked.size(), asked);
    QTest::mouseClick(viewport, Qt::LeftButton, {}, place(RunColumn::Duration));
    stage.settle();
    QVERIFY(stage.fixture.backend.asked.size() > asked);
}

/// A folder is quieter than the name behind it; the app is said where there are several.
void TestRunColumns::namesSayFolderAndApp()
{
    std::vector<devserver::api::RunSummary> runs = runsWith("billing/charge"_ba, 5);
    for (devserver::api::RunSummary &run : runs) {
        run.appName = "shop";
        run.slug = "shop-" + run.functionName;
    }
    runs[1].functionName = "Dr. Who";
    Stage one(runs);
    show(one);
    const auto cellOf = [](const Stage &stage, int row) {
        return roomOf(stage, row, RunColumn::Function).cell;
    };
    QCOMPARE(cellOf(one, 0).text, u"billing/charge"_s);
    QCOMPARE(cellOf(one, 0).quietStart, 8);
    QCOMPARE(cellOf(one, 1).quietStart, 0);
    QCOMPARE(cellOf(one, 0).second, QString());
    devserver::Function shop;
    shop.app = devserver::AppId{devserver::Uuid::fromName("test", "shop")};
    shop.config.slug = "shop-billing/charge";
    devserver::Function other = shop;
    other.app = devserver::AppId{devserver::Uuid::fromName("test", "office")};
    other.config.slug = "office-audit";
    one.fixture.backend.functions = {shop, other};
    one.fixture.backend.apps = {{.id = shop.app, .name = "shop"_ba},
                                {.id = other.app, .name = "office"_ba}};
    one.fixture.catalog.reload();
    QTRY_COMPARE((one.fixture.beat(), cellOf(one, 0).second), u"shop"_s);
    const QModelIndex index = one.list()->index(0, static_cast<int>(RunColumn::Function));
    QCOMPARE(index.data(CopyTextRole).toString(), u"billing/charge"_s);
}

void TestRunColumns::theSignCoversNoTitle()
{
    Stage stage(runsWith("audit"_ba, 5));
    auto *sign = child<QToolButton>(stage.table, "hiddenColumns");
    const ListHeader *header = stage.table->header();
    QFont bolder = header->font();
    bolder.setWeight(QFont::Medium);
    int signs = 0;
    for (int width = 420; width < 1'000; width += 9) {
        show(stage, {width, 800});
        if (!sign->isVisible())
            continue;
        ++signs;
        const int last = shownIn(stage).back();
        const QString title =
            stage.table->model()->headerData(last, Qt::Horizontal, Qt::DisplayRole).toString();
        const int right = header->sectionViewportPosition(last) + RowDelegate::padding
                          + QFontMetrics(bolder).horizontalAdvance(title);
        QVERIFY2(right <= sign->x(), qPrintable(u"%1 at %2"_s.arg(title).arg(width)));
    }
    QVERIFY(signs > 20);
}

/// Beside the sign, which has a room of its own there.
void TestRunColumns::lastTitlesStandAboveTheirNumbers()
{
    Stage stage(runsWith("audit"_ba, 5));
    for (const auto &hidden : {u"Error"_s, u"Run ID"_s})
        choose(stage, hidden);
    show(stage, {1400, 800});
    const auto *sign = child<QToolButton>(stage.table, "hiddenColumns");
    const int last = static_cast<int>(RunColumn::Duration);
    QCOMPARE(shownIn(stage).back(), last);
    QVERIFY(!sign->isVisible());
    const auto rightmostInk = [](QWidget *of, const QRect &part) {
        const QImage image = of->grab(part).toImage();
        const QRgb ground = image.pixel(0, part.height() / 2);
        for (int x = image.width() - 1; x >= 0; --x) {
            for (int y = 6; y < image.height() - 6; ++y) {
                if (image.pixel(x, y) != ground)
                    return part.left() + x;
            }
        }
        return -1;
    };
    const auto ends = [&] {
        ListHeader *header = stage.table->header();
        const int inset = header->insetOf(last);
        const QRect title(header->sectionViewportPosition(last) + 2, 0,
                          header->sectionSize(last) - 3 - inset, header->height());
        const QRect number = stage.table->visualRect(stage.list()->index(0, last));
        return std::pair(rightmostInk(header->viewport(), title),
                         rightmostInk(stage.table->viewport(), number.adjusted(2, 0, -1, 0)));
    };
    const auto [title, number] = ends();
    QVERIFY2(std::abs(title - number) <= 2, qPrintable(u"%1, %2"_s.arg(title).arg(number)));
    int signs = 0;
    for (int width = 380; width < 700; width += 23) {
        show(stage, {width, 800});
        if (!sign->isVisible() || shownIn(stage).back() != last)
            continue;
        ++signs;
        const auto [narrowTitle, narrowNumber] = ends();
        QVERIFY2(narrowTitle > 0 && std::abs(narrowTitle - narrowNumber) <= 2,
                 qPrintable(u"%1, %2 at %3"_s.arg(narrowTitle).arg(narrowNumber).arg(width)));
        QVERIFY(narrowTitle < sign->x());
    }
    QVERIFY(signs > 3);
}

void TestRunColumns::classesAreWholeBeforeTheirMessages()
{
    devserver::api::RunSummary run = runIn(DisplayState::Dead, WaitReason::None, 1);
    run.errorName = "TimeoutError";
    run.errorMessage = "card gateway did not answer in 2 s";
    const Cell cell = runCell(run, RunColumn::Error, {});
    const QFontMetrics metrics(QApplication::font());
    const auto wide = [&metrics](const QString &text) { return metrics.horizontalAdvance(text); };
    const auto words = [&](int room) { return RowDelegate::wordsIn(room, cell, metrics); };
    QCOMPARE(words(wide(cell.text)), cell.text);
    const QString some = words(wide(u"TimeoutError: card gateway did not ans"_s));
    QVERIFY2(some.startsWith(u"TimeoutError: card gateway did not"_s) && some.endsWith(u'…'),
             qPrintable(some));
    const QString less = words(wide(u"TimeoutError: card gat"_s));
    QVERIFY2(less.startsWith(u"TimeoutError: ca"_s) && less.endsWith(u'…'), qPrintable(less));
    QCOMPARE(words(wide(u"TimeoutError…"_s)), u"TimeoutError…"_s);
    QVERIFY(words(wide(u"Timeout"_s)).startsWith(u"Time"_s));
    int reaching = 0;
    for (int room = 20; room < wide(cell.text); ++room) {
        QVERIFY2(words(room).contains(u'…'), qPrintable(words(room))); // it goes on
        const int over = wide(words(room)) - room;
        reaching += over > 0 ? 1 : 0;
        QVERIFY2(over < RowDelegate::padding, qPrintable(words(room)));
        QVERIFY2(over <= 0 || words(room) == u"TimeoutError…"_s, qPrintable(words(room)));
    }
    QVERIFY(reaching > 0);
    run.errorMessage.clear(); // then there is no more to tell of
    const Cell bare = runCell(run, RunColumn::Error, {});
    QCOMPARE(RowDelegate::wordsIn(wide(u"TimeoutError"_s) + 1, bare, metrics), u"TimeoutError"_s);
    run.errorMessage = "card gateway did not answer in 2 s";
    run.errorName = "Error";
    const Cell plain = runCell(run, RunColumn::Error, {});
    const QString brief = RowDelegate::wordsIn(wide(u"card gateway did not an"_s), plain, metrics);
    QVERIFY2(brief.startsWith(u"card gateway did"_s) && brief.endsWith(u'…'), qPrintable(brief));
}

/// Whose texts are all read whole beside them.
void TestRunColumns::errorsTakeWhatOthersDoNotNeed()
{
    std::vector<devserver::api::RunSummary> runs = runsWith("audit"_ba, 5);
    for (devserver::api::RunSummary &run : runs)
        run.trigger = "a/b"_ba;
    const auto widthOf = [](const Stage &stage, RunColumn column) {
        return stage.table->columnWidth(static_cast<int>(column));
    };
    Stage without(runs);
    show(without, {1'200, 800});
    runs.front() = runIn(DisplayState::Dead, WaitReason::None, 60);
    runs.front().trigger = "a/b"_ba;
    runs.front().errorName = "TimeoutError";
    runs.front().errorMessage = "the card gateway in the other data centre did not answer at all";
    Stage with(runs);
    show(with, {1'200, 800});
    QVERIFY(widthOf(with, RunColumn::Error) > widthOf(without, RunColumn::Error) + 40);
    QVERIFY(widthOf(with, RunColumn::Trigger) < widthOf(without, RunColumn::Trigger));
    // Room for what is waited for is kept, or columns would come and go with it.
    QVERIFY(widthOf(with, RunColumn::State) == widthOf(without, RunColumn::State));
    for (const RunColumn whole :
         {RunColumn::State, RunColumn::Function, RunColumn::Trigger, RunColumn::Queued}) {
        for (int row = 0; row < 10; ++row) {
            const Room room = roomOf(with, row, whole);
            QVERIFY(room.pixels > with.table->fontMetrics().horizontalAdvance(room.cell.text));
        }
    }
}

/// Whatever comes, and wherever one scrolls; all share the room again when it changes.
void TestRunColumns::columnsStandStillWhileOneReads()
{
    std::vector<devserver::api::RunSummary> runs = runsWith("audit"_ba, 5);
    for (std::size_t row = 0; row < 10; ++row)
        runs[row].trigger = "a/b"_ba;
    runs.back().trigger = "images/uploaded-by-hand"_ba;
    Stage stage(runs);
    show(stage, {1'200, 600});
    for (const int x : {50, 51}) // it may have stood there
        QTest::mouseMove(stage.table->viewport(), {x, 50});
    QTRY_VERIFY(stage.table->underMouse());
    const std::vector<int> before = leftsIn(stage);
    stage.fixture.backend.post(longFailure(61));
    stage.settle();
    QCOMPARE(stage.list()->rowCount(), 61);
    QCOMPARE(leftsIn(stage), before);
    for (const int value : {stage.table->verticalScrollBar()->maximum(), 0}) {
        stage.table->verticalScrollBar()->setValue(value);
        stage.settle();
        QCOMPARE(leftsIn(stage), before);
    }
    const auto errorWidth = [&stage] {
        return stage.table->columnWidth(static_cast<int>(RunColumn::Error));
    };
    const int narrow = errorWidth();
    leave(stage);
    stage.settle();
    QCOMPARE(leftsIn(stage), before);
    show(stage, {1'201, 600});
    QVERIFY(errorWidth() > narrow + 20);
}

/// What came first does not decide for what comes, while nobody is at the list.
void TestRunColumns::columnsFollowAListThatFillsUp()
{
    Stage stage(completedRuns(2));
    show(stage, {1'200, 600});
    leave(stage);
    const auto isWhole = [&stage](RunColumn column) {
        const Room room = roomOf(stage, 0, column);
        return room.pixels > stage.table->fontMetrics().horizontalAdvance(room.cell.text);
    };
    const std::vector<int> before = leftsIn(stage);
    stage.fixture.backend.post(longFailure(3));
    stage.settle();
    QCOMPARE(stage.list()->rowCount(), 3);
    QTRY_VERIFY((stage.settle(), isWhole(RunColumn::Function)));
    QVERIFY(leftsIn(stage) != before);
    const std::vector<int> after = leftsIn(stage);
    for (int number = 4; number < 9; ++number) { // nothing to and fro
        stage.fixture.backend.post(number % 2 == 0 ? runRow(number) : longFailure(number));
        stage.settle();
        QCOMPARE(leftsIn(stage), after);
    }
    // Somebody goes through it by keys.
    QTest::keyClick(stage.table, Qt::Key_Down);
    devserver::api::RunSummary longer = longFailure(9);
    longer.functionName += "-and-more"_ba;
    stage.fixture.backend.post(longer);
    stage.settle();
    QCOMPARE(leftsIn(stage), after);
}

/// Which stands still where a list scrolls sideways.
void TestRunColumns::lastTitlesKeepOffTheSign()
{
    Stage stage(runsWith("audit"_ba, 5));
    for (const auto &changed : {u"Error"_s, u"Run ID"_s, u"Ended"_s, u"Started"_s, u"Waited"_s})
        choose(stage, changed);
    stage.view->resize(400, 800);
    const auto *sign = child<QToolButton>(stage.table, "hiddenColumns");
    const QScrollBar *bar = stage.table->horizontalScrollBar();
    QTRY_VERIFY(sign->isVisible() && bar->maximum() > 0);
    const int last = static_cast<int>(RunColumn::Waited);
    QCOMPARE(shownIn(stage).back(), last);
    ListHeader *header = stage.table->header();
    int beside = 0;
    for (int value = 0; value <= bar->maximum(); ++value) {
        stage.table->horizontalScrollBar()->setValue(value);
        const int x = sign->x() - 1;
        if (header->logicalIndexAt(x) != last || header->sectionViewportPosition(last) >= x - 1)
            continue;
        ++beside;
        const QImage image = header->grab({x, 6, 1, header->height() - 12}).toImage();
        const int ground = image.pixelColor(0, 0).lightness();
        for (int y = 1; y < image.height(); ++y) { // the edge of a dot may be there, no letter
            const int ink = std::abs(image.pixelColor(0, y).lightness() - ground);
            QVERIFY2(ink < 60, qPrintable(u"%1 at %2"_s.arg(ink).arg(value)));
        }
    }
    QVERIFY2(beside > 10, qPrintable(QString::number(beside)));
}

/// Behind short names alone it would look as if the others were of no app; and the names are read
/// before the apps are.
void TestRunColumns::appsAreBehindAllNamesOrNone()
{
    std::vector<devserver::api::RunSummary> runs = runsWith("send-welcome"_ba, 5);
    for (devserver::api::RunSummary &run : runs) {
        run.appName = "shop-of-the-old-town";
        run.slug = "shop-" + run.functionName;
    }
    Stage stage(runs);
    devserver::Function shop;
    shop.app = devserver::AppId{devserver::Uuid::fromName("test", "shop")};
    shop.config.slug = "shop-send-welcome";
    devserver::Function other = shop;
    other.app = devserver::AppId{devserver::Uuid::fromName("test", "office")};
    other.config.slug = "office-audit";
    stage.fixture.backend.functions = {shop, other};
    stage.fixture.backend.apps = {{.id = shop.app, .name = "shop-of-the-old-town"_ba},
                                  {.id = other.app, .name = "office"_ba}};
    stage.fixture.catalog.reload();
    show(stage);
    QTRY_COMPARE((stage.fixture.beat(), roomOf(stage, 1, RunColumn::Function).cell.second),
                 u"shop-of-the-old-town"_s);
    const auto inkBehind = [&stage](int row) {
        const Room room = roomOf(stage, row, RunColumn::Function);
        const QModelIndex index = stage.list()->index(row, static_cast<int>(RunColumn::Function));
        const QRect cell = stage.table->visualRect(index);
        const int text = stage.table->fontMetrics().horizontalAdvance(room.cell.text);
        const QImage image = stage.table->viewport()
                                 ->grab(cell.adjusted(RowDelegate::padding + text + 4, 2, -1, -2))
                                 .toImage();
        QSet<QRgb> colours;
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 0; y < image.height(); ++y)
                colours.insert(image.pixel(x, y));
        }
        return colours.size() > 1;
    };
    const auto isWhole = [&stage](int row) {
        const Room room = roomOf(stage, row, RunColumn::Function);
        return room.pixels > stage.table->fontMetrics().horizontalAdvance(room.cell.text);
    };
    int with = 0;
    int without = 0;
    for (const int width : {460, 520, 580, 640, 700, 836, 900, 1'000, 1'200, 1'400}) {
        show(stage, {width, 800});
        const int longName = 2;  // of these rows: `send-welcome`
        const int shortName = 1; // `audit`
        QCOMPARE(inkBehind(shortName), inkBehind(longName));
        ++(inkBehind(longName) ? with : without);
        QVERIFY(width < 836 || isWhole(longName));
    }
    QVERIFY(with > 0 && without > 0);
}

UI_TEST_MAIN(TestRunColumns)

#include "tst_runcolumns.moc"
