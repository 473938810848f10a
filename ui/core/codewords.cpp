// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/codewords.h"

#include <QRegularExpression>

namespace console {

using namespace Qt::StringLiterals;

QString codeHtml(const QString &code)
{
    static const QRegularExpression comparison(
        u"(?<!\\S)(\\S{1,16}) (==|!=|<=|>=|<|>) (?=\\S{1,16}(?!\\S))"_s);
    const QString kept = QString(code).replace(comparison, u"\\1\u00a0\\2\u00a0"_s);
    return u"<code>"_s + kept.toHtmlEscaped() + u"</code>"_s;
}

QString withCode(const QString &words, const QStringList &codes)
{
    QString html;
    qsizetype done = 0;
    for (const QString &code : codes) {
        const qsizetype at = words.indexOf(code, done);
        if (at < 0)
            continue;
        html += words.mid(done, at - done).toHtmlEscaped() + codeHtml(code);
        done = at + code.size();
    }
    return html + words.mid(done).toHtmlEscaped();
}

} // namespace console
