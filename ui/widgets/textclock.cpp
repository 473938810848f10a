// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/textclock.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace console {

using std::chrono::milliseconds;

TextClock::TextClock(QWidget *widget, Show show)
    : QObject(widget)
    , m_widget(widget)
    , m_show(std::move(show))
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &TextClock::restart);
    widget->installEventFilter(this);
}

void TextClock::restart()
{
    m_timer.stop();
    if (!m_widget->isVisible())
        return;
    if (const std::optional<milliseconds> holds = m_show())
        m_timer.start(std::max(*holds, milliseconds(std::chrono::seconds(1))));
}

bool TextClock::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_widget && event->type() == QEvent::Show)
        restart();
    else if (watched == m_widget && event->type() == QEvent::Hide)
        m_timer.stop();
    return QObject::eventFilter(watched, event);
}

} // namespace console
