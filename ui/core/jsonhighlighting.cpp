// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/jsonhighlighting.h"

namespace console {

namespace {

int endOfString(QStringView line, int at)
{
    const auto size = static_cast<int>(line.size());
    for (++at; at < size; ++at) {
        if (line[at] == u'\\')
            ++at;
        else if (line[at] == u'"')
            return at + 1;
    }
    return size;
}

bool isKey(QStringView line, int end)
{
    while (end < line.size() && line[end].isSpace())
        ++end;
    return end < line.size() && line[end] == u':';
}

bool isNumberPart(QChar c)
{
    return (c >= u'0' && c <= u'9') || c == u'+' || c == u'-' || c == u'.' || c == u'e'
           || c == u'E';
}

} // namespace

std::vector<JsonSpan> highlightJson(QStringView line)
{
    std::vector<JsonSpan> spans;
    const auto size = static_cast<int>(line.size());
    for (int at = 0; at < size;) {
        const QChar c = line[at];
        int end = at + 1;
        if (c == u'"') {
            end = endOfString(line, at);
            spans.push_back({.start = at,
                             .length = end - at,
                             .token = isKey(line, end) ? Token::JsonKey : Token::JsonString});
        } else if (c == u'-' || (c >= u'0' && c <= u'9')) {
            while (end < size && isNumberPart(line[end]))
                ++end;
            spans.push_back({.start = at, .length = end - at, .token = Token::JsonNumber});
        } else if (c >= u'a' && c <= u'z') {
            while (end < size && line[end] >= u'a' && line[end] <= u'z')
                ++end;
            spans.push_back({.start = at, .length = end - at, .token = Token::JsonLiteral});
        }
        at = end;
    }
    return spans;
}

} // namespace console
