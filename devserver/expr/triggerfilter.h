// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/rawjson.h"

#include <QByteArray>

#include <optional>

namespace devserver::expr {

enum class Verdict {
    True,
    False,
    Unsupported, ///< this version cannot evaluate the expression
};

/// The slug in `event.data.function_id == '<slug>'`, the one form of expression that this version
/// evaluates: it is how every SDK filters failures for an onFailure handler (protocol §2.6).
[[nodiscard]] std::optional<QByteArray> functionIdFilter(QByteArrayView expression);

/// Evaluates the filter of a trigger against an event (protocol §5.2 shape).
[[nodiscard]] Verdict evaluateTriggerFilter(const QByteArray &expression, const RawJson &event);

} // namespace devserver::expr
