// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArrayView>

namespace devserver {

/// False: this version cannot evaluate the expression, whatever the event is. It knows only the
/// form by which every SDK filters failures, `event.data.function_id == '<slug>'` (protocol §2.6).
[[nodiscard]] inline bool mayEvaluateFilter(QByteArrayView expression)
{
    return expression.contains("function_id");
}

} // namespace devserver
