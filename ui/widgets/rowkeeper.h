// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPointer>

#include <vector>

class QAbstractItemView;
class QWidget;

namespace console {

/// Where something comes or goes above lists: one that is scrolled shows the same rows at the same
/// place; one at its top has nothing above them that could make room. GUI thread.
class RowKeeper final
{
public:
    /// Before it comes; what is known already stays, for it was there before.
    void note(const QWidget &content);

    void forget() { m_lists.clear(); }

    /// Once all have their new places.
    void keep();

private:
    struct Scrolled {
        QPointer<QAbstractItemView> view;
        int value = 0;
        int top = 0; ///< in the window
    };

    std::vector<Scrolled> m_lists;
};

} // namespace console
