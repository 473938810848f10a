// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/rowkeeper.h"

#include <QAbstractItemView>
#include <QScrollBar>

#include <algorithm>
#include <optional>
#include <utility>

namespace console {

namespace {

int topInWindow(const QAbstractItemView &view)
{
    return view.viewport()->mapTo(view.window(), QPoint()).y();
}

/// Pixels of the row that are below the lower edge; nothing: it is not seen.
std::optional<int> hiddenBelow(const QAbstractItemView &view, const QModelIndex &row)
{
    const QRect place = view.visualRect(row);
    if (!row.isValid() || !place.isValid() || place.top() < 0)
        return std::nullopt;
    return std::max(0, place.bottom() - view.viewport()->rect().bottom());
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

void RowKeeper::noteChosen(const QWidget &content)
{
    if (!m_chosen.empty())
        return;
    for (auto *view : content.findChildren<QAbstractItemView *>()) {
        if (view->isVisible() && hiddenBelow(*view, view->currentIndex()) == 0)
            m_chosen.push_back({view, view->currentIndex()});
    }
}

void RowKeeper::showChosen(const std::function<bool(const QWidget &)> &may)
{
    for (const Chosen &before : std::exchange(m_chosen, {})) {
        if (!before.view || before.view->currentIndex() != before.row
            || !may(*before.view->viewport()))
            continue;
        QScrollBar *bar = before.view->verticalScrollBar();
        const int hidden = hiddenBelow(*before.view, before.row).value_or(0);
        if (before.view->verticalScrollMode() == QAbstractItemView::ScrollPerPixel)
            bar->setValue(bar->value() + hidden);
        else if (hidden > 0)
            before.view->scrollTo(before.row);
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
