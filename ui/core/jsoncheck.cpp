// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/jsoncheck.h"

#include "devserver/model/jsonreader.h"
#include "ui/core/placeholders.h"

#include <QCoreApplication>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JsonReader;
using devserver::JsonToken;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("JsonCheck", text);
}

DraftProblem problemAt(const QByteArray &text, qsizetype offset, const QString &message)
{
    DraftProblem problem{.message = message, .offset = std::min(offset, text.size())};
    const QByteArray before = text.first(problem.offset);
    problem.line = static_cast<int>(before.count('\n')) + 1;
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    problem.column = static_cast<int>(QString::fromUtf8(before.sliced(lineStart)).size()) + 1;
    return problem;
}

/// Without the position, which is said in our own way.
QString reasonOf(const devserver::Error &error)
{
    const qsizetype at = error.message.indexOf(u"): "_s);
    return at < 0 ? error.message : error.message.sliced(at + 3);
}

/// What is left when the last member or element was deleted: `{"a": 1,}`.
bool isAfterComma(const QByteArray &text, qsizetype offset)
{
    if (offset >= text.size() || (text[offset] != '}' && text[offset] != ']'))
        return false;
    do
        --offset;
    while (offset >= 0 && QByteArrayView(" \t\r\n").contains(text[offset]));
    return offset >= 0 && text[offset] == ',';
}

/// Some blanks look like one and are none: pasted from a page, or typed with AltGr.
/// \param plain  the text without comments, as the reader has it
QString reasonAt(const QByteArray &text, const QByteArray &plain, const JsonReader &reader)
{
    if (isAfterComma(plain, reader.offset()))
        return tr("the comma before %1 is one too many").arg(QLatin1Char(plain[reader.offset()]));
    const QString rest = QString::fromUtf8(text.mid(reader.offset(), 4));
    if (!rest.isEmpty() && rest[0].unicode() > 0x7f && (rest[0].isSpace() || rest[0] == u'\ufeff'))
        return tr("this blank (U+%1) is none in JSON")
            .arg(QString::number(rest[0].unicode(), 16).toUpper().rightJustified(4, u'0'));
    return reasonOf(reader.error());
}

} // namespace

QByteArray withoutComments(const QByteArray &text)
{
    QByteArray clean = text;
    for (qsizetype start = 0; start < clean.size();) {
        qsizetype end = clean.indexOf('\n', start);
        if (end < 0)
            end = clean.size();
        qsizetype first = start;
        while (first < end && (clean[first] == ' ' || clean[first] == '\t'))
            ++first;
        if (clean.sliced(first, std::min<qsizetype>(2, end - first)) == "//")
            std::fill(clean.begin() + first, clean.begin() + end, ' ');
        start = end + 1;
    }
    return clean;
}

QByteArray withoutPlaceholders(QByteArray text)
{
    for (const Placeholder &each : findPlaceholders(text)) {
        for (qsizetype at = each.begin; at < each.end; ++at)
            text[at] = each.isInString ? 'x' : ' ';
        if (!each.isInString)
            text[each.begin] = '0';
    }
    return text;
}

QByteArray strippedOfComments(const QByteArray &text)
{
    QByteArrayList lines;
    for (const QByteArray &line : text.split('\n')) {
        if (!line.trimmed().startsWith("//"))
            lines.append(line);
    }
    return lines.join('\n');
}

std::optional<DraftProblem> checkDraft(const QByteArray &text, DraftShape shape)
{
    QByteArray plain = text;
    if (shape != DraftShape::Object) {
        plain = withoutComments(text);
        for (const Placeholder &each : findPlaceholders(plain)) {
            if (const QString problem = placeholderProblem(each); !problem.isEmpty())
                return problemAt(text, each.begin, problem);
        }
        plain = withoutPlaceholders(plain);
    }
    if (plain.trimmed().isEmpty())
        return problemAt(text, 0, tr("nothing to send; {} is the smallest"));
    JsonReader reader(plain);
    int depth = 0;
    int events = 0;
    bool isBatch = false;
    std::optional<DraftProblem> wrongShape; // said when nothing else is wrong
    const auto note = [&](const QString &message) {
        if (!wrongShape && shape != DraftShape::Value)
            wrongShape = problemAt(text, reader.offset(), message);
    };
    for (JsonToken token = reader.next(); token != JsonToken::End; token = reader.next()) {
        if (token == JsonToken::Error)
            return problemAt(text, reader.offset(), reasonAt(text, plain, reader));
        const bool isEnd = token == JsonToken::EndObject || token == JsonToken::EndArray;
        const bool isBegin = token == JsonToken::BeginObject || token == JsonToken::BeginArray;
        depth -= isEnd ? 1 : 0;
        if (depth == 0 && !isEnd) {
            isBatch = token == JsonToken::BeginArray && shape == DraftShape::Data;
            if (shape == DraftShape::Object && token != JsonToken::BeginObject)
                note(tr("the data must be an object"));
            else if (!isBatch && token != JsonToken::BeginObject)
                note(tr("the data of an event are an object"));
        } else if (depth == 0 && isBatch && events == 0) {
            note(tr("an array is a batch; this one has no events"));
        } else if (depth == 1 && isBatch && !isEnd) {
            ++events;
            if (token != JsonToken::BeginObject)
                note(tr("an array is a batch: each element is the data of one event, an object"));
        }
        depth += isBegin ? 1 : 0;
    }
    return wrongShape;
}

} // namespace console
