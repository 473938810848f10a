// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/filter.h"
#include "ui/core/filtervocabulary.h"

#include <QString>

#include <optional>

/// What the texts of a term stand for.
namespace console {

/// `250ms`, `2s`, `1h30m`, `3d`; nothing if it is none.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseFilterDuration(const QString &text);
/// `12:03`, `today`, `yesterday`, `2024-05-01`, `2024-05-01T12:03`; local zone unless it names one.
[[nodiscard]] std::optional<devserver::TimePoint> parseFilterTime(const QString &text,
                                                                  devserver::TimePoint now);
/// Checks operator and values of a term against its key and fills in number, duration or time.
/// \returns what is wrong, translated; empty if nothing is.
[[nodiscard]] QString fillIn(devserver::api::FilterTerm &term, FilterSubject subject,
                             devserver::TimePoint now);

} // namespace console
