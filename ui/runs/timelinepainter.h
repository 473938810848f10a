// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"
#include "ui/core/timelinelayout.h"
#include "ui/core/timeticks.h"

#include <QFont>
#include <QRect>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <optional>

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
    int barHeight = 24; ///< of the part of a row that bars are drawn in
    bool wrapsNames = false;
    int nameWidth = 280;
    bool isMirrored = false; ///< right to left: the names stand behind the plot
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

/// Paints rows, grid and breaks of a timeline (ui.md §7.3). A row has its names and its plot side
/// by side; time goes from left to right whatever the direction. The painter must be left to right:
/// names are those of the code. No state of its own.
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

    static constexpr int iconSize = 16;
    static constexpr double edgeGap = 5;      ///< to the zigzag of a break, which comes 2.5 closer
    static constexpr double leastMargin = 12; ///< behind the last bar

    /// What is written behind the last bar of a row, or before its first one.
    struct Tail {
        QString text;
        double x = 0; ///< in the plot
        double width = 0;
    };

    /// Nothing if there is no place where it crosses neither a break nor the line of a retry.
    [[nodiscard]] std::optional<Tail> tail(int shown, double plotWidth) const;
    /// Pixels behind the end of the run that its labels need; the layout must be fitted.
    [[nodiscard]] double neededMargin() const;
    /// Pixels that the column of names needs for names and durations in full, and for the attempts
    /// that have room in \a most.
    [[nodiscard]] int neededNames(int most) const;

    /// The zigzag of a break, also used by the header.
    static void paintBreak(QPainter &painter, const QRectF &rect, const Theme &theme);

private:
    [[nodiscard]] QRect mirrored(const QRect &whole, const QRect &part) const;
    void paintName(QPainter &painter, int shown, const QRect &rect, const RowLook &look) const;
    void paintNameText(QPainter &painter, const QString &name, const QRect &room) const;
    /// Where the room of the name ends; \a left  where it begins.
    [[nodiscard]] int paintFacts(QPainter &painter, int shown, const QRect &rect, int left) const;
    [[nodiscard]] int nameAdvance(const TimelineRow &row) const;
    void paintPlot(QPainter &painter, int shown, const QRect &plot, const RowLook &look) const;
    [[nodiscard]] Token cycleToken(std::size_t cycle) const;
    void paintRun(QPainter &painter, const std::vector<DrawnBar> &bars, const QRect &plot) const;
    void paintRunBar(QPainter &painter, const DrawnBar &bar, const QRect &plot) const;
    void paintRunPattern(QPainter &painter, const DrawnBar &bar, const QRect &plot) const;
    [[nodiscard]] DisplayState cycleState(std::size_t cycle) const;
    [[nodiscard]] QRectF runRect(const DrawnBar &bar, const QRect &plot) const;
    void paintActivity(QPainter &painter, const QRect &plot) const;
    void paintMarks(QPainter &painter, const QRect &plot) const;
    void paintCall(QPainter &painter, const DrawnBar &bar, const QRect &plot) const;

    /// What is written in a wait between two attempts; in the coordinates of the painter.
    struct Gap {
        QString text;
        std::optional<QRectF> words;       ///< without a sign beside them; then as drawn
        std::optional<QRectF> wordsBySign; ///< with it
        std::optional<QRectF> sign;
    };

    struct BarLook {
        RowLook row;
        const Gap *gap = nullptr; ///< if it is one
    };

    [[nodiscard]] static bool isGap(BarState state)
    {
        return state == BarState::Backoff || state == BarState::Offline;
    }

    [[nodiscard]] static QRectF barRect(const DrawnBar &bar, const QRect &plot);
    [[nodiscard]] Gap gapIn(const DrawnBar &bar, const QRectF &rect, double plotLeft) const;
    [[nodiscard]] std::vector<Gap> gapsIn(const std::vector<DrawnBar> &bars,
                                          const QRect &plot) const;
    void paintBar(QPainter &painter, const DrawnBar &bar, const QRect &plot,
                  const BarLook &look) const;
    void paintBarText(QPainter &painter, const DrawnBar &bar, const QRectF &rect, double plotLeft,
                      const RowLook &look) const;
    void paintGap(QPainter &painter, const DrawnBar &bar, const QRectF &rect, double plotLeft,
                  const BarLook &look) const;
    void paintTail(QPainter &painter, int shown, const QRect &plot, const RowLook &look) const;
    [[nodiscard]] QColor groundAt(double x, const RowLook &look) const;
    void paintFold(QPainter &painter, const DrawnBar &bar, const QRect &plot) const;
    void paintIcon(QPainter &painter, const QString &name, Token token, const QRectF &box,
                   int size = iconSize) const;
    void paintBracket(QPainter &painter, const QRect &rect, const RowLook &look) const;
    [[nodiscard]] QStringList tails(int shown) const;
    [[nodiscard]] std::optional<QRectF> waitBox(const QString &text, const QRectF &bar,
                                                double plotLeft, double beside = 0) const;
    [[nodiscard]] bool isOnBreakEdge(double from, double to, double plotLeft) const;
    [[nodiscard]] bool isFree(double from, double to) const;
    [[nodiscard]] bool meetsRetry(double from, double to) const;
    [[nodiscard]] double retrySignAt(double line, double plotLeft) const;
    [[nodiscard]] QString tailText(const TimelineRow &row) const;
    [[nodiscard]] QString callTail(const TimelineBar &bar) const;

    const TimelineLayout &m_layout;
    const TimelineStyle &m_style;
};

} // namespace console
