// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"
#include "devserver/model/time.h"

#include <QString>

/// What stands behind [Details] of an error (ui.md §21).
namespace console {

/// `AddressInUse`: for reports, not translated.
[[nodiscard]] QString errorCodeName(devserver::ErrorCode code);
/// What kind of error it is, its code, its message and the time, ready to be pasted into a report.
[[nodiscard]] QString errorDetails(const devserver::Error &error, devserver::TimePoint at);
/// What the message does not say: what kind of error it is, what helps, and the time. \a dataFile
/// is named if it is about that.
[[nodiscard]] QString errorFacts(const devserver::Error &error, devserver::TimePoint at,
                                 const QString &dataFile);
/// As errorDetails(), of what the system said, which has no code.
[[nodiscard]] QString errorDetails(const QString &text, devserver::TimePoint at);

} // namespace console
