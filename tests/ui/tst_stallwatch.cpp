// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/uifixture.h"
#include "ui/widgets/stallwatch.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestStallWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stallIsLoggedWithItsAction();
    void endsWhileAQuestionIsOpen();
};

void TestStallWatch::stallIsLoggedWithItsAction()
{
    UiFixture ui;
    QWidget pane;
    ui.actions.bind("run.rerun"_ba, &pane, [] {
        QElapsedTimer spent;
        spent.start();
        while (spent.elapsed() < 150) { // somebody reads a file on the GUI thread
        }
    });
    pane.setFocusPolicy(Qt::StrongFocus);
    ui.show(&pane);
    const GuiStallWatch watch;
    QTRY_VERIFY(ui.actions.isBound("run.rerun"_ba));
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"the window stood still.*run\\.rerun"_s));
    QTest::keyClick(&pane, Qt::Key_R);
    QTRY_VERIFY(watch.worst() > 50ms);
    QVERIFY(watch.worst() < 5s);
}

void TestStallWatch::endsWhileAQuestionIsOpen()
{
    QElapsedTimer spent;
    spent.start();
    for (int i = 0; i < 20; ++i)
        GuiStallWatch watch; // never gets its answer
    QVERIFY(spent.elapsed() < 5000);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestStallWatch)
#include "tst_stallwatch.moc"
