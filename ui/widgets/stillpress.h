// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractItemView>
#include <QMouseEvent>

namespace console {

/// Half a second after a press Qt scrolls until the whole cell is in sight that was pressed: it
/// goes from under the pointer. \a press is the view's own handling of it.
template<typename Press>
void pressWithoutScrolling(QAbstractItemView &view, const Press &press)
{
    view.setAutoScroll(false);
    press();
    view.setAutoScroll(true);
}

/// A click into the empty part of a list keeps what is chosen: the details below show it still.
/// Qt takes the choice back when the button is let go. \a release  the view's own handling of it
template<typename Release>
void releaseKeepingChoice(QAbstractItemView &view, const QMouseEvent &event, const Release &release)
{
    const auto mode = view.selectionMode();
    if (!view.indexAt(event.position().toPoint()).isValid())
        view.setSelectionMode(QAbstractItemView::NoSelection);
    release();
    view.setSelectionMode(mode);
}

} // namespace console
