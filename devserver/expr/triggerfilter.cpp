// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/triggerfilter.h"

#include "devserver/expr/compile.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/triggerform.h"

namespace devserver::expr {

namespace {

/// Whether a node is `event.data.function_id`.
bool isFunctionId(const Tree &tree, const Node &node)
{
    if (node.kind != NodeKind::Select || node.name != "function_id")
        return false;
    const Node &data = tree.at(node.children.front());
    if (data.kind != NodeKind::Select || data.name != "data")
        return false;
    const Node &event = tree.at(data.children.front());
    return event.kind == NodeKind::Ident && event.name == "event";
}

} // namespace

std::optional<QByteArray> functionIdFilter(QByteArrayView expression)
{
    // Cheap for the many others: every event asks this of every filtered trigger of its name.
    if (!mayEvaluateFilter(expression))
        return std::nullopt;
    const tl::expected<Tree, Problem> tree = compile(expression.toByteArray());
    if (!tree)
        return std::nullopt;
    const Node &root = tree->at(tree->root);
    if (root.kind != NodeKind::Equal || !isFunctionId(*tree, tree->at(root.children.front())))
        return std::nullopt;
    const auto *slug = std::get_if<QByteArray>(&tree->at(root.children.back()).value);
    return slug ? std::optional(*slug) : std::nullopt;
}

Verdict evaluateTriggerFilter(const QByteArray &expression, const RawJson &event)
{
    const std::optional<QByteArray> slug = functionIdFilter(expression);
    if (!slug)
        return Verdict::Unsupported;
    const JsonValue root = JsonValue::of(event);
    const std::optional<JsonValue> data = root.find("data");
    const std::optional<JsonValue> id = data ? data->find("function_id") : std::nullopt;
    return id && id->isString() && id->toUtf8() == *slug ? Verdict::True : Verdict::False;
}

} // namespace devserver::expr
