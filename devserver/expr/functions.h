// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArrayView>

namespace devserver::expr {

/// How many arguments a form of a function takes.
struct Arity {
    int least = -1; ///< -1: there is no such form
    int most = -1;

    constexpr bool exists() const { return least >= 0; }

    constexpr bool takes(qsizetype count) const
    {
        return exists() && count >= least && count <= most;
    }
};

/// A function of CEL or of the reference server (semantics §8.2).
struct Function {
    QByteArrayView name;
    Arity plain;  ///< `size(a)`
    Arity method; ///< `a.size()`, the receiver not counted
};

/// Null if there is no function of that name. Macros and operators are none.
[[nodiscard]] const Function *findFunction(QByteArrayView name);

/// `event`, `async` and `vars` (protocol §1.5), and the names of types: `type(1) == int`.
[[nodiscard]] bool isKnownName(QByteArrayView name);

} // namespace devserver::expr
