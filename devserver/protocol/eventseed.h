// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"

#include <QByteArrayView>

#include <array>
#include <cstdint>
#include <optional>

namespace devserver::protocol {

/// Header `x-inngest-event-id-seed` (protocol.md 3.4): the same seed makes the same event ids, so
/// that an SDK may send again.
struct EventSeed {
    TimePoint time;
    std::array<std::uint8_t, 10> entropy{};

    /// `<ms>,<base64 of 10 bytes>`; nothing for any other text.
    [[nodiscard]] static std::optional<EventSeed> fromHeader(QByteArrayView header);

    [[nodiscard]] EventId idAt(std::uint32_t index) const;
};

} // namespace devserver::protocol
