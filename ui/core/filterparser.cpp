// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/filterparser.h"

#include "ui/core/filtervalues.h"

#include <QCoreApplication>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::Filter;
using devserver::api::FilterOp;
using devserver::api::FilterTerm;

namespace {

constexpr int maxDepth = 64; // of brackets and negations: more is no filter but an attack

QString tr(const char *text)
{
    return QCoreApplication::translate("Filter", text);
}

bool isKeyChar(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'-' || c == u'[' || c == u']';
}

/// Recursive descent over one line; the first error ends it.
class Parser
{
public:
    Parser(const QString &line, devserver::TimePoint now, FilterSubject subject)
        : m_line(line)
        , m_now(now)
        , m_subject(subject)
    {}

    ParsedFilter parse()
    {
        skipSpace();
        Filter filter = atEnd() ? Filter() : parseOr(0);
        if (!m_error && !atEnd())
            fail(m_at, 1, tr("There is no bracket that this one closes"), false);
        return {.filter = std::move(filter), .error = m_error, .spans = std::move(m_spans)};
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_line.size(); }

    [[nodiscard]] QChar peek(int ahead = 0) const
    {
        return m_at + ahead < m_line.size() ? m_line.at(m_at + ahead) : QChar();
    }

    void skipSpace()
    {
        while (!atEnd() && peek().isSpace())
            ++m_at;
    }

    void fail(int position, int length, const QString &message, bool isIncomplete)
    {
        if (!m_error)
            m_error = {position, length, message, isIncomplete};
    }

    void mark(int start, FilterSpan::Kind kind)
    {
        if (m_at > start)
            m_spans.push_back({start, m_at - start, kind});
    }

    /// `and`, `or`, `not` standing alone.
    [[nodiscard]] bool isKeyword(QStringView word) const
    {
        const auto length = static_cast<int>(word.size());
        if (QStringView(m_line).mid(m_at, length).compare(word, Qt::CaseInsensitive) != 0)
            return false;
        const QChar next = peek(length);
        return next.isNull() || next.isSpace() || next == u'(' || next == u')';
    }

    bool takeKeyword(QStringView word)
    {
        if (!isKeyword(word))
            return false;
        const int start = m_at;
        m_at += static_cast<int>(word.size());
        mark(start, FilterSpan::Kind::Keyword);
        skipSpace();
        return true;
    }

    Filter parseOr(int depth)
    {
        std::vector<Filter> parts = {parseAnd(depth)};
        while (!m_error && takeKeyword(u"or"))
            parts.push_back(parseAnd(depth));
        return joined(Filter::Kind::Or, std::move(parts));
    }

    Filter parseAnd(int depth)
    {
        std::vector<Filter> parts = {parseNot(depth)};
        while (!m_error && !atEnd() && peek() != u')' && !isKeyword(u"or")) {
            takeKeyword(u"and");
            parts.push_back(parseNot(depth));
        }
        return joined(Filter::Kind::And, std::move(parts));
    }

    static Filter joined(Filter::Kind kind, std::vector<Filter> parts)
    {
        std::erase_if(parts, [](const Filter &part) { return part.isAll(); });
        if (parts.empty())
            return {};
        if (parts.size() == 1)
            return std::move(parts.front());
        return {.kind = kind, .term = {}, .parts = std::move(parts)};
    }

    Filter parseNot(int depth)
    {
        if (depth > maxDepth) {
            fail(m_at, 1, tr("Too many brackets"), false);
            return {};
        }
        if (atEnd()) {
            fail(m_at, 0, tr("A term is missing here"), true);
            return {};
        }
        const int start = m_at;
        const bool isMinus = peek() == u'-';
        if (isMinus) {
            ++m_at;
            mark(start, FilterSpan::Kind::Operator);
            if (atEnd() || peek().isSpace()) {
                fail(m_at, 0, tr("A term is missing behind -"), atEnd());
                return {};
            }
        }
        if (isMinus || takeKeyword(u"not")) {
            Filter part = parseNot(depth + 1);
            if (part.isAll())
                return part;
            return {.kind = Filter::Kind::Not, .term = {}, .parts = {std::move(part)}};
        }
        return peek() == u'(' ? parseBrackets(depth) : parseTerm();
    }

    Filter parseBrackets(int depth)
    {
        const int open = m_at++;
        mark(open, FilterSpan::Kind::Keyword);
        skipSpace();
        if (peek() == u')') {
            fail(open, 2, tr("There is nothing in the brackets"), false);
            return {};
        }
        Filter inner = parseOr(depth + 1);
        if (m_error)
            return inner;
        if (peek() != u')') {
            fail(open, 1, tr("This bracket is not closed"), true);
            return inner;
        }
        const int close = m_at++;
        mark(close, FilterSpan::Kind::Keyword);
        skipSpace();
        return inner;
    }

    Filter parseTerm()
    {
        const int start = m_at;
        if (peek() == u'"')
            return freeWord(start, quoted(FilterSpan::Kind::Word));
        if (takeKeyword(u"and") || takeKeyword(u"or") || peek() == u')') {
            fail(start, std::max(1, m_at - start), tr("A term is missing before this"), false);
            return {};
        }
        while (!atEnd() && isKeyChar(peek()))
            ++m_at;
        const QString name = m_line.mid(start, m_at - start);
        const QByteArray key = name.toUtf8();
        const bool isKey = filterKey(m_subject, key) != nullptr || isFilterPath(key);
        const int behind = m_at;
        if (isKey)
            skipSpace();
        const int opStart = m_at;
        if (const std::optional<FilterOp> op = takeOp()) {
            m_spans.push_back({start, behind - start, FilterSpan::Kind::Key});
            mark(opStart, FilterSpan::Kind::Operator);
            if (!isKey) {
                failKey(start, name);
                return {};
            }
            return keyTerm(key, *op);
        }
        m_at = start;
        while (!atEnd() && !peek().isSpace() && peek() != u'(' && peek() != u')' && peek() != u'"')
            ++m_at;
        mark(start, FilterSpan::Kind::Word);
        return freeWord(start, m_line.mid(start, m_at - start));
    }

    void failKey(int start, const QString &name)
    {
        const auto length = static_cast<int>(name.size());
        if (name.isEmpty())
            fail(start, 1, tr("A key is missing before this"), false);
        else if (name == "cel"_L1)
            fail(start, length, tr("cel: comes with a later version"), false);
        else
            fail(start, length, tr("There is no key %1 here; a text goes in quotes").arg(name),
                 false);
    }

    std::optional<FilterOp> takeOp()
    {
        struct Op {
            QStringView text;
            FilterOp op;
        };

        static constexpr Op ops[] = {
            {u">=", FilterOp::GreaterEqual},  {u"<=", FilterOp::LessEqual},
            {u"!=", FilterOp::NotEqual},      {u"==", FilterOp::Equal},
            {u":>=", FilterOp::GreaterEqual}, {u":<=", FilterOp::LessEqual},
            {u":>", FilterOp::Greater},       {u":<", FilterOp::Less},
            {u":~", FilterOp::Matches},       {u":", FilterOp::Equal},
            {u"=", FilterOp::Equal},          {u">", FilterOp::Greater},
            {u"<", FilterOp::Less},           {u"~", FilterOp::Matches},
        };
        for (const Op &op : ops) {
            if (QStringView(m_line).mid(m_at).startsWith(op.text)) {
                m_at += static_cast<int>(op.text.size());
                return op.op;
            }
        }
        return std::nullopt;
    }

    Filter freeWord(int start, const QString &word)
    {
        skipSpace();
        if (word.isEmpty() && !m_error)
            fail(start, m_at - start, tr("This text is empty"), false);
        if (m_error)
            return {};
        FilterTerm term;
        term.values = {word.toUtf8()};
        return {.kind = Filter::Kind::Term, .term = std::move(term), .parts = {}};
    }

    /// Behind the operator: `a,"b c",d`.
    Filter keyTerm(const QByteArray &key, FilterOp op)
    {
        skipSpace();
        const int valueStart = m_at;
        QStringList values;
        do {
            if (!values.isEmpty())
                ++m_at; // the comma
            const int from = m_at;
            values.append(peek() == u'"' ? quoted(FilterSpan::Kind::Value) : bareValue());
            if (m_at == from && !m_error)
                fail(m_at, 0, tr("A value is missing here"), atEnd());
        } while (!m_error && peek() == u',');
        const int end = m_at;
        skipSpace();
        if (m_error)
            return {};
        FilterTerm term;
        term.key = key;
        term.op = op;
        for (const QString &value : values)
            term.values.append(value.toUtf8());
        if (const QString wrong = fillIn(term, m_subject, m_now); !wrong.isEmpty()) {
            fail(valueStart, std::max(1, end - valueStart), wrong, end == m_line.size());
            return {};
        }
        return {.kind = Filter::Kind::Term, .term = std::move(term), .parts = {}};
    }

    QString bareValue()
    {
        const int start = m_at;
        while (!atEnd() && !peek().isSpace() && peek() != u',' && peek() != u'(' && peek() != u')'
               && peek() != u'"')
            ++m_at;
        mark(start, FilterSpan::Kind::Value);
        return m_line.mid(start, m_at - start);
    }

    QString quoted(FilterSpan::Kind kind)
    {
        const int start = m_at++;
        QString text;
        while (!atEnd() && peek() != u'"') {
            if (peek() == u'\\' && (peek(1) == u'"' || peek(1) == u'\\'))
                ++m_at;
            text += peek();
            ++m_at;
        }
        if (atEnd())
            fail(start, 1, tr("This quote is not closed"), true);
        else
            ++m_at;
        mark(start, kind);
        return text;
    }

    const QString &m_line;
    devserver::TimePoint m_now;
    FilterSubject m_subject;
    int m_at = 0;
    std::optional<FilterError> m_error;
    std::vector<FilterSpan> m_spans;
};

} // namespace

ParsedFilter parseFilter(const QString &line, devserver::TimePoint now, FilterSubject subject)
{
    return Parser(line, now, subject).parse();
}

} // namespace console
