// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

/// Where one value stands in a JSON text, as half-open byte ranges.
struct JsonSpan {
    std::size_t part = 0; ///< start of the member (its key), or of the value itself
    std::size_t begin = 0;
    std::size_t end = 0;
    std::optional<std::size_t> parent; ///< index of the container; none for the whole text
};

/// All values of a JSON text, the outermost first; empty if it is not JSON (checked loosely, and
/// by code of its own: the mutator must not share the opinion of the reader that it tests).
std::vector<JsonSpan> jsonSpans(std::string_view text);

} // namespace fuzz
