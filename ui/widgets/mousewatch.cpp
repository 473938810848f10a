// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/mousewatch.h"

#include "devserver/api/consolebackend.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QMouseEvent>
#include <QWidget>

#include <utility>

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

bool isNear(const QPoint &one, const QPoint &other)
{
    return (one - other).manhattanLength() <= QApplication::startDragDistance(); // a hand trembles
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

bool MouseWatch::isIn(const QWidget &widget, const QRect &part) const
{
    return m_pointer && part.contains(widget.mapFromGlobal(*m_pointer));
}

bool MouseWatch::isPressed()
{
    return QApplication::mouseButtons() != Qt::NoButton;
}

MouseWatch::Aim MouseWatch::aimAt(const QPoint &pointer, const QWidget &content)
{
    QWidget *window = content.window(); // not widgetAt(): some systems do not say where windows are
    const QPoint at = window->mapFromGlobal(pointer);
    Aim aim{.pointer = pointer, .widget = window->childAt(at), .origin = {}, .cell = {}};
    if (!aim.widget || qobject_cast<QAbstractButton *>(aim.widget) != nullptr)
        return aim;
    const auto *view = qobject_cast<QAbstractItemView *>(aim.widget->parentWidget());
    if (view != nullptr && view->viewport() == aim.widget)
        aim.cell = view->indexAt(aim.widget->mapFrom(window, at));
    else
        aim.origin = aim.widget->mapTo(window, QPoint());
    return aim;
}

void MouseWatch::noteBefore(const QWidget &content)
{
    if (m_pointer)
        m_before = aimAt(*m_pointer, content);
}

bool MouseWatch::isRecent(const Move &move) const
{
    return move.content && m_backend.steadyNow() - move.at < surprise;
}

void MouseWatch::noteMoved(QWidget &content, int top)
{
    if (!m_pointer)
        return;
    // Of several that follow each other, what was there before the first one: it may be back.
    const bool goesOn = m_move && isRecent(*m_move);
    Aim before = goesOn                                              ? m_move->before
                 : m_before && isNear(m_before->pointer, *m_pointer) ? *m_before
                                                                     : aimAt(*m_pointer, content);
    m_move = {&content, top, std::move(before), m_backend.steadyNow()};
}

bool MouseWatch::isSurprised(const QWidget &pressed) const
{
    return m_move && isRecent(*m_move) && m_move->content->isAncestorOf(&pressed)
           && m_move->content->mapFromGlobal(m_move->before.pointer).y() >= m_move->top
           && !aimAt(*m_pointer, *m_move->content).isSameAs(m_move->before);
}

bool MouseWatch::eventFilter(QObject *watched, QEvent *event)
{
    if (isUse(*event))
        m_used = m_backend.steadyNow();
    if (isUse(*event) || event->type() == QEvent::Enter) {
        m_pointer = static_cast<QSinglePointEvent *>(event)->globalPosition().toPoint();
        if (m_move && !isNear(*m_pointer, m_move->before.pointer))
            m_move.reset();
    }
    if (isPress(*event) || event->type() == QEvent::MouseButtonRelease)
        m_isUsedNow = true;
    else if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)
        m_isUsedNow = false;
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
