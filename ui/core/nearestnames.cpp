// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/nearestnames.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

namespace console {

namespace {

constexpr int farthest = 2;
constexpr qsizetype mostNames = 3;

} // namespace

QByteArrayList triggerPatterns(const QByteArray &name)
{
    QByteArrayList patterns{name};
    for (qsizetype at = 0; at < name.size(); ++at) {
        if (name[at] == '/' || name[at] == '.')
            patterns.append(name.first(at + 1) + '*');
    }
    return patterns;
}

bool triggerFits(const QByteArray &pattern, const QByteArray &name)
{
    return !pattern.isEmpty() && triggerPatterns(name).contains(pattern);
}

int editDistance(const QByteArray &a, const QByteArray &b, int most)
{
    if (std::abs(a.size() - b.size()) > most)
        return most + 1;
    const auto width = static_cast<std::size_t>(b.size()) + 1;
    std::vector<int> before(width);
    std::vector<int> last(width);
    std::vector<int> row(width);
    for (std::size_t j = 0; j < width; ++j)
        last[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j < width; ++j) {
            const auto at = static_cast<qsizetype>(j);
            const bool isSame = a[i - 1] == b[at - 1];
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1)});
            if (i > 1 && at > 1 && a[i - 1] == b[at - 2] && a[i - 2] == b[at - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return std::min(last[width - 1], most + 1);
}

QByteArrayList nearestNames(const QByteArray &name, const QByteArrayList &known)
{
    const QByteArray lower = name.toLower();
    std::vector<std::pair<int, QByteArray>> near;
    for (const QByteArray &each : known) {
        if (each == name)
            continue;
        // Short names are near to everything.
        const int allowed = std::min<int>(farthest, static_cast<int>(each.size()) / 3);
        const int distance = editDistance(lower, each.toLower(), allowed);
        if (distance <= allowed)
            near.emplace_back(distance, each);
    }
    std::sort(near.begin(), near.end());
    QByteArrayList names;
    for (const auto &[distance, each] : near) {
        if (names.size() < mostNames && !names.contains(each))
            names.append(each);
    }
    return names;
}

} // namespace console
