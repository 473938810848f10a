// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/screens.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;

/// A round through every screen: what a screen reader, a keyboard and an eye would miss in it.
class TestWalks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsMissed_data();
    void nothingIsMissed();
    void findingsAreFound();
    void whatIsCutOffIsFound();
    void wrongWaysOfTabAreFound();
};

void TestWalks::nothingIsMissed_data()
{
    QTest::addColumn<int>("at");
    for (int at = 0; at < static_cast<int>(screens().size()); ++at)
        QTest::newRow(screens()[static_cast<std::size_t>(at)].name) << at;
}

void TestWalks::nothingIsMissed()
{
    QFETCH(const int, at);
    ScreenStage stage;
    QWidget *shown = openScreen(stage, screens()[static_cast<std::size_t>(at)]);
    const QStringList findings =
        a11yFindings(shown) + cutOffFindings(shown) + tabWalkFindings(shown);
    QVERIFY2(findings.isEmpty(), qPrintable(findings.join(u'\n')));
}

/// A walk that cannot fail is worth nothing.
void TestWalks::findingsAreFound()
{
    QWidget window;
    QLabel label(u"a text that is longer than the room that it has"_s, &window);
    label.setObjectName(u"cut"_s);
    label.setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    label.setGeometry(0, 0, 60, 20);
    QWidget unnamed(&window);
    unnamed.setObjectName(u"unnamed"_s);
    unnamed.setFocusPolicy(Qt::ClickFocus);
    unnamed.setGeometry(0, 30, 60, 20);
    window.resize(200, 100);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(a11yFindings(&window).size(), 1);
    label.setToolTip(label.text());
    QCOMPARE(a11yFindings(&window), QStringList());
    unnamed.setFocusPolicy(Qt::StrongFocus);
    QCOMPARE(a11yFindings(&window).size(), 1);
}

void TestWalks::whatIsCutOffIsFound()
{
    QWidget window;
    QWidget panel(&window);
    panel.setGeometry(0, 0, 100, 40);
    QPushButton button(u"Retry"_s, &panel);
    button.setObjectName(u"retry"_s);
    button.setGeometry(10, 5, 80, 30);
    window.resize(200, 100);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(cutOffFindings(&window), QStringList());
    button.move(60, 5); // over the edge of the panel
    QCOMPARE(cutOffFindings(&window),
             QStringList{u"QPushButton retry: of 80x30 only 40x30 can be seen"_s});
    button.move(10, 5);
    window.resize(200, 20); // over that of the window
    QCOMPARE(cutOffFindings(&window).size(), 1);
}

void TestWalks::wrongWaysOfTabAreFound()
{
    QWidget window;
    QLineEdit first(&window);
    QLineEdit second(&window);
    QPlainTextEdit below(&window);
    first.setObjectName(u"first"_s);
    first.setGeometry(0, 0, 90, 24);
    second.setObjectName(u"second"_s);
    second.setGeometry(100, 3, 90, 24); // in the same row
    below.setObjectName(u"below"_s);
    below.setGeometry(0, 40, 190, 60);
    below.setTabChangesFocus(true);
    window.resize(200, 110);
    const auto order = [](const QList<QWidget *> &widgets) {
        for (qsizetype at = 1; at < widgets.size(); ++at)
            QWidget::setTabOrder(widgets[at - 1], widgets[at]);
    };
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QCOMPARE(tabWalkFindings(&window), QStringList());
    // The text area before what stands above it; the row from its end.
    order({&first, &below, &second});
    QCOMPARE(tabWalkFindings(&window),
             QStringList{u"QLineEdit second: Tab goes there from QPlainTextEdit below, "
                         "but it is read before that"_s});
    order({&first, &second, &below});
    window.setLayoutDirection(Qt::RightToLeft); // and nothing has moved
    QCOMPARE(tabWalkFindings(&window).size(), 1);
    window.setLayoutDirection(Qt::LeftToRight);
    QCOMPARE(tabWalkFindings(&window), QStringList());
    // Out of it there is no way with Tab, and so to the others none.
    below.setTabChangesFocus(false);
    second.setFocusPolicy(Qt::ClickFocus);
    below.setFocus();
    QVERIFY(tabWalkFindings(&window).contains(
        u"QLineEdit first: Tab does not come there, it ends at QPlainTextEdit below"_s));
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestWalks)

#include "tst_walks.moc"
