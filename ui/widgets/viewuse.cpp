// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/viewuse.h"

#include "devserver/api/consolebackend.h"

#include <QAbstractItemView>
#include <QMouseEvent>
#include <QScrollBar>

#include <utility>

namespace console {

namespace {

constexpr std::chrono::milliseconds restTime(2500); // who reads on has moved something by then

} // namespace

ViewUse::ViewUse(devserver::api::ConsoleBackend &backend, QAbstractItemView &view, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_view(view)
    , m_rest(this)
{
    view.viewport()->setMouseTracking(true); // else only what is dragged is told
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &ViewUse::noteTime);
    watch(view);
    watch(*view.viewport());
    watch(*view.verticalScrollBar());
    watch(*view.horizontalScrollBar());
}

void ViewUse::watch(QObject &part)
{
    part.installEventFilter(this);
}

bool ViewUse::isInUse() const
{
    return m_used && m_backend.steadyNow() - *m_used < restTime;
}

/// A pointer that rests is moved, too, as Qt sees it: when something below it comes or goes.
bool ViewUse::isUse(const QEvent &event)
{
    switch (event.type()) {
    case QEvent::MouseMove: {
        const QPoint at = static_cast<const QMouseEvent &>(event).globalPosition().toPoint();
        return std::exchange(m_pointer, at) != at;
    }
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::Wheel:
    case QEvent::KeyPress:
        return true;
    default:
        return false;
    }
}

bool ViewUse::eventFilter(QObject *watched, QEvent *event)
{
    if (isUse(*event)) {
        m_used = m_backend.steadyNow();
        m_rest.start(restTime);
    } else if (event->type() == QEvent::Leave && watched == &m_view) {
        m_used.reset();
        m_rest.stop();
    }
    return QObject::eventFilter(watched, event);
}

void ViewUse::noteTime()
{
    if (!isInUse())
        Q_EMIT rested();
    else // the clock of the backend goes slower
        m_rest.start(std::chrono::ceil<std::chrono::milliseconds>(
            restTime - (m_backend.steadyNow() - *m_used)));
}

} // namespace console
