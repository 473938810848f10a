// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/eachrun.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

namespace console {

using devserver::RunId;
using devserver::VerbDone;
using devserver::api::ConsoleBackend;

namespace {

constexpr std::size_t mostAtOnce = 64; // answers that are waited for

struct Progress {
    EachRun each;
    std::size_t next = 0; ///< the first one that was not sent
    std::size_t open = 0; ///< not answered
};

void sendNext(ConsoleBackend &backend, QObject *receiver, const std::shared_ptr<Progress> &progress)
{
    const RunId run = progress->each.runs[progress->next++];
    ++progress->open;
    const auto goOn = [&backend, receiver, progress] {
        --progress->open;
        if (progress->next < progress->each.runs.size())
            sendNext(backend, receiver, progress);
        else if (progress->open == 0)
            progress->each.over();
    };
    devserver::api::then<VerbDone>(
        backend.act(progress->each.verb(run)), receiver,
        [progress, run, goOn](const VerbDone &done) {
            progress->each.done(run, done);
            goOn();
        },
        [progress, run, goOn](const devserver::Error &error) {
            progress->each.refused(run, error);
            goOn();
        });
}

} // namespace

void actOnEach(ConsoleBackend &backend, QObject *receiver, EachRun each)
{
    const auto progress = std::make_shared<Progress>(Progress{.each = std::move(each)});
    while (progress->next < std::min(progress->each.runs.size(), mostAtOnce))
        sendNext(backend, receiver, progress);
}

} // namespace console
