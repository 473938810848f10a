// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPersistentModelIndex>
#include <QPointer>

#include <functional>
#include <vector>

class QAbstractItemView;
class QWidget;

namespace console {

/// Where something comes or goes above lists: one that is scrolled shows the same rows at the same
/// place; one at its top has nothing above them that could make room. Where it comes below, the
/// chosen row stays in sight. GUI thread.
class RowKeeper final
{
public:
    /// Before it comes; what is known already stays, for it was there before.
    void note(const QWidget &content);

    void noteChosen(const QWidget &content);

    void forget()
    {
        m_lists.clear();
        m_chosen.clear();
    }

    /// Once all have their new places.
    void keep();
    /// Of lists that \a may move.
    void showChosen(const std::function<bool(const QWidget &viewport)> &may);

private:
    struct Scrolled {
        QPointer<QAbstractItemView> view;
        int value = 0;
        int top = 0; ///< in the window
    };

    struct Chosen {
        QPointer<QAbstractItemView> view;
        QPersistentModelIndex row;
    };

    std::vector<Scrolled> m_lists;
    std::vector<Chosen> m_chosen; ///< rows that were seen whole
};

} // namespace console
