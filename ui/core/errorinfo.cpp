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
constexpr qsizetype mostShown = 8'000;     // characters
constexpr qsizetype mostOfMessage = 1'000; // what can be done and the stack stand below it
constexpr int mostLinesOfMessage = 12;
constexpr qsizetype fewestHidden = 100;  // less is not worth a remark
constexpr qsizetype mostParsed = 64'000; // of a stack; each of its frames is some widgets

QString textOf(const JsonValue &object, QByteArrayView key)
{
    const std::optional<JsonValue> value = object.find(key);
    if (!value || value->isNull())
        return {};
    return value->isString() ? value->toString() : QString::fromUtf8(value->raw());
}

/// Stacks of JavaScript begin with the message, however long it is; `Error: ` is before it.
QStringView behindMessage(const ErrorInfo &info)
{
    const QStringView stack = info.stack;
    if (stack.startsWith(info.message))
        return stack.sliced(info.message.size());
    constexpr QStringView colon = u": ";
    const qsizetype at = stack.left(stack.indexOf(u'\n')).indexOf(colon);
    const QStringView behind = at < 0 ? QStringView() : stack.sliced(at + colon.size());
    return behind.startsWith(info.message) ? behind.sliced(info.message.size()) : stack;
}

/// Of a large stack the beginning and the end, in whole lines: either may have the frames.
QString parsedPart(QStringView stack)
{
    if (stack.size() <= mostParsed)
        return stack.toString();
    const QStringView first = stack.first(mostParsed / 2);
    const QStringView last = stack.last(mostParsed / 2);
    return first.first(std::max<qsizetype>(0, first.lastIndexOf(u'\n'))).toString()
           + last.sliced(std::max<qsizetype>(0, last.indexOf(u'\n')));
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
    info.frames = parseStack(parsedPart(behindMessage(info)));
    return info;
}

QString shownTo(qsizetype end, const QString &text, const QString &where)
{
    const bool cutsPair = text.at(end - 1).isHighSurrogate();
    const qsizetype length = cutsPair ? end - 1 : end;
    return text.left(length) + u"\u2026\n"_s
           + QCoreApplication::translate("Errors", "%1 more characters: %2 has all of it.")
                 .arg(formatCount(text.size() - length), where);
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
    return text.size() <= mostShown ? text : shownTo(mostShown, text, where);
}

QString shownMessage(const QString &message, const QString &where)
{
    qsizetype end = -1; // of the last line that is shown
    for (int line = 0; line < mostLinesOfMessage; ++line) {
        end = message.indexOf(u'\n', end + 1);
        if (end < 0)
            break;
    }
    const qsizetype length = end < 0 ? mostOfMessage : std::min(end, mostOfMessage);
    return message.size() < length + fewestHidden ? message : shownTo(length, message, where);
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
