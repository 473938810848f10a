// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

namespace perf {

/// One figure: what was measured, what must be reached, what others reach on the same machine.
struct Figure {
    enum class Verdict { None, Reached, Missed };

    std::string what;
    std::string measured;
    std::string must;
    Verdict verdict = Verdict::None;
    std::string memoryServer{"-"};  ///< a comparable local dev server, kept in memory
    std::string durableEngine{"-"}; ///< a comparable durable engine
    double cpuMicroseconds = -1;    ///< of the server, per operation; negative: does not apply
    double rssMiB = -1;             ///< of the server, afterwards; negative: does not apply
    double fsyncMs = -1;            ///< of the disk, just before; negative: does not apply
};

/// Prints each figure as it comes, as a line of a table.
class Report
{
public:
    /// With \p isSmoke no times are judged.
    explicit Report(bool isSmoke);

    void add(const Figure &figure);

    /// A wrong count or answer: the bench failed, whatever its times are.
    void fail(const std::string &what);

    bool hasFailed() const { return m_hasFailed; }

    /// Prints how many figures were missed.
    void end() const;

private:
    bool m_isSmoke;
    int m_figures = 0;
    int m_missed = 0;
    bool m_hasFailed = false;
};

/// A number with so many decimals that three digits count.
std::string number(double value);

Figure::Verdict verdict(bool isReached);

} // namespace perf
