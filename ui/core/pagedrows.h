// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/pagedtablemodel.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

namespace console {

/// Whether a row belongs to what was asked for, as far as the window can tell.
enum class Fit { Yes, No, Unknown };

/// The rows of a PagedTableModel. `Traits` names `Row`, `Page` (with `rows`, `next`), `Key` (an
/// Id), `static Key key(const Row &)` and `static TimePoint bornAt(const Row &)`.
///
/// A subclass connects the feed to `take`, and says what a cell reads, which rows fit, and whether
/// new rows may be inserted in this order (`takesNew`, `comesBefore`).
template<typename Traits>
class PagedRows : public PagedTableModel
{
public:
    using Row = typename Traits::Row;
    using Key = typename Traits::Key;
    using PagedTableModel::PagedTableModel;
    Q_DISABLE_COPY_MOVE(PagedRows)

    ~PagedRows() override
    {
        if (m_question)
            m_question->cancel();
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }

    [[nodiscard]] const Row &at(int row) const { return m_rows[static_cast<std::size_t>(row)].row; }

    [[nodiscard]] int rowOfKey(const Key &key) const
    {
        const auto place = m_places.find(key);
        if (place == m_places.end())
            return -1;
        const auto found =
            std::lower_bound(m_rows.begin(), m_rows.end(), place->second,
                             [](const Entry &entry, qint64 at) { return entry.place < at; });
        return static_cast<int>(found - m_rows.begin());
    }

    [[nodiscard]] QByteArray idAt(int row) const override { return Traits::key(at(row)).toText(); }

    [[nodiscard]] int rowOf(const QByteArray &id) const override
    {
        const std::optional<Key> key = Key::fromText(id);
        return key ? rowOfKey(*key) : -1;
    }

    [[nodiscard]] bool isLeaving(int row) const override
    {
        return m_rows[static_cast<std::size_t>(row)].leavingSince.has_value();
    }

    /// Changed rows, new ones among them; shown in the next frame.
    void take(const std::vector<Row> &rows)
    {
        for (const Row &row : rows)
            m_pending.insert_or_assign(Traits::key(row), row);
        requestFrame();
    }

protected:
    [[nodiscard]] virtual Fit fit(const Row &row) const = 0;

    /// New rows are inserted; else they are only counted.
    [[nodiscard]] virtual bool takesNew() const { return true; }

    /// The order of the list, if it takes new rows: newest first.
    [[nodiscard]] virtual bool comesBefore(const Row &a, const Row &b) const
    {
        return Traits::key(b) < Traits::key(a);
    }

    /// The order of the list is that of the ids, newest first: `pageBehind` finds any row's next.
    [[nodiscard]] virtual bool isByIds() const { return false; }

    /// Asks which of these rows belong to the list although they do not tell it (`Fit::Unknown`): a
    /// page of those that do. Null: nobody knows.
    [[nodiscard]] virtual devserver::api::Reply *askAbout(std::vector<Key>) { return nullptr; }

    /// A changed row goes to another place: it is removed and comes in again as a new one.
    [[nodiscard]] virtual bool isMoved(const Row &, const Row &) const { return false; }

    /// A row goes at once, without being dimmed first: somebody has sent it away.
    void removeNow(const Key &key)
    {
        m_pending.erase(key);
        if (const int row = rowOfKey(key); row >= 0)
            removeRange(row, row);
    }

    /// Shares equal texts with other rows before it is kept.
    virtual void intern(Row &) {}

    [[nodiscard]] devserver::api::PageToken takePage(const devserver::api::Answer &answer) override;
    void flush() override;

private:
    static constexpr std::size_t mostAskedAbout = 250; // at once
    static constexpr std::size_t mostDoubtful = 2000;
    static constexpr qint64 gap = 1 << 20; // room for rows that come in between

    struct Entry {
        Row row;
        qint64 place = 0; ///< grows downwards; stays while others come and go
        std::optional<devserver::TimePoint> leavingSince;
    };

    struct KeyHash {
        std::size_t operator()(const Key &key) const
        {
            std::size_t entropy = 0;
            std::memcpy(&entropy, key.value.bytes.data() + 8, sizeof entropy);
            std::size_t time = 0;
            std::memcpy(&time, key.value.bytes.data(), sizeof time);
            return entropy ^ (time * 31);
        }
    };

    /// Last row of a page, and where the rows behind it can be asked for again.
    struct PageEnd {
        qint64 place;
        devserver::api::PageToken next;
    };

    [[nodiscard]] int rowAtPlace(qint64 place) const
    {
        const auto found =
            std::lower_bound(m_rows.begin(), m_rows.end(), place,
                             [](const Entry &entry, qint64 at) { return entry.place < at; });
        return found == m_rows.end() || found->place != place
                   ? -1
                   : static_cast<int>(found - m_rows.begin());
    }

    void change(int at, Row row, std::vector<qint64> &changed, std::vector<Row> &fresh);
    void consider(Row row, std::vector<Row> &fresh);
    void doubt(const Row &row);
    void askAboutDoubtful();
    void noteAnswer(const devserver::api::Answer &answer);
    void lookAgain();
    void insertNew(std::vector<Row> rows);
    void insert(int at, std::vector<Row> rows);
    void renumber();
    void removeLeft();
    void removeRange(int first, int last);
    void letEndGo();
    void trim();

    void tellUnseen() { setUnseen(static_cast<int>(m_unseen.size()), m_hasMissed); }

    [[nodiscard]] bool isBeforeEnd(const Row &row) const
    {
        return m_rows.empty() || !hasMore() || comesBefore(row, m_rows.back().row);
    }

    std::deque<Entry> m_rows;
    std::unordered_map<Key, qint64, KeyHash> m_places;
    std::map<Key, Row> m_pending;
    std::map<Key, Row> m_late; ///< changes of unknown rows while a page is read
    std::set<Key> m_unseen;
    std::set<Key> m_doubtful; ///< to be asked about
    std::set<Key> m_asked;    ///< about these
    std::set<Key> m_accepted; ///< the answer: they belong here
    QPointer<devserver::api::Reply> m_question;
    std::chrono::steady_clock::time_point m_askedAt = {};
    std::chrono::steady_clock::time_point m_askFrom = {};  ///< not sooner
    std::chrono::steady_clock::time_point m_lookFrom = {}; ///< the same of an empty list
    std::vector<PageEnd> m_ends;
    int m_askedRows = 0;        ///< rows that were there when somebody scrolled to the end of them
    std::set<qint64> m_leaving; ///< places
    bool m_hasMissed = false;
    const devserver::TimePoint m_madeAt = now();
};

} // namespace console

#include "ui/core/pagedrowsbody.h"
#include "ui/core/pagedrowsdoubt.h"
#include "ui/core/pagedrowstrim.h"
