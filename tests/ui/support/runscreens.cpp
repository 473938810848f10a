// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/pseudolanguage.h"
#include "tests/ui/support/screens.h"
#include "ui/core/filtermatch.h"
#include "ui/widgets/filteredit.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDialog>
#include <QTableView>

#include <chrono>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::ErrorCode;
using devserver::RawJson;

namespace {

// --- the list ---

void deadRun(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.pick("runsTable", stage.scene.deadCharge.toText());
}

void runs(ScreenStage &stage)
{
    deadRun(stage);
    stage.openTab("inspectorTabs", u"Error"_s);
}

void denseRuns(ScreenStage &stage)
{
    arrange::density(*stage.window, Density::Compact);
    runs(stage);
}

/// The window in a language of longer texts; its data stay as they are.
void inOtherWords(ScreenStage &stage)
{
    fillDay(stage);
    stage.language = std::make_unique<PseudoLanguage>();
    QVERIFY(QCoreApplication::installTranslator(stage.language.get()));
}

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

// --- the filter ---

void filterError(ScreenStage &stage)
{
    deadRun(stage);
    stage.key(Qt::Key_F, Qt::ControlModifier);
    stage.type(u"state:failed dur:>soon"_s);
    const auto *edit = child<FilterEdit>(stage.window.get(), "runsFilter");
    // The message comes when nothing was typed for a while, and makes room for itself.
    QTRY_VERIFY(edit->parentWidget()->height() > edit->height() + 10);
}

void filterCompletion(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_F, Qt::ControlModifier);
    stage.type(u"state:"_s);
    const auto *list = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
    QVERIFY(list != nullptr);
    // How many each would find comes a little later.
    const auto last = [list] {
        return list->model()->index(list->model()->rowCount() - 1, 0).data().toString();
    };
    QTRY_VERIFY2((stage.beat(), last().back().isDigit()), qPrintable(last()));
}

void sceneWithFilters(ScreenStage &stage)
{
    fillDay(stage);
    stage.backend.runMatches = [&stage](const auto &filter, const auto &run) {
        return filterFits(filter, run, stage.backend.now()) == Fit::Yes;
    };
}

/// With what only the engine can tell, as in the data, taken for true.
void sceneWithData(ScreenStage &stage)
{
    fillDay(stage);
    stage.backend.runMatches = [&stage](const auto &filter, const auto &run) {
        return filterFits(filter, run, stage.backend.now()) != Fit::No;
    };
}

/// Keys, values and a path in their colours, and what they find.
void filterValid(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_F, Qt::ControlModifier);
    stage.type(u"fn:charge-* -state:completed data.total:>100"_s);
    stage.key(Qt::Key_Return); // with no proposal chosen
}

void emptyByFilter(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_F, Qt::ControlModifier);
    stage.type(u"state:cancelled fn:charge-order"_s);
    stage.key(Qt::Key_Return); // with no proposal chosen
}

void saveView(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_F, Qt::ControlModifier);
    stage.type(u"state:failed"_s);
    stage.key(Qt::Key_Return);
    stage.settle();
    stage.key(Qt::Key_D, Qt::ControlModifier);
    stage.shown = child<QDialog>(stage.window.get(), "saveViewDialog");
}

void palette(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_K, Qt::ControlModifier);
}

// --- the panel of a run ---

void runRetried(ScreenStage &stage)
{
    stage.openRun(stage.scene.retried);
    stage.openTab("inspectorTabs", u"Attempts"_s);
}

void runFolded(ScreenStage &stage)
{
    stage.openRun(stage.scene.manySteps);
}

void runWindow(ScreenStage &stage)
{
    deadRun(stage);
    stage.key(Qt::Key_Return, Qt::ControlModifier);
    stage.shown = child<QWidget>(stage.window.get(), "runWindow");
}

void runTab(ScreenStage &stage, const QString &title)
{
    stage.openRun(stage.scene.completed);
    stage.openTab("runTabs", title);
}

void runSteps(ScreenStage &stage)
{
    runTab(stage, u"Steps"_s);
}

void runPayload(ScreenStage &stage)
{
    runTab(stage, u"Payload"_s);
}

void runRelated(ScreenStage &stage)
{
    runTab(stage, u"Related"_s);
}

void siblings(ScreenStage &stage)
{
    fillDay(stage);
    devserver::api::RunRecord &record = stage.backend.records.at(stage.scene.completed);
    const auto idAt = [&record](std::chrono::milliseconds later, std::uint8_t number) {
        return devserver::RunId{devserver::Ulid::fromParts(
            record.summary.queuedAt + later,
            {number, number, number, number, number, number, number, number, number, number})};
    };
    devserver::api::RunSummary again = record.summary;
    again.id = idAt(40s, 90);
    again.originalRun = record.summary.id;
    devserver::api::RunSummary other = again;
    other.id = idAt(2ms, 171);
    other.originalRun = {};
    other.functionName = "audit"_ba;
    other.endedAt = *other.startedAt + 320ms;
    record.related = {record.summary, again, other};
}

// --- inspector ---

void inspector(ScreenStage &stage, devserver::RunId run, const QString &tab)
{
    stage.openRun(run);
    stage.openTab("inspectorTabs", tab);
}

void attemptDiff(ScreenStage &stage)
{
    inspector(stage, stage.scene.deadCharge, u"Attempts"_s);
    auto *table = child<QTableView>(stage.window.get(), "inspAttempts");
    stage.click(table, table->model()->index(1, 0));
    stage.click(table, table->model()->index(2, 0), Qt::ControlModifier);
}

void inspOverview(ScreenStage &stage)
{
    inspector(stage, stage.scene.deadCharge, u"Overview"_s);
}

void inspInput(ScreenStage &stage)
{
    inspector(stage, stage.scene.deadCharge, u"Input"_s);
}

void inspOutput(ScreenStage &stage)
{
    inspector(stage, stage.scene.completed, u"Output"_s);
}

void inspCalls(ScreenStage &stage)
{
    inspector(stage, stage.scene.deadCharge, u"Calls"_s);
    auto *table = child<QTableView>(stage.window.get(), "inspCalls");
    stage.click(table, table->model()->index(1, 0));
}

void inspRaw(ScreenStage &stage)
{
    inspector(stage, stage.scene.deadCharge, u"Record"_s);
}

void inspAttempts(ScreenStage &stage)
{
    inspector(stage, stage.scene.deadCharge, u"Attempts"_s);
}

void inspError(ScreenStage &stage)
{
    inspector(stage, stage.scene.deadCharge, u"Error"_s);
}

void bigOutput(ScreenStage &stage)
{
    fillDay(stage);
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

std::vector<Screen> runScreens()
{
    return {
        {"runs", fillDay, runs},
        {"runs_filtered_empty", sceneWithFilters, emptyByFilter},
        {"runs_error_bar", fillDay, refusedQuery},
        {"runs_dense", fillDay, denseRuns},
        {"runs_pseudo", inOtherWords, deadRun, {1280, 800}},
        {"main_min_size", fillDay, runs, {1024, 640}},
        {"run_retried", fillDay, runRetried},
        {"run_folded", fillDay, runFolded},
        {"run_steps", siblings, runSteps},
        {"run_payload", siblings, runPayload},
        {"run_related", siblings, runRelated},
        {"run_window", fillDay, runWindow},
        {"filter_valid", sceneWithData, filterValid},
        {"filter_error", fillDay, filterError},
        {"filter_completion", sceneWithFilters, filterCompletion},
        {"save_view", fillDay, saveView},
        {"palette", fillDay, palette},
        {"insp_overview", fillDay, inspOverview},
        {"insp_attempts", fillDay, inspAttempts},
        {"insp_error", fillDay, inspError},
        {"insp_attempt_diff", fillDay, attemptDiff},
        {"insp_input", fillDay, inspInput},
        {"insp_output", fillDay, inspOutput},
        {"insp_calls", fillDay, inspCalls},
        {"insp_raw", fillDay, inspRaw},
        {"insp_payload_big", bigOutput, bigPayload},
    };
}

} // namespace console::test
