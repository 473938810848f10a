// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/timelineview.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/axislabels.h"
#include "ui/core/frameclock.h"
#include "ui/core/timelinetext.h"
#include "ui/runs/cameraglide.h"
#include "ui/runs/timeheader.h"
#include "ui/runs/timelineaccessible.h"
#include "ui/runs/timelinetip.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/headercap.h"
#include "ui/widgets/settings.h"

#include <QEvent>
#include <QFontMetrics>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QPaintEvent>
#include <QScrollBar>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int scrollSteps = 10'000; // of the horizontal bar, whatever the zoom
constexpr std::chrono::milliseconds activeBeat = 33ms;
constexpr std::chrono::milliseconds inactiveBeat = 250ms;
constexpr std::chrono::milliseconds hoverDelay = 300ms;

QString wrapKey()
{
    return u"timeline/wrapNames"_s;
}

} // namespace

TimelineView::TimelineView(Context &context, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_context(context)
    , m_cursor(m_layout)
    , m_glide(new CameraGlide(m_layout.camera(), context.clock, this))
    , m_header(new TimeHeader(*this, context, this))
    , m_tip(new TimelineTip(context.theme, context.icons, this))
{
    installTimelineAccessibility();
    setObjectName(u"timelineView"_s);
    setAccessibleName(tr("Timeline"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_hoverTimer.setSingleShot(true);
    m_hoverTimer.setInterval(hoverDelay);
    m_secondTimer.setSingleShot(true);
    connect(&m_hoverTimer, &QTimer::timeout, this,
            [this] { hover(viewport()->mapFromGlobal(QCursor::pos())); });
    connect(&m_secondTimer, &QTimer::timeout, this, &TimelineView::tick);
    connect(&context.clock, &FrameClock::frame, this, &TimelineView::tick);
    connect(&context.theme, &Theme::changed, this, [this] {
        restyle();
        m_header->update();
    });
    connect(&context.settings, &Settings::changed, this, &TimelineView::restyle);
    connect(m_glide, &CameraGlide::moved, this, &TimelineView::cameraMoved);
    connect(this, &TimelineView::viewChanged, m_header, qOverload<>(&QWidget::update));
    readNames();
    capScrollBar(*this, *m_header, context.theme);
    bindActions();
    restyle();
}

void TimelineView::restyle()
{
    m_style.theme = &m_context.theme;
    m_style.icons = &m_context.icons;
    m_style.font = font();
    m_style.smallFont = font();
    m_style.smallFont.setPointSizeF(std::max(6.0, font().pointSizeF() * 0.9));
    m_style.barHeight = std::max(m_context.settings.rowHeight(), QFontMetrics(font()).height() + 6);
    m_style.wrapsNames = m_context.settings.value(wrapKey()).toBool();
    m_style.rowHeight =
        m_style.barHeight + (m_style.wrapsNames ? QFontMetrics(font()).lineSpacing() : 0);
    m_style.isMirrored = isRightToLeft();
    m_style.pixelRatio = devicePixelRatioF();
    const int header = QFontMetrics(m_style.smallFont).height() + 12;
    setViewportMargins(0, header, 0, 0);
    m_header->setFont(m_style.smallFont);
    m_layout.setBreakNeed(breakNeed(QFontMetrics(m_style.smallFont)));
    shareNames();
    m_layout.camera().setViewWidth(plotRect().width());
    fitMargin();
    updateBars();
    viewport()->update();
}

void TimelineView::setTimeline(const TimelineDataPtr &run)
{
    const bool isOther = run->run != m_layout.data()->run;
    const bool isRetried = !isOther && run->retries() > m_layout.data()->retries();
    m_layout.setData(run);
    if (isOther) {
        m_break = -1;
        m_glide->stop();
        m_followsNow = true;
        m_ruler.reset();
        m_layout.camera().fit();
        m_layout.setMode(m_layout.suitableMode());
        m_layout.camera() = TimelineCamera();
        m_layout.setData(run);
        m_cursor.setShownRow(0);
        verticalScrollBar()->setValue(0);
        Q_EMIT modeChanged();
    }
    m_cursor.adjust();
    if (run->isLive)
        m_layout.setNow(m_context.backend.now());
    shareNames();
    m_layout.camera().setViewWidth(plotRect().width());
    fitMargin();
    if (isRetried) // what was looked at is over; what comes now is somewhere else
        fit();
    updateBars();
    followNow();
    watchTime();
    viewport()->update();
    m_context.actions.refresh();
    Q_EMIT viewChanged();
}

void TimelineView::setMode(AxisMode mode)
{
    if (mode == m_layout.mode())
        return;
    m_glide->finish();
    m_break = -1;
    m_layout.setMode(mode);
    fitMargin();
    m_ruler.reset();
    cameraMoved();
    Q_EMIT modeChanged();
}

void TimelineView::setRowFilter(const RowFilter &filter)
{
    m_layout.setFilter(filter);
    m_context.actions.refresh();
    updateBars();
    viewport()->update();
    Q_EMIT viewChanged();
}

void TimelineView::setShowsCalls(bool shows)
{
    if (shows == m_layout.showsCalls())
        return;
    m_layout.setShowsCalls(shows);
    fitMargin();
    updateBars();
    currentMoved(false);
    Q_EMIT callsShownChanged(shows);
}

void TimelineView::follow(const Selection &selection)
{
    if (selection == m_cursor.selection() || !m_cursor.follow(selection))
        return;
    currentMoved(false);
}

void TimelineView::setClockTime(bool uses)
{
    m_usesClockTime = uses;
    fitMargin(); // other texts stand on the axis
    updateBars();
    Q_EMIT viewChanged();
    viewport()->update();
}

TimeTicks TimelineView::ticks() const
{
    if (m_layout.mode() == AxisMode::Order)
        return {};
    const double distance = 14 * QFontMetrics(m_style.smallFont).averageCharWidth();
    // Round by the clock: the same in every zone that is whole quarters of an hour off.
    const double phase =
        m_usesClockTime
            ? static_cast<double>(devserver::toMs(m_layout.data()->start) % (24 * 3'600'000))
            : 0;
    return timeTicks(m_layout.camera(), distance, phase);
}

QRect TimelineView::groundRect() const
{
    QRect ground = plotRect();
    if (m_layout.rowCount() > 0)
        ground.setBottom(std::min(ground.bottom(), rowRect(m_layout.rowCount() - 1).bottom()));
    return ground;
}

int TimelineView::shownAt(int y) const
{
    const int shown = (y + verticalScrollBar()->value()) / m_style.rowHeight;
    return y >= 0 && shown < m_layout.rowCount() ? shown : -1;
}

QRect TimelineView::rowRect(int shown) const
{
    return QRect(0, shown * m_style.rowHeight - verticalScrollBar()->value(), viewport()->width(),
                 m_style.rowHeight);
}

void TimelineView::setWrapsNames(bool wraps)
{
    m_context.settings.setValue(wrapKey(), wraps);
    restyle();
    ensureShown(m_cursor.shownRow());
    Q_EMIT viewChanged();
}

void TimelineView::updateBars()
{
    growNames();
    m_isMovingBars = true;
    const int page = viewport()->height();
    verticalScrollBar()->setSingleStep(m_style.rowHeight);
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, std::max(0, m_layout.rowCount() * m_style.rowHeight - page));
    const TimelineCamera &camera = m_layout.camera();
    const double hidden = camera.contentWidth() - camera.viewWidth();
    horizontalScrollBar()->setRange(0, hidden > 0.5 ? scrollSteps : 0);
    if (hidden > 0.5) {
        const double share = camera.viewWidth() / hidden;
        horizontalScrollBar()->setPageStep(
            static_cast<int>(std::clamp(share * scrollSteps, 1.0, 1e8)));
        horizontalScrollBar()->setSingleStep(std::max(1, horizontalScrollBar()->pageStep() / 10));
        horizontalScrollBar()->setValue(
            static_cast<int>(camera.offset() / hidden * scrollSteps + 0.5));
    }
    m_isMovingBars = false;
}

void TimelineView::scrollContentsBy(int dx, int dy)
{
    Q_UNUSED(dy)
    if (dx != 0 && !m_isMovingBars) {
        m_glide->finish();
        TimelineCamera &camera = m_layout.camera();
        const double hidden = camera.contentWidth() - camera.viewWidth();
        camera.setOffset(hidden * horizontalScrollBar()->value() / scrollSteps);
        m_followsNow = false;
    }
    viewport()->update();
    Q_EMIT viewChanged();
}

void TimelineView::cameraMoved()
{
    updateBars();
    viewport()->update();
    m_tip->hide();
    checkActions();
    Q_EMIT viewChanged();
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const QRect area = viewport()->geometry();
    m_header->setGeometry(area.left(), 0, area.width(), area.top());
    shareNames();
    m_layout.camera().setViewWidth(plotRect().width());
    fitMargin();
    updateBars();
    Q_EMIT viewChanged();
}

void TimelineView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    watchTime();
}

RowLook TimelineView::lookOf(int shown) const
{
    const std::vector<ShownRow> &rows = m_layout.rows();
    const auto group = [&](int index) {
        if (index < 0 || index >= m_layout.rowCount())
            return -1;
        const ShownRow &row = rows[static_cast<std::size_t>(index)];
        return row.isFold() ? -1 : m_layout.rowOf(row).group;
    };
    const bool isCurrent = shown == m_cursor.shownRow();
    return {.isCurrent = isCurrent,
            .hasFocus = hasFocus(),
            .isHovered = shown == m_hoveredRow,
            .currentBar = isCurrent ? m_cursor.bar() : -1,
            .opensBracket = group(shown) != group(shown - 1),
            .closesBracket = group(shown) != group(shown + 1)};
}

void TimelineView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.setLayoutDirection(Qt::LeftToRight);
    const Theme &theme = m_context.theme;
    painter.fillRect(event->rect(), theme.color(Token::Base));
    const TimelinePainter rows(m_layout, m_style);
    const int first =
        std::max(0, (event->rect().top() + verticalScrollBar()->value()) / m_style.rowHeight);
    const int last =
        std::min(m_layout.rowCount() - 1,
                 (event->rect().bottom() + verticalScrollBar()->value()) / m_style.rowHeight);
    const QRect plot = groundRect(); // below the rows there is nothing to measure
    painter.save();
    painter.setClipRect(plot, Qt::IntersectClip);
    rows.paintGround(painter, plot, ticks());
    painter.restore();
    for (int shown = first; shown <= last; ++shown)
        rows.paintRow(painter, shown, rowRect(shown), lookOf(shown));
    painter.save();
    painter.setClipRect(plotRect(), Qt::IntersectClip);
    rows.paintNow(painter, plot);
    paintCurrentBreak(painter);
    paintRuler(painter);
    painter.restore();
    painter.fillRect(QStyle::visualRect(layoutDirection(), viewport()->rect(),
                                        QRect(m_style.nameWidth - 1, 0, 1, viewport()->height())),
                     theme.color(Token::Line));
}

bool TimelineView::isOnBreak() const
{
    const std::vector<AxisSegment> &segments = m_layout.camera().axis().segments();
    return m_break >= 0 && m_break < static_cast<int>(segments.size())
           && segments[static_cast<std::size_t>(m_break)].isBreak && m_cursor.dataRow() == 0;
}

void TimelineView::paintCurrentBreak(QPainter &painter) const
{
    if (!isOnBreak())
        return;
    const TimelineCamera &camera = m_layout.camera();
    const AxisSegment &segment = camera.axis().segments()[static_cast<std::size_t>(m_break)];
    const QRect run = rowRect(0);
    const double from = plotRect().left() + camera.xAt(segment.from);
    const double to = plotRect().left() + camera.xAt(segment.to);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_context.theme.color(Token::Accent), 2));
    painter.drawRect(QRectF(from, run.top() + 1, to - from, run.height() - 2));
}

void TimelineView::paintRuler(QPainter &painter) const
{
    if (!m_ruler)
        return;
    const QRect plot = plotRect();
    const double from = plot.left() + m_layout.camera().xAt(std::min(m_ruler->from, m_ruler->to));
    const double to = plot.left() + m_layout.camera().xAt(std::max(m_ruler->from, m_ruler->to));
    QColor shade = m_context.theme.color(Token::Accent);
    shade.setAlphaF(0.12F);
    painter.fillRect(QRectF(from, 0, to - from, plot.height()), shade);
    painter.setPen(QPen(m_context.theme.color(Token::Accent), 1));
    painter.drawLine(QPointF(from, 0), QPointF(from, plot.height()));
    painter.drawLine(QPointF(to, 0), QPointF(to, plot.height()));
    const QString text = u"Δ "_s
                         + timelineDuration(std::chrono::milliseconds(
                             std::llround(std::abs(m_ruler->to - m_ruler->from))));
    QFont bold = m_style.font;
    bold.setBold(true);
    painter.setFont(bold);
    const double width = QFontMetrics(bold).horizontalAdvance(text) + 16;
    const QRectF box(std::clamp((from + to - width) / 2, plot.left() + 2.0,
                                std::max(plot.left() + 2.0, plot.right() - width)),
                     plot.height() - m_style.rowHeight - 4, width, m_style.rowHeight);
    painter.fillRect(box, m_context.theme.color(Token::Raised));
    painter.drawRect(box);
    painter.setPen(m_context.theme.color(Token::Text));
    painter.drawText(box, Qt::AlignCenter, text);
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        m_hoverTimer.stop();
        m_tip->leave();
        m_hoveredRow = -1;
        viewport()->update();
    } else if (event->type() == QEvent::NativeGesture) {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) { // two fingers apart
            pinch(1 + gesture->value(), gesture->position().x() - plotRect().left());
            return true;
        }
    }
    return QAbstractScrollArea::viewportEvent(event);
}

// --- time ---

void TimelineView::watchTime()
{
    const TimelineData &run = *m_layout.data();
    if (run.isLive && isVisible()) {
        if (run.isExecuting) {
            m_secondTimer.stop();
            m_context.clock.request();
        } else if (!m_secondTimer.isActive()) {
            m_secondTimer.start(timeUntilTick(run, m_context.backend.now()));
        }
    } else {
        m_secondTimer.stop();
    }
}

void TimelineView::tick()
{
    const TimelineData &run = *m_layout.data();
    if (!run.isLive || !isVisible() || window()->isMinimized())
        return;
    const bool isExecuting = run.isExecuting;
    if (isExecuting)
        m_context.clock.request();
    const devserver::TimePoint now = m_context.backend.now();
    const auto beat = !isExecuting ? 0ms : (isActiveWindow() ? activeBeat : inactiveBeat);
    if (now - m_lastTick < beat || now == m_lastTick)
        return watchTime();
    if (!isExecuting && now < m_lastTick + timeUntilTick(run, m_lastTick))
        return watchTime(); // another one's frame, and no countdown reads otherwise
    m_lastTick = now;
    watchTime();
    const bool isSteady = m_context.settings.reducesMotion();
    const double phase = static_cast<double>(devserver::toMs(now) % 1'000) / 1'000;
    m_style.pulse = isSteady ? 1 : 0.5 + 0.5 * std::cos(phase * 6.283);
    const int line = nowLine();
    if (m_layout.setNow(now)) {
        followNow();
        updateBars();
        viewport()->update();
    } else {
        repaintOpenRows();
        // The line of now goes on in the rows between them, too.
        const int moved = nowLine();
        viewport()->update(std::min(line, moved) - 1, 0, std::abs(moved - line) + 3,
                           viewport()->height());
    }
    Q_EMIT viewChanged();
}

int TimelineView::nowLine() const
{
    // Zoomed in it may be further away than an int can say.
    const double x = m_layout.camera().xAt(m_layout.msOf(m_layout.now()));
    const double end = plotRect().width() + 10;
    return plotRect().left() + static_cast<int>(std::clamp(x, -10.0, end));
}

void TimelineView::repaintOpenRows()
{
    const int first = std::max(0, shownAt(0));
    const int last = shownAt(viewport()->height() - 1);
    for (int shown = first; shown <= (last < 0 ? m_layout.rowCount() - 1 : last); ++shown) {
        const ShownRow &row = m_layout.rows()[static_cast<std::size_t>(shown)];
        const bool isOpen =
            row.isFold()
                ? m_layout.fold(row.fold).open > 0
                : std::any_of(m_layout.rowOf(row).bars.begin(), m_layout.rowOf(row).bars.end(),
                              [](const TimelineBar &bar) { return bar.isOpen(); });
        if (isOpen)
            viewport()->update(rowRect(shown));
    }
}

void TimelineView::followNow()
{
    TimelineCamera &camera = m_layout.camera();
    if (!m_followsNow || m_glide->isGliding() || camera.isFit() || !m_layout.data()->isLive
        || m_layout.mode() == AxisMode::Order)
        return;
    const double x = camera.axis().xAt(m_layout.msOf(m_layout.now()));
    camera.setOffset(x - 0.9 * camera.viewWidth());
}

} // namespace console
