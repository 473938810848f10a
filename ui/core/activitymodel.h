// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/pagedtablemodel.h"

#include <map>
#include <set>

namespace console {

class Feed;

enum class ActivityColumn { What, State, Progress, Completed, Failed, Left, Action, Started };

/// Long work: the engine's bulk retries and the jobs of the window, newest first; what is over
/// stays (ui.md 16.2). Rows are inserted and changed, never reset.
class ActivityModel final : public PagedTableModel
{
    Q_OBJECT

public:
    struct Row {
        QByteArray id; ///< of a bulk its id, of a job `job-3`
        devserver::TimePoint startedAt;
        std::optional<devserver::Bulk> bulk;
        int job = 0;
        QString title;
        QString icon;
        int total = 0;
        int done = 0; ///< with the failed ones
        int failed = 0;
        bool isOver = false;
        QString problem; ///< of a job: why some of it failed

        bool operator==(const Row &) const = default;
    };

    /// Jobs of the window are told by `setJob`.
    ActivityModel(devserver::api::ConsoleBackend &backend, FrameClock &clock, Feed &feed,
                  QObject *parent = nullptr);

    /// A job of the window, new or changed; `job` is not 0, the id is set here.
    void setJob(Row job);

    [[nodiscard]] const Row &at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    [[nodiscard]] bool isRunning(int row) const { return !at(row).isOver; }

    /// Those that are over leave the list, and do not come back; \returns their ids.
    QByteArrayList clearFinished();
    /// Finished rows with these ids are not shown.
    void hideFinished(const QByteArrayList &ids);

    /// How many are not over.
    [[nodiscard]] int running() const;

    [[nodiscard]] QByteArray idAt(int row) const override { return at(row).id; }

    [[nodiscard]] int rowOf(const QByteArray &id) const override;

    [[nodiscard]] bool isLeaving(int row) const override
    {
        Q_UNUSED(row)
        return false;
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

protected:
    [[nodiscard]] devserver::api::Reply *askPage(const devserver::api::PageToken &after,
                                                 int limit) override;
    [[nodiscard]] devserver::api::PageToken takePage(const devserver::api::Answer &page) override;
    void flush() override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QString toolTip(int row, int column) const override;
    [[nodiscard]] QString spoken(int row, int column) const override;
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    timeUntilChange(int row, devserver::TimePoint now) const override;

private:
    [[nodiscard]] static Row rowOf(const devserver::Bulk &bulk);
    void put(Row row);
    void remove(int row);
    [[nodiscard]] static QString failureWords(const Row &row);
    [[nodiscard]] Cell stateCell(const Row &row) const;

    std::vector<Row> m_rows; ///< newest first
    std::map<QByteArray, Row> m_pending;
    std::set<QByteArray> m_hidden; ///< cleared, if they are over
};

} // namespace console
