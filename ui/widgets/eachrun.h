// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"

#include <functional>
#include <vector>

namespace console {

/// One deed for many runs: what is sent for each, and what is done with the answers.
struct EachRun {
    std::vector<devserver::RunId> runs;
    std::function<devserver::Verb(devserver::RunId)> verb;
    std::function<void(devserver::RunId, const devserver::VerbDone &)> done;
    std::function<void(devserver::RunId, const devserver::Error &)> refused;
    std::function<void()> over; ///< behind the last answer; without runs never
};

/// Sends some, and then one more with each answer: thousands in one tick would hold up the window.
/// Once \a receiver has ended, nothing is sent or told any more. GUI thread.
void actOnEach(devserver::api::ConsoleBackend &backend, QObject *receiver, EachRun each);

} // namespace console
