// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/protocol/eventcodec.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace devserver;

void require(bool condition)
{
    if (!condition)
        std::abort();
}

void checkDraft(const EventDraft &draft)
{
    require(!draft.name.isEmpty());
    for (const RawJson &object : {draft.data, draft.user})
        require(validateJson(object.bytes()) && JsonValue::of(object).isObject());
    for (const RawJson &part : {draft.v, draft.meta})
        require(part.isEmpty() || validateJson(part.bytes()));
}

/// What a sender would say about such a body; one that is no JSON is a form.
QByteArrayView contentTypeOf(QByteArrayView body)
{
    return body.startsWith("--") ? "multipart/form-data; boundary=X"
                                 : "application/x-www-form-urlencoded";
}

} // namespace

/// 0: every event was taken; -1: something was refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView body(data, static_cast<qsizetype>(size));
    const protocol::EventBatch batch =
        protocol::decodeEvents(body, contentTypeOf(body), "1795321107934,AAECAwQFBgcICQ==");
    for (const EventDraft &draft : batch.drafts) {
        checkDraft(draft);
        require(!JsonValue::of(draft.data).find("_inngest"));
    }
    const protocol::EventBatch invoked = protocol::decodeInvoke(body, "app-fn", {});
    for (const EventDraft &draft : invoked.drafts) {
        checkDraft(draft);
        require(JsonValue::of(draft.data).find("_inngest").has_value());
    }
    return batch.error ? -1 : 0;
}
