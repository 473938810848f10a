// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/process.h"

#include "devserver/transport/inprocesscaller.h"

#include <csignal>
#include <cstdlib>
#include <malloc.h>
#include <sys/resource.h>

namespace console {

namespace {

/// A thousand calls at once need more descriptors than the usual soft limit (semantics §12.2).
void raiseFileLimit()
{
    rlimit files = {};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

/// Every commit takes and returns the same memory; giving it back to the system each time costs
/// more than the commit's SQL.
void keepMemory()
{
    // NOLINTBEGIN(concurrency-mt-unsafe): no other thread runs yet
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TRIM_THRESHOLD, 8 * 1024 * 1024);
    mallopt(M_TOP_PAD, 1024 * 1024);
    // NOLINTEND(concurrency-mt-unsafe)
}

} // namespace

void prepareProcess()
{
    raiseFileLimit();
    keepMemory();
    std::signal(SIGPIPE, SIG_IGN); // `redrived | head` must not end the server
}

int endProcess(int code)
{
    if (devserver::transport::InProcessCaller::isAnyRunning())
        std::_Exit(code);
    return code;
}

} // namespace console
