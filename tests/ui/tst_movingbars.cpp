// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/uifixture.h"
#include "ui/widgets/infobar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QVBoxLayout>
#include <QWindow>

#include <algorithm>
#include <set>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Bars that come and go over rows that somebody works with (ui.md §21).
class TestMovingBars : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNotAimedAtEnds();
    void oneThatIsReadAsksForNoClock();
    void whatMovedTakesNoClickAtOnce_data();
    void whatMovedTakesNoClickAtOnce();
    void whatStayedIsPressedAtOnce();
    void whatCameBackIsPressedAtOnce();
    void aScrolledListKeepsItsRows();
    void aClickLeavesTheFocusWhereOneWorks();
};

namespace {

/// The timers of a second each that have ticked since.
class Clocks final : public QObject
{
public:
    Clocks() { qApp->installEventFilter(this); }

    [[nodiscard]] int running() const
    {
        return static_cast<int>(std::count_if(m_all.begin(), m_all.end(),
                                              [](const QTimer *one) { return one->isActive(); }));
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        auto *timer = qobject_cast<QTimer *>(watched);
        if (event->type() == QEvent::Timer && timer != nullptr && timer->intervalAsDuration() == 1s)
            m_all.insert(timer);
        return false;
    }

private:
    std::set<const QTimer *> m_all; // of a page that outlives this
};

/// A heading, bars, rows that move with them, and a button that does not.
struct Page {
    Page()
        : bars(new InfoBarStack(ui.context, &window))
        , tips(new InfoBarStack(ui.context, &window))
        , rows(new QListWidget(&window))
        , button(new QPushButton(u"Go on"_s, &window))
    {
        auto *layout = new QVBoxLayout(&window);
        layout->setContentsMargins(0, 40, 0, 0);
        layout->setSpacing(0);
        layout->addWidget(bars);
        layout->addWidget(rows, 1);
        layout->addWidget(button);
        layout->addWidget(tips);
        tips->setBelow();
        rows->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
        for (int number = 1; number <= 200; ++number)
            rows->addItem(QString::number(number));
        ui.show(&window, {800, 600});
        QTest::mouseMove(window.windowHandle(), pointer);
        ui.backend.advance(10s);
    }

    void say(InfoBarStack *where, const QByteArray &id) const
    {
        where->show({.id = id, .kind = InfoKind::Success, .text = QString::fromLatin1(id)});
        settleBars();
    }

    /// What a bar moves is where it belongs.
    void settleBars() const
    {
        for (int round = 0; round < 3; ++round)
            QCoreApplication::processEvents();
    }

    UiFixture ui;
    QWidget window;
    InfoBarStack *bars;
    InfoBarStack *tips;
    QListWidget *rows;
    QPushButton *button;
    QPoint pointer{300, 300};
};

} // namespace

/// Who works with the rows does not keep it; who comes to it does.
void TestMovingBars::whatIsNotAimedAtEnds()
{
    Page page;
    QWindow *window = page.window.windowHandle();
    page.say(page.bars, "done"_ba);
    page.ui.backend.advance(11s);
    const QPoint beside(300, page.bars->geometry().bottom() + 10);
    QTest::mouseMove(window, beside);
    const Clocks clocks;
    QTRY_COMPARE(clocks.running(), 1); // it has looked
    QVERIFY(page.bars->has("done"_ba));
    QTest::mouseMove(window, page.pointer + QPoint(0, 9)); // goes on with the rows
    QTRY_VERIFY(!page.bars->has("done"_ba));
    // Left lying beside it the mouse holds none.
    page.say(page.bars, "other"_ba);
    QTest::mouseMove(window, beside);
    page.ui.backend.advance(11s);
    QTRY_VERIFY(!page.bars->has("other"_ba));
    QTRY_COMPARE(clocks.running(), 0);
}

void TestMovingBars::oneThatIsReadAsksForNoClock()
{
    Page page;
    page.say(page.bars, "done"_ba);
    QTest::mouseMove(page.window.windowHandle(), page.bars->geometry().center());
    const Clocks clocks;
    QTRY_COMPARE(clocks.running(), 1);
    page.ui.backend.advance(11s);
    QTRY_COMPARE(clocks.running(), 0);
    QVERIFY(page.bars->has("done"_ba));
    QTest::mouseMove(page.window.windowHandle(), page.pointer);
    page.ui.backend.advance(2s);
    QTRY_VERIFY(!page.bars->has("done"_ba));
    QTRY_COMPARE(clocks.running(), 0);
}

void TestMovingBars::whatMovedTakesNoClickAtOnce_data()
{
    QTest::addColumn<bool>("isEnd");
    QTest::addColumn<bool>("isDouble");
    QTest::newRow("a bar comes") << false << false;
    QTest::newRow("a bar goes") << true << false;
    QTest::newRow("a double click") << false << true;
}

void TestMovingBars::whatMovedTakesNoClickAtOnce()
{
    QFETCH(const bool, isEnd);
    QFETCH(const bool, isDouble);
    Page page;
    QWindow *window = page.window.windowHandle();
    QSignalSpy clicks(page.rows, &QListWidget::clicked);
    QSignalSpy opened(page.rows, &QListWidget::doubleClicked);
    QTest::mouseClick(window, Qt::LeftButton, {}, page.pointer);
    QCOMPARE(clicks.size(), 1);
    const QModelIndex current = page.rows->currentIndex();
    page.say(page.bars, "done"_ba);
    page.ui.backend.advance(isEnd ? 10s : 0s);
    if (isEnd) {
        page.bars->dismiss("done"_ba);
        page.settleBars();
    }
    page.ui.backend.advance(400ms);
    if (isDouble)
        QTest::mouseDClick(window, Qt::LeftButton, {}, page.pointer);
    else
        QTest::mouseClick(window, Qt::LeftButton, {}, page.pointer + QPoint(1, 1)); // a hand
    QCOMPARE(clicks.size(), 1);
    QCOMPARE(opened.size(), 0);
    QCOMPARE(page.rows->currentIndex(), current);
    page.ui.backend.advance(100ms);
    QTest::mouseClick(window, Qt::LeftButton, {}, page.pointer); // it was seen by now
    QCOMPARE(clicks.size(), 2);
    // Who moves the pointer sees where it goes.
    page.say(page.bars, "other"_ba);
    QTest::mouseMove(window, page.pointer + QPoint(0, 60));
    QTest::mouseClick(window, Qt::LeftButton, {}, page.pointer + QPoint(0, 60));
    QCOMPARE(clicks.size(), 3);
}

void TestMovingBars::whatStayedIsPressedAtOnce()
{
    Page page;
    QWindow *window = page.window.windowHandle();
    QSignalSpy clicks(page.button, &QPushButton::clicked);
    const QPoint at = page.button->geometry().center();
    for (int round = 1; round <= 4; ++round) {
        QTest::mouseClick(window, Qt::LeftButton, {}, at);
        QCOMPARE(clicks.size(), round);
        page.say(page.bars, QByteArray::number(round)); // by that click
        page.ui.backend.advance(100ms);
    }
    QCOMPARE(page.button->geometry().center(), at);
    // Rows that were scrolled stay, too.
    QTest::keyClick(page.rows, Qt::Key_End);
    for (int up = 0; up < 60; ++up)
        QTest::keyClick(page.rows, Qt::Key_Up);
    QTest::mouseMove(window, page.pointer);
    QSignalSpy rowClicks(page.rows, &QListWidget::clicked);
    page.ui.backend.advance(10s);
    page.bars->dismiss("4"_ba);
    page.settleBars();
    QTest::mouseClick(window, Qt::LeftButton, {}, page.pointer);
    QCOMPARE(rowClicks.size(), 1);
}

/// Two changes that follow each other, and all is as before.
void TestMovingBars::whatCameBackIsPressedAtOnce()
{
    Page page;
    QSignalSpy clicks(page.rows, &QListWidget::clicked);
    page.say(page.bars, "done"_ba);
    page.ui.backend.advance(100ms);
    page.bars->dismiss("done"_ba);
    page.settleBars();
    QTest::mouseClick(page.window.windowHandle(), Qt::LeftButton, {}, page.pointer);
    QCOMPARE(clicks.size(), 1);
}

void TestMovingBars::aScrolledListKeepsItsRows()
{
    Page page;
    const auto rowAtPointer = [&page] {
        return page.rows->indexAt(page.rows->viewport()->mapFrom(&page.window, page.pointer)).row();
    };
    QTest::keyClick(page.rows, Qt::Key_End);
    for (int up = 0; up < 60; ++up)
        QTest::keyClick(page.rows, Qt::Key_Up);
    const int before = rowAtPointer();
    QVERIFY(before > 0);
    page.say(page.bars, "done"_ba);
    QTRY_COMPARE(rowAtPointer(), before);
    page.say(page.bars, "other"_ba);
    QTRY_COMPARE(rowAtPointer(), before);
    page.bars->dismiss("done"_ba);
    page.bars->dismiss("other"_ba);
    page.settleBars();
    QTRY_COMPARE(rowAtPointer(), before);
}

void TestMovingBars::aClickLeavesTheFocusWhereOneWorks()
{
    Page page;
    QTest::mouseClick(page.rows->viewport(), Qt::LeftButton);
    QCOMPARE(QApplication::focusWidget(), page.rows);
    page.bars->show({.id = "one"_ba, .text = u"One"_s, .details = u"More of it"_s});
    page.settleBars();
    for (const char *button : {"infoBarDetailsButton", "infoBarCopy", "infoBarClose"}) {
        page.ui.backend.advance(1s);
        QTest::mouseClick(child<QAbstractButton>(page.bars, button), Qt::LeftButton);
        QCOMPARE(QApplication::focusWidget(), page.rows);
    }
    QCOMPARE(page.bars->count(), 0);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestMovingBars)
#include "tst_movingbars.moc"
