// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/theme.h"

#include <array>

namespace console {

namespace {

struct Pair {
    QRgb light;
    QRgb dark;
};

/// In the order of Token.
constexpr std::array<Pair, 35> colors = {{
    {0xffffffff, 0xff1e1f22}, // Base
    {0xfff5f6f8, 0xff17181a}, // Window
    {0xffffffff, 0xff26282c}, // Raised
    {0xff1a1c20, 0xffe6e8eb}, // Text
    {0xff5a6270, 0xffa3abb8}, // TextDim
    {0xffe1e4e8, 0xff33363b}, // Line
    {0xffc3c8d0, 0xff4a4e55}, // LineStrong
    {0xff7f858f, 0xff878e99}, // Control
    {0xff1f5fbf, 0xff2f5f9f}, // Selection
    {0xffffffff, 0xffffffff}, // SelectionText
    {0xffd7e2f3, 0xff24354e}, // QuietSelection
    {0xfff6f6f6, 0xff26272a}, // RowHover
    {0xfffafafb, 0xff222326}, // RowAlternate
    {0xffedf3fc, 0xff283546}, // InfoBackground
    {0xfff7f2eb, 0xff403728}, // WarningBackground
    {0xfffaefed, 0xff422e2f}, // ErrorBackground
    {0xff177a57, 0xff3fbf8f}, // StateCompleted
    {0xffc4321c, 0xffff7a66}, // StateFailed
    {0xff1f6fd6, 0xff5aa9ff}, // StateRunning
    {0xff667085, 0xff9aa4b2}, // StateQueued
    {0xff7a4fc9, 0xffb79cff}, // StateWaiting
    {0xff9a5b00, 0xfff2b544}, // StateBackoff
    {0xff8a5a00, 0xffe0b060}, // StatePaused
    {0xff7a6a5e, 0xffb5a79a}, // StateCancelled
    {0xff7c828c, 0xff9097a1}, // StateSkipped
    {0xff8e1a5c, 0xfff06bb2}, // StateDead
    {0xff00737f, 0xff4fc3d0}, // Faked
    {0xff1f5fbf, 0xff8ab8f5}, // JsonKey
    {0xff177a57, 0xff7fcfa8}, // JsonString
    {0xff9a5b00, 0xfff2b544}, // JsonNumber
    {0xff7a4fc9, 0xffb79cff}, // JsonLiteral
    {0xffdff3ea, 0xff1f3a30}, // DiffAdded
    {0xfffbe3df, 0xff472a28}, // DiffRemoved
    {0xff1f5fbf, 0xff5aa9ff}, // Accent
    {0x40101418, 0x80000000}, // Scrim
}};

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
{}

void Theme::choose(ThemeChoice choice, bool systemIsDark)
{
    const bool isDark =
        choice == ThemeChoice::Dark || (choice != ThemeChoice::Light && systemIsDark);
    if (choice == m_choice && isDark == m_isDark)
        return;
    m_choice = choice;
    m_isDark = isDark;
    Q_EMIT changed();
}

QColor Theme::color(Token token) const
{
    if (isHighContrast()) {
        switch (token) {
        case Token::Base:
        case Token::Window:
        case Token::Raised:
            return m_isDark ? Qt::black : Qt::white;
        case Token::Text:
        case Token::TextDim:
        case Token::Line:
        case Token::LineStrong:
        case Token::Control:
            return m_isDark ? Qt::white : Qt::black;
        default:
            break;
        }
    }
    const Pair &pair = colors.at(static_cast<std::size_t>(token));
    return QColor::fromRgba(m_isDark ? pair.dark : pair.light);
}

QColor Theme::blend(Token token, double amount) const
{
    const QColor over = color(token);
    const QColor under = color(Token::Base);
    const auto mix = [amount](int top, int bottom) {
        return static_cast<int>(top * amount + bottom * (1 - amount) + 0.5);
    };
    return QColor(mix(over.red(), under.red()), mix(over.green(), under.green()),
                  mix(over.blue(), under.blue()));
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, color(Token::Window));
    palette.setColor(QPalette::WindowText, color(Token::Text));
    palette.setColor(QPalette::Base, color(Token::Base));
    palette.setColor(QPalette::AlternateBase, color(Token::RowAlternate));
    palette.setColor(QPalette::ToolTipBase, color(Token::Raised));
    palette.setColor(QPalette::ToolTipText, color(Token::Text));
    palette.setColor(QPalette::PlaceholderText, color(Token::TextDim));
    palette.setColor(QPalette::Text, color(Token::Text));
    palette.setColor(QPalette::Button, color(Token::Raised));
    palette.setColor(QPalette::ButtonText, color(Token::Text));
    palette.setColor(QPalette::BrightText, color(Token::SelectionText));
    palette.setColor(QPalette::Light, color(Token::Raised));
    palette.setColor(QPalette::Midlight, color(Token::Line));
    palette.setColor(QPalette::Mid, color(Token::LineStrong));
    palette.setColor(QPalette::Dark, color(Token::Control));
    palette.setColor(QPalette::Shadow, color(Token::LineStrong));
    palette.setColor(QPalette::Highlight, color(Token::Selection));
    palette.setColor(QPalette::HighlightedText, color(Token::SelectionText));
    palette.setColor(QPalette::Inactive, QPalette::Highlight, color(Token::QuietSelection));
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, color(Token::Text));
    palette.setColor(QPalette::Link, color(Token::Accent));
    palette.setColor(QPalette::LinkVisited, color(Token::Accent));
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, blend(Token::Text, 0.5));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(Token::LineStrong));
    return palette;
}

} // namespace console
