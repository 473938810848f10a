// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/runsstage.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QImage>
#include <QJsonObject>
#include <QMenu>
#include <QPointer>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTimer>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;

/// What all lists do, on the one of runs: columns grow with their texts, old rows are dim.
class TestListTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headerLinesAreWholeAndAtTheEdge();
    void aColumnShrinksWithTheFont();
    void aHiddenColumnHasRoomWhenItIsShown();
    void theQueryAfterAFailureIsAsAnyOther();
    void homeAndEndGoToRows();
    void whatIsClickedStaysUnderThePointer_data();
    void whatIsClickedStaysUnderThePointer();
    void rowsThatComeTogetherAreMeasuredOnce();
    void anotherOrderStartsAtTheTop();
    void thePillCoversNoRow();
    void thePillMovesNoRow();
    void whereItStandsAsksForOneRow();
    void widthsAreOfTheDotsPerInch();
};

namespace {

/// One more run, whose state says how long it still waits.
void postWaiting(Stage &stage)
{
    devserver::api::RunSummary waiting = runRow(100);
    waiting.status = devserver::RunStatus::Running;
    waiting.endedAt.reset();
    waiting.activities = {{.kind = devserver::ActivityKind::BackingOff,
                           .until = stage.fixture.backend.now() + 59min}};
    stage.fixture.backend.post(waiting);
    stage.fixture.beat();
}

int stateWidth(const Stage &stage)
{
    return stage.table->horizontalHeader()->sectionSize(static_cast<int>(RunColumn::State));
}

/// A click of the person in the menu that lists the columns.
void toggleState(Stage &stage)
{
    QTest::mouseClick(child<QToolButton>(stage.view.get(), "runsColumns"), Qt::LeftButton);
    const auto menu = [] { return qobject_cast<QMenu *>(QApplication::activePopupWidget()); };
    QTRY_VERIFY(menu() != nullptr);
    for (int down = 0; down <= static_cast<int>(RunColumn::State); ++down)
        QTest::keyClick(menu(), Qt::Key_Down);
    QTest::keyClick(menu(), Qt::Key_Return);
    QTRY_VERIFY(menu() == nullptr);
}

/// Rows with one word each, which counts how often their cells are asked for.
class CountedRows final : public PagedTableModel
{
public:
    CountedRows(UiFixture &ui, int &asked, QObject *parent)
        : PagedTableModel(
            ui.backend, ui.clock,
            {{.id = "word"_ba, .title = u"Word"_s, .chars = 8, .mostChars = 60, .growsLive = true},
             {.id = "rest"_ba, .title = u"Rest"_s, .chars = 40, .mostChars = 60}},
            parent)
        , m_asked(asked)
    {}

    void insertOnTop(const QString &word)
    {
        beginInsertRows({}, 0, 0);
        m_words.prepend(word);
        endInsertRows();
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_words.size());
    }

    [[nodiscard]] QByteArray idAt(int row) const override
    {
        return QByteArray::number(m_words.size() - row);
    }

    [[nodiscard]] int rowOf(const QByteArray &id) const override
    {
        return static_cast<int>(m_words.size()) - id.toInt();
    }

    [[nodiscard]] bool isLeaving(int) const override { return false; }

protected:
    [[nodiscard]] devserver::api::Reply *askPage(const devserver::api::PageToken &, int) override
    {
        return backend().ask(devserver::api::RunsQuery{});
    }

    devserver::api::PageToken takePage(const devserver::api::Answer &) override { return {}; }

    void flush() override {}

    [[nodiscard]] Cell cell(int row, int column) const override
    {
        ++m_asked;
        return {.text = column == 0 ? m_words[row] : u"rest"_s};
    }

private:
    int &m_asked;
    QStringList m_words;
};

/// How wide a column is whenever the cells are painted.
class PaintWatch final : public QObject
{
public:
    explicit PaintWatch(const ListTable &table)
        : m_table(table)
    {
        table.viewport()->installEventFilter(this);
    }

    std::vector<int> widths;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            widths.push_back(m_table.columnWidth(0));
        return false;
    }

private:
    const ListTable &m_table;
};

/// Where the rows stand in the view, and which.
struct Standing {
    QByteArray top;
    int scrolled;
    QRect rows;

    bool operator==(const Standing &) const = default;
};

Standing standing(const Stage &stage)
{
    const QWidget *viewport = stage.table->viewport();
    return {.top = stage.list()->idAt(stage.table->rowAt(0)),
            .scrolled = stage.table->verticalScrollBar()->value(),
            .rows = {viewport->mapTo(stage.view.get(), QPoint(0, 0)), viewport->size()}};
}

/// Of the rows beside the panel, which are whole.
void chooseLowest(Stage &stage)
{
    const auto last = [&stage] {
        return stage.table->rowAt(stage.table->viewport()->height() - 1);
    };
    stage.clickRow(last() - 2);
    QTRY_VERIFY(child<QWidget>(stage.view.get(), "runPanel")->isVisible());
    stage.settle();
    stage.clickRow(last());
    stage.settle();
    QCOMPARE(stage.table->currentIndex().row(), last());
    QCOMPARE(stage.table->visualRect(stage.table->currentIndex()).bottom(),
             stage.table->viewport()->height() - 1);
}

/// Lightness of the words of a row.
int darkestInk(const Stage &stage)
{
    const QRect row = stage.table->visualRect(stage.list()->index(3, 1));
    const QImage image = stage.table->viewport()->grab(row).toImage();
    int darkest = 255;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y)
            darkest = std::min(darkest, image.pixelColor(x, y).lightness());
    }
    return darkest;
}

} // namespace

void TestListTable::aColumnShrinksWithTheFont()
{
    Stage stage(completedRuns(20));
    stage.view->resize(1'600, 800);
    QTRY_COMPARE(stage.table->horizontalHeader()->length(), stage.table->viewport()->width());
    const int usual = stateWidth(stage);
    postWaiting(stage);
    QCOMPARE(stateWidth(stage), usual);
    const QFont font = QApplication::font();
    const auto back = qScopeGuard([&font] { QApplication::setFont(font); });
    QFont larger = font;
    larger.setPointSizeF(font.pointSizeF() * 1.5);
    QApplication::setFont(larger); // as the desktop does
    QTRY_VERIFY(stateWidth(stage) > usual * 5 / 4);
    QApplication::setFont(font);
    QTRY_COMPARE(stateWidth(stage), usual);
}

void TestListTable::aHiddenColumnHasRoomWhenItIsShown()
{
    Stage stage(completedRuns(20));
    stage.view->resize(1'600, 800);
    QTRY_COMPARE(stage.table->horizontalHeader()->length(), stage.table->viewport()->width());
    const int usual = stateWidth(stage);
    toggleState(stage);
    QVERIFY(stage.table->isColumnHidden(static_cast<int>(RunColumn::State)));
    postWaiting(stage);
    toggleState(stage);
    QVERIFY(!stage.table->isColumnHidden(static_cast<int>(RunColumn::State)));
    QCOMPARE(stateWidth(stage), usual);
    QCOMPARE(stage.table->horizontalHeader()->length(), stage.table->viewport()->width());
}

void TestListTable::homeAndEndGoToRows()
{
    Stage stage(completedRuns(100));
    stage.clickRow(3, 2);
    QTest::keyClick(stage.table, Qt::Key_Right); // cell by cell
    const int column = stage.table->currentIndex().column();
    const int last = stage.list()->rowCount() - 1;
    QVERIFY(last > 3);
    QTest::keyClick(stage.table, Qt::Key_End);
    QCOMPARE(stage.table->currentIndex(), stage.list()->index(last, column));
    QCOMPARE(stage.table->selectedRows(), std::vector<int>{last});
    QVERIFY(stage.table->viewport()->rect().contains(
        stage.table->visualRect(stage.table->currentIndex()).center()));
    QTest::keyClick(stage.table, Qt::Key_Home);
    QCOMPARE(stage.table->currentIndex(), stage.list()->index(0, column));
    QCOMPARE(stage.table->selectedRows(), std::vector<int>{0});
    QVERIFY(stage.table->isFollowing());
    stage.clickRow(2);
    QTest::keyClick(stage.table, Qt::Key_Home, Qt::ShiftModifier);
    QCOMPARE(stage.table->selectedRows(), (std::vector<int>{0, 1, 2}));
}

/// Old rows become dim when it takes long, not before.
void TestListTable::theQueryAfterAFailureIsAsAnyOther()
{
    Stage stage(completedRuns(20));
    stage.fixture.backend.queryError =
        devserver::Error{devserver::ErrorCode::Store, u"the disk does not answer"_s};
    stage.filter->setFocus();
    QTest::keyClicks(stage.filter, u"charge"_s);
    QTest::keyClick(stage.filter, Qt::Key_Return);
    QTRY_VERIFY(darkestInk(stage) > 100); // they are of an older filter
    stage.fixture.backend.queryError.reset();
    stage.fixture.backend.holdReplies(true);
    QTest::keyClicks(stage.filter, u" state:completed"_s);
    QTest::keyClick(stage.filter, Qt::Key_Return);
    QVERIFY(darkestInk(stage) < 100);
    QTRY_VERIFY(darkestInk(stage) > 100);
    stage.fixture.backend.holdReplies(false);
    stage.fixture.backend.releaseReplies();
    stage.settle();
}

void TestListTable::whatIsClickedStaysUnderThePointer_data()
{
    QTest::addColumn<int>("scrolled"); // rows
    QTest::addRow("at the top, where new rows are followed") << 0;
    QTest::addRow("a cut row, away from it") << 40;
}

/// While runs come in above it; nor does Qt scroll half a second later, because the last row in
/// sight is a cut one.
void TestListTable::whatIsClickedStaysUnderThePointer()
{
    QFETCH(const int, scrolled);
    UiFixture ui;
    ui.backend.setNow(noon() + 1h);
    ui.backend.runs = completedRuns(200);
    ListTable table(ui.context);
    const int rowHeight = table.verticalHeader()->defaultSectionSize();
    ui.show(&table, {1'000, 28 + 10 * rowHeight + rowHeight / 2});
    table.replace(new RunListModel(ui.backend, ui.clock, ui.feed, {}, &table));
    QTRY_VERIFY(table.list() != nullptr && table.list()->rowCount() > scrolled + 20);
    table.verticalScrollBar()->setValue(scrolled * rowHeight);
    const QPoint pointer(200, table.viewport()->height() - 3);
    const int last = table.rowAt(pointer.y());
    QVERIFY(table.rowViewportPosition(last) + rowHeight > table.viewport()->height());
    const auto under = [&] { return table.list()->idAt(table.rowAt(pointer.y())); };
    const QByteArray clicked = under();
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, pointer);
    QCOMPARE(table.currentId(), clicked);
    QTimer later;
    later.setSingleShot(true);
    QSignalSpy passed(&later, &QTimer::timeout);
    later.start(QApplication::doubleClickInterval() + 200);
    if (scrolled == 0) {
        for (int number = 201; number < 204; ++number) {
            ui.backend.post(runRow(number));
            ui.beat();
            QCOMPARE(under(), clicked);
        }
        QCOMPARE(table.newAbove(), 3);
    }
    QVERIFY(passed.wait());
    QCOMPARE(under(), clicked);
}

/// However many come in one tick; and before they are painted, so that nothing is cut for a moment.
void TestListTable::rowsThatComeTogetherAreMeasuredOnce()
{
    UiFixture ui;
    int asked = 0; // outlives the models
    auto table = std::make_unique<ListTable>(ui.context);
    ui.show(table.get(), {900, 500});
    auto *model = new CountedRows(ui, asked, table.get());
    table->replace(model);
    QTRY_VERIFY(table->list() == model);
    for (int row = 0; row < 5; ++row) // not a screenful: from then on no border moves
        model->insertOnTop(u"word"_s);
    const int seen = table->viewport()->height() / table->rowHeight(0) + 1;
    QTRY_VERIFY(asked > 0);
    for (const QPoint at : {QPoint(9, 9), QPoint(20, 20)}) // it may have stood there
        QTest::mouseMove(table->viewport(), at);
    QTRY_VERIFY(table->underMouse());
    ui.beat();
    PaintWatch paints(*table);
    asked = 0;
    for (int row = 0; row < 100; ++row)
        model->insertOnTop(row == 99 ? u"a word that needs more room than the others"_s
                                     : u"word"_s);
    QCOMPARE(asked, 0);
    QTRY_VERIFY(!paints.widths.empty());
    // Painted once, and one column measured when they came and when the scroll bar did: the other
    // does not grow while one reads.
    QVERIFY2(asked <= seen * (model->columnCount() + 2), qPrintable(QString::number(asked)));
    const int need = RowDelegate::widthsOf(table->font(), model->index(0, 0)).whole;
    for (const int width : paints.widths)
        QVERIFY2(width >= need, qPrintable(u"%1 of %2"_s.arg(width).arg(need)));
    // While nobody reads, what stays is not measured again: painted once, and one row measured.
    ui.backend.advance(std::chrono::seconds(3));
    paints.widths.clear();
    model->insertOnTop(u"one"_s); // and what was passed over
    QTRY_VERIFY(!paints.widths.empty());
    asked = 0;
    paints.widths.clear();
    model->insertOnTop(u"another"_s);
    QTRY_VERIFY(!paints.widths.empty());
    QVERIFY2(asked <= (seen + 2) * model->columnCount(), qPrintable(QString::number(asked)));
    // Nothing is measured any more of a model that is gone, or of a list.
    const QPointer<CountedRows> gone(model);
    int askedNext = 0;
    auto *next = new CountedRows(ui, askedNext, table.get());
    ui.backend.holdReplies(true);
    table->replace(next);
    model->insertOnTop(u"last"_s);
    asked = 0;
    ui.backend.holdReplies(false);
    ui.backend.releaseReplies();
    QTRY_VERIFY(gone.isNull());
    QCOMPARE(table->list(), next);
    QCOMPARE(asked, 0);
    next->insertOnTop(u"last"_s);
    askedNext = 0;
    table.reset();
    QCoreApplication::processEvents();
    QCOMPARE(askedNext, 0);
}

/// Where the first rows of that order are; what is chosen stays in sight.
void TestListTable::anotherOrderStartsAtTheTop()
{
    Stage stage(completedRuns(200));
    const QScrollBar *bar = stage.table->verticalScrollBar();
    const int height = stage.table->rowHeight(0);
    const auto scrollTo = [&](int row) {
        stage.table->verticalScrollBar()->setValue(row * height);
    };
    const auto sortBy = [&stage](RunColumn column) {
        const int section = static_cast<int>(column);
        QTest::mouseClick(stage.table->horizontalHeader()->viewport(), Qt::LeftButton, {},
                          {stage.table->columnViewportPosition(section) + 20, 12});
        stage.settle();
    };
    scrollTo(60);
    QCOMPARE(bar->value(), 60 * height);
    sortBy(RunColumn::Duration);
    QCOMPARE(bar->value(), 0);
    scrollTo(60);
    stage.clickRow(62);
    const QByteArray chosen = stage.table->currentId();
    QVERIFY(!chosen.isEmpty());
    scrollTo(120);
    sortBy(RunColumn::Function);
    QCOMPARE(stage.table->currentId(), chosen);
    const QRect row = stage.table->visualRect(stage.table->currentIndex());
    QVERIFY(stage.table->viewport()->rect().contains(row.center()));
    scrollTo(120); // another filter is another matter
    stage.typeFilter("state:completed");
    QCOMPARE(bar->value(), 120 * height);
}

/// In any list, with the lowest row chosen: nor does it push that one out.
void TestListTable::thePillCoversNoRow()
{
    Stage stage(completedRuns(60));
    QWidget *header = stage.table->horizontalHeader()->viewport();
    const int duration = static_cast<int>(RunColumn::Duration);
    QTest::mouseClick(header, Qt::LeftButton, {},
                      {stage.table->columnViewportPosition(duration) + 20, 12});
    stage.settle();
    auto *pill = child<QAbstractButton>(stage.view.get(), "runsPill");
    QVERIFY(!pill->isVisible());
    chooseLowest(stage);
    const Standing before = standing(stage);
    stage.fixture.backend.post(runRow(4'000));
    stage.fixture.beat();
    QTRY_VERIFY(pill->isVisible());
    stage.settle();
    QCOMPARE(standing(stage), before);
    shoot(stage.view.get(), u"list_pill"_s);
    const QRect list(stage.table->mapTo(stage.view.get(), QPoint(0, 0)), stage.table->size());
    const QRect button(pill->mapTo(stage.view.get(), QPoint(0, 0)), pill->size());
    QVERIFY(!list.intersects(button));
    QTest::mouseClick(pill, Qt::LeftButton, {}, {4, pill->height() / 2}); // beside it
    stage.settle();
    QVERIFY(pill->isVisible());
    QTest::mouseClick(pill, Qt::LeftButton);
    stage.settle();
    QTRY_VERIFY(!pill->isVisible());
}

/// Scrolled away, rows that come are counted above those that are read.
void TestListTable::thePillMovesNoRow()
{
    Stage stage(completedRuns(200));
    const int height = stage.table->rowHeight(0);
    stage.table->verticalScrollBar()->setValue(40 * height);
    chooseLowest(stage);
    Standing before = standing(stage);
    QVERIFY(before.scrolled >= 40 * height);
    stage.fixture.backend.post(runRow(4'000));
    stage.fixture.beat();
    QTRY_VERIFY(child<QAbstractButton>(stage.view.get(), "runsPill")->isVisible());
    stage.settle();
    before.scrolled += height;
    QCOMPARE(standing(stage), before);
}

namespace {

/// Runs that count what is asked of them.
class CountedRuns final : public PagedRows<RunRows>
{
public:
    explicit CountedRuns(UiFixture &fixture)
        : PagedRows<RunRows>(fixture.backend, fixture.clock, runColumns())
    {}

    [[nodiscard]] QByteArray idAt(int row) const override
    {
        ++asked;
        return PagedRows<RunRows>::idAt(row);
    }

    mutable int asked = 0;

protected:
    [[nodiscard]] devserver::api::Reply *askPage(const devserver::api::PageToken &after,
                                                 int limit) override
    {
        return backend().ask(
            devserver::api::RunsQuery{.filter = {}, .after = after, .limit = limit});
    }

    [[nodiscard]] Fit fit(const devserver::api::RunSummary &run) const override
    {
        Q_UNUSED(run)
        return Fit::Yes;
    }

    [[nodiscard]] Cell cell(int row, int column) const override
    {
        Q_UNUSED(row)
        Q_UNUSED(column)
        return {};
    }
};

} // namespace

/// It is kept every few seconds of use, also while all rows are selected.
void TestListTable::whereItStandsAsksForOneRow()
{
    UiFixture fixture;
    fixture.backend.runs = completedRuns(200);
    ListTable table(fixture.context);
    fixture.show(&table);
    auto *rows = new CountedRuns(fixture);
    table.replace(rows);
    QTRY_COMPARE(table.list(), rows);
    table.setFocus();
    QTest::keyClick(&table, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(table.selectedRows().size(), std::size_t(200));
    table.verticalScrollBar()->setValue(40 * table.rowHeight(0));
    fixture.beat();
    const QByteArray top = rows->idAt(table.rowAt(0));
    rows->asked = 0;
    QCOMPARE(table.saveSpot()["top"_L1].toString().toLatin1(), top);
    QCOMPARE(rows->asked, 1);
}

/// As the rules beside it, on screens with finer pixels, too.
void TestListTable::headerLinesAreWholeAndAtTheEdge()
{
    Stage stage(completedRuns(3));
    ListHeader *header = stage.table->header();
    const QRgb line = stage.fixture.theme.color(Token::Line).rgb();
    for (const double ratio : {1.0, 1.25, 2.0}) {
        QImage image(header->size() * ratio, QImage::Format_RGB32);
        image.setDevicePixelRatio(ratio);
        image.fill(Qt::magenta);
        header->render(&image);
        const int bottom = qRound(header->height() * ratio);
        const int top = qRound((header->height() - 1) * ratio);
        for (int x = 1; x < image.width() - 1; x += 3) {
            for (int y = top; y < bottom; ++y)
                QCOMPARE(image.pixel(x, y), line);
            QVERIFY(image.pixel(x, top - 1) != line);
        }
    }
}

/// Fonts are equal on a screen with other dots per inch.
void TestListTable::widthsAreOfTheDotsPerInch()
{
    QFont font = QApplication::font();
    font.setPointSizeF(10);
    const auto widthAt = [&font](double dpi) {
        QImage screen(1, 1, QImage::Format_RGB32);
        screen.setDotsPerMeterX(qRound(dpi / 0.0254));
        screen.setDotsPerMeterY(qRound(dpi / 0.0254));
        return RowDelegate::widthsOf(QFont(font, &screen), Cell{.text = u"charge-order"_s}).whole;
    };
    const int usual = widthAt(96);
    QVERIFY(widthAt(192) > usual * 3 / 2);
    QCOMPARE(widthAt(96), usual);
}

UI_TEST_MAIN(TestListTable)
#include "tst_listtable.moc"
