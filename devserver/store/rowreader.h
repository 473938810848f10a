// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "devserver/model/rawjson.h"
#include "devserver/model/time.h"

#include <QByteArray>

#include <chrono>
#include <concepts>
#include <optional>
#include <type_traits>

/// Typed values of a row (rows.h has the structs). `Columns` is what it is read from, left to
/// right: StatementColumns on the writer thread, QueryColumns on the reader thread.
namespace devserver::store {

/// A row source: `number()`, `bytes()` and `isNull()`; the first two move on, the last one does
/// not.
template<typename T>
concept Columns = requires(T columns)
{
    {
        columns.number()
        } -> std::same_as<qint64>;
    {
        columns.bytes()
        } -> std::same_as<QByteArray>;
    {
        columns.isNull()
        } -> std::same_as<bool>;
};

/// Reads typed values one after the other: `reader >> run.id >> run.status`.
template<Columns Source>
class RowReader
{
public:
    explicit RowReader(Source source)
        : m_source(source)
    {}

    template<typename T>

    requires std::is_integral_v<T> || std::is_enum_v<T> RowReader &operator>>(T &value)
    {
        value = static_cast<T>(m_source.number());
        return *this;
    }

    RowReader &operator>>(QByteArray &value)
    {
        value = m_source.bytes();
        return *this;
    }

    RowReader &operator>>(RawJson &value)
    {
        value = RawJson::fromTrusted(m_source.bytes());
        return *this;
    }

    RowReader &operator>>(TimePoint &value)
    {
        value = fromMs(m_source.number());
        return *this;
    }

    RowReader &operator>>(std::chrono::microseconds &value)
    {
        value = std::chrono::microseconds(m_source.number());
        return *this;
    }

    RowReader &operator>>(std::optional<TimePoint> &value)
    {
        const bool isNull = m_source.isNull();
        const TimePoint time = fromMs(m_source.number());
        value = isNull ? std::nullopt : std::optional(time);
        return *this;
    }

    template<typename Tag, typename Value>
    RowReader &operator>>(Id<Tag, Value> &id)
    {
        id = Id<Tag, Value>::fromBytes(m_source.bytes());
        return *this;
    }

private:
    Source m_source;
};

} // namespace devserver::store
