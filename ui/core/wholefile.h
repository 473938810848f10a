// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

class QByteArray;

namespace console {

/// Writes the file anew: whole and on the disk, or else what was there stays, even on a full disk.
/// Makes its folder. Not on the thread of the window.
/// \returns why it could not be written, translated and without the path; empty: it was.
[[nodiscard]] QString writeWhole(const QString &path, const QByteArray &bytes);

} // namespace console
