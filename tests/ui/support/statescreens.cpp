// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/screens.h"
#include "ui/core/copyas.h"

#include <QApplication>

#include <algorithm>
#include <chrono>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::ErrorCode;
using devserver::RawJson;

namespace {

void nothing(ScreenStage &) {}

void scene(ScreenStage &stage)
{
    stage.scene = fillScene(stage.backend);
}

// --- the first screen, and what keeps the server from running ---

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
    scene(stage);
    stage.backend.state.dataFile = u"/home/dev/shop/redrive.db"_s;
    stage.backend.state.pause = {ErrorCode::StoreFull, u"the disk is full"_s};
}

void showRuns(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
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

// --- something failed ---

/// The rows that were there stay; what is asked next fails.
void refusedQuery(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.backend.queryError = devserver::Error{ErrorCode::Store, u"disk I/O error"_s};
    stage.key(Qt::Key_F, Qt::ControlModifier);
    stage.type(u"fn:charge-order"_s);
    stage.key(Qt::Key_Return);
    stage.settle();
    stage.click("infoBarDetailsButton");
}

// --- nothing is there ---

/// No run waits and none has failed.
void calmDay(ScreenStage &stage)
{
    scene(stage);
    std::erase_if(stage.backend.runs, [](const devserver::api::RunSummary &run) {
        return run.status != devserver::RunStatus::Completed;
    });
    stage.backend.letters.clear();
    devserver::api::Counters counters;
    counters.all = counters.completed = static_cast<qint64>(stage.backend.runs.size());
    counters.events = static_cast<qint64>(stage.backend.events.size());
    counters.dataBytes = stage.scene.counters.dataBytes;
    stage.backend.post(counters);
}

void dead(ScreenStage &stage)
{
    stage.goTo("dead"_ba);
}

void waiting(ScreenStage &stage)
{
    stage.goTo("waiting"_ba);
}

void composer(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_N, Qt::ControlModifier);
}

/// Nothing listens to it, nor to a name that is like it.
void unheardEvent(ScreenStage &stage)
{
    scene(stage);
    const QByteArray name = "metrics/flushed"_ba;
    devserver::api::EventRecord &record = stage.backend.eventRecords.at(stage.scene.lonely);
    const QByteArray data = R"({"count":17,"took":0.4})"_ba;
    QByteArray json = record.event.json.bytes();
    json.replace(record.event.name, name).replace(memberOf(json, "data"_ba), data);
    record.event.name = name;
    record.event.json = RawJson::fromTrusted(json);
    for (devserver::api::EventSummary &row : stage.backend.events) {
        if (row.internalId != stage.scene.lonely)
            continue;
        row.name = name;
        row.preview = data;
    }
}

void lonelyEvent(ScreenStage &stage)
{
    stage.goTo("events"_ba);
    stage.pick("eventsTable", stage.scene.lonely.toText());
    stage.openTab("eventTabs", u"Matching"_s);
}

// --- little room, much to show ---

void deadRun(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.pick("runsTable", stage.scene.deadCharge.toText());
    stage.openTab("inspectorTabs", u"Error"_s);
}

void denseRuns(ScreenStage &stage)
{
    arrange::density(*stage.window, Density::Compact);
    deadRun(stage);
}

void bigOutput(ScreenStage &stage)
{
    scene(stage);
    QByteArray json = R"({"album":"spring","images":[)"_ba;
    for (int image = 1; image <= 20'000; ++image) {
        json += R"({"id":"img_)" + QByteArray::number(image) + R"(","width":)"
                + QByteArray::number(640 + image % 7 * 160) + R"(,"tags":["spring","garden"]},)";
    }
    json.chop(1);
    devserver::api::RunRecord &record = stage.backend.records.at(stage.scene.manySteps);
    record.run.output = RawJson::fromTrusted(json + R"(],"count":20000})"_ba);
}

void bigPayload(ScreenStage &stage)
{
    stage.openRun(stage.scene.manySteps);
    stage.openTab("inspectorTabs", u"Output"_s);
    const auto *output = child<QWidget>(stage.window.get(), "inspOutput");
    QTRY_VERIFY((stage.beat(), child<QWidget>(output, "payloadBigText")->isVisible()));
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
        {"first_run_found", foundApp, nothing},
        {"runs_error_bar", scene, refusedQuery},
        {"runs_dense", scene, denseRuns},
        {"main_min_size", scene, deadRun, {1024, 640}},
        {"insp_payload_big", bigOutput, bigPayload},
        {"events_none", unheardEvent, lonelyEvent},
        {"composer_empty", scene, composer},
        {"dead_empty", calmDay, dead},
        {"waiting_empty", calmDay, waiting},
    };
}

} // namespace console::test
