// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QString>

namespace devserver::store {

/// One server per data file: a lock on `<file>.lock` that ends with the process, however it ends.
class FileLock
{
public:
    FileLock() = default;
    ~FileLock();
    Q_DISABLE_COPY_MOVE(FileLock)

    /// \returns StoreLocked if another process (or another store of this one) has it; the message
    /// names the process.
    [[nodiscard]] Result<void> take(const QString &dataFile);
    void release();

private:
    int m_descriptor = -1;
};

} // namespace devserver::store
