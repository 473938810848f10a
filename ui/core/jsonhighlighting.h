// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/theme.h"

#include <QStringView>

#include <vector>

namespace console {

struct JsonSpan {
    int start = 0;
    int length = 0;
    Token token = Token::Text;

    bool operator==(const JsonSpan &) const = default;
};

/// Colours of one line of JSON; lines are independent because strings cannot contain line ends.
[[nodiscard]] std::vector<JsonSpan> highlightJson(QStringView line);

} // namespace console
