// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLoggingCategory>

namespace devserver::store {

Q_DECLARE_LOGGING_CATEGORY(lcStore)

} // namespace devserver::store
