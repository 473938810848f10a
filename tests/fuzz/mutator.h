// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

/// Makes inputs that are near to good ones; the same seed gives the same inputs.
///
/// Four in ten changes keep the structure: values, members and elements of JSON are replaced,
/// swapped, doubled, removed; in other texts, lines are. The rest changes bytes.
class Mutator
{
public:
    explicit Mutator(std::uint64_t seed)
        : m_random(seed)
    {}

    /// A changed copy of one text of the pool, at most `largest` bytes. Every second time it is one
    /// of the first `recorded` (at least one), so that changes do not drift away from real traffic.
    std::string next(const std::vector<std::string> &pool, std::size_t recorded);

    /// A number from 0 to `bound - 1`.
    std::size_t below(std::size_t bound) { return m_random() % bound; }

    static constexpr std::size_t largest = 64 * 1024;

private:
    using Pool = std::vector<std::string>;

    void changeStructure(std::string &text, const Pool &pool);
    bool changeJson(std::string &text, const Pool &pool);
    void changeLines(std::string &text, const Pool &pool);
    void changeBytes(std::string &text, const Pool &pool);
    std::string_view word();

    std::mt19937_64 m_random;
};

} // namespace fuzz
