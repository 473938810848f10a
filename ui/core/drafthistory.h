// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"
#include "ui/core/draft.h"

#include <QAbstractListModel>
#include <QJsonArray>

#include <optional>
#include <vector>

namespace console {

/// What was sent before, and what was removed, newest first, at most 1,000; equal ones one after
/// the other count once.
class DraftHistory final : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr std::size_t mostKept = 1000;

    /// The two parts of what a row says; Qt::UserRole is what a search looks through.
    enum Role { NameRole = Qt::UserRole + 1, TimeRole };

    struct Entry {
        devserver::TimePoint sentAt; ///< or removed
        Draft draft;
        bool isSent = true;
        /// With what placeholders stood for, those of the environment excepted; nothing: as
        /// written.
        std::optional<Draft> asSent = {};

        bool operator==(const Entry &) const = default;
    };

    using QAbstractListModel::QAbstractListModel;

    /// \a asSent  what became of it, of several copies of the first one
    void add(const Draft &draft, const Draft &asSent, devserver::TimePoint sentAt);
    /// It was not sent, and is in no tab any more.
    void addRemoved(const Draft &draft, devserver::TimePoint at);

    /// Null: nothing was.
    [[nodiscard]] const Draft *lastSent() const;

    [[nodiscard]] const Entry &at(int row) const
    {
        return m_entries[static_cast<std::size_t>(row)];
    }

    /// Ctrl+Up and Ctrl+Down: \a step -1 is older. \a current is kept while one looks around; it
    /// comes back at the end. Null: there is no further one.
    [[nodiscard]] const Draft *walk(int step, const Draft &current);

    [[nodiscard]] bool isWalking() const { return m_at >= 0; }

    /// Another draft is there: what was kept is of the one before.
    void endWalk() { m_at = -1; }

    /// To be kept; leaves out what would make it large: there is room for 1,000 texts of 1 KiB, as
    /// people write them, and for fewer that are longer.
    [[nodiscard]] std::vector<Entry> saved() const;
    /// Behind what was sent since the start, instead of what was restored before.
    void restore(std::vector<Entry> saved);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void put(Entry entry);

    std::vector<Entry> m_entries; ///< newest first
    std::size_t m_fresh = 0;      ///< sent since the start: the first ones
    Draft m_unsent;               ///< what was there before walking
    int m_at = -1;                ///< -1: not walking
};

/// Entries as they are kept, and back. Any thread.
[[nodiscard]] QJsonArray historyJson(const std::vector<DraftHistory::Entry> &entries);
[[nodiscard]] std::vector<DraftHistory::Entry> historyFromJson(const QJsonArray &json);

} // namespace console
