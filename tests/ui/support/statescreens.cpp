// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/screens.h"

#include <QDialog>

namespace console::test {

using namespace Qt::StringLiterals;
using devserver::ErrorCode;

namespace {

void nothing(ScreenStage &) {}

/// On the screens that name the data file; nothing is written beside it there.
void nameDataFile(ScreenStage &stage)
{
    stage.backend.state.dataFile = u"/home/dev/shop/redrive.db"_s;
    stage.backend.post(devserver::api::Counters{}); // nothing has run
}

void sampleRuns(ScreenStage &stage)
{
    nameDataFile(stage);
    fillSample(stage.backend);
}

void trouble(ScreenStage &stage, ErrorCode code, const QString &message)
{
    nameDataFile(stage);
    stage.backend.state.phase = devserver::api::ServerPhase::Failed;
    stage.backend.state.error = {code, message};
}

void portInUse(ScreenStage &stage)
{
    stage.backend.state.portHolder = u"node (pid 123)"_s;
    trouble(stage, ErrorCode::AddressInUse, u"port 8288 is in use"_s);
}

void locked(ScreenStage &stage)
{
    trouble(stage, ErrorCode::StoreLocked, u"the data file is locked by another process"_s);
}

void damaged(ScreenStage &stage)
{
    trouble(stage, ErrorCode::StoreDamaged, u"database disk image is malformed"_s);
}

void diskFull(ScreenStage &stage)
{
    trouble(stage, ErrorCode::StoreFull, u"no space left on the disk"_s);
}

void readOnly(ScreenStage &stage)
{
    trouble(stage, ErrorCode::StoreReadOnly,
            u"/home/dev/shop/redrive.db: cannot create the lock file: Permission denied"_s);
}

/// While it serves: what was there is read.
void paused(ScreenStage &stage)
{
    fillDay(stage);
    stage.backend.state.dataFile = u"/home/dev/shop/redrive.db"_s;
    stage.backend.state.pause = {ErrorCode::StoreFull, u"the disk is full"_s};
}

void showRuns(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
}

/// The window and the view have something to say at once.
void twoBars(ScreenStage &stage)
{
    showRuns(stage);
    stage.backend.post(devserver::Notice{.text = "app mail cannot be reached"});
    stage.settle();
}

/// The app has been found; nothing has run.
void foundApp(ScreenStage &stage)
{
    nameDataFile(stage);
    devserver::App app;
    app.id.value = devserver::Uuid::fromName("apps", "shop");
    app.name = "shop"_ba;
    app.url = "http://localhost:3000/api/inngest"_ba;
    stage.backend.apps = {app};
    for (const auto &[name, event] :
         {std::pair{"charge-order", "order/created"}, std::pair{"process-order", "order/paid"},
          std::pair{"refund", "order/refunded"}, std::pair{"resize-images", "images/uploaded"}}) {
        devserver::Function function;
        function.id.value = devserver::Uuid::fromName("functions", name);
        function.app = app.id;
        function.config.slug = "shop-"_ba + name;
        function.config.name = name;
        function.config.triggers = {{.event = event}};
        stage.backend.functions.push_back(function);
    }
}

/// By itself, in the middle of its work.
void engineStopped(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    devserver::api::ServerState state = stage.backend.state;
    state.phase = devserver::api::ServerPhase::Failed;
    state.error = {ErrorCode::Store, u"internal error: no such job"_s};
    stage.backend.setState(state);
    stage.shown = child<QDialog>(stage.window.get(), "engineFailure");
}

} // namespace

std::vector<Screen> stateScreens()
{
    return {
        {"first_run", nameDataFile, nothing},
        {"first_run_sample", sampleRuns, nothing},
        {"trouble_port", portInUse, nothing},
        {"trouble_locked", locked, nothing},
        {"trouble_damaged", damaged, nothing},
        {"trouble_full", diskFull, nothing},
        {"trouble_read_only", readOnly, nothing},
        {"paused_full", paused, showRuns},
        {"engine_stopped", fillDay, engineStopped},
        {"first_run_found", foundApp, nothing},
        {"two_bars", paused, twoBars},
    };
}

} // namespace console::test
