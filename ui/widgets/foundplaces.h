// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <algorithm>
#include <vector>

namespace console {

/// What a search found in a text, and which of it is current.
struct FoundPlaces {
    static constexpr int most = 10'000;

    std::vector<qsizetype> places; ///< ascending; bytes or characters, as the text counts
    qsizetype length = 0;          ///< of each, in the same
    int current = -1;

    [[nodiscard]] int count() const { return static_cast<int>(places.size()); }

    [[nodiscard]] qsizetype place() const { return places[static_cast<std::size_t>(current)]; }

    /// The first one at or behind \a from, else the first one.
    void choose(qsizetype from)
    {
        const auto found = std::lower_bound(places.begin(), places.end(), from);
        current = places.empty()          ? -1
                  : found == places.end() ? 0
                                          : static_cast<int>(found - places.begin());
    }

    void step(int direction)
    {
        if (!places.empty())
            current = (current + direction + count()) % count();
    }
};

} // namespace console
