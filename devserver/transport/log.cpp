// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/log.h"

namespace devserver::transport {

Q_LOGGING_CATEGORY(lcTransport, "devserver.transport", QtInfoMsg)

} // namespace devserver::transport
