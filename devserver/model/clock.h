// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"

#include <QtGlobal>

namespace devserver {

/// Where the host takes "now" from; the engine itself gets it as a parameter. Thread-safe.
class Clock
{
public:
    Clock() = default;
    virtual ~Clock() = default;
    Q_DISABLE_COPY_MOVE(Clock)

    /// Wall clock, UTC, whole milliseconds.
    [[nodiscard]] virtual TimePoint now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] TimePoint now() const override;
};

} // namespace devserver
