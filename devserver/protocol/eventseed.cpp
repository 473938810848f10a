// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/eventseed.h"

#include <algorithm>

namespace devserver::protocol {

std::optional<EventSeed> EventSeed::fromHeader(QByteArrayView header)
{
    constexpr qint64 endOfUlidTime = qint64(1) << 48;
    const qsizetype comma = header.indexOf(',');
    if (comma < 0)
        return std::nullopt;

    bool isNumber = false;
    const qint64 ms = header.first(comma).trimmed().toLongLong(&isNumber);
    const auto decoded = QByteArray::fromBase64Encoding(
        header.sliced(comma + 1).trimmed().toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
    if (!isNumber || ms <= 0 || ms >= endOfUlidTime || !decoded || decoded.decoded.size() != 10)
        return std::nullopt;

    EventSeed seed{.time = fromMs(ms), .entropy = {}};
    std::ranges::copy(decoded.decoded, seed.entropy.begin());
    return seed;
}

EventId EventSeed::idAt(std::uint32_t index) const
{
    std::array<std::uint8_t, 10> bytes = entropy;
    std::uint32_t tail = 0;
    for (std::size_t i = 6; i < bytes.size(); ++i)
        tail = tail << 8 | bytes[i];
    tail += index;
    for (std::size_t i = bytes.size(); i > 6; --i, tail >>= 8)
        bytes[i - 1] = static_cast<std::uint8_t>(tail & 0xff);
    return EventId{Ulid::fromParts(time, bytes)};
}

} // namespace devserver::protocol
