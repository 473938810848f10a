// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/jsonreader.h"
#include "ui/core/jsonformat.h"

#include <QString>

#include <vector>

/// Where things are in a JSON text, without making anything of it. Any thread.
namespace console {

/// What a pass over the whole text tells; the large values are kept so that later walks can step
/// over them.
struct JsonOutline {
    struct Large {
        qsizetype begin = 0;
        qsizetype end = 0;
    };

    static constexpr qsizetype largeBytes = 4096;

    devserver::JsonToken root = devserver::JsonToken::Null; ///< token that the value begins with
    qsizetype size = 0;                                     ///< members or elements of the root
    std::vector<Large> large; ///< values of at least largeBytes, by begin

    /// Behind the value that begins at \a at, in VALIDATED text. Cost: its size up to largeBytes.
    [[nodiscard]] qsizetype endOfValue(QByteArrayView json, qsizetype at) const;
};

/// \returns `InvalidJson` with the position. A cancelled pass gives what it has.
[[nodiscard]] devserver::Result<JsonOutline> outlineOf(QByteArrayView json,
                                                       const CancelFlag *isCancelled = nullptr);

[[nodiscard]] qsizetype skipJsonSpace(QByteArrayView json, qsizetype at);
/// Behind the string that begins at \a at.
[[nodiscard]] qsizetype endOfJsonString(QByteArrayView json, qsizetype at);

/// Numbers of the children that lead from the root to the value at this offset; duplicates of a
/// name have their own. Works on texts that are cut, too.
[[nodiscard]] std::vector<int> jsonPlaceAt(QByteArrayView json, qsizetype offset);

struct JsonPart {
    QString path; ///< `data.items[3].sku`; empty: the root
    QByteArrayView value;
};

/// \a json is valid. The nearest ancestor if there is no such place.
[[nodiscard]] JsonPart jsonPart(QByteArrayView json, const std::vector<int> &place);

/// `.name`, `["odd name"]`; without the dot at the beginning of a path.
[[nodiscard]] QString jsonPathStep(const QString &path, const QString &key);

} // namespace console
