// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>

namespace console {

/// Every colour of the window (ui.md §22, §3.1); widgets never name a literal one.
enum class Token {
    Base,   ///< behind lists and text
    Window, ///< behind panels
    Raised, ///< cards, popups
    Text,
    TextDim,
    Line,
    LineStrong,
    Control, ///< the outline of what is ticked: a square or a ring must be found
    Selection,
    SelectionText,
    QuietSelection, ///< of a list that the keys do not go to; under Text
    RowHover,
    RowAlternate,
    InfoBackground,
    WarningBackground,
    ErrorBackground,
    StateCompleted,
    StateFailed,
    StateRunning,
    StateQueued,
    StateWaiting, ///< sleep, event, invoke
    StateBackoff, ///< and other limits
    StatePaused,
    StateCancelled,
    StateSkipped,
    StateDead,
    Faked,
    JsonKey,
    JsonString,
    JsonNumber,
    JsonLiteral,
    DiffAdded,   ///< background
    DiffRemoved, ///< background
    Accent,      ///< the line under the menu bar, links
    Scrim,       ///< over what lies behind the palette; lets it shine through
};

enum class ThemeChoice { System, Light, Dark, HighContrast };

/// The colours in force. GUI thread; widgets repaint on `changed`.
class Theme final : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QObject *parent = nullptr);

    /// \a systemIsDark decides for ThemeChoice::System and ThemeChoice::HighContrast.
    void choose(ThemeChoice choice, bool systemIsDark);

    [[nodiscard]] ThemeChoice choice() const { return m_choice; }

    [[nodiscard]] bool isDark() const { return m_isDark; }

    [[nodiscard]] bool isHighContrast() const { return m_choice == ThemeChoice::HighContrast; }

    /// Of borders and rules, in device-independent pixels.
    [[nodiscard]] int lineWidth() const { return isHighContrast() ? 2 : 1; }

    [[nodiscard]] QColor color(Token token) const;
    /// \a amount 0..1 of \a token over the base.
    [[nodiscard]] QColor blend(Token token, double amount) const;
    /// For QApplication::setPalette.
    [[nodiscard]] QPalette palette() const;

Q_SIGNALS:
    void changed();

private:
    ThemeChoice m_choice = ThemeChoice::Light;
    bool m_isDark = false;
};

} // namespace console
