// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/event.h"
#include "devserver/model/result.h"

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace devserver::protocol {

inline constexpr int maxEventsPerRequest = 5000;
inline constexpr qsizetype maxEventBytes = 3 * 1024 * 1024;

/// Events of one request. Drafts before the first bad event stay (protocol.md 3.3).
struct EventBatch {
    std::vector<EventDraft> drafts;
    std::optional<Error> error; ///< names the event and what is wrong with it

    bool operator==(const EventBatch &) const = default;
};

/// Body of `POST /e/{key}` (protocol.md 3.1, 3.2): JSON, or one event as a form.
///
/// An empty body and `[]` give neither drafts nor an error. A malformed seed header is ignored.
[[nodiscard]] EventBatch decodeEvents(QByteArrayView body, QByteArrayView contentType,
                                      QByteArrayView seedHeader);

/// Body of `POST /invoke/{slug}` (protocol.md 3.8): `inngest/function.invoked` for that function.
///
/// One draft or an error; an empty body is an event without data.
[[nodiscard]] EventBatch decodeInvoke(QByteArrayView body, QByteArrayView slug,
                                      QByteArrayView seedHeader);

} // namespace devserver::protocol
