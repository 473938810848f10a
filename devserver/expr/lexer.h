// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/expr/syntax.h"

#include <QByteArrayView>

namespace devserver::expr {

enum class TokenKind : std::uint8_t {
    End,
    Symbol, ///< operator or bracket: `&&`, `(`
    Name,
    Keyword, ///< `true`, `false`, `null`, `in`: never the name of a field
    Int,
    Uint,
    Double,
    String, ///< with prefix and quotes
    Bytes,  ///< with prefix and quotes
    Invalid,
};

struct Token {
    TokenKind kind = TokenKind::End;
    Span span;
    Problem problem = {}; ///< of an invalid one
};

/// Cuts the text of an expression into tokens; spaces and comments are skipped.
class Lexer
{
public:
    /// \a text has to outlive the lexer.
    explicit Lexer(QByteArrayView text);

    /// The next token; End for ever once the text is used up.
    [[nodiscard]] Token next();

private:
    [[nodiscard]] char at(qsizetype index) const;
    void skipBlanks();
    [[nodiscard]] bool isQuoteAhead(qsizetype index) const;
    [[nodiscard]] qsizetype prefixLength() const;
    [[nodiscard]] Token take(TokenKind kind, qsizetype length);
    [[nodiscard]] Token invalid(qsizetype at, QByteArray text) const;
    [[nodiscard]] Token number();
    [[nodiscard]] Token name();
    [[nodiscard]] Token quoted(qsizetype prefix);
    [[nodiscard]] Token symbol();

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

} // namespace devserver::expr
