// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/expressionsyntax.h"

#include <QString> // operator+ of QByteArray

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

/// From behind an opening quote to behind the closing one; -1 if there is none.
qsizetype skipQuoted(QByteArrayView text, qsizetype at, char quote)
{
    for (; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == quote)
            return at + 1;
    }
    return -1;
}

char openerOf(char closer)
{
    return closer == ')' ? '(' : closer == ']' ? '[' : '{';
}

} // namespace

QByteArray expressionProblem(QByteArrayView expression)
{
    if (expression.trimmed().isEmpty())
        return "it is empty"_ba;
    QByteArray open;
    for (qsizetype at = 0; at < expression.size(); ++at) {
        const char c = expression[at];
        if (c == '"' || c == '\'') {
            const qsizetype end = skipQuoted(expression, at + 1, c);
            if (end < 0)
                return "a quote is not closed"_ba;
            at = end - 1;
        } else if (c == '(' || c == '[' || c == '{') {
            open.append(c);
        } else if (c == ')' || c == ']' || c == '}') {
            if (!open.endsWith(openerOf(c)))
                return QByteArray(1, c) + " closes nothing"_ba;
            open.chop(1);
        }
    }
    return open.isEmpty() ? QByteArray() : open.right(1) + " is not closed"_ba;
}

bool isFailureFilter(QByteArrayView expression)
{
    constexpr QByteArrayView field = "event.data.function_id";
    QByteArrayView rest = expression.trimmed();
    if (!rest.startsWith(field))
        return false;
    rest = rest.sliced(field.size()).trimmed();
    if (!rest.startsWith("=="))
        return false;
    rest = rest.sliced(2).trimmed();
    if (rest.size() < 2 || (rest.front() != '\'' && rest.front() != '"'))
        return false;
    return skipQuoted(rest, 1, rest.front()) == rest.size() && !rest.contains('\\');
}

} // namespace devserver::protocol
