// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/restcodec.h"
#include "devserver/protocol/restenvelope.h"

namespace devserver::protocol {

using namespace Qt::StringLiterals;

QByteArray encodeEventReply(const std::vector<EventId> &ids, const std::optional<Error> &error)
{
    JsonWriter writer(static_cast<qsizetype>(ids.size()) * 29 + 64);
    writer.beginObject().key("ids").beginArray();
    for (const EventId &id : ids)
        writer.string(id.toText());
    if (ids.empty() && !error)
        writer.string(""); // the reference answers an empty request so
    writer.endArray().key("status").value(error ? 400 : 200);
    if (error)
        writer.key("error").value(error->message);
    writer.endObject();
    return writer.take();
}

QByteArray encodeInvokeReply(const EventId &id)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("id").string(id.toText());
    writer.key("status").value(200);
    writer.endObject();
    return writer.take();
}

QByteArray encodeRegisterReply(const AppId &app, const Uuid &sync, bool isModified)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("ok").value(true);
    writer.key("modified").value(isModified);
    writer.key("sync_id").string(sync.toText());
    writer.key("app_id").string(app.toText());
    writer.endObject();
    return writer.take();
}

QByteArray encodeSyncError(const Error &error)
{
    JsonWriter writer;
    writer.beginObject().key("error").value(error.message);
    if (error.code == ErrorCode::Unsupported)
        writer.key("code").string("sdk_version_denied");
    writer.endObject();
    return writer.take();
}

QByteArray encodeError(int status, const QString &message, QByteArrayView code, const RawJson &data)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("error").value(message);
    writer.key("status").value(status);
    if (!code.isEmpty())
        writer.key("code").string(code);
    if (!data.isEmpty())
        writer.key("data").raw(data);
    writer.endObject();
    return writer.take();
}

int httpStatusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidJson:
    case ErrorCode::InvalidInput:
    case ErrorCode::Unsupported:
        return 400;
    case ErrorCode::Unauthorized:
        return 401;
    case ErrorCode::Forbidden:
        return 403;
    case ErrorCode::NotFound:
        return 404;
    case ErrorCode::Conflict:
        return 409;
    case ErrorCode::TooLarge:
        return 413;
    case ErrorCode::Stopping:
    case ErrorCode::StoreFull: // semantics 10.7, scenario 10.13
    case ErrorCode::StoreLocked:
        return 503;
    case ErrorCode::AddressInUse:
    case ErrorCode::Network:
    case ErrorCode::Timeout:
    case ErrorCode::StoreReadOnly:
    case ErrorCode::StoreDamaged:
    case ErrorCode::Store:
        return 500;
    }
    Q_UNREACHABLE();
}

QByteArray encodeRetryReply(const RunId &run, int cycle, TimePoint now)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("run_id").string(run.toText());
    writer.key("cycle").value(cycle);
    writer.endObject();
    return envelope(writer.take(), {.fetchedAt = now});
}

QByteArray encodeBulkReply(const BulkId &bulk, qsizetype letters, TimePoint now)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("operation_id").string(bulk.toText());
    writer.key("letters").value(letters);
    writer.endObject();
    return envelope(writer.take(), {.fetchedAt = now});
}

QByteArray encodeRerunReply(const RunId &run, const RunId &original, TimePoint now)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("run_id").string(run.toText());
    writer.key("original_run_id").string(original.toText());
    writer.endObject();
    return envelope(writer.take(), {.fetchedAt = now});
}

} // namespace devserver::protocol
