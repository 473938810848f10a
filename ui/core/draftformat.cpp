// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/draftformat.h"

#include "ui/core/placeholders.h"

#include <algorithm>
#include <vector>

namespace console {

namespace {

constexpr int indentWidth = 2;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Brackets, commas and colons, comments to the end of their line, and words: strings, numbers,
/// placeholders, literals.
class Lexer
{
public:
    explicit Lexer(const QByteArray &text)
        : m_text(text)
        , m_placeholders(findPlaceholders(text))
    {}

    /// Empty at the end.
    [[nodiscard]] QByteArray next()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at]))
            ++m_at;
        const qsizetype begin = m_at;
        if (m_at >= m_text.size())
            return {};
        const char c = m_text[m_at];
        if (c == '/')
            m_at = lineEnd();
        else if (c == '"')
            m_at = stringEnd();
        else if (const qsizetype end = placeholderEnd(m_at); end > 0)
            m_at = end;
        else if (QByteArrayView("{}[],:").contains(c))
            ++m_at;
        else
            m_at = wordEnd();
        return m_text.sliced(begin, m_at - begin).trimmed();
    }

private:
    [[nodiscard]] qsizetype lineEnd() const
    {
        const qsizetype end = m_text.indexOf('\n', m_at);
        return end < 0 ? m_text.size() : end;
    }

    /// Behind the placeholder that begins there; 0: none does.
    [[nodiscard]] qsizetype placeholderEnd(qsizetype at) const
    {
        const auto found = std::lower_bound(
            m_placeholders.begin(), m_placeholders.end(), at,
            [](const Placeholder &each, qsizetype begin) { return each.begin < begin; });
        return found == m_placeholders.end() || found->begin != at ? 0 : found->end;
    }

    [[nodiscard]] qsizetype stringEnd() const
    {
        qsizetype at = m_at + 1;
        while (at < m_text.size() && m_text[at] != '"' && m_text[at] != '\n') {
            if (const qsizetype end = placeholderEnd(at); end > 0)
                at = end; // a quote inside of it ends nothing
            else
                at += m_text[at] == '\\' ? 2 : 1;
        }
        return std::min(at + 1, m_text.size());
    }

    [[nodiscard]] qsizetype wordEnd() const
    {
        qsizetype at = m_at + 1;
        while (at < m_text.size() && !isBlank(m_text[at])
               && !QByteArrayView("{}[],:\"").contains(m_text[at]))
            ++at;
        return at;
    }

    const QByteArray &m_text;
    std::vector<Placeholder> m_placeholders;
    qsizetype m_at = 0;
};

class Printer
{
public:
    void print(const QByteArray &token)
    {
        const char first = token[0];
        if (first == '}' || first == ']')
            close(token);
        else if (first == ',')
            comma();
        else if (first == ':')
            colon();
        else if (token.startsWith("//"))
            comment(token);
        else
            value(token);
    }

    [[nodiscard]] QByteArray take() { return std::move(m_text); }

private:
    // Both belong to the value or key before the comments that stand between them.
    void comma()
    {
        m_text.insert(m_valueEnd, ',');
        m_isLineDue = true;
    }

    void colon()
    {
        m_text.insert(m_valueEnd, ':');
        if (!m_isLineDue)
            m_text += ' ';
    }

    void close(const QByteArray &token)
    {
        --m_depth;
        if (!m_isEmpty)
            newLine();
        m_text += token;
        ended();
    }

    void comment(const QByteArray &token)
    {
        if (!m_text.isEmpty())
            newLine();
        m_text += token;
        m_isLineDue = true;
        m_isEmpty = false;
    }

    void value(const QByteArray &token)
    {
        if (m_isLineDue || (m_isEmpty && m_depth > 0))
            newLine();
        m_text += token;
        const bool isOpening = token == "{" || token == "[";
        m_depth += isOpening ? 1 : 0;
        ended();
        m_isEmpty = isOpening;
    }

    void ended()
    {
        m_valueEnd = m_text.size();
        m_isLineDue = false;
        m_isEmpty = false;
    }

    void newLine()
    {
        if (m_text.endsWith(' '))
            m_text.chop(1);
        m_text += '\n';
        m_text.append(m_depth * indentWidth, ' ');
        m_isLineDue = false;
    }

    QByteArray m_text;
    qsizetype m_valueEnd = 0;
    int m_depth = 0;
    bool m_isLineDue = false;
    bool m_isEmpty = false; ///< a bracket was opened just now
};

} // namespace

QByteArray formatDraft(const QByteArray &draft)
{
    Lexer lexer(draft);
    Printer printer;
    for (QByteArray token = lexer.next(); !token.isEmpty(); token = lexer.next())
        printer.print(token);
    return printer.take();
}

} // namespace console
