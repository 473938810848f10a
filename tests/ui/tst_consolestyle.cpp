// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/uifixture.h"
#include "ui/widgets/plaintable.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QStringListModel>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// What all controls have in common (ui.md §22).
class TestConsoleStyle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneHeightInOneRow_data();
    void oneHeightInOneRow();
    void iconsKeepTheirDistance();
    void disabledWordsCanBeRead_data();
    void disabledWordsCanBeRead();
    void scrollBarBeginsBelowTheHeader();
};

namespace {

double luminance(const QColor &color)
{
    const auto part = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF())
           + 0.0722 * part(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double lighter = std::max(luminance(a), luminance(b));
    const double darker = std::min(luminance(a), luminance(b));
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace

void TestConsoleStyle::oneHeightInOneRow_data()
{
    QTest::addColumn<double>("points");
    QTest::newRow("small") << 7.5;
    QTest::newRow("usual") << 9.5;
    QTest::newRow("large") << 19.0;
}

void TestConsoleStyle::oneHeightInOneRow()
{
    QFETCH(const double, points);
    UiFixture ui;
    QPushButton button(u"Find"_s);
    QPushButton withIcon(ui.icons.icon(u"search"_s), u"Find"_s);
    QToolButton tool;
    tool.setText(u"Copy as"_s);
    QComboBox box;
    box.addItem(u"Any time"_s);
    QComboBox editable;
    editable.setEditable(true);
    QSpinBox number;
    QList<QWidget *> row = {&button, &withIcon, &tool, &box, &editable, &number};
    for (QWidget *widget : row) {
        QFont font = widget->font();
        font.setPointSizeF(points);
        widget->setFont(font);
    }
    for (const QWidget *widget : row)
        QCOMPARE(widget->sizeHint().height(), button.sizeHint().height());
}

void TestConsoleStyle::iconsKeepTheirDistance()
{
    UiFixture ui;
    const QPushButton words(u"Locate the folder of it"_s);
    const QPushButton both(ui.icons.icon(u"folder"_s), u"Locate the folder of it"_s);
    QCOMPARE(both.sizeHint().width() - words.sizeHint().width(), both.iconSize().width() + 8);
    QToolButton toolWords;
    QToolButton toolBoth;
    toolWords.setText(u"Copy as"_s);
    toolBoth.setText(u"Copy as"_s);
    toolBoth.setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    toolWords.setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    toolBoth.setIcon(ui.icons.icon(u"copy"_s));
    QCOMPARE(toolBoth.sizeHint().width() - toolWords.sizeHint().width(),
             toolBoth.iconSize().width() + 8);
}

void TestConsoleStyle::disabledWordsCanBeRead_data()
{
    QTest::addColumn<ThemeChoice>("theme");
    QTest::newRow("light") << ThemeChoice::Light;
    QTest::newRow("dark") << ThemeChoice::Dark;
}

void TestConsoleStyle::disabledWordsCanBeRead()
{
    QFETCH(const ThemeChoice, theme);
    Theme colors;
    colors.choose(theme, false);
    const QPalette palette = colors.palette();
    const double ratio = contrast(palette.color(QPalette::Disabled, QPalette::ButtonText),
                                  palette.color(QPalette::Button));
    QVERIFY2(ratio >= 3, qPrintable(QString::number(ratio)));
    QVERIFY2(ratio <= 6, qPrintable(QString::number(ratio))); // and does not look enabled
}

void TestConsoleStyle::scrollBarBeginsBelowTheHeader()
{
    UiFixture ui;
    QStringListModel model;
    QStringList rows;
    for (int row = 0; row < 100; ++row)
        rows.append(QString::number(row));
    model.setStringList(rows);
    PlainTable table(ui.context, &model, {20});
    ui.show(&table, {300, 200});
    const QScrollBar *bar = table.verticalScrollBar();
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->mapTo(&table, QPoint()).y(), table.horizontalHeader()->height());
    // The ground of the rows goes on below the bar: nothing of the window is seen there.
    const QImage shown = table.grab().toImage();
    const int below = table.horizontalHeader()->height() + bar->height() - 3;
    QCOMPARE(shown.pixelColor(shown.width() - 1, below), ui.theme.color(Token::Base));
}

UI_TEST_MAIN(TestConsoleStyle)
#include "tst_consolestyle.moc"
