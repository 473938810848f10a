// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/docksizes.h"

#include <QApplication>
#include <QDockWidget>
#include <QLayout>
#include <QMainWindow>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QScrollArea>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int largestDragged = 10'000;

/// At which what is in a dock is seen whole, though it could scroll.
int wholeHeight(const QDockWidget &dock)
{
    const auto *area = qobject_cast<const QScrollArea *>(dock.widget());
    const QWidget *content = area == nullptr ? dock.widget() : area->widget();
    return dock.titleBarWidget()->sizeHint().height() + content->minimumSizeHint().height();
}

} // namespace

DockSizes::DockSizes(QMainWindow *area, std::function<int()> percent)
    : QObject(area)
    , m_area(area)
    , m_percent(std::move(percent))
{
    area->installEventFilter(this);
}

void DockSizes::add(QDockWidget *dock, Qt::Orientation along, int usual, int rest,
                    bool isNeededWhole)
{
    m_docks.push_back({dock, along, usual, rest, isNeededWhole});
}

/// Elsewhere than where it was meant to be it is as the window shares out the room.
bool DockSizes::isManaged(const Dock &entry) const
{
    if (!entry.dock->isVisible() || entry.dock->isFloating())
        return false;
    const Qt::DockWidgetArea side = m_area->dockWidgetArea(entry.dock);
    const bool isBeside = side == Qt::LeftDockWidgetArea || side == Qt::RightDockWidgetArea;
    return isBeside == (entry.along == Qt::Horizontal);
}

int DockSizes::extent(const Dock &entry)
{
    return entry.along == Qt::Horizontal ? entry.dock->width() : entry.dock->height();
}

int DockSizes::room(const Dock &entry) const
{
    return entry.along == Qt::Horizontal ? m_area->width() : m_area->height();
}

int DockSizes::usual(const Dock &entry) const
{
    const int usual =
        std::min(entry.usual * m_percent() / 100, std::max(room(entry) - entry.rest, 0));
    return entry.isNeededWhole ? std::max(usual, wholeHeight(*entry.dock)) : usual;
}

/// What a smaller window lacks is taken from what was dragged beyond the usual.
int DockSizes::wanted(const Dock &entry) const
{
    const int usual = this->usual(entry);
    const Dragged dragged = m_dragged.value(entry.dock->objectName());
    if (dragged.size == 0)
        return usual;
    const int lacking = std::max(dragged.room - room(entry), 0);
    return std::max(std::min(dragged.size, usual), dragged.size - lacking);
}

QList<int> DockSizes::situation() const
{
    const QSize centre = m_area->centralWidget()->minimumSizeHint();
    QList<int> now = {m_area->width(), m_area->height(), centre.width(), centre.height()};
    for (const Dock &entry : m_docks) {
        if (isManaged(entry))
            now.append({wanted(entry), extent(entry), entry.dock->minimumSizeHint().width(),
                        entry.dock->minimumSizeHint().height()});
        else
            now.append(-1);
    }
    return now;
}

void DockSizes::arrange()
{
    if (m_isDragging && QApplication::mouseButtons() == Qt::NoButton)
        endLostDrag();
    if (m_isDragging || m_isArranging || !m_area->isVisible())
        return;
    const QScopedValueRollback arranging(m_isArranging, true);
    m_area->layout()->activate();
    if (situation() == m_before)
        return;
    for (const Qt::Orientation along : {Qt::Horizontal, Qt::Vertical}) {
        QList<QDockWidget *> docks;
        QList<int> sizes;
        for (const Dock &entry : m_docks) {
            if (entry.along == along && isManaged(entry) && extent(entry) != wanted(entry)) {
                docks.append(entry.dock);
                sizes.append(wanted(entry));
            }
        }
        if (!docks.isEmpty())
            m_area->resizeDocks(docks, sizes, along);
        m_area->layout()->activate(); // what a width needs of the height is known then
    }
    m_before = situation(); // where the room does not suffice, asking again would be in vain
}

void DockSizes::open(QDockWidget *dock)
{
    const auto known = std::find_if(m_docks.begin(), m_docks.end(),
                                    [dock](const Dock &entry) { return entry.dock == dock; });
    if (known != m_docks.end() && known->isNeededWhole
        && m_dragged.value(dock->objectName()).size < wholeHeight(*dock))
        m_dragged.remove(dock->objectName());
    arrange();
}

void DockSizes::reset()
{
    m_dragged.clear();
    m_before.clear();
    arrange();
}

QStringList DockSizes::save() const
{
    QStringList saved;
    for (auto entry = m_dragged.begin(); entry != m_dragged.end(); ++entry)
        saved.append(u"%1=%2/%3"_s.arg(entry.key()).arg(entry->size).arg(entry->room));
    saved.sort();
    return saved;
}

void DockSizes::restore(const QStringList &saved)
{
    m_dragged.clear();
    for (const QString &entry : saved) {
        const QString sizes = entry.section(u'=', 1);
        const Dragged dragged{sizes.section(u'/', 0, 0).toInt(), sizes.section(u'/', 1).toInt()};
        if (dragged.size > 0 && dragged.size < largestDragged && dragged.room > 0)
            m_dragged.insert(entry.section(u'=', 0, 0), dragged);
    }
}

void DockSizes::noteDragged()
{
    for (const Dock &entry : m_docks) {
        if (isManaged(entry) && extent(entry) != entry.atPress.size)
            m_dragged.insert(entry.dock->objectName(), {extent(entry), entry.atPress.room});
    }
}

/// The release has gone elsewhere, as to a dialog that came meanwhile; the area waits for it, too.
void DockSizes::endLostDrag()
{
    const QPoint at = QCursor::pos();
    QMouseEvent release(QEvent::MouseButtonRelease, m_area->mapFromGlobal(at), at, Qt::LeftButton,
                        Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_area, &release); // comes to the filter below
}

bool DockSizes::eventFilter(QObject *watched, QEvent *event)
{
    const auto *mouse = dynamic_cast<const QMouseEvent *>(event);
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        m_isDragging =
            mouse->button() == Qt::LeftButton && m_area->isSeparator(mouse->position().toPoint());
        for (Dock &entry : m_docks)
            entry.atPress = {extent(entry), room(entry)};
        break;
    case QEvent::MouseButtonRelease:
        if (std::exchange(m_isDragging, false))
            noteDragged();
        break;
    case QEvent::Resize: // its layout has seen these before
    case QEvent::LayoutRequest:
    case QEvent::Show:
        arrange();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace console
