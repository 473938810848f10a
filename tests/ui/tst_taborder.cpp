// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/tabwalk.h"
#include "tests/ui/support/uifixture.h"
#include "ui/widgets/taborder.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QVBoxLayout>

#include <algorithm>

namespace console::test {

using namespace Qt::StringLiterals;

/// Tab in a window whose parts are not made in the order in which they stand.
class TestTabOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsReading_data();
    void followsReading();
    void takesTheChosenOne();
    void leavesOutWhatCannotHaveIt();
    void goesOnFromWhatIsNoStop();
};

namespace {

class Window : public QWidget
{
public:
    /// A row, two columns of two and a row, made from the end.
    Window()
    {
        auto *grid = new QGridLayout(this);
        grid->addWidget(make("last"), 2, 0, 1, 2);
        auto *right = new QWidget(this);
        auto *left = new QWidget(this);
        auto *rightRows = new QVBoxLayout(right);
        auto *leftRows = new QVBoxLayout(left);
        auto *lower = make("right2");
        rightRows->addWidget(make("right1"));
        rightRows->addWidget(lower);
        leftRows->addWidget(make("left1"));
        leftRows->addWidget(make("left2"));
        grid->addWidget(left, 1, 0);
        grid->addWidget(right, 1, 1);
        grid->addWidget(make("second"), 0, 1);
        grid->addWidget(make("first"), 0, 0);
    }

    QLineEdit *make(const char *name)
    {
        auto *edit = new QLineEdit(this);
        edit->setObjectName(QString::fromLatin1(name));
        return edit;
    }

    void open()
    {
        resize(400, 300);
        show();
        QVERIFY(QTest::qWaitForWindowActive(this));
    }

    /// Where the focus is after each of so many presses.
    QStringList press(Qt::Key key, int times)
    {
        QStringList names;
        for (int i = 0; i < times; ++i) {
            QTest::keyClick(focusWidget() == nullptr ? this : focusWidget(), key);
            names.append(focusWidget()->objectName());
        }
        return names;
    }

protected:
    bool focusNextPrevChild(bool next) override { return moveFocusAsRead(this, next); }
};

} // namespace

void TestTabOrder::followsReading_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::addColumn<QStringList>("order");
    QTest::newRow("from the left")
        << Qt::LeftToRight << QStringList{u"second"_s, u"left1"_s, u"left2"_s, u"right1"_s,
                                          u"right2"_s, u"last"_s,  u"first"_s};
    QTest::newRow("from the right")
        << Qt::RightToLeft << QStringList{u"second"_s, u"left1"_s, u"left2"_s, u"right1"_s,
                                          u"right2"_s, u"last"_s,  u"first"_s};
}

/// A grid mirrors itself, so that the names are the same: what is read first is at the other side.
void TestTabOrder::followsReading()
{
    QFETCH(const Qt::LayoutDirection, direction);
    QFETCH(QStringList, order);
    Window window;
    window.setLayoutDirection(direction);
    window.open();
    const QWidget *first = child<QWidget>(&window, "first");
    QCOMPARE(first->x() > child<QWidget>(&window, "second")->x(), direction == Qt::RightToLeft);
    child<QWidget>(&window, "first")->setFocus();
    QCOMPARE(window.press(Qt::Key_Tab, 7), order);
    QCOMPARE(tabWalkFindings(&window), QStringList());
    child<QWidget>(&window, "first")->setFocus();
    order.removeLast();
    std::reverse(order.begin(), order.end());
    QCOMPARE(window.press(Qt::Key_Backtab, 6), order);
}

void TestTabOrder::takesTheChosenOne()
{
    Window window;
    QButtonGroup group;
    auto *row = new QHBoxLayout;
    for (const char *name : {"one", "two", "three"}) {
        auto *button = new QPushButton(QString::fromLatin1(name), &window);
        button->setObjectName(QString::fromLatin1(name));
        button->setCheckable(true);
        group.addButton(button);
        row->addWidget(button);
    }
    static_cast<QGridLayout *>(window.layout())->addLayout(row, 3, 0, 1, 2);
    window.open();
    QTest::mouseClick(child<QWidget>(&window, "two"), Qt::LeftButton);
    child<QWidget>(&window, "last")->setFocus();
    QCOMPARE(window.press(Qt::Key_Tab, 2), QStringList({u"two"_s, u"first"_s}));
    QTest::mouseClick(child<QWidget>(&window, "three"), Qt::LeftButton);
    child<QWidget>(&window, "last")->setFocus();
    QCOMPARE(window.press(Qt::Key_Tab, 2), QStringList({u"three"_s, u"first"_s}));
}

void TestTabOrder::leavesOutWhatCannotHaveIt()
{
    Window window;
    child<QWidget>(&window, "second")->setEnabled(false);
    child<QWidget>(&window, "left1")->hide();
    child<QWidget>(&window, "left2")->setFocusPolicy(Qt::ClickFocus);
    window.open();
    child<QWidget>(&window, "first")->setFocus();
    QCOMPARE(window.press(Qt::Key_Tab, 2), QStringList({u"right1"_s, u"right2"_s}));
}

void TestTabOrder::goesOnFromWhatIsNoStop()
{
    Window window;
    window.open();
    child<QWidget>(&window, "left2")->setFocusPolicy(Qt::ClickFocus);
    QTest::mouseClick(child<QWidget>(&window, "left2"), Qt::LeftButton);
    QCOMPARE(window.focusWidget()->objectName(), u"left2"_s);
    QCOMPARE(window.press(Qt::Key_Tab, 1), QStringList{u"right1"_s});
    QTest::mouseClick(child<QWidget>(&window, "left2"), Qt::LeftButton);
    QCOMPARE(window.press(Qt::Key_Backtab, 1), QStringList{u"left1"_s});
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestTabOrder)

#include "tst_taborder.moc"
