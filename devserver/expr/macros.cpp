// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/macros.h"

#include <QString>

#include <algorithm>
#include <array>

namespace devserver::expr {

using namespace Qt::StringLiterals;

namespace {

struct Macro {
    QByteArrayView name;
    std::size_t arguments;
    NodeKind kind;
};

// A name with another number of arguments is a function, and none of these names has one.
constexpr std::array<Macro, 7> macros{{{"all", 2, NodeKind::All},
                                       {"exists", 2, NodeKind::Exists},
                                       {"exists_one", 2, NodeKind::ExistsOne},
                                       {"existsOne", 2, NodeKind::ExistsOne},
                                       {"filter", 2, NodeKind::Filter},
                                       {"map", 2, NodeKind::Transform},
                                       {"map", 3, NodeKind::FilterTransform}}};

tl::expected<void, Problem> expandHas(const Tree &tree, Node &call)
{
    const Node &argument = tree.at(call.children.front());
    if (argument.kind != NodeKind::Select) {
        return tl::unexpected(Problem{.at = argument.span.begin,
                                      .text = "has() takes a field, such as has(event.data.x)"_ba});
    }
    call.kind = NodeKind::Has;
    call.name = argument.name;
    call.children = argument.children;
    return {};
}

} // namespace

tl::expected<void, Problem> expandMacro(const Tree &tree, Node &call)
{
    if (call.kind == NodeKind::Call)
        return call.name == "has" && call.children.size() == 1 ? expandHas(tree, call)
                                                               : tl::expected<void, Problem>();
    const auto found = std::find_if(macros.begin(), macros.end(), [&call](const Macro &macro) {
        return macro.name == call.name && macro.arguments + 1 == call.children.size();
    });
    if (found == macros.end())
        return {};
    const Node &variable = tree.at(call.children[1]);
    if (variable.kind != NodeKind::Ident || variable.isAbsolute) {
        return tl::unexpected(
            Problem{.at = variable.span.begin,
                    .text = "the first argument of "_ba + call.name + "() is no plain name"_ba});
    }
    call.kind = found->kind;
    call.name = variable.name;
    call.children.erase(call.children.begin() + 1);
    return {};
}

} // namespace devserver::expr
