// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/uifixture.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/plaintable.h"
#include "ui/widgets/toolbuttonlook.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QProxyStyle>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QStringListModel>
#include <QStyleOptionButton>
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
    void barsMeetOnTheGroundOfTheText();
    void wordsInFieldsBeginAlike();
    void wordsBesideTicksBeginAlike();
    void dialogButtonsHaveNoIconsOfTheDesktop();
    void menuTitlesHaveNoLine_data();
    void menuTitlesHaveNoLine();
    void chosenButtonHasTheAccent();
    void iconsAreOnThePixels();
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
    arrange::words(tool, u"Copy as"_s);
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
    arrange::words(toolWords, u"Copy as"_s);
    arrange::words(toolBoth, u"Copy as"_s);
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

void TestConsoleStyle::barsMeetOnTheGroundOfTheText()
{
    UiFixture ui;
    QPlainTextEdit edit;
    edit.setFrameShape(QFrame::NoFrame);
    edit.setLineWrapMode(QPlainTextEdit::NoWrap);
    arrange::words(edit, QString(400, u'a') + QString(100, u'\n'));
    ui.show(&edit, {200, 200});
    QVERIFY(edit.verticalScrollBar()->isVisible());
    QTRY_VERIFY(edit.horizontalScrollBar()->isVisible());
    const QImage shown = edit.grab().toImage();
    QCOMPARE(shown.pixelColor(shown.width() - 3, shown.height() - 3), ui.theme.color(Token::Base));
}

/// A line edit is the measure: the distance of its words from its frame.
void TestConsoleStyle::wordsInFieldsBeginAlike()
{
    UiFixture ui;
    QWidget all;
    QLineEdit line(&all);
    QComboBox box(&all);
    box.setEditable(true);
    QSpinBox number(&all);
    ui.show(&all, {400, 200});
    const auto begin = [](QWidget *field, QLineEdit *words) {
        QTest::keyClicks(words, u"1"_s);
        QTest::keyClick(words, Qt::Key_Home);
        const int cursor = words->inputMethodQuery(Qt::ImCursorRectangle).toRect().center().x();
        return words->mapTo(field, QPoint(cursor, 0)).x();
    };
    const int wanted = begin(&line, &line);
    QCOMPARE(begin(&box, box.lineEdit()), wanted);
    QCOMPARE(begin(&number, number.findChild<QLineEdit *>()), wanted);
}

void TestConsoleStyle::wordsBesideTicksBeginAlike()
{
    UiFixture ui;
    QCheckBox check(u"Stop"_s);
    QRadioButton radio(u"Stop"_s);
    const auto contents = [](const QWidget &widget, QStyle::SubElement part) {
        QStyleOptionButton option;
        option.initFrom(&widget);
        option.text = u"Stop"_s;
        option.rect = QRect(QPoint(), widget.sizeHint());
        return widget.style()->subElementRect(part, &option, &widget);
    };
    QCOMPARE(contents(check, QStyle::SE_CheckBoxContents).left(),
             contents(radio, QStyle::SE_RadioButtonContents).left());
}

void TestConsoleStyle::dialogButtonsHaveNoIconsOfTheDesktop()
{
    /// As a desktop with icons in all buttons has it.
    class Iconic final : public QProxyStyle
    {
    public:
        int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                      QStyleHintReturn *data) const override
        {
            return hint == SH_DialogButtonBox_ButtonsHaveIcons
                       ? 1
                       : QProxyStyle::styleHint(hint, option, widget, data);
        }
    };

    ConsoleStyle style;
    style.setBaseStyle(new Iconic);
    QDialogButtonBox buttons(QDialogButtonBox::Close | QDialogButtonBox::Cancel);
    buttons.setStyle(&style);
    for (const QAbstractButton *button : buttons.buttons())
        QVERIFY2(button->icon().isNull(), qPrintable(button->text()));
}

void TestConsoleStyle::menuTitlesHaveNoLine_data()
{
    disabledWordsCanBeRead_data();
}

/// Fusion draws one below each title, which ends between them.
void TestConsoleStyle::menuTitlesHaveNoLine()
{
    QFETCH(const ThemeChoice, theme);
    UiFixture ui;
    ui.theme.choose(theme, false);
    QWidget window;
    window.setPalette(ui.theme.palette());
    QMenuBar bar(&window);
    bar.addMenu(u"File"_s);
    bar.addMenu(u"View"_s);
    bar.resize(300, bar.sizeHint().height());
    ui.show(&window, {400, 100});
    const QImage shown = bar.grab().toImage();
    for (int y = shown.height() - 4; y < shown.height(); ++y) {
        for (int x = 0; x < shown.width(); ++x)
            QCOMPARE(shown.pixelColor(x, y), ui.theme.color(Token::Window));
    }
}

/// As chips that are chosen: a grey that is a little darker is not seen.
void TestConsoleStyle::chosenButtonHasTheAccent()
{
    UiFixture ui;
    QWidget window;
    QList<QToolButton *> buttons;
    while (buttons.size() < 3) {
        auto *button = new QToolButton(&window);
        button->setCheckable(true);
        button->move(static_cast<int>(buttons.size()) * 100, 0);
        button->setFixedSize(100, 26);
        buttons.append(button);
    }
    joinButtons({buttons[0], buttons[1], buttons[2]});
    ui.show(&window, {300, 60});
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    QTest::mouseMove(&window, {10, 50});
    const QColor accent = ui.theme.color(Token::Accent);
    QTRY_COMPARE(buttons[1]->grab().toImage().pixelColor(5, 13),
                 ui.theme.blend(Token::Accent, 0.14));
    const QImage chosen = buttons[1]->grab().toImage();
    QCOMPARE(chosen.pixelColor(0, 13), accent);
    QCOMPARE(chosen.pixelColor(99, 13), accent);
    QVERIFY(buttons[0]->grab().toImage().pixelColor(5, 13) != chosen.pixelColor(5, 13));
}

/// At the usual size each has some ink at full strength: no line lies between two rows of pixels.
void TestConsoleStyle::iconsAreOnThePixels()
{
    UiFixture ui;
    QStringList pale;
    const QStringList files = QDir(u":/icons"_s).entryList({u"*.svg"_s});
    QVERIFY(files.size() > 50);
    for (const QString &file : files) {
        const QString name = file.chopped(4);
        const QImage shown = ui.icons.pixmap(name, Token::Text, 16, 1).toImage();
        int strongest = 0;
        for (int y = 0; y < shown.height(); ++y) {
            for (int x = 0; x < shown.width(); ++x)
                strongest = std::max(strongest, shown.pixelColor(x, y).alpha());
        }
        if (strongest < 230)
            pale.append(u"%1 %2"_s.arg(name).arg(strongest));
    }
    QVERIFY2(pale.isEmpty(), qPrintable(pale.join(u", "_s)));
}

UI_TEST_MAIN(TestConsoleStyle)
#include "tst_consolestyle.moc"
