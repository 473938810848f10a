// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/sampleevents.h"

#include "devserver/model/jsonwriter.h"
#include "ui/core/catalog.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace console {

using namespace Qt::StringLiterals;

namespace {

/// What the functions of app/sample do with an event, and the data they want.
struct SampleEvent {
    const char *name;
    const char *data;
    const char *what;
};

constexpr SampleEvent knownEvents[] = {
    {"order/created", R"({"orderId":"o-1001","items":2,"total":49.9,"customer":"ada@example.org"})",
     QT_TRANSLATE_NOOP("console::SampleCard",
                       "Four steps, two of them in parallel, and a sleep of 2 s.")},
    {"sample/import", "{}",
     QT_TRANSLATE_NOOP("console::SampleCard", "Fails twice, then works: see how it is retried.")},
    {"sample/poison", R"({"message":"unreadable"})",
     QT_TRANSLATE_NOOP("console::SampleCard", "Fails three times and ends in Dead letters.")},
    {"sample/repair", R"({"works":true})",
     QT_TRANSLATE_NOOP("console::SampleCard",
                       "Mends the parser: Retry in Dead letters works from then on.")},
    {"sample/sleep", R"({"seconds":60})",
     QT_TRANSLATE_NOOP("console::SampleCard", "Sleeps for a minute: see it in Waiting, skip it.")},
    {"sample/steps", R"({"count":200})",
     QT_TRANSLATE_NOOP("console::SampleCard", "200 steps, for a look at the timeline.")},
};

constexpr auto mending = "sample/repair";

const SampleEvent *known(const QByteArray &event)
{
    const auto *found =
        std::find_if(std::begin(knownEvents), std::end(knownEvents),
                     [&](const SampleEvent &sample) { return event == sample.name; });
    return found == std::end(knownEvents) ? nullptr : found;
}

/// In the order of the table; what it does not know comes last.
auto rankOf(const QByteArray &event)
{
    const SampleEvent *sample = known(event);
    return sample == nullptr ? std::ssize(knownEvents) : sample - std::begin(knownEvents);
}

void write(devserver::JsonWriter &writer, QByteArrayView event, QByteArrayView data)
{
    writer.beginObject().key("name").string(event).key("data").raw(data).endObject();
}

} // namespace

QByteArrayList sampleTriggers(const Catalog &catalog)
{
    QByteArrayList events;
    for (const devserver::Function &function : catalog.functions()) {
        const devserver::App *app = catalog.app(function.app);
        if (app == nullptr || app->kind != devserver::AppKind::InProcess)
            continue;
        for (const devserver::Trigger &trigger : function.config.triggers) {
            const QByteArray &event = trigger.event;
            const bool isOfServer = event.startsWith("inngest/");
            if (!event.isEmpty() && !isOfServer && !event.contains('*') && !events.contains(event))
                events.append(event);
        }
    }
    std::stable_sort(events.begin(), events.end(), [](const QByteArray &a, const QByteArray &b) {
        return rankOf(a) < rankOf(b);
    });
    return events;
}

QString sampleWords(const QByteArray &event)
{
    const SampleEvent *sample = known(event);
    return QCoreApplication::translate(
        "console::SampleCard", sample == nullptr ? "Starts a sample function." : sample->what);
}

QByteArray sampleJson(const QByteArray &event)
{
    const SampleEvent *sample = known(event);
    devserver::JsonWriter writer;
    write(writer, event, sample == nullptr ? "{}" : sample->data);
    return writer.take();
}

QByteArray oneOfEachSample()
{
    devserver::JsonWriter writer;
    writer.beginArray();
    for (const SampleEvent &sample : knownEvents) {
        if (QByteArrayView(sample.name) != mending)
            write(writer, sample.name, sample.data);
    }
    writer.endArray();
    return writer.take();
}

QByteArray sampleOrder(int number)
{
    devserver::JsonWriter data;
    const QByteArray id = "load-" + QByteArray::number(number);
    data.beginObject().key("orderId").string(id);
    data.key("items").value(2).key("total").raw("49.9");
    data.key("customer").string("ada@example.org").endObject();
    devserver::JsonWriter writer;
    write(writer, knownEvents[0].name, data.take());
    return writer.take();
}

} // namespace console
