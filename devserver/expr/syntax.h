// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include <cstdint>
#include <variant>
#include <vector>

/// The syntax tree of an expression (semantics §8.2). Plain values: a tree may be copied, kept in a
/// cache and read by any thread.
namespace devserver::expr {

/// Bytes of the text that an expression was parsed from.
struct Span {
    qsizetype begin = 0;
    qsizetype end = 0; ///< one behind the last byte

    bool operator==(const Span &) const = default;
};

/// What is wrong with an expression, and where.
struct Problem {
    qsizetype at = 0; ///< byte offset into the text
    QByteArray text;  ///< `expected a value, found the end`; English, for developers

    bool operator==(const Problem &) const = default;
};

/// What a node is; beside it what its children are, in their order, and what `name` says.
enum class NodeKind : std::uint8_t {
    Literal,         ///< see `value`
    Ident,           ///< name
    Select,          ///< operand; name: the field
    Index,           ///< operand, index
    Call,            ///< arguments; name: the function
    MethodCall,      ///< receiver, arguments; name: the function
    List,            ///< elements
    Map,             ///< key, value, key, value, …
    Message,         ///< field as a string literal, value, …; name: the type
    Not,             ///< operand; `!!a` is `a`
    Negate,          ///< operand; `--a` is `a`
    Or,              ///< two or more operands: `a || b || c` is one node
    And,             ///< two or more operands
    Conditional,     ///< condition, value if true, value if false
    Multiply,        ///< left, right; so are all to `In`
    Divide,          ///< .
    Modulo,          ///< .
    Add,             ///< .
    Subtract,        ///< .
    Equal,           ///< .
    NotEqual,        ///< .
    Less,            ///< .
    LessEqual,       ///< .
    Greater,         ///< .
    GreaterEqual,    ///< .
    In,              ///< element, container
    Has,             ///< macro `has(a.b)`: operand a; name: the field b
    All,             ///< macro `list.all(x, condition)`: list, condition; name: x
    Exists,          ///< list, condition; name: the variable
    ExistsOne,       ///< list, condition; name: the variable
    Filter,          ///< list, condition; name: the variable
    Transform,       ///< macro `list.map(x, result)`: list, result; name: the variable
    FilterTransform, ///< macro `list.map(x, condition, result)`: list, condition, result; name: x
};

struct Bytes {
    QByteArray value;

    bool operator==(const Bytes &) const = default;
};

/// Null is the first alternative; a string is UTF-8.
using Literal =
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, QByteArray, Bytes>;

/// Index into the nodes of its tree.
using NodeId = std::size_t;

struct Node {
    NodeKind kind = NodeKind::Literal;
    Span span;               ///< with all operands, without brackets around the whole
    Span mark;               ///< the operator, field or function name; of a literal all of it
    bool isAbsolute = false; ///< `.a`: an identifier or function that no macro variable hides
    QByteArray name;
    Literal value;
    std::vector<NodeId> children;
};

/// Children come before their parents; nodes that only a macro was made of belong to nobody.
struct Tree {
    QByteArray text; ///< as written; spans point into it
    std::vector<Node> nodes;
    NodeId root = 0;

    const Node &at(NodeId id) const { return nodes[id]; }

    /// The source of a node, as written.
    QByteArray source(const Span &span) const
    {
        return text.mid(span.begin, span.end - span.begin);
    }
};

} // namespace devserver::expr
