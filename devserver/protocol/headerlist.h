// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <utility>
#include <vector>

namespace devserver::protocol {

/// Header fields, name and value, in the order of the wire. Names compare without case.
using HeaderList = std::vector<std::pair<QByteArray, QByteArray>>;

/// The first value of that name.
[[nodiscard]] inline std::optional<QByteArray> headerValue(const HeaderList &headers,
                                                           QByteArrayView name)
{
    for (const auto &[key, value] : headers) {
        if (name.compare(key, Qt::CaseInsensitive) == 0)
            return value;
    }
    return std::nullopt;
}

} // namespace devserver::protocol
