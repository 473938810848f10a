// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/jsonoutline.h"
#include "ui/core/lineindex.h"

#include <QByteArray>
#include <QString>

/// What a payload is and how it is shown (ui.md §8). Any thread; the bytes are never changed.
namespace console {

enum class PayloadKind {
    Json,
    Text,   ///< UTF-8, but not JSON
    Binary, ///< not UTF-8
};

struct PayloadLimits {
    qsizetype wholeBytes = 8 * 1024 * 1024; ///< larger ones are shown in part
    qsizetype partBytes = 1024 * 1024;
    qsizetype longestString = 10'000; ///< characters; 0: strings are never cut
};

struct PayloadReading {
    PayloadKind kind = PayloadKind::Json;
    LineIndexPtr pretty; ///< JSON, formatted; text as it is
    LineIndexPtr raw;    ///< as received; of what is not JSON: as hexadecimal digits and text
    JsonOutline outline;
    QString reason;      ///< why it is not JSON, in English, as the reader says it
    int cutStrings = 0;  ///< in `pretty`
    bool isPart = false; ///< only the beginning is shown
    bool isHead = false; ///< made of the first bytes, not checked further
};

/// Largest text, and longest line of it, for a real text control.
inline constexpr qsizetype plainTextBytes = 256 * 1024;
inline constexpr qsizetype plainTextLine = 16 * 1024;
/// Small enough for a real text control.
[[nodiscard]] bool fitsPlainText(const LineIndex &text);
/// Payloads up to this size are read at once, on any thread.
inline constexpr qsizetype quickBytes = 64 * 1024;

/// Cost: some passes over the bytes.
[[nodiscard]] PayloadReading readPayload(const QByteArray &bytes, const PayloadLimits &limits,
                                         const CancelFlag *isCancelled = nullptr);
/// The first lines, made of at most quickBytes, to be seen until the rest is read.
[[nodiscard]] PayloadReading readPayloadHead(const QByteArray &bytes);

/// `00000000  7b 22 61 22 …  |{"a"…|`, 16 bytes per line.
[[nodiscard]] QByteArray hexDump(QByteArrayView bytes, const CancelFlag *isCancelled = nullptr);

/// `Object, 5 members`, translated.
[[nodiscard]] QString payloadTypeWords(const PayloadReading &reading);
/// `Object`: without how many.
[[nodiscard]] QString payloadTypeWord(const PayloadReading &reading);

} // namespace console
