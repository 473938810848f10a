// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/function.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// The configuration of a function in plain sentences (ui.md §13.1).
namespace console {

struct ConfigLine {
    QString title;          ///< `Concurrency`
    QString sentence;       ///< `At most 5 runs at once per event.data.customer.`
    QString raw;            ///< the bytes of the registration; empty: the default
    bool isEnforced = true; ///< false: this version accepts it and does not act on it yet
    QStringList codes = {}; ///< parts of the sentence that are expressions, in this order
};

/// What is not enforced stands behind all that is.
[[nodiscard]] std::vector<ConfigLine> configLines(const devserver::Function &function);
/// What runs when a run of the function has failed: SDKs register a handler as a function of its
/// own. Nothing if none of \a all  is one.
[[nodiscard]] std::optional<ConfigLine>
failureHandlerLine(const devserver::Function &function,
                   const std::vector<devserver::Function> &all);
[[nodiscard]] QString failureHandlerTitle();
/// What stands once above all lines that are not enforced.
[[nodiscard]] QString notEnforcedWords();
/// Titles of what the registration leaves out: `Throttle`, `Debounce`.
[[nodiscard]] QStringList unsetSettings(const devserver::Function &function);
/// `order/created`, `user/signup if event.data.plan == "pro"`, `30 12 * * *`.
[[nodiscard]] QString triggerWords(const devserver::Trigger &trigger);
/// Parts of that which are code.
[[nodiscard]] QStringList triggerCodes(const devserver::Trigger &trigger);

} // namespace console
