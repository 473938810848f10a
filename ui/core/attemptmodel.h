// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/callsteps.h"
#include "ui/core/format.h"
#include "ui/core/listcell.h"

#include <QAbstractTableModel>

#include <optional>
#include <set>
#include <vector>

namespace console {

struct Inspection;

/// The attempts of a subject, newest on top, and above them the one to come; equal errors in a row
/// are one line until it is opened (ui.md §8). Never reset. GUI thread.
class AttemptModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Step, Result, Started, Waited, Duration, Http, Message, Decided, ColumnCount };

    struct Row {
        enum class Kind {
            Next,
            Attempt,
            Same,
            Cycle, ///< the run was retried here: what is above it came after
        };

        Kind kind = Kind::Attempt;
        devserver::Attempt attempt; ///< of Same: the oldest one of them
        int first = 0;              ///< of Same: how many from which on, counted from 0
        int count = 1;              ///< of Same; of Cycle: steps that were kept
        QString name;               ///< of the step, or of the function for its body
        QString error;              ///< name
        QString message;
        devserver::TimePoint due;                              ///< of Next; of Cycle: when
        devserver::JobState job = devserver::JobState::Queued; ///< of Next
        std::optional<devserver::TimePoint> previousEnd;
        bool isOpened = false; ///< of Same: its attempts stand below
        bool isUsedUp = false; ///< no other follows because the attempts are used up
        RetryFate fate;        ///< what came of it, if it was to be retried

        [[nodiscard]] QByteArray key() const;
        [[nodiscard]] QString number() const;
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// \a kept  those that are looked at: a line of equal errors that they join is open.
    void setInspection(const Inspection &inspection, devserver::TimePoint now,
                       const std::vector<devserver::RequestId> &kept = {});
    /// For a subject whose record is not there; removes the rows.
    void clear();
    /// For the countdown and for what is running.
    void setNow(devserver::TimePoint now);
    /// Relative: since the run was queued.
    void setTimeStyle(TimeStyle style);
    /// Opens or closes a line of equal errors.
    void toggle(int row);
    /// The line of equal errors that an attempt stands below; -1 if there is none.
    [[nodiscard]] int foldAround(int row) const;

    [[nodiscard]] const Row &row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    /// -1 if it is hidden or not there.
    [[nodiscard]] int rowOf(const devserver::RequestId &request) const;
    /// The first of equal errors is its own line again; \returns its row.
    int reveal(const devserver::RequestId &request);
    /// Whether a row changes by itself as time goes on.
    [[nodiscard]] bool isTicking() const;
    /// The first real one; -1 if there is none.
    [[nodiscard]] int newestAttempt() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// What only divides cannot be selected.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    [[nodiscard]] static std::vector<ColumnSpec> columns();
    /// `Retry after 4 s` as long as it is planned, then what came; `No: attempts used`; empty if
    /// nothing was to decide.
    [[nodiscard]] static QString decided(const Row &row);
    /// Of one attempt: others of the same step came before.
    [[nodiscard]] bool hasPrevious(int row) const;
    /// The attempt of the same step before this one; -1 if there is none. Opens a line of equal
    /// errors if it is inside of one; \returns its row.
    int revealPrevious(int row);

private:
    [[nodiscard]] static bool isTicking(const Row &row);
    [[nodiscard]] const Row *previousOf(const Row &row) const;
    void setRows(std::vector<Row> rows);
    void rebuild(const std::vector<devserver::RequestId> &kept = {});
    void readCycles(const Inspection &inspection);
    [[nodiscard]] Cell cell(const Row &row, int column) const;
    [[nodiscard]] Cell cycleCell(const Row &row, int column) const;
    [[nodiscard]] Cell stepCell(const Row &row) const;
    [[nodiscard]] Cell resultCell(const Row &row) const;
    [[nodiscard]] QString spoken(const Row &row) const;

    std::vector<Row> m_all;    ///< without folding, newest first
    std::vector<Row> m_cycles; ///< the divider below each cycle but the first, oldest first
    std::vector<Row> m_rows;   ///< as shown
    std::set<QByteArray> m_opened;
    bool m_isOneStep = false; ///< its name stands above the list
    QString m_widestNumber;   ///< of all rows that are shown
    devserver::TimePoint m_now;
    devserver::TimePoint m_start; ///< of the run
    TimeStyle m_style = TimeStyle::Relative;
};

/// `Succeeded`, `Failed (will retry)`, …; translated.
[[nodiscard]] QString attemptWord(const devserver::Attempt &attempt);
[[nodiscard]] QString attemptIcon(const devserver::Attempt &attempt);
[[nodiscard]] Token attemptToken(const devserver::Attempt &attempt);

} // namespace console
