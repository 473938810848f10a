// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace devserver::host {

/// Notices between two looks that the machine slept or that its clock was set (semantics §10.5).
class ClockWatch
{
public:
    /// The same instant by three clocks.
    struct Reading {
        std::chrono::milliseconds wall{};
        std::chrono::milliseconds sinceBoot{}; ///< cannot be set
        std::chrono::milliseconds awake{};     ///< as sinceBoot, without what was slept
    };

    [[nodiscard]] static Reading read();

    /// What happened since the last look, for the log; empty if nothing did.
    [[nodiscard]] QString look(const Reading &now);

private:
    std::optional<Reading> m_last;
};

} // namespace devserver::host
