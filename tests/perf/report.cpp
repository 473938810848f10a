// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/report.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace perf {

namespace {

const char *textOf(Figure::Verdict verdict)
{
    switch (verdict) {
    case Figure::Verdict::Reached:
        return "ok";
    case Figure::Verdict::Missed:
        return "MISSED";
    case Figure::Verdict::None:
        break;
    }
    return "";
}

std::string orDash(double value)
{
    return value < 0 ? "-" : number(value);
}

void printLine(const std::array<std::string, 9> &cells)
{
    static constexpr std::array<int, 9> widths{36, 40, 30, 7, 18, 16, 10, 8, 8};
    for (std::size_t i = 0; i < cells.size(); ++i)
        std::printf("%-*s ", widths[i], cells[i].c_str());
    std::printf("\n");
    std::fflush(stdout);
}

} // namespace

Report::Report(bool isSmoke)
    : m_isSmoke(isSmoke)
{
    printLine({"what", "measured (median of trials)", "must", "", "dev server, memory",
               "durable engine", "cpu us/op", "RSS MiB", "fsync ms"});
}

void Report::add(const Figure &figure)
{
    const Figure::Verdict verdict = m_isSmoke ? Figure::Verdict::None : figure.verdict;
    ++m_figures;
    if (verdict == Figure::Verdict::Missed)
        ++m_missed;
    printLine({figure.what, figure.measured, figure.must, textOf(verdict), figure.memoryServer,
               figure.durableEngine, orDash(figure.cpuMicroseconds), orDash(figure.rssMiB),
               orDash(figure.fsyncMs)});
}

void Report::fail(const std::string &what)
{
    m_hasFailed = true;
    std::printf("WRONG: %s\n", what.c_str());
    std::fflush(stdout);
}

void Report::end() const
{
    std::printf("%d figures, %s missed%s\n", m_figures,
                m_isSmoke ? "times not judged, none" : std::to_string(m_missed).c_str(),
                m_hasFailed ? ", and wrong results (see above)" : "");
}

std::string number(double value)
{
    const double size = std::fabs(value);
    int decimals = 3;
    for (double limit = 1; limit <= 100 && size >= limit; limit *= 10)
        --decimals;
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    return text.data();
}

Figure::Verdict verdict(bool isReached)
{
    return isReached ? Figure::Verdict::Reached : Figure::Verdict::Missed;
}

} // namespace perf
