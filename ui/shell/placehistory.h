// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/place.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace console {

/// Where people have been, 100 deep: what back and forward go through.
class PlaceHistory final
{
public:
    /// A place was reached. The same place again is no entry; what lay ahead is gone.
    void add(const Place &place);

    /// Instead of the current one: it was only on the way to this.
    void replace(const Place &place);

    [[nodiscard]] bool canGoBack() const { return m_current > 0; }

    [[nodiscard]] bool canGoForward() const { return m_current + 1 < m_places.size(); }

    /// \returns the place to go to; nothing at the end.
    [[nodiscard]] std::optional<Place> back();
    [[nodiscard]] std::optional<Place> forward();

private:
    std::vector<Place> m_places;
    std::size_t m_current = 0;
};

} // namespace console
