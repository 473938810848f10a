// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QByteArray>

namespace devserver {

/// Validated UTF-8 JSON text of one value, kept byte for byte as the user sent it (style.md 2.10).
///
/// The default constructed value means "absent", which is not `null`. Equality compares bytes.
class RawJson
{
public:
    RawJson() = default;

    /// Checks with `validateJson` and cuts white space around the value.
    /// \returns `InvalidJson` with the position.
    [[nodiscard]] static Result<RawJson> parse(QByteArray text);

    /// For bytes that were checked before: from the store, or written by `JsonWriter`.
    static RawJson fromTrusted(QByteArray text);

    /// The value `null`.
    static RawJson null();

    const QByteArray &bytes() const { return m_bytes; }

    qsizetype sizeBytes() const { return m_bytes.size(); }

    bool isEmpty() const { return m_bytes.isEmpty(); }

    bool operator==(const RawJson &) const = default;

private:
    explicit RawJson(QByteArray text);

    QByteArray m_bytes;
};

} // namespace devserver
