// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"
#include "ui/core/timelinelayout.h"
#include "ui/core/timeticks.h"

#include <QFont>
#include <QRect>
#include <QString>

class QPainter;

namespace console {

class Icons;

/// What the painter needs to know besides the layout.
struct TimelineStyle {
    const Theme *theme = nullptr;
    const Icons *icons = nullptr;
    QFont font;
    QFont smallFont;
    int rowHeight = 24;
    int nameWidth = 280;
    qreal pixelRatio = 1;
    double pulse = 1; ///< 0..1, how bright the edge of running bars is
};

/// How one row is to be shown.
struct RowLook {
    bool isCurrent = false;
    bool hasFocus = false;
    bool isHovered = false;
    int currentBar = -1;
    bool opensBracket = false; ///< the first of the rows that were planned together
    bool closesBracket = false;
};

/// Paints rows, grid and breaks of a timeline (ui.md §7.3). Coordinates: the name column begins at
/// 0, the plot at `nameWidth`. No state of its own.
class TimelinePainter
{
public:
    TimelinePainter(const TimelineLayout &layout, const TimelineStyle &style)
        : m_layout(layout)
        , m_style(style)
    {}

    /// Behind the rows: lines at round times, breaks, marks; \a plot in the coordinates of \a
    /// painter.
    void paintGround(QPainter &painter, const QRect &plot, const TimeTicks &ticks) const;
    void paintRow(QPainter &painter, int shown, const QRect &rect, const RowLook &look) const;
    /// Over the rows: the line at now.
    void paintNow(QPainter &painter, const QRect &plot) const;

    /// The zigzag of a break, also used by the header.
    static void paintBreak(QPainter &painter, const QRectF &rect, const Theme &theme);

private:
    void paintName(QPainter &painter, int shown, const QRect &rect, const RowLook &look) const;
    void paintPlot(QPainter &painter, int shown, const QRect &plot, const RowLook &look) const;
    void paintRunBar(QPainter &painter, const DrawnBar &bar, const QRect &plot) const;
    void paintActivity(QPainter &painter, const QRect &plot) const;
    void paintMarks(QPainter &painter, const QRect &plot) const;
    void paintCall(QPainter &painter, const DrawnBar &bar, const QRect &plot) const;
    void paintBar(QPainter &painter, const DrawnBar &bar, const QRect &plot) const;
    void paintBarText(QPainter &painter, const DrawnBar &bar, const QRectF &rect) const;
    void paintGap(QPainter &painter, const DrawnBar &bar, const QRectF &rect) const;
    void paintTail(QPainter &painter, int shown, const std::vector<DrawnBar> &bars,
                   const QRect &plot) const;
    void paintFold(QPainter &painter, const DrawnBar &bar, const QRect &plot) const;
    void paintIcon(QPainter &painter, const QString &name, Token token, const QRectF &box) const;
    void paintBracket(QPainter &painter, const QRect &column, const RowLook &look) const;
    [[nodiscard]] QString tailText(const TimelineRow &row) const;
    [[nodiscard]] QString callTail(const TimelineBar &bar) const;

    const TimelineLayout &m_layout;
    const TimelineStyle &m_style;
};

} // namespace console
