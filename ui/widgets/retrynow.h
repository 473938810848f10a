// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/verb.h"

#include <QString>

#include <vector>

namespace devserver::api {
class ConsoleBackend;
}

namespace console {

class InfoBarStack;

/// One impatient gesture is one attempt. An attempt that fails at once brings *Retry now* back to
/// where it was, and the second click of a double click, or a key that is pressed twice, would use
/// up the next one. Asked by all that send it, once per gesture; \a wanted may have one several
/// times. \returns those of \a wanted that are to be sent: not the ones that were asked for less
/// than a double click ago, anywhere in the program. Another step of the same run is another one,
/// unless one of the two is for all steps. GUI thread.
[[nodiscard]] std::vector<devserver::RetryNow>
takeRetryNow(devserver::api::ConsoleBackend &backend,
             const std::vector<devserver::RetryNow> &wanted);
/// The same of all steps of \a runs
[[nodiscard]] std::vector<devserver::RunId> takeRetryNow(devserver::api::ConsoleBackend &backend,
                                                         const std::vector<devserver::RunId> &runs);

/// Where nothing was taken, why, if it was a key, which must not be silent; empty: it was the
/// mouse.
[[nodiscard]] QString whyNotRetriedNow(devserver::api::ConsoleBackend &backend);
/// The same in \a bars.
void answerRetriedAlready(devserver::api::ConsoleBackend &backend, InfoBarStack &bars);

} // namespace console
