// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include <vector>

namespace devserver::store {

/// Texts behind each other, each after its length (7 bits per byte, low ones first). Nothing is
/// nothing.
[[nodiscard]] QByteArray packList(const std::vector<QByteArray> &parts);
/// The reverse; what is cut off is left out.
[[nodiscard]] std::vector<QByteArray> unpackList(const QByteArray &packed);

} // namespace devserver::store
