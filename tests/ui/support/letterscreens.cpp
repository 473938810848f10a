// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/screens.h"

#include <QDialog>

#include <algorithm>
#include <chrono>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// No run waits and none has failed.
void calmDay(ScreenStage &stage)
{
    fillDay(stage);
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

// --- dead letters ---

void emptyDead(ScreenStage &stage)
{
    stage.goTo("dead"_ba);
}

void dead(ScreenStage &stage)
{
    stage.goTo("dead"_ba);
    stage.pick("deadTable", stage.scene.deadCharge.toText());
}

void deadSheet(ScreenStage &stage)
{
    dead(stage);
    stage.click("deadRetryGroup");
}

void deadDiscard(ScreenStage &stage)
{
    dead(stage);
    stage.key(Qt::Key_Delete);
    stage.settle();
    stage.type(u"test data"_s);
}

void deadEdit(ScreenStage &stage)
{
    dead(stage);
    stage.key(Qt::Key_E);
    stage.settle();
    auto *dialog = child<QDialog>(stage.window.get(), "deadEditDialog");
    auto *edit = child<QWidget>(dialog, "deadEditNew");
    stage.keyTo(edit, Qt::Key_Down);
    stage.keyTo(edit, Qt::Key_End);
    for (int i = 0; i < 3; ++i)
        stage.keyTo(edit, Qt::Key_Backspace);
    QTest::keyClicks(edit, u"x\","_s);
    stage.shown = dialog;
}

void letterTab(ScreenStage &stage, devserver::RunId letter, const QString &title)
{
    stage.goTo("dead"_ba);
    stage.pick("deadTable", letter.toText());
    stage.openTab("deadTabs", title);
}

void deadPayload(ScreenStage &stage)
{
    letterTab(stage, stage.scene.deadCharge, u"Payload"_s);
}

void deadAttempts(ScreenStage &stage)
{
    letterTab(stage, stage.scene.deadCharge, u"Attempts"_s);
}

void deadHistory(ScreenStage &stage)
{
    letterTab(stage, stage.scene.deadCharge, u"History"_s);
}

void muteGroup(ScreenStage &stage)
{
    dead(stage);
    stage.chooseInPalette(u"Mute group…"_s);
    for (int entry = 0; entry < 4; ++entry) // hour, day, week, date
        stage.key(Qt::Key_Down);
    stage.key(Qt::Key_Return);
    stage.shown = child<QDialog>(stage.window.get(), "muteDialog");
}

/// Its letters are counted no more, and its row says so.
void muted(ScreenStage &stage)
{
    dead(stage);
    stage.chooseInPalette(u"Mute group…"_s);
    stage.key(Qt::Key_Down); // for an hour
    stage.key(Qt::Key_Return);
}

// --- waiting, activity ---

void waiting(ScreenStage &stage)
{
    stage.goTo("waiting"_ba);
}

void activity(ScreenStage &stage)
{
    stage.goTo("activity"_ba);
}

void bulks(ScreenStage &stage)
{
    fillDay(stage);
    const auto bulk = [&stage](std::uint8_t number, int total, std::chrono::seconds ago) {
        devserver::Bulk made;
        made.startedAt = stage.backend.now() - ago;
        made.id.value = devserver::Ulid::fromParts(made.startedAt, {number});
        made.title = QByteArray::number(total) + " letters in \"TimeoutError\"";
        made.total = total;
        return made;
    };
    devserver::Bulk done = bulk(1, 6, 40min);
    done.completed = 4;
    done.failedAgain = 2;
    done.state = devserver::BulkState::Done;
    done.endedAt = done.startedAt + 12s;
    devserver::Bulk stopped = bulk(2, 9, 15min);
    stopped.failedAgain = 1;
    stopped.waiting = 8;
    stopped.state = devserver::BulkState::StoppedByErrors;
    stopped.endedAt = stopped.startedAt + 3s;
    // Each that waits is one of the letters of the scene.
    devserver::Bulk live = bulk(3, 12, 5s);
    live.completed = 3;
    live.waiting = 8;
    live.retrying = 1;
    live.perSecond = 1;
    stage.backend.bulks = {live, stopped, done};
}

} // namespace

std::vector<Screen> letterScreens()
{
    return {
        {"dead", fillDay, dead},
        {"dead_empty", calmDay, emptyDead},
        {"dead_payload", fillDay, deadPayload},
        {"dead_attempts", fillDay, deadAttempts},
        {"dead_history", fillDay, deadHistory},
        {"dead_sheet", fillDay, deadSheet},
        {"dead_discard", fillDay, deadDiscard},
        {"dead_edit", fillDay, deadEdit},
        {"mute_group", fillDay, muteGroup},
        {"dead_muted", fillDay, muted},
        {"waiting", fillDay, waiting},
        {"waiting_empty", calmDay, waiting},
        {"activity", fillDay, activity},
        {"activity_rows", bulks, activity},
    };
}

} // namespace console::test
