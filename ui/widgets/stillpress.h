// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractItemView>

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

} // namespace console
