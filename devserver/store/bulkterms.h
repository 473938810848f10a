// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/store/sqlcondition.h"

namespace devserver::store {

/// `bulk:`, `bulk-completed:` or `bulk-failed:`, with the id of a bulk retry or its beginning.
[[nodiscard]] bool isBulkKey(QByteArrayView key);

/// A column of run ids: those that the bulk retry took, that it completed, or that failed again in
/// it. What happened to a run after the bulk does not matter.
[[nodiscard]] Result<SqlCondition> bulkMatches(const QByteArray &column,
                                               const api::FilterTerm &term);

} // namespace devserver::store
