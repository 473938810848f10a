// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/function.h"
#include "devserver/model/jsonvalue.h"

#include <QByteArrayList>

#include <vector>

namespace devserver::protocol {

/// One function of a registration (protocol.md 2.6) and everything that is wrong with it.
struct DecodedFunction {
    FunctionConfig config;   ///< only good without problems
    QByteArrayList problems; ///< each names the member: `retries.attempts is negative`
    std::vector<ExpressionText> expressions;
};

[[nodiscard]] DecodedFunction decodeFunction(const JsonValue &function);

/// Members that shape when runs start and stop; adds to `problems` and `notEnforced` of \a decoded.
void checkFlowControl(const JsonValue &function, DecodedFunction &decoded);

/// Notes the member \a what of \a object, if it is there, as an expression of \a decoded, or as a
/// problem if it is no text. \a path is its name in messages.
void takeExpression(const JsonValue &object, QByteArrayView what, const QByteArray &path,
                    DecodedFunction &decoded);

} // namespace devserver::protocol
