// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/stackframes.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

namespace console {

using namespace Qt::StringLiterals;

namespace {

bool isLibrary(const QString &file, const QString &function)
{
    static const std::array inside = {
        u"/node_modules/"_s,     u"/site-packages/"_s,  u"/dist-packages/"_s, u"/go/pkg/mod/"_s,
        u"/usr/local/go/src/"_s, u"/usr/lib/go"_s,      u"/libexec/src/"_s,   u"/.pnpm/"_s,
        u"/deno-dir/"_s,         u"\\node_modules\\"_s,
    };
    static const std::array starts = {u"node:"_s, u"internal/"_s, u"<frozen"_s, u"ext:"_s,
                                      u"bun:"_s};
    static const QRegularExpression python(u"/lib(64)?/python[0-9.]+/"_s);
    static const QRegularExpression goRuntime(u"^(runtime|reflect|net/http|testing)\\."_s);
    const auto contains = [&](const QString &part) { return file.contains(part); };
    const auto begins = [&](const QString &part) { return file.startsWith(part); };
    return file.isEmpty() || std::any_of(inside.begin(), inside.end(), contains)
           || std::any_of(starts.begin(), starts.end(), begins) || file.contains(python)
           || (file.endsWith(u".go"_s) && function.contains(goRuntime))
           || file.startsWith(u"node_modules/"_s);
}

/// Bundlers put their own scheme before the path.
QString cleanFile(QString file)
{
    static const QRegularExpression scheme(
        u"^(file://|webpack-internal:///|webpack:///?|rsc://)"_s);
    static const QRegularExpression query(u"\\?[^/:]*$"_s);
    file.remove(scheme);
    file.remove(query);
    if (file.startsWith(u"(rsc)/"_s) || file.startsWith(u"./"_s))
        file = file.mid(file.indexOf(u'/') + 1);
    return file;
}

StackFrame finished(StackFrame frame)
{
    frame.isOwn = !isLibrary(frame.file, frame.function);
    return frame;
}

bool takeScript(const QString &line, std::vector<StackFrame> &frames)
{
    static const QRegularExpression call(
        u"^\\s+at (?:async )?(?:(.*?) \\()?(.*?)(?::(\\d+))?(?::(\\d+))?\\)?$"_s);
    const auto match = call.match(line);
    if (!match.hasMatch())
        return false;
    StackFrame frame;
    frame.function = match.captured(1);
    const QString place = match.captured(2);
    const bool hasFile = match.capturedLength(3) > 0;
    if (hasFile)
        frame.file = cleanFile(place);
    else if (frame.function.isEmpty())
        frame.function = place;
    frame.line = match.captured(3).toInt();
    frame.column = match.captured(4).toInt();
    frames.push_back(finished(std::move(frame)));
    return true;
}

bool takePython(const QString &line, std::vector<StackFrame> &frames)
{
    static const QRegularExpression call(u"^\\s*File \"([^\"]+)\", line (\\d+)(?:, in (.+))?$"_s);
    const auto match = call.match(line);
    if (!match.hasMatch())
        return false;
    StackFrame frame;
    frame.function = match.captured(3);
    frame.file = match.captured(1);
    frame.line = match.captured(2).toInt();
    frames.push_back(finished(std::move(frame)));
    return true;
}

/// Go writes the function on one line and the place, after a tab, on the next one.
bool takeGo(const QString &previous, const QString &line, std::vector<StackFrame> &frames)
{
    static const QRegularExpression place(u"^\\t(.+\\.go):(\\d+)(?: \\+0x[0-9a-f]+)?$"_s);
    const auto match = place.match(line);
    if (!match.hasMatch())
        return false;
    static const QRegularExpression arguments(u"\\([^()]*\\)$"_s);
    static const QRegularExpression creator(u"^created by (.*?)( in goroutine \\d+)?$"_s);
    StackFrame frame;
    frame.function = previous.trimmed();
    frame.function.remove(arguments);
    frame.function.replace(creator, u"\\1"_s);
    frame.file = match.captured(1);
    frame.line = match.captured(2).toInt();
    frames.push_back(finished(std::move(frame)));
    return true;
}

} // namespace

std::vector<StackFrame> parseStack(const QString &stack)
{
    std::vector<StackFrame> frames;
    bool isPython = false;
    QString previous;
    for (QString line : stack.split(u'\n')) {
        if (line.endsWith(u'\r'))
            line.chop(1);
        if (!takeScript(line, frames) && !takeGo(previous, line, frames))
            isPython = takePython(line, frames) || isPython;
        previous = line;
    }
    if (isPython)
        std::reverse(frames.begin(), frames.end());
    return frames;
}

std::vector<StackFrame> withLibraries(std::vector<StackFrame> frames, const QString &patterns)
{
    for (const QString &entry : patterns.split(u',', Qt::SkipEmptyParts)) {
        const QString pattern = entry.trimmed();
        if (pattern.isEmpty())
            continue;
        const bool isFolder = !pattern.contains(u'/') && !pattern.contains(u'*');
        QString words =
            QRegularExpression::escape(isFolder ? QString(u'/' + pattern + u'/') : pattern);
        words.replace(u"\\*"_s, u".*"_s);
        const QRegularExpression fits(words);
        for (StackFrame &frame : frames)
            frame.isOwn = frame.isOwn && !fits.match(u'/' + frame.file).hasMatch();
    }
    return frames;
}

QString commonFolder(const std::vector<StackFrame> &frames)
{
    QString common;
    bool isFirst = true;
    for (const StackFrame &frame : frames) {
        if (!frame.isOwn)
            continue;
        const QString folder = frame.file.left(frame.file.lastIndexOf(u'/') + 1);
        if (isFirst)
            common = folder;
        isFirst = false;
        while (!folder.startsWith(common)) {
            common.chop(1);
            common = common.left(common.lastIndexOf(u'/') + 1);
        }
    }
    // The folder of the sources stays: it tells what a file is.
    const qsizetype source = common.indexOf(u"/src/"_s);
    if (source >= 0)
        common = common.left(source + 1);
    return common.size() > 1 ? common : QString();
}

QString frameText(const StackFrame &frame, const QString &commonFolder)
{
    QString text = frame.file;
    if (!commonFolder.isEmpty() && text.startsWith(commonFolder))
        text = text.mid(commonFolder.size());
    if (frame.line > 0)
        text += u':' + QString::number(frame.line);
    if (frame.column > 0)
        text += u':' + QString::number(frame.column);
    return text;
}

} // namespace console
