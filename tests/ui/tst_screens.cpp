// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/uifixture.h"

#include <QApplication>
#include <QLabel>
#include <QScreen>
#include <QTest>
#include <QWindow>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// Windows that are moved to a screen with other pixels (ui.md §22).
class TestScreens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void iconsInLabelsAreSharp();
};

void TestScreens::iconsInLabelsAreSharp()
{
    constexpr int size = 24;
    const auto screen = [](double ratio) -> QScreen * {
        const QList<QScreen *> all = QGuiApplication::screens();
        const auto found = std::find_if(all.begin(), all.end(), [ratio](const QScreen *each) {
            return qFuzzyCompare(each->devicePixelRatio(), ratio);
        });
        return found == all.end() ? nullptr : *found;
    };
    if (screen(1) == nullptr || screen(2) == nullptr)
        QFAIL("no two screens with different pixels");
    UiFixture ui;
    QWidget window;
    QLabel label(&window);
    label.setPixmap(ui.icons.pixmap(u"warning"_s, Token::StateFailed, size, 1));
    label.setFixedSize(size, size);
    window.setScreen(screen(1));
    window.move(screen(1)->geometry().topLeft());
    ui.show(&window, {200, 100});
    QCOMPARE(window.devicePixelRatioF(), 1.0);
    const QSize before = label.grab().size();
    QCOMPARE(before, QSize(size, size));

    window.windowHandle()->setScreen(screen(2));
    window.move(screen(2)->geometry().topLeft());
    QTRY_COMPARE(window.devicePixelRatioF(), 2.0);
    const QImage shown = label.grab().toImage();
    QCOMPARE(shown.size(), 2 * before);
    QLabel fresh(&window);
    fresh.setPixmap(ui.icons.pixmap(u"warning"_s, Token::StateFailed, size, 2));
    fresh.setFixedSize(size, size);
    QCOMPARE(shown, fresh.grab().toImage());
}

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("REDRIVE_TEST_PLATFORM"))
        qputenv("REDRIVE_TEST_PLATFORM", "offscreen:configfile=" REDRIVE_TWO_SCREENS);
    const ThrowAwayHome home(argv[0]);
    choosePlatform();
    qputenv("QT_FONT_DPI", "96");
    QApplication application(argc, argv);
    prepareApplication();
    TestScreens test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_screens.moc"
