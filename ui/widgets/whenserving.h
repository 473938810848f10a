// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

class QObject;

namespace devserver::api {
class ConsoleBackend;
}

namespace console {

/// Calls \a read each time the server begins to serve, as long as \a receiver lives: what was asked
/// of it while it was stopped got no answer, and what it has now may be another file. GUI thread.
void whenServing(const devserver::api::ConsoleBackend &backend, QObject *receiver,
                 std::function<void()> read);

} // namespace console
