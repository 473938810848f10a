// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <limits>
#include <utility>

namespace console {

/// Which rows of a list have texts that were not measured yet: while rows come, to measure all that
/// are in sight would be most of the work, and most of them stay.
class UnmeasuredRows final
{
public:
    using Rows = std::pair<int, int>; ///< the first and the last one; none where that is less

    void add(int first, int last)
    {
        const bool hasNone = m_rows.second < m_rows.first;
        m_rows = {hasNone ? first : std::min(m_rows.first, first),
                  hasNone ? last : std::max(m_rows.second, last)};
    }

    /// They moved those below down.
    void insert(int first, int last)
    {
        if (m_rows.second >= first)
            m_rows.second += last - first + 1;
        add(first, last);
    }

    void addAll() { m_rows = {0, std::numeric_limits<int>::max() / 2}; }

    /// Some columns were not measured of what was taken: somebody read.
    void passOver() { m_hasPassedOver = true; }

    /// Of those in \a sight, for all columns or not; they count as measured then.
    [[nodiscard]] Rows take(Rows sight, bool isForAll)
    {
        if (isForAll && std::exchange(m_hasPassedOver, false))
            addAll();
        const Rows rows = std::exchange(m_rows, Rows(0, -1));
        return {std::max(rows.first, sight.first), std::min(rows.second, sight.second)};
    }

    void clear() { *this = {}; }

private:
    Rows m_rows{0, -1};
    bool m_hasPassedOver = false;
};

} // namespace console
