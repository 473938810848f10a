// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/expressionvalues.h"

#include "ui/core/copyas.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype largestEvent = 64 * 1024; ///< bytes
constexpr qsizetype longestValue = 60;        ///< characters; only its beginning tells anything

/// A string of the expression, or a path into the event that does not end in a call.
const QRegularExpression &stringsAndPaths()
{
    static const QRegularExpression parts(
        uR"re("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![\w.])event((?:\.\w+(?!\w|\s*\()|\["[^"\\]*"\]|\['[^'\\]*'\])+))re"_s);
    return parts;
}

/// On one line; what a string says stays as it is.
QString valueText(const QByteArray &json)
{
    const QString text = QString::fromUtf8(json);
    const bool isLaidOut = json.startsWith('{') || json.startsWith('[');
    return isLaidOut ? text.simplified() : text;
}

QByteArray valueAt(const QString &path, QByteArray json)
{
    static const QRegularExpression names(uR"re(\.(\w+)|\["([^"]*)"\]|\['([^']*)'\])re"_s);
    for (QRegularExpressionMatchIterator each = names.globalMatch(path); each.hasNext();) {
        const QRegularExpressionMatch name = each.next();
        json = memberOf(json, name.captured(name.lastCapturedIndex()).toUtf8());
    }
    return json;
}

} // namespace

QString withValues(const QByteArray &expression, const QByteArray &eventJson)
{
    if (eventJson.size() > largestEvent)
        return {};
    const QString whole = QString::fromUtf8(expression);
    QString made;
    qsizetype done = 0;
    for (QRegularExpressionMatchIterator each = stringsAndPaths().globalMatch(whole);
         each.hasNext();) {
        const QRegularExpressionMatch part = each.next();
        const QString path = part.captured(1);
        if (path.isEmpty())
            continue; // a string
        const QByteArray value = valueAt(path, eventJson);
        QString text = value.isEmpty() ? QCoreApplication::translate("Matching", "(missing)")
                                       : valueText(value);
        if (text.size() > longestValue)
            text = text.first(longestValue) + u'…';
        made += whole.sliced(done, part.capturedStart() - done) + text;
        done = part.capturedEnd();
    }
    return done == 0 ? QString() : QString(made + whole.sliced(done));
}

} // namespace console
