// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <atomic>
#include <optional>

/// JSON for people, made of the tokens as they were sent: order, number text, escapes and duplicate
/// names stay (ui.md §2/11). Any thread.
namespace console {

using CancelFlag = std::atomic_bool;

struct JsonFormatLimits {
    qsizetype longestString = 10'000; ///< characters; longer ones are cut; 0: none is
    qsizetype sourceBytes = 0;        ///< stops at the token that passes it; 0: never
    const CancelFlag *isCancelled = nullptr;
};

struct FormattedJson {
    QByteArray text; ///< UTF-8; of a bad text what stands before the error
    int cutStrings = 0;
    bool isWhole = true;                   ///< false: a limit or the flag stopped it
    std::optional<devserver::Error> error; ///< why it is not JSON
};

/// Two spaces per level, one member or element per line. Cost: one pass.
[[nodiscard]] FormattedJson formatJson(QByteArrayView json, const JsonFormatLimits &limits = {});

} // namespace console
