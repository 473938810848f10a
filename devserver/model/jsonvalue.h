// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace devserver {

class RawJson;
class JsonMemberIterator;
class JsonElementIterator;
template<typename Iterator>
class JsonRange;
using JsonMembers = JsonRange<JsonMemberIterator>;
using JsonElements = JsonRange<JsonElementIterator>;

/// The name of an object member in validated text.
class JsonKey
{
public:
    JsonKey() = default;

    explicit JsonKey(QByteArrayView raw)
        : m_raw(raw)
    {}

    /// As written, with quotes and escapes.
    QByteArrayView raw() const { return m_raw; }

    QByteArray toUtf8() const;
    QString toString() const;

    /// Whether the unescaped name is `utf8`. Allocates only for names with escapes.
    bool equals(QByteArrayView utf8) const;
    /// As `equals`, letters A-Z and a-z being the same.
    bool equalsIgnoringCase(QByteArrayView utf8) const;

private:
    QByteArrayView m_raw = "\"\"";
};

/// A view of one value inside VALIDATED JSON text (`RawJson`, or a slice of one); cheap to copy.
///
/// Nothing is parsed before it is asked for, nothing is cached, and the text must outlive the view.
/// Behaviour is undefined for text that `validateJson` refuses. The default is `null`.
class JsonValue
{
public:
    enum class Kind { Null, Bool, Number, String, Array, Object };

    JsonValue() = default;
    /// \param raw  exactly one value; white space around it is allowed.
    explicit JsonValue(QByteArrayView raw);

    /// An absent `RawJson` reads as `null`.
    static JsonValue of(const RawJson &json);
    static JsonValue of(RawJson &&) = delete;

    Kind kind() const;

    bool isNull() const { return kind() == Kind::Null; }

    bool isBool() const { return kind() == Kind::Bool; }

    bool isNumber() const { return kind() == Kind::Number; }

    bool isString() const { return kind() == Kind::String; }

    bool isArray() const { return kind() == Kind::Array; }

    bool isObject() const { return kind() == Kind::Object; }

    /// The bytes of this value as written, without white space around them.
    QByteArrayView raw() const { return m_raw; }

    QByteArray toBytes() const { return m_raw.toByteArray(); }

    /// The unescaped string; empty for other kinds. Lone surrogates become U+FFFD.
    QString toString() const;
    QByteArray toUtf8() const;

    /// The exact integer, also from forms such as `1e3` and `5.0`; nothing for other kinds,
    /// fractions and values beyond 64 bits.
    std::optional<qint64> toInt64() const;
    /// The nearest double; nothing for other kinds and for values beyond its range.
    std::optional<double> toDouble() const;
    std::optional<bool> toBool() const;

    /// The member with this unescaped name; of duplicates the last. Nothing for other kinds.
    std::optional<JsonValue> find(QByteArrayView key) const;
    std::optional<JsonValue> findIgnoringCase(QByteArrayView key) const;

    /// Members in written order, duplicates included; empty for other kinds.
    /// `for (const auto &[key, value] : object.members())`
    JsonMembers members() const;
    /// Elements in order; empty for other kinds.
    JsonElements elements() const;

    /// Number of members or elements, 0 for other kinds. Walks the text.
    qsizetype size() const;

private:
    friend class JsonIterator;

    QByteArrayView m_raw = "null";
};

struct JsonMember {
    JsonKey key;
    JsonValue value;
};

/// The walk both iterators share; stands on one member or element.
class JsonIterator
{
public:
    bool operator==(const JsonIterator &other) const { return m_at == other.m_at; }

protected:
    JsonIterator() = default;
    /// Starts at the first part of `container`, the text of an object or array with its brackets.
    JsonIterator(QByteArrayView container, bool hasKeys);
    void advance();

    JsonMember m_member;

private:
    void read(const char *at);

    const char *m_at = nullptr;   // start of the current part; null behind the last
    const char *m_next = nullptr; // behind the current part
    const char *m_end = nullptr;  // of the container
    bool m_hasKeys = false;
};

class JsonMemberIterator : public JsonIterator
{
public:
    JsonMemberIterator() = default;

    explicit JsonMemberIterator(QByteArrayView object)
        : JsonIterator(object, true)
    {}

    const JsonMember &operator*() const { return m_member; }

    JsonMemberIterator &operator++()
    {
        advance();
        return *this;
    }
};

class JsonElementIterator : public JsonIterator
{
public:
    JsonElementIterator() = default;

    explicit JsonElementIterator(QByteArrayView array)
        : JsonIterator(array, false)
    {}

    const JsonValue &operator*() const { return m_member.value; }

    JsonElementIterator &operator++()
    {
        advance();
        return *this;
    }
};

/// What a range-based for loop walks.
template<typename Iterator>
class JsonRange
{
public:
    explicit JsonRange(QByteArrayView container)
        : m_container(container)
    {}

    Iterator begin() const { return Iterator(m_container); }

    Iterator end() const { return {}; }

private:
    QByteArrayView m_container;
};

} // namespace devserver
