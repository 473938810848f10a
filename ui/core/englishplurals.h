// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTranslator>

namespace console {

/// The plural forms of the program's own language (ui.md §24): `%n run(s)` is `1 run` and `2 runs`,
/// `%n function(s) (listens|listen)` is `1 function listens` and `2 functions listen`. Texts
/// without `%n` are left to others. Installed first, so that every translation goes before it.
class EnglishPlurals final : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    [[nodiscard]] bool isEmpty() const override { return false; }

    [[nodiscard]] QString translate(const char *context, const char *source,
                                    const char *disambiguation, int n) const override;
};

} // namespace console
