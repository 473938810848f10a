// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QByteArrayView>

#include <array>

namespace devserver {

/// Containers deeper than this are refused (`[[…]]` of this many brackets is the deepest allowed).
inline constexpr int jsonDepthLimit = 512;

/// What `JsonReader::next()` met. Closed.
enum class JsonToken {
    BeginObject,
    EndObject,
    BeginArray,
    EndArray,
    Key, ///< a member name; its value is the next token
    String,
    Number,
    True,
    False,
    Null,
    End,   ///< the text is complete; repeated calls stay here
    Error, ///< see `error()`; repeated calls stay here
};

/// Pull tokenizer for one JSON text: strict RFC 8259 grammar and strict UTF-8, nothing converted.
///
/// Takes any number text (`1e400`, 30 digits), lone surrogate escapes and duplicate names. The text
/// must outlive the reader. Does not allocate, except for the message of `error()`.
class JsonReader
{
public:
    explicit JsonReader(QByteArrayView text);

    /// Advances to the next token. Tokens before an error are well formed.
    JsonToken next();

    JsonToken token() const { return m_token; }

    /// The token as written: strings and keys with their quotes, brackets as one byte.
    QByteArrayView raw() const { return {m_tokenBegin, m_tokenEnd}; }

    /// Position of the token, or of the error: bytes from the start of the text.
    qsizetype offset() const { return m_tokenBegin - m_begin; }

    /// Containers open after this token.
    int depth() const { return m_depth; }

    /// After a token that begins a value: moves to the token that ends it.
    /// \returns the raw slice of the whole value, empty after an error.
    QByteArrayView takeValue();

    /// `InvalidJson` with reason, byte offset, line and column (counted in bytes from 1).
    /// Only meaningful after `JsonToken::Error`.
    Error error() const;

private:
    enum class Expect { Value, ValueOrEnd, Key, KeyOrEnd, CommaOrEnd };

    void skipSpace();
    JsonToken accept(JsonToken token, const char *end);
    JsonToken fail(const char *where, const char *reason);
    JsonToken afterValue();
    JsonToken value();
    JsonToken number();
    JsonToken literal(QByteArrayView word, JsonToken token);
    JsonToken key();
    JsonToken open(bool isObject);
    JsonToken close();
    const char *scanString(const char *at);
    const char *scanEscape(const char *at);
    const char *scanMultiByte(const char *at);
    bool insideObject() const;

    const char *m_begin;
    const char *m_at;
    const char *m_end;
    const char *m_tokenBegin;
    const char *m_tokenEnd;
    const char *m_reason = nullptr;
    int m_depth = 0;
    Expect m_expect = Expect::Value;
    JsonToken m_token = JsonToken::Null;
    std::array<quint64, jsonDepthLimit / 64> m_objectBits{}; // bit n: container at depth n + 1
};

/// Whether `text` is exactly one JSON value, as `JsonReader` understands it. The error is
/// `InvalidJson` and names the position. Does not allocate on success.
[[nodiscard]] Result<void> validateJson(QByteArrayView text);

} // namespace devserver
