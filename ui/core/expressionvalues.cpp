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

/// Where \a at is once what stands from \a start to \a end has \a grown; what lies inside is
/// taken to its end.
void move(int *at, qsizetype start, qsizetype end, qsizetype grown)
{
    if (*at >= end)
        *at += static_cast<int>(grown);
    else if (*at > start)
        *at = static_cast<int>(end + grown);
}

} // namespace

bool isEventPath(const QString &text)
{
    const QRegularExpressionMatch match = stringsAndPaths().match(text);
    return match.hasMatch() && match.capturedLength() == text.size() && match.hasCaptured(1);
}

QByteArray eventValueAt(const QString &path, const QByteArray &eventJson)
{
    QByteArray json = eventJson;
    static const QRegularExpression names(uR"re(\.(\w+)|\["([^"]*)"\]|\['([^']*)'\])re"_s);
    for (QRegularExpressionMatchIterator each = names.globalMatch(path); each.hasNext();) {
        const QRegularExpressionMatch name = each.next();
        json = memberOf(json, name.captured(name.lastCapturedIndex()).toUtf8());
    }
    return json;
}

QString withValues(const QByteArray &expression, const QByteArray &eventJson, TextRange *part)
{
    if (eventJson.size() > largestEvent)
        return {};
    const QString whole = QString::fromUtf8(expression);
    QString made;
    qsizetype done = 0;
    int from = part == nullptr ? 0 : part->from;
    int to = part == nullptr ? 0 : part->from + part->size;
    for (QRegularExpressionMatchIterator each = stringsAndPaths().globalMatch(whole);
         each.hasNext();) {
        const QRegularExpressionMatch found = each.next();
        const QString path = found.captured(1);
        if (path.isEmpty())
            continue; // a string
        const QByteArray value = eventValueAt(path, eventJson);
        QString text = value.isEmpty() ? QCoreApplication::translate("Matching", "(missing)")
                                       : valueText(value);
        if (text.size() > longestValue)
            text = text.first(longestValue) + u'…';
        made += whole.sliced(done, found.capturedStart() - done);
        const qsizetype moved = made.size() - found.capturedStart();
        for (int *edge : {&from, &to})
            move(edge, found.capturedStart() + moved, found.capturedEnd() + moved,
                 text.size() - found.capturedLength());
        made += text;
        done = found.capturedEnd();
    }
    if (part != nullptr)
        *part = {from, to - from};
    return done == 0 ? QString() : QString(made + whole.sliced(done));
}

} // namespace console
