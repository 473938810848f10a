// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/place.h"
#include "ui/core/timelinelayout.h"

#include <QByteArray>

#include <optional>

namespace console {

/// The one current item of a timeline: a row, an attempt in it, or a fold (ui.md §7.6). It stays on
/// its step when rows come, go or are folded.
class TimelineCursor
{
public:
    explicit TimelineCursor(TimelineLayout &layout)
        : m_layout(layout)
    {}

    /// Where it is shown; the fold that hides it; -1 if the filter hides it.
    [[nodiscard]] int shownRow() const;

    /// Index into TimelineRow::bars, -1: the whole row.
    [[nodiscard]] int bar() const { return m_bar; }

    /// Index into TimelineData::rows; -1 on a fold.
    [[nodiscard]] int dataRow() const;

    void setShownRow(int shown);
    void setBar(int dataRow, int bar);
    void moveRow(int by);
    /// Another bar of the row. \returns false if there is none on that side.
    bool moveBar(int direction);
    /// The next failed attempt of the run by time; unfolds what hides it. \returns false if there
    /// is none.
    bool moveToFailed(int direction);

    /// The next step that has what is looked for, after the last one the first again; unfolds what
    /// hides it. \returns false if there is none.
    bool moveToFound(int direction);

    /// What the inspector is told.
    [[nodiscard]] Selection selection() const;
    /// \returns whether this run has it.
    bool follow(const Selection &selection);

    /// After a new snapshot: the same attempt may have another index.
    void adjust();

private:
    [[nodiscard]] const TimelineRow *row() const;
    void reveal(int dataRow);

    TimelineLayout &m_layout;
    RowKind m_kind = RowKind::Run;
    devserver::StepId m_step;
    QByteArray m_fold; ///< key; not empty: a fold is current
    int m_bar = -1;
    std::optional<devserver::RequestId> m_request; ///< of the bar
};

} // namespace console
