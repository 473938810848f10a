// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/rowkeeper.h"

#include <QAbstractItemView>
#include <QScrollBar>

#include <utility>

namespace console {

namespace {

int topInWindow(const QAbstractItemView &view)
{
    return view.viewport()->mapTo(view.window(), QPoint()).y();
}

} // namespace

void RowKeeper::note(const QWidget &content)
{
    if (!m_lists.empty())
        return;
    for (auto *view : content.findChildren<QAbstractItemView *>()) {
        const int value = view->verticalScrollBar()->value();
        if (view->isVisible() && value > 0
            && view->verticalScrollMode() == QAbstractItemView::ScrollPerPixel)
            m_lists.push_back({view, value, topInWindow(*view)});
    }
}

void RowKeeper::keep()
{
    for (const Scrolled &before : std::exchange(m_lists, {})) {
        if (!before.view)
            continue;
        if (const int moved = topInWindow(*before.view) - before.top; moved != 0)
            before.view->verticalScrollBar()->setValue(before.value + moved);
    }
}

} // namespace console
