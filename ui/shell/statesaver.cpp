// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/statesaver.h"

#include <QApplication>
#include <QEvent>
#include <QWidget>

#include <chrono>
#include <utility>

namespace console {

namespace {

/// Once for all that is done in it: what is saved then is as far as somebody has come.
constexpr std::chrono::seconds pause(2);

bool isUse(const QEvent &event, const QWidget &of)
{
    switch (event.type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonRelease:
    case QEvent::Wheel:
        return true;
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::WindowStateChange:
        return of.isWindow();
    default:
        return false;
    }
}

} // namespace

StateSaver::StateSaver(QWidget &window, std::function<void()> save)
    : QObject(&window)
    , m_window(window)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(pause);
    connect(&m_soon, &QTimer::timeout, this, std::move(save));
    qApp->installEventFilter(this);
}

bool StateSaver::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_soon.isActive() && watched->isWidgetType()) {
        const auto *widget = static_cast<QWidget *>(watched);
        if (isUse(*event, *widget)
            && (widget->window() == &m_window || m_window.isAncestorOf(widget->window())))
            m_soon.start();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace console
