// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/lettersummaries.h"

#include <optional>
#include <vector>

/// Groups of dead letters as values: which one is meant, and what several are together.
namespace console {

/// What a row of the groups stands for; what is empty does not matter.
struct LetterGroupKey {
    QByteArray slug = {};
    QByteArray fingerprint = {};
    QByteArray app = {};
    std::optional<devserver::TimePoint> hour = {}; ///< its beginning

    [[nodiscard]] bool isAll() const { return *this == LetterGroupKey(); }

    bool operator==(const LetterGroupKey &) const = default;
};

/// The filter, and those conditions of a group that queries have no member for: app and hour.
[[nodiscard]] devserver::api::Filter lettersOf(const devserver::api::Filter &filter,
                                               const LetterGroupKey &group);

/// What several groups of one answer are together.
[[nodiscard]] devserver::api::LetterGroupRow
sumOf(const std::vector<const devserver::api::LetterGroupRow *> &groups);

} // namespace console
