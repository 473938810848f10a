// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/restenvelope.h"

namespace devserver::protocol {

QByteArray envelope(const QByteArray &data, const Metadata &metadata)
{
    JsonWriter writer(data.size() + metadata.skipped.sizeBytes() + 160);
    writer.beginObject().key("data").raw(data);
    writer.key("metadata").beginObject();
    writeTime(writer, "fetched_at", metadata.fetchedAt);
    writeTime(writer, "cached_until", metadata.fetchedAt + metadata.cachedFor);
    if (metadata.nextCursor)
        writeText(writer, "next_cursor", *metadata.nextCursor);
    if (!metadata.skipped.isEmpty())
        writer.key("skipped").raw(metadata.skipped);
    writer.endObject().endObject();
    return writer.take();
}

void writeTime(JsonWriter &writer, QByteArrayView key, const std::optional<TimePoint> &time)
{
    if (time)
        writer.key(key).string(toRfc3339(*time));
    else
        writer.key(key).null();
}

void writeText(JsonWriter &writer, QByteArrayView key, const QByteArray &text)
{
    if (text.isEmpty())
        writer.key(key).null();
    else
        writer.key(key).string(text);
}

} // namespace devserver::protocol
