// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/whenserving.h"

#include "devserver/api/consolebackend.h"

#include <utility>

namespace console {

using devserver::api::ConsoleBackend;
using devserver::api::ServerPhase;

void whenServing(const ConsoleBackend &backend, QObject *receiver, std::function<void()> read)
{
    const auto isServing = [&backend] { return backend.server().phase == ServerPhase::Serving; };
    // It tells other changes of its state, too.
    QObject::connect(&backend, &ConsoleBackend::serverChanged, receiver,
                     [isServing, was = isServing(), read = std::move(read)]() mutable {
                         const bool is = isServing();
                         if (!std::exchange(was, is) && is)
                             read();
                     });
}

} // namespace console
