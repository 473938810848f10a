// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"

/// Colours that can be read on each other (ui.md §23).
namespace console {

/// How well one is told from the other, as WCAG 2 defines it: 1 to 21.
[[nodiscard]] double contrast(const QColor &one, const QColor &other);

/// \a ink, as far towards black or white as words on \a ground need it.
[[nodiscard]] QColor readable(const QColor &ink, const QColor &ground);

/// Of a number on a ground of the same tint.
struct BadgeColors {
    QColor ground;
    QColor ink;
};

[[nodiscard]] BadgeColors badgeColors(const Theme &theme, Token tint);

} // namespace console
