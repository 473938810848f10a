// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/statesaver.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QWidget>

#include <utility>

namespace console {

namespace {

/// By itself it does nothing.
bool isModifier(int key)
{
    switch (key) {
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_Super_L:
    case Qt::Key_Super_R:
    case Qt::Key_CapsLock:
    case Qt::Key_NumLock:
    case Qt::Key_ScrollLock:
        return true;
    default:
        return false;
    }
}

/// Tips and lists that open move by themselves.
bool isPlaced(const QWidget &widget)
{
    return widget.isWindow() && widget.windowType() != Qt::ToolTip
           && widget.windowType() != Qt::Popup;
}

bool isUse(const QEvent &event, const QWidget &of)
{
    switch (event.type()) {
    case QEvent::KeyPress:
    case QEvent::ShortcutOverride: // all that comes of a key that is a shortcut
        return !isModifier(static_cast<const QKeyEvent &>(event).key());
    case QEvent::MouseButtonRelease:
    case QEvent::Wheel:
        return true;
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::WindowStateChange:
        return isPlaced(of);
    default:
        return false;
    }
}

/// Menus, dialogs, docks that float and windows of runs, too: each of them is a window.
bool belongsTo(const QWidget &window, const QWidget *widget)
{
    while (widget != nullptr && widget != &window)
        widget = widget->parentWidget();
    return widget != nullptr;
}

} // namespace

StateSaver::StateSaver(QWidget &window, std::function<void()> save, std::chrono::milliseconds pause)
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
        if (isUse(*event, *widget) && belongsTo(m_window, widget))
            m_soon.start();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace console
