// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QElapsedTimer>
#include <QTimer>

class QPainter;
class QWidget;

namespace console {

class Theme;

/// The thin line that moves along the upper edge of a list while a query runs (ui.md §21); with
/// reduced motion it stands still.
class BusyLine final
{
public:
    /// Painted over \a place, which repaints that strip.
    BusyLine(Theme &theme, QWidget *place);

    void start(bool moves);
    void stop();
    /// Nothing while it is stopped.
    void paint(QPainter &painter) const;

private:
    Theme &m_theme;
    QWidget *m_place;
    QTimer m_timer;
    QElapsedTimer m_since;
};

} // namespace console
