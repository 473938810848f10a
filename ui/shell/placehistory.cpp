// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/placehistory.h"

namespace console {

namespace {

constexpr std::size_t mostPlaces = 100;

} // namespace

void PlaceHistory::add(const Place &place)
{
    if (!m_places.empty()) {
        if (m_places[m_current] == place)
            return;
        m_places.resize(m_current + 1);
    }
    m_places.push_back(place);
    if (m_places.size() > mostPlaces)
        m_places.erase(m_places.begin());
    m_current = m_places.size() - 1;
}

void PlaceHistory::replace(const Place &place)
{
    if (m_places.empty())
        m_places.push_back(place);
    else
        m_places[m_current] = place;
}

std::optional<Place> PlaceHistory::back()
{
    if (!canGoBack())
        return std::nullopt;
    --m_current;
    return m_places[m_current];
}

std::optional<Place> PlaceHistory::forward()
{
    if (!canGoForward())
        return std::nullopt;
    ++m_current;
    return m_places[m_current];
}

} // namespace console
