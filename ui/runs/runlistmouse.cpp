// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/runlistmouse.h"

#include "ui/core/runlistmodel.h"
#include "ui/widgets/context.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/navigator.h"

#include <QMouseEvent>

namespace console {

RunListMouse::RunListMouse(Context &context, ListTable &table, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_table(table)
{
    table.viewport()->installEventFilter(this);
}

const devserver::api::RunSummary *RunListMouse::runAt(const QModelIndex &index) const
{
    const auto *list = qobject_cast<const RunListModel *>(m_table.list());
    return list == nullptr || !index.isValid() ? nullptr : &list->at(index.row());
}

bool RunListMouse::isOrigin(const QModelIndex &index) const
{
    const auto *run = runAt(index);
    return run != nullptr && index.column() == static_cast<int>(RunColumn::Origin)
           && (!run->originalRun.isNull() || !run->event.isNull());
}

void RunListMouse::click(const QModelIndex &index, Qt::MouseButton button)
{
    const auto *run = runAt(index);
    if (run == nullptr)
        return;
    if (button == Qt::MiddleButton)
        m_context.navigator.openRunWindow(run->id);
    else if (isOrigin(index) && !run->originalRun.isNull())
        m_context.navigator.openRun(run->originalRun);
    else if (isOrigin(index))
        m_context.navigator.openEvent(run->event);
}

bool RunListMouse::eventFilter(QObject *watched, QEvent *event)
{
    const auto *mouse = static_cast<const QMouseEvent *>(event);
    switch (event->type()) {
    case QEvent::MouseMove:
        if (isOrigin(m_table.indexAt(mouse->pos())))
            m_table.viewport()->setCursor(Qt::PointingHandCursor);
        else
            m_table.viewport()->unsetCursor();
        break;
    case QEvent::MouseButtonPress:
        m_pressed = m_table.indexAt(mouse->pos());
        // Only looked at elsewhere: the selection here stays.
        return mouse->button() == Qt::MiddleButton && m_pressed.isValid();
    case QEvent::MouseButtonRelease: {
        const QModelIndex index = m_table.indexAt(mouse->pos());
        const bool isClick =
            index.isValid() && index == m_pressed && mouse->modifiers() == Qt::NoModifier;
        m_pressed = QModelIndex();
        if (isClick && mouse->button() == Qt::MiddleButton) {
            click(index, Qt::MiddleButton);
            return true;
        }
        if (isClick && mouse->button() == Qt::LeftButton && isOrigin(index)) {
            // When the table is through with it: another view may be shown then.
            QMetaObject::invokeMethod(
                this, [this, at = QPersistentModelIndex(index)] { click(at, Qt::LeftButton); },
                Qt::QueuedConnection);
        }
        break;
    }
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace console
