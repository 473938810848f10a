// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/log.h"

namespace devserver::store {

Q_LOGGING_CATEGORY(lcStore, "devserver.store", QtInfoMsg)

} // namespace devserver::store
