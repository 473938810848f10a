// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/screens.h"

#include <QLabel>
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
    QStringList findings = a11yFindings(shown) + cutOffFindings(shown);
    for (const QString &missed : tabWalkMisses(shown))
        findings.append(missed + u": the Tab key does not get there"_s);
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

} // namespace console::test

UI_TEST_MAIN(console::test::TestWalks)

#include "tst_walks.moc"
