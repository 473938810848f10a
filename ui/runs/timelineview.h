// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/timelinecursor.h"
#include "ui/core/timelinelayout.h"
#include "ui/runs/timelinepainter.h"
#include "ui/widgets/context.h"
#include "ui/widgets/innerlayout.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QTimer>

#include <functional>
#include <optional>

namespace console {

class CameraGlide;
class TimeHeader;
class TimelineTip;

/// The drawing of a run: name column and plot of one widget, so that both scroll as one
/// (ui.md §7.2). The vertical bar moves rows, the horizontal one time. GUI thread.
class TimelineView final
    : public QAbstractScrollArea
    , public InnerLayout
{
    Q_OBJECT

public:
    explicit TimelineView(Context &context, QWidget *parent = nullptr);

    /// Of another run: everything starts anew. Of the same: the view keeps its place.
    void setTimeline(const TimelineDataPtr &run);
    void setMode(AxisMode mode);
    void setRowFilter(const RowFilter &filter);
    /// A row for each call to the app.
    void setShowsCalls(bool shows);
    /// Goes to a step or attempt that was selected elsewhere.
    void follow(const Selection &selection);

    [[nodiscard]] const TimelineLayout &timeline() const { return m_layout; }

    [[nodiscard]] const TimelineCursor &cursor() const { return m_cursor; }

    [[nodiscard]] int rowHeight() const { return m_style.rowHeight; }

    [[nodiscard]] int nameWidth() const { return m_style.nameWidth; }

    [[nodiscard]] const QFont &smallFont() const { return m_style.smallFont; }

    [[nodiscard]] int shownAt(int y) const; ///< index of the row at \a y of the viewport, or -1
    [[nodiscard]] QRect rowRect(int shown) const;
    /// Of the viewport: where time is. The names stand before it, right to left behind it.
    [[nodiscard]] QRect plotRect() const;
    [[nodiscard]] TimeTicks ticks() const;

    [[nodiscard]] bool usesClockTime() const { return m_usesClockTime; }

    void setClockTime(bool uses);

    [[nodiscard]] bool wrapsNames() const { return m_style.wrapsNames; }

    /// The end of a live run stays in sight.
    [[nodiscard]] bool isFollowing() const { return m_followsNow && m_layout.data()->isLive; }

    /// Makes room for all names.
    void fitNames();

    void resetLayout() override { setNameWidth(TimelineStyle().nameWidth); }

    /// Two lines for each name.
    void setWrapsNames(bool wraps);

    // What people do; by keys, by mouse, from the header and the overview.
    void zoom(double factor, double x);
    /// As `zoom`, in small steps that need no smoothing.
    void pinch(double factor, double x);
    void pan(double pixels);
    void showRange(double from, double to);
    /// The same while a border is dragged: at once, and one step of the way back for all of it.
    void dragRange(double from, double to, bool isFirst);
    void fit();
    void zoomBack();
    void zoomToCurrent();
    void toggleFollow();
    void moveCurrent(int rows);
    void selectRow(int shown);
    void step(int direction); ///< fold, unfold, or another attempt
    void nextFailed(int direction);
    /// To the next step that has what is looked for, into folds too.
    void nextFound(int direction);
    void setAllOpen(bool areOpen);
    void activateCurrent();
    void toggleBreak(int segment);
    /// Opens the break at \a x of the plot, or closes the one that was opened there.
    void clickBreak(double x);
    /// On the row of the run: to the next break, which Enter opens.
    void stepBreak(int direction);
    void startRuler();
    bool leaveRuler(); ///< \returns false if there was none
    void showCard();
    [[nodiscard]] QString currentText() const;
    /// What a screen reader says of the current break; empty if none is current.
    [[nodiscard]] QString currentBreakWords() const;

Q_SIGNALS:
    void currentChanged(const console::Selection &selection);
    /// Something else is seen: zoom, pan, axis, rows, time.
    void viewChanged();
    void modeChanged();
    void findRequested();
    void callsShownChanged(bool areShown);

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    enum class Drag { None, Divider, Pan, Ruler };

    struct Ruler {
        double from = 0; ///< ms
        double to = 0;
    };

    void restyle();
    void bindActions();
    void checkActions();
    void readNames();
    void keepNames();
    void shareNames();
    void growNames();
    void setNameWidth(int width);
    void fitMargin();
    void updateBars();
    void moveCamera(const std::function<void()> &change);
    void cameraMoved();
    void currentMoved(bool isTold);
    void ensureShown(int shown);
    void tick();
    void watchTime();
    void repaintOpenRows();
    [[nodiscard]] int nowLine() const; ///< its x in the viewport
    void followNow();
    void paintRuler(QPainter &painter) const;
    void paintCurrentBreak(QPainter &painter) const;
    [[nodiscard]] bool isOnBreak() const;
    void hover(const QPoint &position);
    void press(const QPoint &position, bool isRuler);
    [[nodiscard]] QRect namesRect() const;
    [[nodiscard]] bool isOnDivider(int x) const;
    [[nodiscard]] QRect groundRect() const; ///< as much of it as there are rows
    [[nodiscard]] RowLook lookOf(int shown) const;

    Context &m_context;
    TimelineLayout m_layout;
    TimelineCursor m_cursor;
    TimelineStyle m_style;
    CameraGlide *m_glide;
    TimeHeader *m_header;
    TimelineTip *m_tip;
    QTimer m_hoverTimer;
    QTimer m_secondTimer; ///< for countdowns, while nothing executes
    devserver::TimePoint m_lastTick;
    Drag m_drag = Drag::None;
    QPoint m_dragFrom;
    int m_namesWish = 0;                               ///< where there is room for it
    int m_namedRows = 0;                               ///< that had their names measured
    bool m_canToggleBreak = false;                     ///< by a click that ends where it began
    int m_pressedRow = -1;                             ///< data row of the bar under the last press
    std::optional<std::vector<double>> m_breaksBefore; ///< the last click, which changed them
    int m_hoveredRow = -1;
    int m_break = -1; ///< the current one, index into the segments of the axis
    bool m_usesClockTime = false;
    bool m_followsNow = true;
    bool m_awaitsRuler = false;
    bool m_isMovingBars = false;
    bool m_wasFit = true; ///< when the actions were checked last
    bool m_couldGoBack = false;
    std::optional<Ruler> m_ruler;
};

} // namespace console
