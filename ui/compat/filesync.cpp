// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/compat/filesync.h"

#include <cerrno>
#include <unistd.h>

namespace console {

bool syncToDisk(int handle)
{
    return fsync(handle) == 0 || errno == EINVAL || errno == ENOTSUP;
}

} // namespace console
