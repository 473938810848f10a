// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

/// Checks the text of a draft as it is typed: JSON with comment lines and placeholders (ui.md §10).
/// Any thread.
namespace console {

/// What the text must be.
enum class DraftShape {
    Data,   ///< an object: the data of an event; or an array of such: a batch
    Value,  ///< any JSON value: what an invocation takes
    Object, ///< an object, as it is: neither comments nor placeholders
};

struct DraftProblem {
    QString message;      ///< translated
    int line = 1;         ///< from 1
    int column = 1;       ///< characters, from 1
    qsizetype offset = 0; ///< bytes

    bool operator==(const DraftProblem &) const = default;
};

/// Lines that begin with `//` become blanks, so that places stay; nothing else is touched.
[[nodiscard]] QByteArray withoutComments(const QByteArray &text);
/// Placeholders become values of the same length, so that places stay: numbers, or letters of a
/// string. Of a text without comments.
[[nodiscard]] QByteArray withoutPlaceholders(QByteArray text);
/// Without those lines: what is sent.
[[nodiscard]] QByteArray strippedOfComments(const QByteArray &text);
/// The first problem; nothing: it can be sent.
[[nodiscard]] std::optional<DraftProblem> checkDraft(const QByteArray &text, DraftShape shape);

} // namespace console
