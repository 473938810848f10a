// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/timeaxis.h"
#include "ui/core/timelinedata.h"

#include <QPixmap>
#include <QWidget>

namespace console {

class Theme;
class TimelineView;

/// The whole run in 36 pixels with a frame around what the timeline shows (ui.md §7.2). Dragging
/// the frame or its edges moves and resizes it, a click outside centres it.
class OverviewStrip final : public QWidget
{
    Q_OBJECT

public:
    OverviewStrip(TimelineView &view, Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    /// Pixels between which the timeline's part of the run lies.
    [[nodiscard]] QRect frameRect() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] QRect plotRect() const;

    [[nodiscard]] int plotLeft() const { return plotRect().left(); }
    enum class Grip { None, Left, Right, Middle };

    [[nodiscard]] Grip gripAt(int x) const;
    [[nodiscard]] TimeAxis axis() const; ///< of the timeline, as wide as this widget
    [[nodiscard]] QPixmap drawn() const;
    void dragTo(int x);

    TimelineView &m_view;
    Theme &m_theme;
    QPixmap m_picture;
    TimelineDataPtr m_drawnData;
    TimeAxis m_drawnAxis;
    QSize m_drawnSize;
    bool m_drawnDark = false;
    Grip m_grip = Grip::None;
    bool m_isFirstDrag = false;
    double m_gripOffset = 0; ///< pixels between the pointer and the left edge of the frame
};

} // namespace console
