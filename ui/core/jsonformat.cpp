// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/jsonformat.h"

#include "devserver/model/jsonreader.h"

#include <algorithm>

namespace console {

using devserver::JsonReader;
using devserver::JsonToken;

namespace {

constexpr int indentWidth = 2;
constexpr int tokensPerLook = 1024; ///< at the flag

bool isContinuation(char byte)
{
    return (static_cast<uchar>(byte) & 0xc0) == 0x80;
}

qsizetype charactersIn(QByteArrayView utf8)
{
    return std::count_if(utf8.begin(), utf8.end(), [](char byte) { return !isContinuation(byte); });
}

/// Bytes of the first \a characters of a string token, behind its quote; never inside an escape.
qsizetype cutAt(QByteArrayView token, qsizetype characters)
{
    qsizetype at = 1;
    for (qsizetype i = 0; i < characters && at < token.size() - 1; ++i) {
        if (token[at] == '\\') {
            at += token[at + 1] == 'u' ? 6 : 2;
            continue;
        }
        ++at;
        while (at < token.size() - 1 && isContinuation(token[at]))
            ++at;
    }
    return at;
}

class Formatter
{
public:
    Formatter(QByteArrayView json, const JsonFormatLimits &limits)
        : m_reader(json)
        , m_limits(limits)
    {
        const qsizetype source =
            limits.sourceBytes > 0 ? std::min(limits.sourceBytes, json.size()) : json.size();
        m_result.text.reserve(source + source / 3 + 64);
    }

    FormattedJson run()
    {
        for (int count = 1;; ++count) {
            const JsonToken token = m_reader.next();
            if (token == JsonToken::End)
                break;
            if (token == JsonToken::Error) {
                m_result.error = m_reader.error();
                break;
            }
            const bool isFar =
                m_limits.sourceBytes > 0 && m_reader.offset() >= m_limits.sourceBytes;
            const bool isCancelled = count % tokensPerLook == 0 && m_limits.isCancelled != nullptr
                                     && m_limits.isCancelled->load(std::memory_order_relaxed);
            if (isFar || isCancelled) {
                m_result.isWhole = false;
                break;
            }
            append(token);
        }
        return std::move(m_result);
    }

private:
    void append(JsonToken token)
    {
        if (token == JsonToken::EndObject || token == JsonToken::EndArray) {
            --m_depth;
            if (!m_isFirst)
                newLine();
            m_result.text += m_reader.raw();
            m_isFirst = false;
            m_isAfterKey = false;
            return;
        }
        if (!m_isAfterKey && m_depth > 0) {
            if (!m_isFirst)
                m_result.text += ',';
            newLine();
        }
        m_isFirst = token == JsonToken::BeginObject || token == JsonToken::BeginArray;
        m_isAfterKey = token == JsonToken::Key;
        if (token == JsonToken::String || token == JsonToken::Key)
            appendString(m_reader.raw());
        else
            m_result.text += m_reader.raw();
        if (m_isFirst)
            ++m_depth;
        if (m_isAfterKey)
            m_result.text += ": ";
    }

    void appendString(QByteArrayView token)
    {
        const qsizetype longest = m_limits.longestString;
        if (longest <= 0 || token.size() - 2 <= longest) {
            m_result.text += token;
            return;
        }
        const qsizetype cut = cutAt(token, longest);
        const qsizetype rest = charactersIn(token.sliced(cut)) - 1;
        if (rest <= 0) {
            m_result.text += token;
            return;
        }
        // Stays a string token, so that places in this text can be found again in the source.
        m_result.text += token.first(cut);
        m_result.text += "\xe2\x80\xa6 [" + QByteArray::number(rest) + " characters more]\"";
        ++m_result.cutStrings;
    }

    void newLine()
    {
        m_result.text += '\n';
        m_result.text.append(m_depth * indentWidth, ' ');
    }

    JsonReader m_reader;
    JsonFormatLimits m_limits;
    FormattedJson m_result;
    int m_depth = 0;
    bool m_isFirst = false;
    bool m_isAfterKey = false;
};

} // namespace

FormattedJson formatJson(QByteArrayView json, const JsonFormatLimits &limits)
{
    return Formatter(json, limits).run();
}

} // namespace console
