// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/outcome.h"

#include <QByteArray>

#include <map>

namespace devserver::test {

/// When every fixture starts: 2030-01-01T00:00Z. Times are printed relative to it, `t+1500`.
inline constexpr TimePoint startTime{std::chrono::milliseconds(1'893'456'000'000)};

/// One line per write, action and change; members that have their default are left out.
[[nodiscard]] QByteArray toText(const Write &write);
[[nodiscard]] QByteArray toText(const engine::Action &action);
[[nodiscard]] QByteArray toText(const Change &change);
[[nodiscard]] QByteArray toText(const engine::Outcome &outcome);

/// Replaces ULIDs and UUIDs by `#1`, `#2`, … in the order in which they are first seen.
class IdCounter
{
public:
    [[nodiscard]] QByteArray counted(const QByteArray &text);

private:
    std::map<QByteArray, QByteArray> m_names;
};

} // namespace devserver::test
