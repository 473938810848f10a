// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/timingbar.h"

#include "ui/core/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int barHeight = 8;
constexpr int gap = 8;
constexpr int dot = 8;
constexpr double leastWidth = 3;

Token tokenOf(CallPhase::Kind kind)
{
    switch (kind) {
    case CallPhase::Kind::Dns:
        return Token::StateWaiting;
    case CallPhase::Kind::Connect:
        return Token::StateBackoff;
    case CallPhase::Kind::Wait:
        return Token::StateRunning;
    case CallPhase::Kind::Transfer:
        return Token::StateCompleted;
    }
    Q_UNREACHABLE();
}

} // namespace

TimingBar::TimingBar(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void TimingBar::setTiming(const devserver::CallTiming &timing)
{
    m_phases = callPhases(timing);
    setVisible(!m_phases.empty());
    setAccessibleName(words());
    update();
}

QString TimingBar::words() const
{
    QStringList words;
    for (const CallPhase &phase : m_phases)
        words.append(phaseWord(phase.kind) + u' ' + phaseDuration(phase.length));
    return words.join(u", "_s);
}

QSize TimingBar::sizeHint() const
{
    return {200, barHeight + gap + fontMetrics().height()};
}

void TimingBar::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    double total = 0;
    for (const CallPhase &phase : m_phases)
        total += static_cast<double>(phase.length.count());
    if (total <= 0)
        return;
    QPainterPath shape;
    shape.addRoundedRect(QRectF(0, 0, width(), barHeight), 3, 3);
    painter.setClipPath(shape);
    const double spare = width() - leastWidth * static_cast<double>(m_phases.size());
    double x = 0;
    for (const CallPhase &phase : m_phases) {
        const double length =
            leastWidth + spare * static_cast<double>(phase.length.count()) / total;
        painter.fillRect(QRectF(x, 0, length, barHeight), m_theme.color(tokenOf(phase.kind)));
        x += length;
    }
    painter.setClipping(false);
    int at = 0;
    const int top = barHeight + gap;
    const QFontMetrics metrics = fontMetrics();
    for (const CallPhase &phase : m_phases) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(tokenOf(phase.kind)));
        painter.drawRoundedRect(QRectF(at, top + (metrics.height() - dot) / 2.0, dot, dot), 2, 2);
        at += dot + 6;
        const QString name = phaseWord(phase.kind);
        painter.setPen(m_theme.color(Token::TextDim));
        painter.drawText(at, top + metrics.ascent(), name);
        at += metrics.horizontalAdvance(name) + 5;
        const QString length = phaseDuration(phase.length);
        painter.setPen(m_theme.color(Token::Text));
        painter.drawText(at, top + metrics.ascent(), length);
        at += metrics.horizontalAdvance(length) + 18;
    }
}

} // namespace console
