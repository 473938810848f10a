// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "devserver/model/jsonwriter.h"
#include "devserver/model/rawjson.h"
#include "devserver/model/time.h"

#include <QByteArray>

#include <chrono>
#include <optional>

namespace devserver::protocol {

/// Members of `metadata` (protocol.md 1.3).
struct Metadata {
    TimePoint fetchedAt;
    std::chrono::seconds cachedFor{0};
    std::optional<QByteArray> nextCursor; ///< of lists with pages; empty: the last page
    RawJson skipped;                      ///< refusals of an event
};

/// `{"data":…,"metadata":{…}}`; \a data is JSON.
[[nodiscard]] QByteArray envelope(const QByteArray &data, const Metadata &metadata);

/// RFC 3339 text, or null.
void writeTime(JsonWriter &writer, QByteArrayView key, const std::optional<TimePoint> &time);

/// The id as text, or null for a null id.
template<typename IdType>
void writeId(JsonWriter &writer, QByteArrayView key, const IdType &id)
{
    if (id.isNull())
        writer.key(key).null();
    else
        writer.key(key).string(id.toText());
}

/// The text, or null if it is empty.
void writeText(JsonWriter &writer, QByteArrayView key, const QByteArray &text);

} // namespace devserver::protocol
