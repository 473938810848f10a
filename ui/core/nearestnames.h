// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayList>

/// Which names of events were probably meant, and which triggers fit a name (ui.md §9,
/// protocol §4.1).
namespace console {

/// The name itself, and for every `/` and `.` what stands before it with `/*` or `.*` behind.
[[nodiscard]] QByteArrayList triggerPatterns(const QByteArray &name);
[[nodiscard]] bool triggerFits(const QByteArray &pattern, const QByteArray &name);

/// Letters to insert, remove, replace or swap with their neighbour; never more than \a most + 1.
[[nodiscard]] int editDistance(const QByteArray &a, const QByteArray &b, int most);

/// Those that differ by at most 2 letters, or only by case; nearest first, at most 3.
[[nodiscard]] QByteArrayList nearestNames(const QByteArray &name, const QByteArrayList &known);

} // namespace console
