// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/log.h"

Q_LOGGING_CATEGORY(lcHost, "devserver.host", QtInfoMsg)
