// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/clearing.h"

namespace console {

/// What the window of a cleared file tells about the old one.
struct ClearedFile {
    devserver::api::ClearScope scope;
    devserver::api::DataCleared done;
};

} // namespace console
