// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace console {

/// What was written to the open file is on the disk when this returns, for which it waits: not on
/// the thread of the window. \a handle  as `QFileDevice::handle` gives it
/// \returns false, with `errno`: it could not be written. A file system that knows no such wish is
/// trusted.
[[nodiscard]] bool syncToDisk(int handle);

} // namespace console
