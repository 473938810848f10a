// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/parser.h"

#include "devserver/expr/lexer.h"
#include "devserver/expr/literals.h"
#include "devserver/expr/macros.h"

#include <QString>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace devserver::expr {

using namespace Qt::StringLiterals;

namespace {

constexpr NodeId nothing = std::numeric_limits<NodeId>::max();

struct Operator {
    QByteArrayView text;
    NodeKind kind;
    int level; ///< the higher, the tighter
};

constexpr int relationLevel = 0;
constexpr int tightestLevel = 2;

constexpr std::array<Operator, 12> operators{{{"<", NodeKind::Less, relationLevel},
                                              {"<=", NodeKind::LessEqual, relationLevel},
                                              {">=", NodeKind::GreaterEqual, relationLevel},
                                              {">", NodeKind::Greater, relationLevel},
                                              {"==", NodeKind::Equal, relationLevel},
                                              {"!=", NodeKind::NotEqual, relationLevel},
                                              {"in", NodeKind::In, relationLevel},
                                              {"+", NodeKind::Add, 1},
                                              {"-", NodeKind::Subtract, 1},
                                              {"*", NodeKind::Multiply, tightestLevel},
                                              {"/", NodeKind::Divide, tightestLevel},
                                              {"%", NodeKind::Modulo, tightestLevel}}};

// Names that CEL keeps for languages around it: no variables or functions, but fine as fields.
constexpr std::array<QByteArrayView, 17> reservedNames{
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",   "import",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while"};

/// Recursive descent, one function per rule of the grammar. After the first problem the token is
/// Invalid, which no rule takes, so that all loops end by themselves.
class Parser
{
public:
    explicit Parser(const QByteArray &text)
        : m_lexer(m_tree.text)
    {
        m_tree.text = text;
        m_lexer = Lexer(m_tree.text);
    }

    tl::expected<Tree, Problem> run()
    {
        advance();
        m_tree.root = expression();
        if (m_token.kind != TokenKind::End)
            expected("an operator or the end"_ba);
        if (m_problem)
            return tl::unexpected(*m_problem);
        return std::move(m_tree);
    }

private:
    // Tokens

    QByteArrayView view(const Span &span) const
    {
        return QByteArrayView(m_tree.text).sliced(span.begin, span.end - span.begin);
    }

    void advance()
    {
        m_lastEnd = m_token.span.end;
        m_token = m_lexer.next();
        if (m_token.kind == TokenKind::Invalid)
            fail(m_token.problem.at, m_token.problem.text);
    }

    bool isAhead(QByteArrayView text) const
    {
        return (m_token.kind == TokenKind::Symbol || m_token.kind == TokenKind::Keyword)
               && view(m_token.span) == text;
    }

    bool accept(QByteArrayView text)
    {
        if (!isAhead(text))
            return false;
        advance();
        return true;
    }

    void require(QByteArrayView text, const QByteArray &what)
    {
        if (!accept(text))
            expected(what);
    }

    std::optional<Span> acceptName()
    {
        if (m_token.kind != TokenKind::Name)
            return std::nullopt;
        const Span span = m_token.span;
        advance();
        return span;
    }

    // Problems

    NodeId fail(qsizetype at, QByteArray text)
    {
        if (!m_problem)
            m_problem = Problem{.at = at, .text = std::move(text)};
        m_token.kind = TokenKind::Invalid;
        return nothing;
    }

    NodeId expected(const QByteArray &what)
    {
        const QByteArray found =
            m_token.kind == TokenKind::End
                ? "the end"_ba
                : view(m_token.span)
                      .first(std::min<qsizetype>(m_token.span.end - m_token.span.begin, 40))
                      .toByteArray();
        return fail(m_token.span.begin, "expected "_ba + what + ", found "_ba + found);
    }

    // Nodes

    NodeId add(Node node)
    {
        int height = 0;
        for (const NodeId child : node.children) {
            if (child == nothing) // a part failed
                return nothing;
            height = std::max(height, m_heights[child]);
        }
        if (++height > maxHeight)
            return fail(node.mark.begin, "the expression is nested too deep"_ba);
        m_tree.nodes.push_back(std::move(node));
        m_heights.push_back(height);
        return m_tree.nodes.size() - 1;
    }

    Span spanFrom(NodeId first) const
    {
        return {first == nothing ? m_lastEnd : m_tree.at(first).span.begin, m_lastEnd};
    }

    // Rules, from the loosest to the tightest

    NodeId expression()
    {
        if (++m_nesting > maxNesting)
            return fail(m_token.span.begin, "the expression is nested too deep"_ba);
        NodeId result = logic("||", NodeKind::Or);
        const Span mark = m_token.span;
        if (accept("?")) {
            const NodeId whenTrue = logic("||", NodeKind::Or);
            require(":", "an operator or : of the condition"_ba);
            const NodeId whenFalse = expression();
            result = add({.kind = NodeKind::Conditional,
                          .span = spanFrom(result),
                          .mark = mark,
                          .children = {result, whenTrue, whenFalse}});
        }
        --m_nesting;
        return result;
    }

    NodeId logic(QByteArrayView sign, NodeKind kind)
    {
        const auto operand = [this, kind] {
            return kind == NodeKind::Or ? logic("&&", NodeKind::And) : binary(relationLevel);
        };
        std::vector<NodeId> operands{operand()};
        const Span mark = m_token.span;
        while (accept(sign))
            operands.push_back(operand());
        if (operands.size() == 1)
            return operands.front();
        const Span span = spanFrom(operands.front());
        return add({.kind = kind, .span = span, .mark = mark, .children = std::move(operands)});
    }

    const Operator *operatorAhead(int level) const
    {
        const auto found =
            std::find_if(operators.begin(), operators.end(), [&](const Operator &each) {
                return each.level == level && isAhead(each.text);
            });
        return found == operators.end() ? nullptr : &*found;
    }

    NodeId binary(int level)
    {
        const auto operand = [this, level] {
            return level == tightestLevel ? unary() : binary(level + 1);
        };
        NodeId left = operand();
        while (const Operator *found = operatorAhead(level)) {
            const Span mark = m_token.span;
            advance();
            const NodeId right = operand();
            left = add({.kind = found->kind,
                        .span = spanFrom(left),
                        .mark = mark,
                        .children = {left, right}});
        }
        return left;
    }

    NodeId unary()
    {
        const Span mark = m_token.span;
        const bool isNot = isAhead("!");
        if (!isNot && !isAhead("-"))
            return member();
        int count = 0;
        for (; accept(isNot ? "!" : "-"); ++count) {}
        const bool isNumber = m_token.kind == TokenKind::Int || m_token.kind == TokenKind::Double;
        if (!isNot && count == 1 && isNumber)
            return postfix(literal(mark), false); // -1 is one literal
        const NodeId operand = member();
        if (count % 2 == 0 || operand == nothing)
            return operand;
        return add({.kind = isNot ? NodeKind::Not : NodeKind::Negate,
                    .span = {mark.begin, m_lastEnd},
                    .mark = mark,
                    .children = {operand}});
    }

    NodeId member()
    {
        const bool isPath = m_token.kind == TokenKind::Name || isAhead(".");
        const NodeId first = primary();
        return postfix(first,
                       isPath && first != nothing && m_tree.at(first).kind == NodeKind::Ident);
    }

    /// \param isPath  names and dots alone so far: `{` makes it the type of a message.
    NodeId postfix(NodeId operand, bool isPath)
    {
        while (operand != nothing) {
            if (isPath && isAhead("{"))
                return message(operand);
            if (accept(".")) {
                operand = select(operand);
                isPath =
                    isPath && operand != nothing && m_tree.at(operand).kind == NodeKind::Select;
            } else if (const Span mark = m_token.span; accept("[")) {
                const NodeId index = expression();
                require("]", "an operator or ]"_ba);
                operand = add({.kind = NodeKind::Index,
                               .span = spanFrom(operand),
                               .mark = mark,
                               .children = {operand, index}});
                isPath = false;
            } else {
                break;
            }
        }
        return operand;
    }

    /// Behind the dot: a field, or a function with its arguments.
    NodeId select(NodeId operand)
    {
        const std::optional<Span> name = acceptName();
        if (!name)
            return expected("the name of a field or function"_ba);
        Node node{.kind = NodeKind::Select,
                  .span = spanFrom(operand),
                  .mark = *name,
                  .name = m_tree.source(*name),
                  .children = {operand}};
        if (!accept("("))
            return add(std::move(node));
        node.kind = NodeKind::MethodCall;
        arguments(node);
        return call(std::move(node));
    }

    void arguments(Node &node)
    {
        if (!accept(")")) {
            do {
                node.children.push_back(expression());
            } while (accept(","));
            require(")", "an operator, a comma or )"_ba);
        }
        node.span.end = m_lastEnd;
    }

    NodeId call(Node node)
    {
        for (const NodeId child : node.children) {
            if (child == nothing)
                return nothing;
        }
        if (const tl::expected<void, Problem> expanded = expandMacro(m_tree, node); !expanded)
            return fail(expanded.error().at, expanded.error().text);
        return add(std::move(node));
    }

    NodeId primary()
    {
        const Span mark = m_token.span;
        switch (m_token.kind) {
        case TokenKind::Int:
        case TokenKind::Uint:
        case TokenKind::Double:
        case TokenKind::String:
        case TokenKind::Bytes:
            return literal(std::nullopt);
        case TokenKind::Name:
            return identifier(mark.begin, false);
        default:
            break;
        }
        if (accept("-")) { // reached behind `!` only, where a number may have its sign
            const bool isNumber =
                m_token.kind == TokenKind::Int || m_token.kind == TokenKind::Double;
            return isNumber ? literal(mark) : expected("a number"_ba);
        }
        if (accept("."))
            return identifier(mark.begin, true);
        if (accept("("))
            return nested();
        if (accept("["))
            return list(mark);
        if (accept("{")) {
            Node map{.kind = NodeKind::Map, .span = mark, .mark = mark};
            return entries(std::move(map), [this] { return expression(); });
        }
        return isAhead("in") ? expected("a value"_ba) : keyword();
    }

    NodeId keyword()
    {
        const Span mark = m_token.span;
        Literal value;
        if (accept("true"))
            value = true;
        else if (accept("false"))
            value = false;
        else if (!accept("null"))
            return expected("a value"_ba);
        return add(
            {.kind = NodeKind::Literal, .span = mark, .mark = mark, .name = {}, .value = value});
    }

    NodeId literal(const std::optional<Span> &minus)
    {
        const Span span{minus ? minus->begin : m_token.span.begin, m_token.span.end};
        const tl::expected<Literal, Problem> value =
            decodeLiteral(m_tree.text, m_token, minus.has_value());
        if (!value)
            return fail(value.error().at, value.error().text);
        advance();
        return add(
            {.kind = NodeKind::Literal, .span = span, .mark = span, .name = {}, .value = *value});
    }

    NodeId identifier(qsizetype begin, bool isAbsolute)
    {
        const std::optional<Span> name = acceptName();
        if (!name)
            return expected("a name"_ba);
        Node node{.kind = NodeKind::Ident,
                  .span = {begin, name->end},
                  .mark = *name,
                  .isAbsolute = isAbsolute,
                  .name = m_tree.source(*name)};
        if (std::find(reservedNames.begin(), reservedNames.end(), node.name) != reservedNames.end())
            return fail(name->begin, node.name + " is a reserved word"_ba);
        if (!accept("("))
            return add(std::move(node));
        node.kind = NodeKind::Call;
        arguments(node);
        return call(std::move(node));
    }

    NodeId nested()
    {
        const NodeId inner = expression();
        require(")", "an operator or )"_ba);
        return m_problem ? nothing : inner;
    }

    NodeId list(const Span &mark)
    {
        Node node{.kind = NodeKind::List, .span = mark, .mark = mark};
        while (!isAhead("]") && (!node.children.empty() || !isAhead(","))) {
            node.children.push_back(expression());
            if (m_problem || !isAhead(","))
                break;
            advance();
            if (isAhead("]"))
                break;
        }
        if (node.children.empty())
            accept(","); // the grammar has it so: [,] is empty
        require("]", node.children.empty() ? "a value or ]"_ba : "an operator, a comma or ]"_ba);
        node.span.end = m_lastEnd;
        return add(std::move(node));
    }

    /// Behind the brace of a map or message; \a key parses what stands before a colon.
    template<typename Key>
    NodeId entries(Node node, Key key)
    {
        while (!isAhead("}") && (!node.children.empty() || !isAhead(","))) {
            node.children.push_back(key());
            require(":", "an operator or : behind the key"_ba);
            node.children.push_back(expression());
            if (m_problem || !isAhead(","))
                break;
            advance();
            if (isAhead("}"))
                break;
        }
        if (node.children.empty())
            accept(",");
        require("}", node.children.empty() ? "a key or }"_ba : "an operator, a comma or }"_ba);
        node.span.end = m_lastEnd;
        return add(std::move(node));
    }

    NodeId message(NodeId path)
    {
        Span type = m_tree.at(path).span;
        Node node{.kind = NodeKind::Message, .span = type, .mark = type};
        for (NodeId part = path;; part = m_tree.at(part).children.front()) {
            node.name.prepend(m_tree.at(part).name);
            if (m_tree.at(part).kind == NodeKind::Ident)
                break;
            node.name.prepend('.');
        }
        advance();
        return postfix(entries(std::move(node), [this] { return field(); }), false);
    }

    NodeId field()
    {
        const std::optional<Span> name = acceptName();
        if (!name)
            return expected("the name of a field"_ba);
        return add({.kind = NodeKind::Literal,
                    .span = *name,
                    .mark = *name,
                    .name = {},
                    .value = m_tree.source(*name)});
    }

    Tree m_tree;
    std::vector<int> m_heights; ///< of each node
    Lexer m_lexer;
    Token m_token;
    qsizetype m_lastEnd = 0; ///< of the token before
    int m_nesting = 0;
    std::optional<Problem> m_problem;
};

} // namespace

tl::expected<Tree, Problem> parse(const QByteArray &text)
{
    if (text.size() > maxLength && QString::fromUtf8(text).size() > maxLength)
        return tl::unexpected(Problem{.at = 0, .text = "it has more than 100000 characters"_ba});
    return Parser(text).run();
}

} // namespace devserver::expr
