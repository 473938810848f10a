// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/readable.h"

#include <algorithm>
#include <cmath>

namespace console {

namespace {

constexpr double leastOfText = 4.5;

double linearLight(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linearLight(color.redF()) + 0.7152 * linearLight(color.greenF())
           + 0.0722 * linearLight(color.blueF());
}

} // namespace

double contrast(const QColor &one, const QColor &other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor readable(const QColor &ink, const QColor &ground)
{
    constexpr int steps = 20;
    const QColor black(Qt::black);
    const QColor white(Qt::white);
    const QColor end = contrast(black, ground) > contrast(white, ground) ? black : white;
    QColor mixed = ink;
    for (int step = 1; step <= steps && contrast(mixed, ground) < leastOfText; ++step) {
        const auto mix = [step](int from, int to) { return from + (to - from) * step / steps; };
        mixed = QColor(mix(ink.red(), end.red()), mix(ink.green(), end.green()),
                       mix(ink.blue(), end.blue()));
    }
    return mixed;
}

BadgeColors badgeColors(const Theme &theme, Token tint)
{
    const QColor ground = theme.blend(tint, 0.16);
    return {.ground = ground, .ink = readable(theme.color(tint), ground)};
}

} // namespace console
