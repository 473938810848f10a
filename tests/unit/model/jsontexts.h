// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include <vector>

namespace devserver {

struct JsonText {
    const char *name;
    QByteArray bytes;
};

/// Texts that RFC 8259 accepts, and texts that it or UTF-8 refuses. In a file of their own because
/// moc does not survive these literals.
extern const std::vector<JsonText> validJsonTexts;
extern const std::vector<JsonText> invalidJsonTexts;

} // namespace devserver
