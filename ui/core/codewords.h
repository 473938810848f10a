// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QStringList>

/// Expressions among words, as rich text: in code font, wherever they stand.
namespace console {

/// A short comparison is not parted at the end of a line.
[[nodiscard]] QString codeHtml(const QString &code);
/// \a words, of which \a codes are code, in this order.
[[nodiscard]] QString withCode(const QString &words, const QStringList &codes);

} // namespace console
