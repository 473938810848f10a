// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <vector>

namespace console::test {

/// Times of many frames, and the questions that budgets ask of them (ui.md §4.2).
class Series
{
public:
    void add(double ms) { m_values.push_back(ms); }

    [[nodiscard]] std::size_t count() const { return m_values.size(); }

    /// \a share 0..1; 0.95 is the p95. 0 without values.
    [[nodiscard]] double quantile(double share) const;

    [[nodiscard]] double worst() const { return quantile(1); }

private:
    std::vector<double> m_values;
};

/// `name  figure unit  budget`, one line; `over` in it when it is missed. A time is a figure to
/// look at; a count, which has no unit, does not depend on the machine.
void printFigure(const QString &name, double figure, const QString &unit, double budget);
/// There is no figure, and why; nothing that failed to happen counts as quick.
void printFailure(const QString &why);
/// A count was over its budget, or a figure could not be taken.
[[nodiscard]] bool hasMissedCount();

/// Resident memory that is not shared, in MiB.
[[nodiscard]] double memoryMiB();

} // namespace console::test
