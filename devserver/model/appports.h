// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <vector>

namespace devserver {

/// The ports of this machine on which apps are looked for (protocol §2.3), ascending, each once:
/// what frameworks listen on, and what the environment variable `PORT` says. Any thread.
/// \param ownPort  of the server itself, left out.
[[nodiscard]] std::vector<quint16> appPorts(quint16 ownPort);

} // namespace devserver
