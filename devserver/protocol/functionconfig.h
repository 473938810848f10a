// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/function.h"
#include "devserver/model/jsonvalue.h"

#include <QByteArrayList>

#include <optional>

namespace devserver::protocol {

/// One function of a registration (protocol.md 2.6) and everything that is wrong with it.
struct DecodedFunction {
    FunctionConfig config;   ///< only good without problems
    QByteArrayList problems; ///< each names the member: `retries.attempts is negative`
};

[[nodiscard]] DecodedFunction decodeFunction(const JsonValue &function);

/// Members that shape when runs start and stop; adds to `problems` and `notEnforced` of \a decoded.
void checkFlowControl(const JsonValue &function, DecodedFunction &decoded);

/// Adds a problem if the member \a what of \a object is there and is not an expression that might
/// compile. \a path is its name in the message.
void checkExpression(const JsonValue &object, QByteArrayView what, const QByteArray &path,
                     QByteArrayList &problems);

} // namespace devserver::protocol
