// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/restcodec.h"
#include "devserver/protocol/restenvelope.h"

namespace devserver::protocol {

namespace {

void writeFunction(JsonWriter &writer, const Function &function)
{
    writer.beginObject();
    writer.key("id").string(function.id.toText());
    writer.key("slug").string(function.config.slug);
    writer.key("name").string(function.config.name);
    writer.key("version").value(function.version);
    writer.key("is_archived").value(function.isArchived);
    writer.key("retries").value(function.config.retries);
    writer.key("url").string(function.config.url);
    writer.key("not_enforced").beginArray();
    for (const QByteArray &name : function.config.notEnforced)
        writer.string(name);
    writer.endArray();
    writer.key("triggers").beginArray();
    for (const Trigger &trigger : function.config.triggers) {
        writer.beginObject();
        if (!trigger.event.isEmpty())
            writer.key("event").string(trigger.event);
        if (!trigger.expression.isEmpty())
            writer.key("expression").string(trigger.expression);
        if (!trigger.cron.isEmpty())
            writer.key("cron").string(trigger.cron);
        writer.endObject();
    }
    writer.endArray();
    writer.key("config").raw(function.config.config);
    writer.endObject();
}

/// The members of an app; the object stays open.
void beginApp(JsonWriter &writer, const App &app)
{
    writer.beginObject();
    writer.key("id").string(app.id.toText());
    writer.key("name").string(app.name);
    writer.key("url").string(app.url);
    writer.key("sdk").string(app.sdk);
    writer.key("framework").string(app.framework);
    writer.key("version").string(app.version);
    writer.key("checksum").string(app.checksum);
    writeText(writer, "error", app.error);
    writeText(writer, "error_detail", app.errorDetail);
    writeTime(writer, "synced_at", app.syncedAt);
}

void writeStartOptions(JsonWriter &writer, const DevReport &report)
{
    writer.key("startOpts").beginObject();
    writer.key("dir").string("");
    writer.key("urls").beginArray();
    for (const QByteArray &url : report.urls)
        writer.string(url);
    writer.endArray();
    writer.key("autodiscover").value(report.hasDiscovery);
    writer.key("poll").value(report.hasPoll);
    writer.key("poll_interval").value(report.pollSeconds);
    writer.key("retry_interval").value(report.retrySeconds);
    writer.key("require_keys").value(report.hasSigningKey || report.hasEventKeys);
    writer.endObject();
}

} // namespace

QByteArray encodeDev(const DevReport &report)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("version").string(report.version);
    writer.key("authed").value(report.hasSigningKey);
    writeStartOptions(writer, report);
    writer.key("functions").beginArray();
    for (const api::CatalogApp &app : report.catalog.apps) {
        for (const Function &function : app.functions)
            writeFunction(writer, function);
    }
    writer.endArray();
    writer.key("handlers").beginArray();
    for (const api::CatalogApp &app : report.catalog.apps) {
        beginApp(writer, app.app);
        writer.endObject();
    }
    writer.endArray();
    writer.key("isSingleNodeService").value(false);
    writer.key("isMissingSigningKey").value(false);
    writer.key("isMissingEventKeys").value(false);
    writer.key("features").beginObject().endObject();
    writer.endObject();
    return writer.take();
}

QByteArray encodeApp(const api::Catalog &catalog, TimePoint now)
{
    JsonWriter writer;
    if (catalog.apps.empty()) {
        writer.null();
    } else {
        const api::CatalogApp &app = catalog.apps.front();
        beginApp(writer, app.app);
        writer.key("functions").beginArray();
        for (const Function &function : app.functions)
            writeFunction(writer, function);
        writer.endArray().endObject();
    }
    return envelope(writer.take(), {.fetchedAt = now});
}

} // namespace devserver::protocol
