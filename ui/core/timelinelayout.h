// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/timelinecamera.h"
#include "ui/core/timelinefolding.h"

#include <optional>
#include <set>
#include <vector>

namespace console {

/// One thing that is painted in a row: a bar, or several bars that share a few pixels.
struct DrawnBar {
    double x = 0; ///< in the plot
    double width = 0;
    BarState state = BarState::Queued; ///< the worst of what it stands for
    int row = 0;                       ///< of the data; of the worst one
    int bar = 0;                       ///< index into TimelineRow::bars; of the worst one
    int count = 1;
    double density = 1; ///< of a fold: 0..1, how much happens at once

    [[nodiscard]] bool contains(double at) const { return at >= x && at < x + width; }

    bool operator==(const DrawnBar &) const = default;
};

/// Which rows are shown, and where in the plot things are (ui.md §7.2): folding, filter, mapping of
/// time, level of detail, hit test. No widgets.
class TimelineLayout
{
public:
    static constexpr double narrowest = 3;    ///< pixels that a bar has at least
    static constexpr double easiestToHit = 9; ///< pixels

    void setData(TimelineDataPtr data);
    /// For a live run; the axis grows in jumps of 10 % so that bars do not creep. \returns whether
    /// anything but the open bars moved.
    bool setNow(devserver::TimePoint now);
    void setMode(AxisMode mode);
    void setFilter(const RowFilter &filter);
    /// Default: labels of breaks need no room.
    void setBreakNeed(TimeAxis::BreakNeed need);

    [[nodiscard]] const TimelineDataPtr &data() const { return m_data; }

    [[nodiscard]] AxisMode mode() const { return m_mode; }

    /// What suits the run: squeezed if it idles most of the time.
    [[nodiscard]] AxisMode suitableMode() const;

    /// A row for each call to the app (ui.md §7.3/11).
    void setShowsCalls(bool shows);

    [[nodiscard]] bool showsCalls() const { return m_showsCalls; }

    [[nodiscard]] const RowFilter &filter() const { return m_filter; }

    /// Steps that have what is looked for, in folds too.
    [[nodiscard]] int foundCount() const;

    [[nodiscard]] devserver::TimePoint now() const { return m_now; }

    [[nodiscard]] TimelineCamera &camera() { return m_camera; }

    [[nodiscard]] const TimelineCamera &camera() const { return m_camera; }

    [[nodiscard]] const std::vector<ShownRow> &rows() const { return m_rows; }

    [[nodiscard]] int rowCount() const { return static_cast<int>(m_rows.size()); }

    [[nodiscard]] const StepFold &fold(int index) const
    {
        return m_folds[static_cast<std::size_t>(index)];
    }

    [[nodiscard]] bool hasFolds() const { return !m_folds.empty(); }

    /// Of the row itself, not of a fold.
    [[nodiscard]] const TimelineRow &rowOf(const ShownRow &shown) const
    {
        return m_data->rows[static_cast<std::size_t>(shown.row)];
    }

    /// Where this row of the data is shown; its fold if that is closed; -1 if it is hidden.
    [[nodiscard]] int shownIndex(int dataRow) const;
    /// The row of this call if calls have rows, else that of the step.
    [[nodiscard]] int shownIndex(int dataRow, int bar) const;
    void setOpen(int fold, bool isOpen);
    void setAllOpen(bool areOpen);

    /// What is painted in a row, as far as it is in the plot; in order of painting.
    [[nodiscard]] std::vector<DrawnBar> bars(int shown) const;
    /// The drawn bar under or next to \a x.
    [[nodiscard]] std::optional<DrawnBar> hit(int shown, double x) const;

    /// Index of the break under \a x into the segments of the axis, or -1.
    [[nodiscard]] int breakAt(double x) const;
    /// Until it is closed it is as wide as it is long.
    void openBreak(int segment);

    void closeBreaks() { setOpenedBreaks({}); }

    /// Starts of all that were opened, ms; to have them as they were.
    void setOpenedBreaks(const std::vector<double> &starts);

    [[nodiscard]] const std::vector<double> &openedBreaks() const { return m_openedBreaks; }

    /// That was opened and has \a x in it. \returns false if there is none.
    bool closeBreakAt(double x);

    /// On this axis.
    [[nodiscard]] bool hasOpenedBreaks() const { return !m_camera.axis().opened().empty(); }

    /// Milliseconds since the start of the run.
    [[nodiscard]] double msOf(devserver::TimePoint time) const;

    /// Where a bar begins and ends on the axis: ms, or rows.
    [[nodiscard]] std::pair<double, double> extent(int dataRow, int bar) const;

private:
    void refold();
    void rebuildAxis();
    [[nodiscard]] std::vector<DrawnBar> foldBars(const StepFold &fold) const;

    TimelineDataPtr m_data = std::make_shared<TimelineData>();
    devserver::TimePoint m_now;
    double m_axisEnd = 1;
    AxisMode m_mode = AxisMode::Real;
    RowFilter m_filter;
    bool m_showsCalls = false;
    std::vector<StepFold> m_folds;
    std::set<QByteArray> m_openFolds;
    std::vector<ShownRow> m_rows;
    std::vector<int> m_slots; ///< Order: by data row
    std::vector<double> m_openedBreaks;
    TimeAxis::BreakNeed m_breakNeed;
    TimelineCamera m_camera;
};

} // namespace console
