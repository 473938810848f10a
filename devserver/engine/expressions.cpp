// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/engine/expressions.h"

#include "devserver/expr/compile.h"
#include "devserver/expr/triggerfilter.h"

#include <algorithm>

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

/// Of messages and expressions in them: a registration has megabytes of room for wrong ones.
constexpr qsizetype mostText = 8192;
constexpr qsizetype shownText = 500;

QByteArray quoted(const QByteArray &text)
{
    return '"' + (text.size() > shownText ? text.first(shownText) + "..." : text) + '"';
}

} // namespace

Result<void> checkExpressions(const Registration &registration)
{
    QByteArray problems;
    QByteArray function; // that the last problem was about
    for (const ExpressionText &expression : registration.expressions) {
        const auto compiled = expr::compile(expression.text);
        if (compiled)
            continue;
        if (problems.size() > mostText) {
            problems += " | and more";
            break;
        }
        if (problems.isEmpty() || function != expression.function)
            problems += (problems.isEmpty() ? ""_ba : " | "_ba) + expression.function + ": "_ba;
        else
            problems += "; ";
        problems += expression.path + ' ' + quoted(expression.text) + " does not compile: "_ba
                    + expr::describe(compiled.error(), expression.text);
        function = expression.function;
    }
    if (problems.isEmpty())
        return {};
    return failure(ErrorCode::InvalidInput,
                   u"At least one function is invalid: "_s + QString::fromUtf8(problems));
}

FunctionConfig withFilterNote(FunctionConfig config)
{
    const bool isUnsupported =
        std::any_of(config.triggers.begin(), config.triggers.end(), [](const Trigger &trigger) {
            return !trigger.expression.isEmpty() && !expr::functionIdFilter(trigger.expression);
        });
    if (isUnsupported && !config.notEnforced.contains("expression"_ba))
        config.notEnforced.append("expression"_ba);
    return config;
}

} // namespace devserver::engine
