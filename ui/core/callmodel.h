// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/callsteps.h"
#include "ui/core/format.h"
#include "ui/core/listcell.h"

#include <QAbstractTableModel>

#include <chrono>
#include <optional>
#include <vector>

namespace console {

struct Inspection;

/// Every call that the server made for a subject, newest on top (ui.md §8). Never reset. GUI
/// thread.
class CallModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Step, Method, Address, Status, Bytes, Duration, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setInspection(const Inspection &inspection, devserver::TimePoint now);
    /// For calls that are under way. \returns how long their durations read so; nothing if none is
    std::optional<std::chrono::milliseconds> setNow(devserver::TimePoint now);
    /// Relative: since the run was queued.
    void setTimeStyle(TimeStyle style);

    [[nodiscard]] const devserver::Attempt &attempt(int row) const
    {
        return m_rows[static_cast<std::size_t>(row)];
    }

    [[nodiscard]] int rowOf(const devserver::RequestId &request) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    [[nodiscard]] static std::vector<ColumnSpec> columns();

private:
    [[nodiscard]] Cell cell(const devserver::Attempt &attempt, int column) const;

    std::vector<devserver::Attempt> m_rows;
    std::vector<RetryFate> m_fates; ///< of the same rows
    QString m_body;                 ///< what a call of no step is called
    bool m_isOneStep = false;       ///< its name stands above the list
    int m_highest = 0;              ///< attempt
    devserver::TimePoint m_now;
    devserver::TimePoint m_start; ///< of the run
    TimeStyle m_style = TimeStyle::Relative;
};

/// What is known of the signatures of a call, in words and with a sign (ui.md §8); empty if there
/// was no signing key.
[[nodiscard]] Cell signatureCell(const devserver::Attempt &attempt);

/// A part of a call's time.
struct CallPhase {
    enum class Kind { Dns, Connect, Wait, Transfer };

    Kind kind = Kind::Wait;
    std::chrono::microseconds length{};
};

/// In order, without empty ones; empty if nothing was measured.
[[nodiscard]] std::vector<CallPhase> callPhases(const devserver::CallTiming &timing);
[[nodiscard]] QString phaseWord(CallPhase::Kind kind);
/// `180 µs`, else as formatDuration.
[[nodiscard]] QString phaseDuration(std::chrono::microseconds length);

} // namespace console
