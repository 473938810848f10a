// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/errorinfo.h"

#include "devserver/model/jsonvalue.h"
#include "ui/core/format.h"

#include <QCoreApplication>
#include <QProcess>
#include <QStringList>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JsonValue;

namespace {

constexpr int deepestCause = 8;
constexpr qsizetype mostShown = 8'000;   // characters
constexpr qsizetype mostParsed = 64'000; // of a stack; each of its frames is some widgets

QString textOf(const JsonValue &object, QByteArrayView key)
{
    const std::optional<JsonValue> value = object.find(key);
    if (!value || value->isNull())
        return {};
    return value->isString() ? value->toString() : QString::fromUtf8(value->raw());
}

ErrorInfo infoOf(const JsonValue &value)
{
    ErrorInfo info;
    if (!value.isObject()) {
        info.message = value.isString() ? value.toString() : QString::fromUtf8(value.raw());
        return info;
    }
    info.name = textOf(value, "name");
    info.message = textOf(value, "message");
    if (info.message.isEmpty())
        info.message = textOf(value, "error");
    info.stack = textOf(value, "stack");
    info.code = textOf(value, "code");
    info.isFinal = value.find("noRetry").value_or(JsonValue()).toBool().value_or(false);
    const std::optional<JsonValue> data = value.find("data");
    if (data && !data->isNull())
        info.data = data->toBytes();
    info.frames = parseStack(info.stack.left(mostParsed));
    return info;
}

} // namespace

QString ErrorInfo::tellingCode() const
{
    const bool saysNothing = code == name || code == u"unknown"_s || code == u"step_errored"_s;
    return saysNothing ? QString() : code;
}

std::vector<ErrorInfo> errorChain(const devserver::RawJson &error)
{
    std::vector<ErrorInfo> chain;
    if (error.isEmpty())
        return chain;
    JsonValue value = JsonValue::of(error);
    while (!value.isNull() && static_cast<int>(chain.size()) < deepestCause) {
        chain.push_back(infoOf(value));
        value = value.find("cause").value_or(JsonValue());
    }
    return chain;
}

QString shownPart(const QString &text, const QString &where)
{
    if (text.size() <= mostShown)
        return text;
    const bool cutsPair = text.at(mostShown - 1).isHighSurrogate();
    const qsizetype length = cutsPair ? mostShown - 1 : mostShown;
    return text.left(length) + u"\u2026\n"_s
           + QCoreApplication::translate("Errors", "%1 more characters: %2 has all of it.")
                 .arg(formatCount(text.size() - length), where);
}

QString errorText(const std::vector<ErrorInfo> &chain)
{
    QStringList parts;
    for (const ErrorInfo &error : chain) {
        const QString head =
            error.name.isEmpty() ? error.message : QString(error.name + u": "_s + error.message);
        // Stacks of JavaScript begin with the message.
        QString text = error.stack.startsWith(head.left(40)) ? error.stack
                       : error.stack.isEmpty()               ? head
                                                             : QString(head + u'\n' + error.stack);
        parts.append(parts.isEmpty() ? text : QString(u"Caused by: "_s + text));
    }
    return parts.join(u'\n');
}

QString errorMarkdown(const std::vector<ErrorInfo> &chain, const QString &subject)
{
    if (chain.empty())
        return {};
    QString fence = u"```"_s;
    const QString text = errorText(chain);
    while (text.contains(fence))
        fence += u'`';
    QString markdown = u"**%1**"_s.arg(chain.front().name);
    if (!subject.isEmpty())
        markdown += u" in `%1`"_s.arg(subject);
    return markdown + u"\n\n"_s + fence + u'\n' + text + u'\n' + fence + u'\n';
}

std::optional<std::pair<QString, QStringList>> editorCommandLine(const QString &command,
                                                                 const StackFrame &frame)
{
    QStringList words = QProcess::splitCommand(command);
    if (words.isEmpty())
        return std::nullopt;
    const QString program = words.takeFirst();
    for (QString &word : words) {
        // The file last: it may contain what looks like a placeholder.
        word.replace(u"{line}"_s, QString::number(std::max(1, frame.line)));
        word.replace(u"{column}"_s, QString::number(std::max(1, frame.column)));
        word.replace(u"{file}"_s, frame.file);
    }
    return std::pair(program, words);
}

} // namespace console
