// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/jsonspans.h"

namespace fuzz {

namespace {

class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {}

    std::vector<JsonSpan> scan()
    {
        skipSpace();
        const bool isJson = value(m_at, std::nullopt, 0);
        skipSpace();
        return isJson && m_at == m_text.size() ? std::move(m_spans) : std::vector<JsonSpan>();
    }

private:
    static constexpr int deepest = 600;

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skipSpace() { m_at = std::min(m_text.find_first_not_of(" \t\r\n", m_at), m_text.size()); }

    bool take(char expected)
    {
        skipSpace();
        if (peek() != expected)
            return false;
        ++m_at;
        skipSpace();
        return true;
    }

    bool string()
    {
        if (peek() != '"')
            return false;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
            else if (m_text[m_at] == '"')
                return ++m_at, true;
        }
        return false;
    }

    bool container(char close, std::size_t self, int depth)
    {
        const bool isObject = close == '}';
        ++m_at;
        if (take(close))
            return true;
        do {
            const std::size_t part = m_at;
            if (isObject && (!string() || !take(':')))
                return false;
            if (!value(part, self, depth + 1))
                return false;
        } while (take(','));
        skipSpace();
        return peek() == close && (++m_at, true);
    }

    bool value(std::size_t part, std::optional<std::size_t> parent, int depth)
    {
        const std::size_t self = m_spans.size();
        m_spans.push_back({.part = part, .begin = m_at, .end = m_at, .parent = parent});
        bool isValue = depth < deepest;
        if (isValue && (peek() == '{' || peek() == '['))
            isValue = container(peek() == '{' ? '}' : ']', self, depth);
        else if (peek() == '"')
            isValue = string();
        else
            m_at = std::min(m_text.find_first_of(",]} \t\r\n", m_at), m_text.size());
        m_spans[self].end = m_at;
        return isValue && m_at > m_spans[self].begin;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<JsonSpan> m_spans;
};

} // namespace

std::vector<JsonSpan> jsonSpans(std::string_view text)
{
    if (text.find_first_of("{[") == std::string_view::npos)
        return {};
    return Scanner(text).scan();
}

} // namespace fuzz
