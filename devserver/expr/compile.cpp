// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/compile.h"

#include "devserver/expr/functions.h"
#include "devserver/expr/parser.h"

#include <QByteArrayList>
#include <QString>

#include <optional>

namespace devserver::expr {

using namespace Qt::StringLiterals;

namespace {

/// Walks the tree in the order of the text; remembers the first problem.
class NameCheck
{
public:
    explicit NameCheck(const Tree &tree)
        : m_tree(tree)
    {
        visit(tree.root);
    }

    const std::optional<Problem> &problem() const { return m_problem; }

private:
    void visit(NodeId id)
    {
        if (m_problem)
            return;
        const Node &node = m_tree.at(id);
        switch (node.kind) {
        case NodeKind::Ident:
            checkName(node);
            return;
        case NodeKind::All:
        case NodeKind::Exists:
        case NodeKind::ExistsOne:
        case NodeKind::Filter:
        case NodeKind::Transform:
        case NodeKind::FilterTransform:
            visitMacro(node);
            return;
        case NodeKind::MethodCall: // the receiver stands before the name
            visit(node.children.front());
            checkCall(node, node.children.size() - 1);
            break;
        case NodeKind::Call:
            checkCall(node, node.children.size());
            break;
        case NodeKind::Message:
            checkMessage(node);
            break;
        default:
            break;
        }
        for (const NodeId child : node.children)
            visit(child);
    }

    void visitMacro(const Node &node)
    {
        visit(node.children.front());
        m_variables.append(node.name);
        for (std::size_t i = 1; i < node.children.size(); ++i)
            visit(node.children[i]);
        m_variables.removeLast();
    }

    void fail(const Node &node, QByteArray text)
    {
        if (!m_problem)
            m_problem = Problem{.at = node.mark.begin, .text = std::move(text)};
    }

    void checkName(const Node &node)
    {
        if (isKnownName(node.name) || (!node.isAbsolute && m_variables.contains(node.name)))
            return;
        fail(node, node.name + " is unknown here, where only event and async are known"_ba);
    }

    void checkCall(const Node &node, std::size_t arguments)
    {
        const bool isMethod = node.kind == NodeKind::MethodCall;
        const Function *function = findFunction(node.name);
        if (!function) {
            fail(node,
                 "there is no function "_ba + node.name + "() with "_ba + argumentCount(arguments));
            return;
        }
        const Arity &form = isMethod ? function->method : function->plain;
        if (form.takes(qsizetype(arguments)))
            return;
        if (!form.exists()) {
            fail(node,
                 node.name
                     + (isMethod ? "() is no method, write "_ba + node.name + "(...)"_ba
                                 : "() is a method, write value."_ba + node.name + "(...)"_ba));
            return;
        }
        fail(node, node.name + "() does not take "_ba + argumentCount(arguments));
    }

    static QByteArray argumentCount(std::size_t count)
    {
        return QByteArray::number(count) + (count == 1 ? " argument"_ba : " arguments"_ba);
    }

    void checkMessage(const Node &node)
    {
        if (!node.name.startsWith("google."))
            fail(node, "there is no message type "_ba + node.name
                           + ", a map is written {\"key\": value}"_ba);
    }

    const Tree &m_tree;
    QByteArrayList m_variables; ///< of the macros around
    std::optional<Problem> m_problem;
};

} // namespace

tl::expected<Tree, Problem> compile(const QByteArray &text)
{
    tl::expected<Tree, Problem> tree = parse(text);
    if (!tree)
        return tree;
    if (const NameCheck check(*tree); check.problem())
        return tl::unexpected(*check.problem());
    return tree;
}

QByteArray describe(const Problem &problem, const QByteArray &text)
{
    const QByteArray before = text.first(problem.at);
    const qsizetype line = before.count('\n') + 1;
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    const qsizetype column = QString::fromUtf8(before.mid(lineStart)).toUcs4().size() + 1;
    const QByteArray where = "column "_ba + QByteArray::number(column) + ": "_ba + problem.text;
    return text.contains('\n') ? "line "_ba + QByteArray::number(line) + ", "_ba + where : where;
}

} // namespace devserver::expr
