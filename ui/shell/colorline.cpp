// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/colorline.h"

#include <QPainter>

#include <array>

namespace console {

namespace {

constexpr int lineHeight = 3;
constexpr std::array<Token, 5> projectTokens = {Token::Accent, Token::Faked, Token::StateWaiting,
                                                Token::StateCompleted, Token::StateBackoff};

} // namespace

ColorLine::ColorLine(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedHeight(lineHeight);
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void ColorLine::setProject(const QString &project)
{
    std::size_t sum = 0; // not qHash: its seed may differ from start to start
    for (const QChar character : project)
        sum = sum * 31 + character.unicode();
    m_token = projectTokens[sum % projectTokens.size()];
    update();
}

void ColorLine::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter(this).fillRect(rect(), m_theme.color(m_token));
}

} // namespace console
