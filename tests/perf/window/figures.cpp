// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/window/figures.h"

#include <QFile>

#include <algorithm>
#include <cstdio>

namespace console::test {

namespace {

bool isCountMissed = false;

} // namespace

double Series::quantile(double share) const
{
    if (m_values.empty())
        return 0;
    std::vector<double> sorted = m_values;
    std::sort(sorted.begin(), sorted.end());
    const auto last = static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(last * share + 0.5)];
}

void printFigure(const QString &name, double figure, const QString &unit, double budget)
{
    std::printf("%-44s %10.2f %-6s budget %8.2f%s\n", qPrintable(name), figure, qPrintable(unit),
                budget, figure > budget ? "   over" : "");
    std::fflush(stdout);
    isCountMissed = isCountMissed || (unit.isEmpty() && figure > budget);
}

void printFailure(const QString &why)
{
    std::printf("%s   failed\n", qPrintable(why));
    std::fflush(stdout);
    isCountMissed = true;
}

bool hasMissedCount()
{
    return isCountMissed;
}

double memoryMiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    double kib = 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("RssAnon:"))
            kib = line.mid(8).trimmed().split(' ').constFirst().toDouble();
    }
    return kib / 1024;
}

} // namespace console::test
