// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

/// What the composer sends, as it was written: a value that history and favourites keep.
namespace console {

/// Of one event, as the server says it (protocol §3).
constexpr qsizetype mostEventBytes = 3 * 1024 * 1024;

struct Draft {
    enum class Target { Event, Invoke };

    Target target = Target::Event;
    QByteArray name; ///< of the event, or the slug of the function
    QByteArray id;   ///< idempotency id of the event; empty: none
    QByteArray when; ///< `in 5 min`, `2026-12-24 18:00`; empty: now
    QByteArray user; ///< of the event, an object as JSON with placeholders; empty: none
    QByteArray text; ///< JSON with comments and placeholders

    bool operator==(const Draft &) const = default;
};

/// When an event is due that says \a when, in local time; nothing if it is not understood. Empty
/// and `now` are \a now itself.
[[nodiscard]] std::optional<devserver::TimePoint> dueAt(const QByteArray &when,
                                                        devserver::TimePoint now);

/// What a file of JSON makes of a draft: a whole event (`name` and `data`) brings its name, id
/// and user, a draft file is one, everything else is its text, as it is.
[[nodiscard]] Draft draftWith(const QByteArray &json, const Draft &now);

/// One draft as JSON that reads well in a review: the text line by line.
[[nodiscard]] QJsonObject draftJson(const Draft &draft);
/// Nothing if it is not one.
[[nodiscard]] std::optional<Draft> draftFromJson(const QJsonObject &json);
/// The same as a small file.
[[nodiscard]] QByteArray draftFile(const Draft &draft);
[[nodiscard]] std::optional<Draft> draftFromFile(const QByteArray &file);

} // namespace console
