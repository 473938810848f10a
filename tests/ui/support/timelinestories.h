// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/unit/ui/runstory.h"

#include <chrono>
#include <vector>

namespace console::test {

inline RunStory twoSteps()
{
    using namespace std::chrono_literals;
    return RunStory().start().step("load-order", 800ms).step("check-fraud", 240ms);
}

/// Attempts of two seconds that fail, and what is waited after each.
inline RunStory triedOften(RunStory story, const std::vector<std::chrono::seconds> &waits)
{
    using namespace std::chrono_literals;
    for (const auto wait : waits)
        story.failAttempt("charge-card", 2s, wait).pass(wait);
    return story;
}

/// Dead after five attempts.
inline RunStory failedRun(const RunStory &before)
{
    using namespace std::chrono_literals;
    return triedOften(before, {30s, 48s, 78s, 140s})
        .failForGood("charge-card", 2s)
        .failBody(3ms)
        .fail();
}

/// Attempts with long waits between them, a failed body, and a retry after minutes.
inline RunStory retriedRun(const std::vector<std::chrono::seconds> &waits)
{
    using namespace std::chrono_literals;
    RunStory story = triedOften(twoSteps(), waits);
    story.failForGood("charge-card", 2s).failBody(3ms).fail().pass(4min).resume();
    story.step("charge-card", 700ms).step("send-receipt", 90ms).complete();
    return story;
}

/// After five attempts.
inline RunStory retriedRun()
{
    using namespace std::chrono_literals;
    return retriedRun({20s, 58s, 74s, 125s});
}

} // namespace console::test
