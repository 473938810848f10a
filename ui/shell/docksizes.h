// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHash>
#include <QObject>
#include <QStringList>

#include <functional>
#include <vector>

class QDockWidget;
class QMainWindow;

namespace console {

/// How large the docks of a window are: as somebody dragged them, else as usual. What a small
/// window or a bar above takes from them comes back with the room (ui.md §5).
class DockSizes final : public QObject
{
    Q_OBJECT

public:
    /// Of the docks in \a area, which owns this. \a percent: the size of text.
    DockSizes(QMainWindow *area, std::function<int()> percent);

    /// \a usual pixels at 100 % wide or high, but so that \a rest pixels of the area are left.
    /// \a isNeededWhole: what is in it is seen whole also where that takes more.
    void add(QDockWidget *dock, Qt::Orientation along, int usual, int rest, bool isNeededWhole);

    /// Somebody opens it to work in it: that it was dragged too small for that counts no more.
    void open(QDockWidget *dock);
    /// Gives them what they are to have.
    void arrange();
    /// Nothing was dragged.
    void reset();

    /// The names of docks, how large they were dragged, and in how much room.
    [[nodiscard]] QStringList save() const;
    void restore(const QStringList &saved);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Dragged {
        int size = 0;
        int room = 0; ///< that the window had
    };

    struct Dock {
        QDockWidget *dock;
        Qt::Orientation along;
        int usual;
        int rest;
        bool isNeededWhole;
        Dragged atPress = {};
    };

    [[nodiscard]] bool isManaged(const Dock &entry) const;
    [[nodiscard]] static int extent(const Dock &entry);
    [[nodiscard]] int room(const Dock &entry) const;
    /// Of one that nobody has dragged.
    [[nodiscard]] int usual(const Dock &entry) const;
    [[nodiscard]] int wanted(const Dock &entry) const;
    /// What decides how large they become.
    [[nodiscard]] QList<int> situation() const;
    void noteDragged();
    void endLostDrag();

    QMainWindow *m_area;
    std::function<int()> m_percent;
    std::vector<Dock> m_docks;
    QHash<QString, Dragged> m_dragged; ///< by the names of the docks
    QList<int> m_before;               ///< the situation that was arranged, and what came of it
    bool m_isDragging = false;
    bool m_isArranging = false;
};

} // namespace console
