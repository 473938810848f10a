// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"

#include <QByteArray>

#include <array>
#include <compare>
#include <cstdint>
#include <optional>

namespace devserver {

/// 16 bytes that sort as they are; what ULIDs and UUIDs are made of, and how the store keeps them.
struct Bytes16 {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Bytes16 &) const = default;

    [[nodiscard]] bool isNull() const { return *this == Bytes16{}; }

    /// Valid as long as these bytes stay where they are.
    [[nodiscard]] QByteArrayView view() const
    {
        return {bytes.data(), static_cast<qsizetype>(bytes.size())};
    }

    [[nodiscard]] QByteArray toBytes() const;
    /// \returns null bytes unless \a raw has exactly 16 bytes.
    [[nodiscard]] static Bytes16 fromBytes(QByteArrayView raw);
};

/// Time-ordered id: 48 bits of UTC milliseconds, 80 bits of entropy; text is 26 characters of
/// Crockford base 32.
struct Ulid : Bytes16 {
    auto operator<=>(const Ulid &) const = default;
    [[nodiscard]] QByteArray toText() const;
    [[nodiscard]] TimePoint time() const;
    [[nodiscard]] static std::optional<Ulid> fromText(QByteArrayView text);
    [[nodiscard]] static Ulid fromParts(TimePoint time,
                                        const std::array<std::uint8_t, 10> &entropy);
};

/// Name-derived id (UUID version 5), so that an app or a function keeps its identity for ever.
struct Uuid : Bytes16 {
    auto operator<=>(const Uuid &) const = default;
    [[nodiscard]] QByteArray toText() const;
    [[nodiscard]] static std::optional<Uuid> fromText(QByteArrayView text);
    [[nodiscard]] static Uuid fromName(QByteArrayView space, QByteArrayView name);
};

/// A Ulid or Uuid that cannot be taken for one of another kind.
template<typename Tag, typename Value>
struct Id {
    Value value;

    auto operator<=>(const Id &) const = default;

    [[nodiscard]] bool isNull() const { return value.isNull(); }

    [[nodiscard]] QByteArray toText() const { return value.toText(); }

    [[nodiscard]] QByteArray toBytes() const { return value.toBytes(); }

    [[nodiscard]] static Id fromBytes(QByteArrayView raw)
    {
        Id id;
        static_cast<Bytes16 &>(id.value) = Bytes16::fromBytes(raw);
        return id;
    }

    [[nodiscard]] static std::optional<Id> fromText(QByteArrayView text)
    {
        if (const std::optional<Value> parsed = Value::fromText(text))
            return Id{*parsed};
        return std::nullopt;
    }
};

using AppId = Id<struct AppTag, Uuid>;
using FunctionId = Id<struct FunctionTag, Uuid>;
using EventId = Id<struct EventTag, Ulid>;     ///< the internal id of an event
using RunId = Id<struct RunTag, Ulid>;         ///< its time is the queue time (semantics §0.2)
using RequestId = Id<struct RequestTag, Ulid>; ///< one delivery of one attempt

/// Step ids are opaque to us (protocol §5.4): hashed by the SDK, 40 hex digits by convention.
using StepId = QByteArray;
/// Computed from run, purpose and step (semantics §0.3/4), so a repeated transition does not
/// double.
using JobId = QByteArray;

/// Seeded source of ids and of jitter; part of the engine's state, so that steps are repeatable.
class UlidSource
{
public:
    explicit UlidSource(std::uint64_t seed = 1);

    /// Ids never go backwards, also when the clock does (semantics §10.5).
    [[nodiscard]] Ulid next(TimePoint now);
    /// Uniform in [0, bound).
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
    /// New ids sort after \a id from now on; used when the state is restored.
    void startAfter(const Ulid &id);

private:
    [[nodiscard]] std::uint64_t random();

    std::uint64_t m_state;
    Ulid m_last;
};

} // namespace devserver
