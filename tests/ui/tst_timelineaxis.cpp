// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/timelinestage.h"
#include "tests/ui/support/timelinestories.h"
#include "ui/core/timelinetext.h"
#include "ui/runs/timeheader.h"

#include <QImage>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace console;
using namespace console::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What is written along the time of a run, and in its breaks and waits.
class TestTimelineAxis final : public TimelineStage
{
    Q_OBJECT

private Q_SLOTS:
    void axisIsWrittenOverNoBreak_data();
    void axisIsWrittenOverNoBreak();
    void axisNamesWhereWorkGoesOn();
    void timesOfAnAxisAreEquallyPrecise_data();
    void timesOfAnAxisAreEquallyPrecise();
    void noTimeIsLostToDecimals();
    void waitsAreWrittenWhereTheirBreaksAreLabelled();
    void allWaitsHaveASignOrNone_data();
    void allWaitsHaveASignOrNone();
    void labelsOfBreaksStandClear_data();
    void labelsOfBreaksStandClear();
    void timesStandWhereTheySay_data();
    void timesStandWhereTheySay();
    void marksStandClear_data();
    void marksStandClear();
    void waitsHaveWholeDashes();
    void retrySignStandsClearOfBreaks();

private:
    [[nodiscard]] const TimeHeader &header() const
    {
        return *child<TimeHeader>(m_pane.get(), "timelineHeader");
    }
};

void TestTimelineAxis::axisIsWrittenOverNoBreak_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {900, 700, 600, 520, 508, 480, 440})
        QTest::addRow("%d pixels", width) << width;
}

/// However narrow it is, nothing is written over something else, and the axis says something.
void TestTimelineAxis::axisIsWrittenOverNoBreak()
{
    QFETCH(const int, width);
    tell(retriedRun());
    m_pane->resize(width, 560);
    m_ui->beat();
    const AxisLabels labels = header().labels();
    QVERIFY(labels.times.size() >= 2); // how long it took can be read
    QCOMPARE(labels.times.front().mark, 0.0);
    const auto isOverBreak = [&](const AxisLabel &time) {
        bool isOver = false;
        for (double x = time.x; x < time.x + time.width; ++x)
            isOver = isOver || view().timeline().breakAt(x) >= 0;
        return isOver;
    };
    double free = 0;
    for (const AxisLabel &time : labels.times) {
        QVERIFY2(!isOverBreak(time), qPrintable(time.text));
        QVERIFY2(time.mark >= free, qPrintable(time.text));
        free = time.x + time.width;
        for (const AxisLabel &wait : labels.waits)
            QVERIFY2(free <= wait.x || time.x >= wait.x + wait.width, qPrintable(time.text));
    }
    QVERIFY(free <= view().timeline().camera().viewWidth());
    shoot(m_pane.get(), u"look_axis_%1"_s.arg(width));
}

void TestTimelineAxis::axisNamesWhereWorkGoesOn()
{
    tell(retriedRun());
    m_pane->resize(1'300, 560);
    m_ui->beat();
    QStringList times;
    for (const AxisLabel &time : header().labels().times)
        times.append(time.text);
    // The second attempt, the third one, the fourth, and the fifth.
    for (const QString &start : {u"+23 s"_s, u"+1 m 23 s"_s, u"+2 m 39 s"_s, u"+4 m 46 s"_s})
        QVERIFY2(times.contains(start), qPrintable(times.join(u", "_s)));
    QVERIFY(header().labels().waits.size() >= 4);
}

void TestTimelineAxis::timesOfAnAxisAreEquallyPrecise_data()
{
    QTest::addColumn<int>("width");
    for (int width = 440; width < 1'400; width += 80)
        QTest::addRow("%d pixels", width) << width;
}

/// `+33 s` is not beside `+5 m 07.7 s`.
void TestTimelineAxis::timesOfAnAxisAreEquallyPrecise()
{
    QFETCH(const int, width);
    tell(failedRun(twoSteps()));
    m_pane->resize(width, 560);
    m_ui->beat();
    QStringList times;
    QSet<qsizetype> decimals;
    for (const AxisLabel &time : header().labels().times) {
        times.append(time.text);
        const qsizetype point = time.text.indexOf(u'.');
        decimals.insert(point < 0 ? 0 : time.text.size() - point);
    }
    QVERIFY2(times.size() >= 2 || header().labels().waits.size() == 4,
             qPrintable(times.join(u", "_s)));
    QVERIFY2(decimals.size() == 1, qPrintable(times.join(u", "_s)));
}

/// With `+22.8 s`, the last tick had no room.
void TestTimelineAxis::noTimeIsLostToDecimals()
{
    RunStory story = triedOften(RunStory().start().step("load-order", 800ms), {20s, 58s, 74s});
    tell(story.step("charge-card", 700ms).step("send-receipt", 90ms).complete());
    m_pane->resize(1'100, 520);
    m_ui->beat();
    QStringList times;
    for (const AxisLabel &time : header().labels().times)
        times.append(time.text);
    QVERIFY2(times.contains(u"+1 m 24 s"_s) && times.contains(u"+23 s"_s)
                 && !times.join(u' ').contains(u'.'),
             qPrintable(times.join(u", "_s)));
}

/// With the sign of the next attempt behind them.
void TestTimelineAxis::waitsAreWrittenWhereTheirBreaksAreLabelled()
{
    tell(failedRun(RunStory().start()));
    m_pane->resize(900, 560);
    m_ui->beat();
    const int row = shownRow(u"charge-card"_s);
    QCOMPARE(header().labels().waits.size(), 4U);
    const QImage image = view().viewport()->grab().toImage();
    const QRect rect = view().rowRect(row);
    int written = 0;
    for (const DrawnBar &bar : view().timeline().bars(row)) {
        if (bar.state != BarState::Backoff)
            continue;
        // Its line is dashed; words and sign are above and below it as well.
        int first = -1;
        int last = -1;
        const int left = view().plotRect().left() + static_cast<int>(bar.x);
        for (int x = left; x < left + static_cast<int>(bar.width); ++x) {
            const QColor above = image.pixelColor(x, rect.center().y() - 3);
            if (above.red() - above.blue() < 60)
                continue;
            first = first < 0 ? x : first;
            last = x;
        }
        constexpr int signAlone = 12;
        written += first >= 0 && last - first > signAlone + 8 ? 1 : 0;
    }
    QCOMPARE(written, 4);
    shoot(m_pane.get(), u"look_waits"_s);
}

void TestTimelineAxis::allWaitsHaveASignOrNone_data()
{
    QTest::addColumn<int>("width");
    for (int width = 520; width < 1'400; width += 55)
        QTest::addRow("%d pixels", width) << width;
}

/// The sign goes further down than the texts do.
void TestTimelineAxis::allWaitsHaveASignOrNone()
{
    QFETCH(const int, width);
    tell(failedRun(twoSteps()));
    m_pane->resize(width, 560);
    m_ui->beat();
    const int row = shownRow(u"charge-card"_s);
    const QImage image = view().viewport()->grab().toImage();
    const QRect rect = view().rowRect(row);
    const auto hasInk = [&](const DrawnBar &bar, int below, int strength) {
        const int left = view().plotRect().left() + static_cast<int>(bar.x);
        for (int x = left; x < left + static_cast<int>(bar.width); ++x) {
            const QColor color = image.pixelColor(x, rect.center().y() + below);
            if (color.red() - color.blue() >= strength)
                return true;
        }
        return false;
    };
    int written = 0;
    int signs = 0;
    for (const DrawnBar &bar : view().timeline().bars(row)) {
        if (bar.state != BarState::Backoff)
            continue;
        written += hasInk(bar, -3, 60) ? 1 : 0;
        signs += hasInk(bar, 5, 20) ? 1 : 0;
    }
    shoot(m_pane.get(), u"look_signs_%1"_s.arg(width));
    QVERIFY2(signs == 0 || signs == written, qPrintable(u"%1 of %2"_s.arg(signs).arg(written)));
    QVERIFY(width < 1'200 || signs == 4);
}

void TestTimelineAxis::labelsOfBreaksStandClear_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("labelled"); // at least
    QTest::addRow("wide") << 900 << 4;
    QTest::addRow("short labels give way to long ones") << 780 << 4;
    QTest::addRow("narrow") << 520 << 0;
}

/// No text stands on a zigzag or beside it without a gap, neither on the axis nor in the rows.
void TestTimelineAxis::labelsOfBreaksStandClear()
{
    QFETCH(const int, width);
    RunStory story = triedOften(RunStory().start(), {20s, 40s, 50s, 86'340s});
    tell(story.step("charge-card", 700ms).complete());
    m_pane->resize(width, 560);
    m_ui->beat();
    const TimelineCamera &camera = view().timeline().camera();
    const AxisLabels labels = header().labels();
    QFETCH(const int, labelled);
    QVERIFY(static_cast<int>(labels.waits.size()) >= labelled);
    const QImage image = view().viewport()->grab().toImage();
    const QColor base = m_ui->theme.color(Token::Base);
    const int y = view().rowRect(1).center().y() - 4; // beside the dashed line
    int breaks = 0;
    for (const AxisSegment &segment : camera.axis().segments()) {
        if (!segment.isBreak)
            continue;
        ++breaks;
        for (const double edge : {camera.xAt(segment.from), camera.xAt(segment.to)}) {
            for (const AxisLabel &wait : labels.waits)
                QVERIFY2(edge + 5 <= wait.x || edge - 5 >= wait.x + wait.width,
                         qPrintable(wait.text));
            // The ground of a text would be seen on one of the sides of the zigzag.
            const int x = view().plotRect().left() + static_cast<int>(std::round(edge));
            const int inside = edge == camera.xAt(segment.from) ? 4 : -4;
            QVERIFY(image.pixelColor(x + inside, y) != base);
        }
    }
    QCOMPARE(breaks, 4);
    shoot(m_pane.get(), u"look_breaks_%1"_s.arg(width));
}

void TestTimelineAxis::timesStandWhereTheySay_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<double>("off"); // pixels; where it is narrow, what is hardly seen
    for (int width = 440; width < 1'500; width += 60)
        QTest::addRow("%d pixels", width) << width << (width < 1'000 ? 5.5 : 1.5);
}

/// `+23 s` was where 22.8 seconds were over.
void TestTimelineAxis::timesStandWhereTheySay()
{
    QFETCH(const int, width);
    QFETCH(const double, off);
    RunStory story = triedOften(RunStory().start().step("load-order", 800ms), {20s, 58s, 74s});
    tell(story.step("charge-card", 700ms).step("send-receipt", 90ms).complete());
    m_pane->resize(width, 520);
    m_ui->beat();
    const TimelineCamera &camera = view().timeline().camera();
    const std::vector<AxisLabel> times = header().labels().times;
    QVERIFY(!times.empty());
    static const QRegularExpression pattern(u"^\\+?(?:(\\d+) m ?)?(?:([\\d.]+)(?: s)?)?$"_s);
    for (const AxisLabel &time : times) {
        const QRegularExpressionMatch match = pattern.match(time.text);
        QVERIFY2(match.hasMatch(), qPrintable(time.text));
        const double said =
            (match.captured(1).toDouble() * 60 + match.captured(2).toDouble()) * 1'000;
        const double at = camera.msAt(time.mark);
        QVERIFY2(std::abs(said - at) * camera.axis().scale() <= off,
                 qPrintable(u"%1 at %2"_s.arg(time.text).arg(at)));
    }
}

void TestTimelineAxis::marksStandClear_data()
{
    timesStandWhereTheySay_data();
}

/// Neither beside each other nor at the edge of a break.
void TestTimelineAxis::marksStandClear()
{
    QFETCH(const int, width);
    tell(retriedRun({20s}));
    m_pane->resize(width, 520);
    m_ui->beat();
    const QImage image = child<QWidget>(m_pane.get(), "timelineHeader")->grab().toImage();
    const QRgb mark = m_ui->theme.color(Token::LineStrong).rgb();
    const TimelineCamera &camera = view().timeline().camera();
    const auto isAtBreak = [&](int x, double gap) {
        const std::vector<AxisSegment> &segments = camera.axis().segments();
        return std::any_of(segments.begin(), segments.end(), [&](const AxisSegment &segment) {
            return segment.isBreak
                   && (std::abs(camera.xAt(segment.from) - x) < gap
                       || std::abs(camera.xAt(segment.to) - x) < gap);
        });
    };
    for (const TimeTick &tick : view().ticks().ticks)
        QVERIFY2(!isAtBreak(static_cast<int>(tick.x), 3), qPrintable(QString::number(tick.x)));
    int last = -100;
    int marks = 0;
    for (int x = 0; x < view().plotRect().width(); ++x) {
        if (isAtBreak(x, 4)
            || image.pixel(view().plotRect().left() + x, header().height() - 4) != mark)
            continue;
        QVERIFY2(x - last >= 6, qPrintable(u"%1 and %2"_s.arg(last).arg(x)));
        last = x;
        ++marks;
    }
    QVERIFY(marks > 0);
}

/// At both ends of a wait, and none behind the sign of the next attempt where that ends it.
void TestTimelineAxis::waitsHaveWholeDashes()
{
    RunStory story = triedOften(RunStory().start().step("load-order", 800ms), {20s, 58s, 74s});
    tell(story.step("charge-card", 700ms).step("send-receipt", 90ms).complete());
    m_pane->resize(1'100, 520);
    m_ui->beat();
    const QRgb dash = m_ui->theme.color(Token::StateBackoff).rgb();
    const auto inkAt = [&](const QImage &image, int from, int to) {
        const int y = view().rowRect(shownRow(u"charge-card"_s)).center().y() + 1;
        QString ink;
        for (int x = from; x < to; ++x)
            ink += image.pixel(x, y) == dash ? u'-' : u' ';
        return ink;
    };
    const QImage image = view().viewport()->grab().toImage();
    int waits = 0;
    for (const DrawnBar &bar : view().timeline().bars(shownRow(u"charge-card"_s))) {
        if (bar.state != BarState::Backoff)
            continue;
        ++waits;
        const double left = view().plotRect().left() + bar.x;
        const int from = static_cast<int>(std::ceil(left));
        const int to = static_cast<int>(std::floor(left + bar.width));
        QCOMPARE(inkAt(image, from, from + 8), u"----   -"_s);
        QCOMPARE(inkAt(image, to - 8, to), u"-   ----"_s);
    }
    QCOMPARE(waits, 3);
    RunStory live;
    live.start().step("load-order", 800ms).failAttempt("charge-card", 2s, 20s).pass(1'400ms);
    tell(live);
    const DrawnBar wait = view().timeline().bars(shownRow(u"charge-card"_s)).front();
    QCOMPARE(wait.state, BarState::Backoff);
    const int end = view().plotRect().left() + static_cast<int>(wait.x + wait.width);
    QCOMPARE(inkAt(view().viewport()->grab().toImage(), end - 3, end), u"   "_s);
}

/// That of the retry of a run, in its row.
void TestTimelineAxis::retrySignStandsClearOfBreaks()
{
    tell(retriedRun({20s}));
    m_pane->resize(1'100, 520);
    m_ui->beat();
    const QImage image = view().viewport()->grab().toImage();
    const QRect row = view().rowRect(0);
    const TimelineCamera &camera = view().timeline().camera();
    int inked = 0;
    for (int x = 0; x < view().plotRect().width(); ++x) {
        bool isInked = false;
        for (int y = row.top() + 4; y < row.bottom() - 4; ++y) {
            const QColor color = image.pixelColor(view().plotRect().left() + x, y);
            isInked = isInked || color.blue() - color.red() > 100;
        }
        if (!isInked)
            continue;
        ++inked;
        for (const AxisSegment &segment : camera.axis().segments())
            QVERIFY2(!segment.isBreak
                         || (std::abs(camera.xAt(segment.from) - x) >= 4
                             && std::abs(camera.xAt(segment.to) - x) >= 4),
                     qPrintable(QString::number(x)));
    }
    QVERIFY(inked >= 6);
}

UI_TEST_MAIN(TestTimelineAxis)
#include "tst_timelineaxis.moc"
