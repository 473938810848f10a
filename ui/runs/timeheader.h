// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/axislabels.h"
#include "ui/core/theme.h"

#include <QWidget>

namespace console {

class ActionRegistry;
class TimelineView;
struct Context;

/// The head of a timeline: column title, times, breaks with their length, the time at the right
/// end. Dragging over it zooms to the range, a click on a break opens it.
class TimeHeader final : public QWidget
{
    Q_OBJECT

public:
    TimeHeader(TimelineView &view, Context &context, QWidget *parent);

    /// What is written now, in pixels of the plot.
    [[nodiscard]] AxisLabels labels() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    [[nodiscard]] QRect plotRect() const;
    void paintTimes(QPainter &painter, const QRect &plot) const;
    void paintMark(QPainter &painter, double x) const;
    void paintLabels(QPainter &painter, const QRect &plot, const AxisLabels &labels) const;
    [[nodiscard]] QRectF nowRect(const QRect &plot) const;
    void paintBreaks(QPainter &painter, const QRect &plot) const;

    TimelineView &m_view;
    Theme &m_theme;
    ActionRegistry &m_actions;
    int m_from = -1; ///< x where a drag began
    int m_to = -1;
};

} // namespace console
