// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QByteArray>
#include <QString>

#include <utility>
#include <vector>

/// An attempt as the HTTP exchange that it was, rebuilt from what is stored (protocol.md §5). Any
/// thread. Keys and signatures are never shown.
namespace console {

using HeaderLines = std::vector<std::pair<QByteArray, QByteArray>>;

/// False for functions inside of this process.
[[nodiscard]] bool isHttpCall(const devserver::Attempt &attempt);
/// With its `stepId`.
[[nodiscard]] QByteArray callAddress(const devserver::Attempt &attempt);
[[nodiscard]] HeaderLines requestHeaders(const devserver::Attempt &attempt);
/// The body that the call carried: context, events and the memos of then, in their order.
/// Cost: one copy of the bytes carried.
[[nodiscard]] QByteArray requestBody(const devserver::api::RunRecord &record,
                                     const devserver::Attempt &attempt);
[[nodiscard]] HeaderLines responseHeaders(const devserver::Attempt &attempt);

/// A header that may carry a secret; its value is not shown.
[[nodiscard]] bool isSecretHeader(const QByteArray &name);
/// `name: value` lines.
[[nodiscard]] QString headerText(const HeaderLines &headers);
/// For a POSIX shell; without a signature.
[[nodiscard]] QString curlCommand(const devserver::Attempt &attempt, const QByteArray &body);

/// What the attempt gave: the body of an error, the memo of its step, or the result of the run;
/// empty if nothing is kept.
[[nodiscard]] QByteArray outputOf(const devserver::api::RunRecord &record,
                                  const devserver::Attempt &attempt);

} // namespace console
