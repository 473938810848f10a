// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

/// What the composer sends, as it was written: a value that history and favourites keep.
namespace console {

struct Draft {
    enum class Target { Event, Invoke };

    Target target = Target::Event;
    QByteArray name; ///< of the event, or the slug of the function
    QByteArray id;   ///< idempotency id of the event; empty: none
    QByteArray text; ///< JSON with comments and placeholders

    bool operator==(const Draft &) const = default;
};

/// One draft as a small JSON file that reads well in a review: the text line by line.
[[nodiscard]] QByteArray draftFile(const Draft &draft);
/// Nothing if it is not one.
[[nodiscard]] std::optional<Draft> draftFromFile(const QByteArray &file);

} // namespace console
