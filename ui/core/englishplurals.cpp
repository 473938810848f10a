// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/englishplurals.h"

#include <QRegularExpression>

namespace console {

using namespace Qt::StringLiterals;

QString EnglishPlurals::translate(const char *context, const char *source,
                                  const char *disambiguation, int n) const
{
    Q_UNUSED(context)
    Q_UNUSED(disambiguation)
    if (n < 0 || source == nullptr)
        return {};
    static const QRegularExpression ending(u"\\(s\\)"_s);
    static const QRegularExpression choice(u"\\(([^()|]*)\\|([^()|]*)\\)"_s);
    QString text = QString::fromUtf8(source);
    text.replace(ending, n == 1 ? QString() : u"s"_s);
    text.replace(choice, n == 1 ? u"\\1"_s : u"\\2"_s);
    return text;
}

} // namespace console
