// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"

#include <vector>

namespace devserver::api {
class ConsoleBackend;
}

namespace console {

/// One impatient gesture is one attempt. An attempt that fails at once brings *Retry now* back to
/// where it was, and the second click of a double click, or a key pressed twice, would use up the
/// next one. Asked by all that send it, once per gesture; \a runs may have one several times.
/// \returns those of \a runs that it is to be sent for: not the ones that it was asked for less
/// than a double click ago, anywhere in the program. GUI thread.
[[nodiscard]] std::vector<devserver::RunId> takeRetryNow(devserver::api::ConsoleBackend &backend,
                                                         const std::vector<devserver::RunId> &runs);

} // namespace console
