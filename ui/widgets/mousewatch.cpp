// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/mousewatch.h"

#include "devserver/api/consolebackend.h"

#include <QApplication>
#include <QMouseEvent>
#include <QWidget>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds rest(1500);    // who aims at something has clicked it by then
constexpr std::chrono::milliseconds surprise(500); // until it is seen that something has moved

bool isPress(const QEvent &event)
{
    return event.type() == QEvent::MouseButtonPress || event.type() == QEvent::MouseButtonDblClick;
}

bool isUse(const QEvent &event)
{
    return event.type() == QEvent::MouseMove || event.type() == QEvent::MouseButtonPress
           || event.type() == QEvent::MouseButtonRelease || event.type() == QEvent::Wheel;
}

} // namespace

MouseWatch::MouseWatch(devserver::api::ConsoleBackend &backend)
    : QObject(&backend)
    , m_backend(backend)
{
    qApp->installEventFilter(this);
}

MouseWatch &MouseWatch::of(devserver::api::ConsoleBackend &backend)
{
    const QString name = u"mouseWatch"_s;
    if (auto *known = backend.findChild<QObject *>(name, Qt::FindDirectChildrenOnly))
        return *static_cast<MouseWatch *>(known);
    auto *made = new MouseWatch(backend);
    made->setObjectName(name);
    return *made;
}

bool MouseWatch::isResting() const
{
    return !m_used || m_backend.steadyNow() - *m_used >= rest;
}

bool MouseWatch::isOver(const QWidget &content, int top) const
{
    return content.underMouse() && (!m_pointer || content.mapFromGlobal(*m_pointer).y() >= top);
}

void MouseWatch::noteMoved(QWidget &content, int top)
{
    if (m_pointer)
        m_move = {&content, top, *m_pointer, m_backend.steadyNow()};
}

bool MouseWatch::isSurprised(const QWidget &pressed) const
{
    return m_move && m_move->content && m_move->content->isAncestorOf(&pressed)
           && m_move->content->mapFromGlobal(m_move->pointer).y() >= m_move->top
           && m_backend.steadyNow() - m_move->at < surprise;
}

bool MouseWatch::eventFilter(QObject *watched, QEvent *event)
{
    if (isUse(*event))
        m_used = m_backend.steadyNow();
    if (isUse(*event) || event->type() == QEvent::Enter) {
        m_pointer = static_cast<QSinglePointEvent *>(event)->globalPosition().toPoint();
        const int trembling = QApplication::startDragDistance();
        if (m_move && (*m_pointer - m_move->pointer).manhattanLength() > trembling)
            m_move.reset();
    }
    if (!watched->isWidgetType())
        return QObject::eventFilter(watched, event);
    if (event->type() == QEvent::MouseButtonRelease)
        return m_isLost; // a list would take it for the end of an earlier click
    if (!isPress(*event))
        return QObject::eventFilter(watched, event);
    const bool belongsToLost = m_isLost && event->type() == QEvent::MouseButtonDblClick;
    m_isLost = belongsToLost || isSurprised(*static_cast<QWidget *>(watched));
    if (m_isLost)
        event->accept(); // nor is it for what is below
    return m_isLost;
}

} // namespace console
