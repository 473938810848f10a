// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/compile.h"
#include "devserver/expr/parser.h"

#include <cstdint>
#include <cstdlib>

/// 0: the expression was parsed, with names or without; -1: it was refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace devserver::expr;

    const QByteArray text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto compiled = compile(text);
    if (!compiled
        && (describe(compiled.error(), text).isEmpty() || compiled.error().at < 0
            || compiled.error().at > text.size()))
        std::abort();
    const auto parsed = parse(text);
    if (compiled && !parsed)
        std::abort();
    if (!parsed)
        return -1;
    for (const Node &node : parsed->nodes) {
        if (node.span.begin > node.span.end || node.span.end > text.size()
            || node.mark.begin > node.mark.end || node.mark.end > text.size())
            std::abort();
        for (const NodeId child : node.children) {
            if (child >= parsed->nodes.size() || &parsed->at(child) >= &node)
                std::abort();
        }
    }
    return 0;
}
