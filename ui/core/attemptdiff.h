// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/jsonformat.h"
#include "ui/core/textdiff.h"

#include <QString>

#include <vector>

/// What differs between two attempts (ui.md §8): error, request, response. Any thread.
namespace console {

struct AttemptDiff {
    struct Part {
        QString title; ///< translated
        QString note;  ///< translated: how to read its lines; mostly none
        std::vector<DiffLine> lines;
        bool isTooLarge = false; ///< only sizes and bytes were compared; `lines` is empty
        bool areEqual = true;
    };

    std::vector<Part> parts;

    [[nodiscard]] bool hasTooLarge() const;
};

/// Bodies up to this size are compared line by line.
inline constexpr qsizetype comparedBytes = 2 * 1024 * 1024;
/// So many lines of one part are listed; the last one says how many more there are.
inline constexpr int mostDiffLines = 2000;

/// \a before and \a after are of the record. Ids of the request and of the delivery are left out:
/// they are others each time. \a mostBytes 0: bodies of any size. Cost: formats both
/// bodies of both.
[[nodiscard]] AttemptDiff diffAttempts(const devserver::api::RunRecord &record,
                                       const devserver::Attempt &before,
                                       const devserver::Attempt &after,
                                       qsizetype mostBytes = comparedBytes,
                                       const CancelFlag *isCancelled = nullptr);

} // namespace console
