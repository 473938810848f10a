// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/verb.h"

#include <vector>

namespace devserver::api {
class ConsoleBackend;
}

namespace console {

/// One impatient gesture of the mouse is one attempt. An attempt that fails at once brings *Retry
/// now* back to where it was, and the second click of a double click would use up the next one. A
/// key that is pressed again means it. Asked by all that send it, once per gesture; \a wanted may
/// have one several times. \returns those of \a wanted that are to be sent: not the ones that were
/// asked for less than a double click ago, anywhere in the program. Another step of the same run is
/// another one, unless one of the two is for all steps. GUI thread.
[[nodiscard]] std::vector<devserver::RetryNow>
takeRetryNow(devserver::api::ConsoleBackend &backend,
             const std::vector<devserver::RetryNow> &wanted);
/// The same of all steps of \a runs
[[nodiscard]] std::vector<devserver::RunId> takeRetryNow(devserver::api::ConsoleBackend &backend,
                                                         const std::vector<devserver::RunId> &runs);

} // namespace console
