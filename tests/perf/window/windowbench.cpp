// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/window/figures.h"
#include "tests/perf/window/scenes.h"
#include "tests/ui/support/uifixture.h"

#include <QApplication>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

struct Measurement {
    const char *name;
    void (*run)();
    bool isOfAll = true; ///< taken when none is named
};

constexpr std::array<Measurement, 8> measurements = {{
    {"runs", console::test::measureRuns},
    {"timeline", console::test::measureTimeline},
    {"dead", console::test::measureDeadLetters},
    {"payload", console::test::measurePayload},
    {"idle", console::test::measureIdle},
    {"live", console::test::measureLive},
    {"start", console::test::measureStart},
    {"start-small", console::test::measureSmallStart, false},
}};

} // namespace

/// windowbench [name…]: prints the figures of the budgets, all or those that are named. Fails when
/// a count is over its budget or a figure cannot be taken.
int main(int argc, char **argv)
{
    const console::test::ThrowAwayHome home(argv[0]);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    console::test::prepareApplication();
    if (argc == 4 && std::strcmp(argv[1], "start-once") == 0)
        return console::test::startOnce(QString::fromLocal8Bit(argv[2]), std::atof(argv[3]));
    bool hasRun = false;
    for (const Measurement &measurement : measurements) {
        bool isWanted = argc == 1 && measurement.isOfAll;
        for (int i = 1; i < argc; ++i)
            isWanted = isWanted || std::strcmp(argv[i], measurement.name) == 0;
        if (!isWanted)
            continue;
        measurement.run();
        hasRun = true;
    }
    if (!hasRun) {
        std::fprintf(
            stderr,
            "usage: windowbench [runs|timeline|dead|payload|idle|live|start|start-small]…\n");
        return 2;
    }
    return console::test::hasMissedCount() ? 1 : 0;
}
