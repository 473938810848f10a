// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/publisher.h"

#include <utility>

namespace devserver::host {

void Publisher::watch(Watcher watcher)
{
    m_watchers.push_back(std::move(watcher));
}

void Publisher::post(const std::vector<Change> &changes) const
{
    if (changes.empty())
        return;
    for (const Watcher &watcher : m_watchers)
        watcher(changes);
}

} // namespace devserver::host
