// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/busyline.h"

#include "ui/core/theme.h"

#include <QPainter>
#include <QWidget>

namespace console {

using namespace std::chrono_literals;

namespace {

constexpr auto step = 40ms;
constexpr int lineHeight = 2;
constexpr int roundMs = 1200;

} // namespace

BusyLine::BusyLine(Theme &theme, QWidget *place)
    : m_theme(theme)
    , m_place(place)
{
    QObject::connect(&m_timer, &QTimer::timeout, place,
                     [place] { place->update(0, 0, place->width(), lineHeight); });
}

void BusyLine::start(bool moves)
{
    m_since.start();
    if (moves)
        m_timer.start(step);
    m_place->update();
}

void BusyLine::stop()
{
    m_since.invalidate();
    m_timer.stop();
    m_place->update();
}

void BusyLine::paint(QPainter &painter) const
{
    if (!m_since.isValid())
        return;
    const QColor accent = m_theme.color(Token::Accent);
    const int width = m_place->width();
    if (!m_timer.isActive()) {
        painter.fillRect(0, 0, width, lineHeight, accent);
        return;
    }
    const auto part = static_cast<int>(m_since.elapsed() % roundMs);
    const int length = width / 4;
    painter.fillRect((width + length) * part / roundMs - length, 0, length, lineHeight, accent);
}

} // namespace console
