// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

/// The bench of tests/perf: load, fake app and figures. No Qt, so that the load costs the server
/// as little of the two cores as possible.
namespace perf {

/// Monotonic nanoseconds; the one clock of load and fake app (they share the process).
std::int64_t nowNs();

/// The value below which \p share (0..1) of \p values lie; 0 when empty.
double percentile(std::vector<double> values, double share);

/// The middle value; 0 when empty.
double median(std::vector<double> values);

/// p50 in ms of "overwrite 4 KiB, fdatasync" in \p directory: what one commit costs the disk
/// itself.
double fsyncMs(const std::string &directory, int samples);

/// User and system CPU time of a process since its start, in seconds (resolution 10 ms, includes
/// threads that ended).
double cpuSeconds(pid_t pid);

/// CPU time of the living threads of a process in seconds with ns resolution, for idle figures.
/// Falls back to cpuSeconds where the kernel has no schedstat.
double preciseCpuSeconds(pid_t pid);

/// Resident memory in MiB.
double rssMiB(pid_t pid);

/// Rows of \p table in the SQLite file \p file, whose server has ended; -1 on any error.
std::int64_t countRows(const std::string &file, const std::string &table);

} // namespace perf
