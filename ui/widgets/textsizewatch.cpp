// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/textsizewatch.h"

#include <QEvent>
#include <QWidget>

#include <utility>

namespace console {

TextSizeWatch::TextSizeWatch(QWidget &widget, std::function<void()> changed)
    : QObject(&widget)
    , m_widget(widget)
    , m_changed(std::move(changed))
    , m_dpi(widget.logicalDpiY())
{
    widget.installEventFilter(this);
    watchScreen();
}

bool TextSizeWatch::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::FontChange:
        m_changed();
        break;
    case QEvent::StyleChange: // when the widget is done with it
        QMetaObject::invokeMethod(
            this, [this] { m_changed(); }, Qt::QueuedConnection);
        break;
    case QEvent::ScreenChangeInternal:
    case QEvent::Show: // only now it is known which screen it is on
        watchScreen();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void TextSizeWatch::watchScreen()
{
    QScreen *now = m_widget.screen();
    if (QScreen *before = std::exchange(m_screen, now); before != now) {
        if (before != nullptr)
            before->disconnect(this);
        if (now != nullptr)
            connect(now, &QScreen::logicalDotsPerInchChanged, this, &TextSizeWatch::checkDpi);
    }
    checkDpi();
}

void TextSizeWatch::checkDpi()
{
    const int dpi = m_widget.logicalDpiY();
    if (std::exchange(m_dpi, dpi) != dpi)
        m_changed();
}

} // namespace console
