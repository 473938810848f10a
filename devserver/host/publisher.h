// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/change.h"

#include <functional>
#include <vector>

namespace devserver::host {

/// Stage 12, publish: hands what changed to those who watch, after the commit. Engine thread.
class Publisher final
{
public:
    using Watcher = std::function<void(const std::vector<Change> &)>;

    void watch(Watcher watcher);
    void post(const std::vector<Change> &changes) const;

private:
    std::vector<Watcher> m_watchers;
};

} // namespace devserver::host
