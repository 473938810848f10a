// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLoggingCategory>

namespace devserver::transport {

Q_DECLARE_LOGGING_CATEGORY(lcTransport)

} // namespace devserver::transport
