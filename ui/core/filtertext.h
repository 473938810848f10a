// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/filter.h"

#include <QString>

#include <optional>

/// Filters as text, and the edits that chips, cells and range boxes make: all of them work on the
/// filter and write the line anew, so the line is the single truth (ui.md §6.2).
namespace console {

/// parseFilter(filterText(f)) is f again.
[[nodiscard]] QString filterText(const devserver::api::Filter &filter);
/// One term, quoted where needed: `fn:"charge order"`.
[[nodiscard]] QString filterTermText(const QByteArray &key, const QByteArrayList &values,
                                     devserver::api::FilterOp op = devserver::api::FilterOp::Equal);

/// Values of the plain `key:a,b` on the top level; nothing if there is none or more than one.
[[nodiscard]] std::optional<QByteArrayList> filterValues(const devserver::api::Filter &filter,
                                                         const QByteArray &key);
/// The line asks for exactly this value of the key.
[[nodiscard]] bool filterHasOnly(const devserver::api::Filter &filter, const QByteArray &key,
                                 const QByteArray &value);
/// Without all terms of the key on the top level, negated ones too.
[[nodiscard]] devserver::api::Filter filterWithout(const devserver::api::Filter &filter,
                                                   const QByteArray &key);
/// `key:value` instead of what it said of the key; no values: only removed.
[[nodiscard]] devserver::api::Filter filterWithOnly(const devserver::api::Filter &filter,
                                                    const QByteArray &key,
                                                    const QByteArrayList &values);
/// Adds a condition at the end, unless it stands there; its opposite goes.
[[nodiscard]] devserver::api::Filter filterAnd(const devserver::api::Filter &filter,
                                               const devserver::api::Filter &condition);
[[nodiscard]] devserver::api::Filter filterNot(const devserver::api::Filter &filter);
/// Without its last top-level condition.
[[nodiscard]] devserver::api::Filter filterWithoutLast(const devserver::api::Filter &filter);

} // namespace console
