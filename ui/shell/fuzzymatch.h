// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringView>

#include <optional>

namespace console {

/// How well \a text fits what was typed: all letters in order, each behind the one before it or at
/// the start of a word, or all of them as they stand; short texts count more (ui.md §18). Nothing
/// if it does not fit.
[[nodiscard]] std::optional<int> fuzzyScore(QStringView typed, QStringView text);

} // namespace console
