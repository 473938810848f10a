// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/primarybutton.h"

#include "ui/core/theme.h"

namespace console {

namespace {

constexpr double mutedShare = 0.25;

} // namespace

PrimaryButton::PrimaryButton(Theme &theme, const QString &text, QWidget *parent)
    : QPushButton(text, parent)
    , m_theme(theme)
{
    setAutoDefault(false);
    connect(&theme, &Theme::changed, this, &PrimaryButton::colour);
    colour();
}

void PrimaryButton::setPrimary(bool isPrimary)
{
    m_isPrimary = isPrimary;
    colour();
}

void PrimaryButton::colour()
{
    QPalette colors;
    if (m_isPrimary) {
        for (const QPalette::ColorGroup group : {QPalette::Active, QPalette::Inactive}) {
            colors.setColor(group, QPalette::Button, m_theme.color(Token::Selection));
            colors.setColor(group, QPalette::ButtonText, m_theme.color(Token::SelectionText));
            colors.setColor(group, QPalette::Mid, m_theme.color(Token::Selection));
        }
        // Muted: still the one that is meant, once it can be pressed.
        const QColor muted = m_theme.blend(Token::Selection, mutedShare);
        colors.setColor(QPalette::Disabled, QPalette::Button, muted);
        colors.setColor(QPalette::Disabled, QPalette::Mid, muted);
        colors.setColor(QPalette::Disabled, QPalette::ButtonText, m_theme.color(Token::TextDim));
    }
    setPalette(colors);
}

} // namespace console
