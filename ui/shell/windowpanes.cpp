// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The panes of the window: walking through them by F6 (ui.md §23), and when the inspector is one.

#include "ui/core/feed.h"
#include "ui/runs/inspector.h"
#include "ui/shell/docksizes.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/navrail.h"
#include "ui/shell/statusline.h"
#include "ui/shell/viewtable.h"
#include "ui/widgets/taborder.h"
#include "ui/widgets/view.h"

#include <QApplication>
#include <QDockWidget>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

bool holds(const QWidget *pane, const QWidget *focus)
{
    return focus != nullptr && (pane == focus || pane->isAncestorOf(focus));
}

/// The composer is three panes: what was sent before, the data, what came of it.
std::vector<QWidget *> partsOf(QWidget *panel)
{
    const auto *splitter = panel->findChild<QSplitter *>(u"composerSplitter"_s);
    std::vector<QWidget *> parts;
    for (int index = 0; splitter != nullptr && index < splitter->count(); ++index) {
        QWidget *part = splitter->widget(index);
        if (part->isVisible() && splitter->sizes().at(index) > 0)
            parts.push_back(part);
    }
    return parts.empty() ? std::vector<QWidget *>{panel} : parts;
}

/// Gives the focus to a pane: to what it had the last time, else to its first control.
/// \returns false if there is nothing in it that can have the focus.
bool focusInside(QWidget *pane, MainWindow &window)
{
    const auto canHave = [](const QWidget *widget) {
        return widget->isEnabled() && widget->isVisible()
               && (widget->focusPolicy() & Qt::TabFocus) != 0;
    };
    const View *view = window.currentView();
    QWidget *wanted = pane == &window.rail() ? window.rail().currentButton()
                      : pane == view         ? view->mainWidget()
                                             : pane->focusWidget();
    if (wanted == nullptr || !canHave(wanted)) {
        // In tab order from the pane on: the first one inside it.
        wanted = pane;
        while (!canHave(wanted) || !(wanted == pane || pane->isAncestorOf(wanted))) {
            wanted = wanted->nextInFocusChain();
            if (wanted == pane)
                return false;
        }
    }
    wanted->setFocus(Qt::ShortcutFocusReason);
    return true;
}

} // namespace

void MainWindow::showPanel(const QByteArray &name)
{
    QDockWidget *wanted = dock(name);
    if (wanted == nullptr)
        return;
    const bool comes = wanted->isHidden();
    wanted->show();
    wanted->raise();
    if (comes)
        m_dockSizes->open(wanted);
}

void MainWindow::placeInspector(Deed deed)
{
    const auto &counters = m_workspace.feed.counters();
    const View *view = currentView();
    // What was chosen is there, even if the counters, a few times a second, do not know it yet.
    const bool isChosen =
        deed == Deed::Chose
        && m_workspace.context.navigator.selection().kind != Selection::Kind::None;
    const bool isThere = !counters || counters->all > 0 || isChosen;
    const bool isWanted = view != nullptr && view->hasSubjects() && isThere;
    if (isWanted == m_wantsInspector || (isWanted && deed == Deed::None))
        return; // in between it is as people want it
    m_wantsInspector = isWanted;
    QDockWidget *inspector = dock("inspector"_ba);
    if (isWanted) {
        if (std::exchange(m_isInspectorParked, false)) {
            inspector->show();
            m_dockSizes->arrange();
        }
    } else if (const auto *content = qobject_cast<Inspector *>(inspector->widget());
               !inspector->isHidden() && !inspector->isFloating()
               && (content == nullptr || !content->isPinned())) {
        m_isInspectorParked = true;
        inspector->hide();
    }
}

void MainWindow::showInspector()
{
    m_isInspectorParked = false;
    showPanel("inspector"_ba);
    const QDockWidget *inspector = dock("inspector"_ba);
    const auto *content = qobject_cast<Inspector *>(inspector->widget());
    if (content != nullptr && content->isPinned())
        return;
    QWidget *itsWindow = inspector->window(); // this one, unless it floats
    itsWindow->raise();
    itsWindow->activateWindow();
}

bool MainWindow::focusNextPrevChild(bool next)
{
    return moveFocusAsRead(this, next);
}

void MainWindow::walkPanes(int step)
{
    std::vector<QWidget *> panes = {m_rail, m_stack->currentWidget()};
    const QWidget *focus = QApplication::focusWidget();
    const QWidget *meant = focus;
    for (const PanelEntry &entry : panelTable()) {
        const QDockWidget *dock = m_docks.at(entry.name);
        if (!dock->isVisible())
            continue;
        const std::vector<QWidget *> parts = partsOf(dock->widget());
        panes.insert(panes.end(), parts.begin(), parts.end());
        // What lies around the parts belongs to the main one.
        if (holds(dock, focus)
            && std::none_of(parts.begin(), parts.end(),
                            [focus](const QWidget *part) { return holds(part, focus); }))
            meant = dock->widget()->findChild<QWidget *>(u"composerEditor"_s);
    }
    panes.push_back(m_status);
    const auto count = static_cast<int>(panes.size());
    int now = step > 0 ? count - 1 : 0;
    for (int index = 0; index < count; ++index) {
        if (holds(panes[static_cast<std::size_t>(index)], meant))
            now = index;
    }
    for (int tried = 1; tried <= count; ++tried) {
        const int index = ((now + tried * step) % count + count) % count;
        if (focusInside(panes[static_cast<std::size_t>(index)], *this))
            return;
    }
}

} // namespace console
