// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/readable.h"
#include "ui/core/theme.h"

#include <QTest>

using namespace console;
using namespace Qt::StringLiterals;

namespace {

constexpr double text = 4.5;
constexpr double sign = 3; ///< outlines, marks, rings

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrasts_data();
    void contrasts();
    void badgesCanBeRead();
    void statesCanBeReadOnAQuietSelection();
    void controlsTakeThemFromThePalette();
};

void TestTheme::contrasts_data()
{
    QTest::addColumn<Token>("over");
    QTest::addColumn<Token>("under");
    QTest::addColumn<double>("least");

    const auto add = [](const char *name, Token over, Token under, double least) {
        QTest::newRow(name) << over << under << least;
    };
    add("outline in a list", Token::Control, Token::Base, sign);
    add("outline in a panel", Token::Control, Token::Window, sign);
    add("outline on a card", Token::Control, Token::Raised, sign);
    add("ring in a list", Token::Accent, Token::Base, sign);
    add("ring in a panel", Token::Accent, Token::Window, sign);
    add("ring on a card", Token::Accent, Token::Raised, sign);
    add("tick", Token::Base, Token::Accent, text);
    add("link", Token::Accent, Token::Base, text);
    add("words", Token::Text, Token::Window, text);
    add("faint words", Token::TextDim, Token::Window, text);
    add("faint words on a card", Token::TextDim, Token::Raised, text);
    add("selected words", Token::SelectionText, Token::Selection, text);
    add("quiet selection", Token::QuietSelection, Token::Base, 1.3);
    add("words on it", Token::Text, Token::QuietSelection, text);
    add("faint words on it", Token::TextDim, Token::QuietSelection, text);
    add("link on it", Token::Accent, Token::QuietSelection, text);
    add("warning", Token::Text, Token::WarningBackground, text);
    add("error", Token::Text, Token::ErrorBackground, text);
    add("info", Token::Text, Token::InfoBackground, text);
    for (int state = static_cast<int>(Token::StateCompleted);
         state <= static_cast<int>(Token::Faked); ++state) {
        const auto token = static_cast<Token>(state);
        QTest::addRow("state %d", state) << token << Token::Base << sign;
    }
}

void TestTheme::contrasts()
{
    QFETCH(const Token, over);
    QFETCH(const Token, under);
    QFETCH(const double, least);
    for (const ThemeChoice choice :
         {ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast}) {
        for (const bool isDark : {false, true}) {
            Theme theme;
            theme.choose(choice, isDark);
            const double found = contrast(theme.color(over), theme.color(under));
            QVERIFY2(found >= least, qPrintable(u"%1 on %2: %3"_s.arg(theme.color(over).name(),
                                                                      theme.color(under).name(),
                                                                      QString::number(found))));
        }
    }
}

/// Their ground is of the tint that the number has.
void TestTheme::badgesCanBeRead()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
    for (const ThemeChoice choice :
         {ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast}) {
        for (const bool isDark : {false, true}) {
            Theme theme;
            theme.choose(choice, isDark);
            for (int tint = static_cast<int>(Token::StateCompleted);
                 tint <= static_cast<int>(Token::Faked); ++tint) {
                const BadgeColors badge = badgeColors(theme, static_cast<Token>(tint));
                const double found = contrast(badge.ink, badge.ground);
                QVERIFY2(found >= text,
                         qPrintable(u"%1 on %2: %3"_s.arg(badge.ink.name(), badge.ground.name(),
                                                          QString::number(found))));
            }
        }
    }
}

/// What a state is called keeps its colour there, too.
void TestTheme::statesCanBeReadOnAQuietSelection()
{
    for (const ThemeChoice choice :
         {ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast}) {
        for (const bool isDark : {false, true}) {
            Theme theme;
            theme.choose(choice, isDark);
            const QColor ground = theme.color(Token::QuietSelection);
            for (int state = static_cast<int>(Token::StateCompleted);
                 state <= static_cast<int>(Token::Faked); ++state) {
                const auto token = static_cast<Token>(state);
                const QColor words = readable(theme.color(token), ground);
                QVERIFY2(contrast(words, ground) >= text, qPrintable(words.name()));
                if (contrast(theme.color(token), ground) >= text)
                    QCOMPARE(words, theme.color(token));
                else if (choice != ThemeChoice::HighContrast)
                    QVERIFY2(words != theme.color(Token::Text), qPrintable(words.name()));
            }
        }
    }
}

/// The style knows the palette only.
void TestTheme::controlsTakeThemFromThePalette()
{
    Theme theme;
    theme.choose(ThemeChoice::Dark, true);
    const QPalette palette = theme.palette();
    QCOMPARE(palette.color(QPalette::Dark), theme.color(Token::Control));
    QCOMPARE(palette.color(QPalette::Link), theme.color(Token::Accent));
    QCOMPARE(palette.color(QPalette::Inactive, QPalette::Highlight),
             theme.color(Token::QuietSelection));
    QCOMPARE(palette.color(QPalette::Inactive, QPalette::HighlightedText),
             theme.color(Token::Text));
}

QTEST_APPLESS_MAIN(TestTheme)
#include "tst_theme.moc"
