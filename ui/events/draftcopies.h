// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace console {

/// How often and how fast a draft is sent. Stays with its tab; neither history and favourites nor
/// the next start have it, as it must never be more than somebody asked for.
struct DraftCopies {
    // Instead of a rate.
    static constexpr double asBatch = -1;
    static constexpr double oneByOne = -2;

    int count = 1;
    double rate = 0; ///< per second, or one of the above; 0: all at once
};

} // namespace console
