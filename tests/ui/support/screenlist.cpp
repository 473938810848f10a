// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/screens.h"
#include "ui/core/filtermatch.h"
#include "ui/widgets/filteredit.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QTabBar>
#include <QTableView>

#include <algorithm>
#include <chrono>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::Delivery;
using devserver::Refusal;

namespace {

void scene(ScreenStage &stage)
{
    stage.scene = fillScene(stage.backend);
}

// --- runs ---

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
    scene(stage);
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
    scene(stage);
    stage.backend.runMatches = [&stage](const auto &filter, const auto &run) {
        return filterFits(filter, run, stage.backend.now()) == Fit::Yes;
    };
}

void emptyByFilter(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_F, Qt::ControlModifier);
    stage.type(u"state:cancelled fn:charge-order"_s);
    stage.key(Qt::Key_Return); // with no proposal chosen
}

void palette(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_K, Qt::ControlModifier);
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

// --- events ---

/// Of the same app and to the same events as \a other.
devserver::Function listenerLike(const ScreenStage &stage, const QByteArray &other,
                                 const QByteArray &name)
{
    const std::vector<devserver::Function> &known = stage.backend.functions;
    devserver::Function made =
        *std::find_if(known.begin(), known.end(), [&other](const devserver::Function &each) {
            return each.config.name == other;
        });
    made.id.value = devserver::Uuid::fromName("functions", name);
    made.config.slug = "shop-" + name;
    made.config.name = name;
    return made;
}

void event(ScreenStage &stage, devserver::EventId id)
{
    stage.goTo("events"_ba);
    stage.pick("eventsTable", id.toText());
    stage.openTab("eventTabs", u"Matching"_s);
}

void lonelyEvent(ScreenStage &stage)
{
    event(stage, stage.scene.lonely);
}

void matching(ScreenStage &stage)
{
    event(stage, stage.scene.order);
}

/// One event, and each verdict that the engine knows, of functions that listen to it.
void verdicts(ScreenStage &stage)
{
    scene(stage);
    devserver::api::EventRecord &record = stage.backend.eventRecords.at(stage.scene.order);
    record.runs.resize(1);

    struct Kind {
        Refusal refusal;
        QByteArray function;
        QByteArray detail;
    };

    const Kind kinds[] = {{Refusal::Idempotency, "loyalty-points"_ba, {}},
                          {Refusal::FilterNotSupported, "fraud-check"_ba,
                           "event.data.lines.exists(l, l.price > 99)"_ba},
                          {Refusal::FilterFalse, "vip-mail"_ba, "event.data.total > 500"_ba},
                          {Refusal::FilterError, "plan-report"_ba, "no such key: plan"_ba}};
    for (const auto &[refusal, name, detail] : kinds) {
        devserver::Function listener = listenerLike(stage, "process-order"_ba, name);
        Delivery delivery{.event = stage.scene.order, .function = listener.id};
        delivery.refusal = refusal;
        delivery.detail = detail;
        if (refusal == Refusal::Idempotency)
            delivery.heldBy = runId(700);
        record.refusals.push_back(delivery);
        const auto row = std::ranges::find(stage.backend.events, stage.scene.order,
                                           &devserver::api::EventSummary::internalId);
        ++row->refusals;
        stage.backend.functions.push_back(listener);
    }
}

// --- composer ---

/// The name is typed, and its list put away.
void typeName(ScreenStage &stage, const QString &name)
{
    stage.key(Qt::Key_A, Qt::ControlModifier);
    stage.type(name);
    stage.closeList();
    stage.key(Qt::Key_Return); // goes on; learns from the earlier ones
    stage.settle();
}

/// The text takes the place of the old one.
void compose(ScreenStage &stage, const QString &name, const QString &text)
{
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    QTRY_VERIFY(child<QWidget>(stage.window.get(), "composerName")->hasFocus());
    typeName(stage, name);
    stage.type("composerEditor", text);
}

void composer(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    compose(stage, u"order/created"_s, u"{\n\"id\": \"o_1\",\n\"total\": 120.50"_s);
}

/// A second function that listens to the orders.
void sceneWithAudit(ScreenStage &stage)
{
    scene(stage);
    stage.backend.functions.push_back(listenerLike(stage, "charge-order"_ba, "audit"_ba));
}

/// Sends what is in the composer; one function has answered, the other is at it.
void sendAndAnswer(ScreenStage &stage)
{
    // The id that the backend will give to the event: its twin counts the same.
    const devserver::EventId id{devserver::UlidSource().next(stage.backend.now())};
    stage.key(Qt::Key_Return, Qt::ControlModifier);
    devserver::api::RunSummary run = runRow(900);
    run.queuedAt = stage.backend.now();
    run.startedAt = run.queuedAt + 4ms;
    run.endedAt = run.queuedAt + 84ms;
    stage.backend.advance(120ms); // the other one goes on
    run.event = id;
    run.slug = "shop-audit"_ba;
    run.functionName = "audit"_ba;
    run.stepsDone = run.stepsKnown = 2;
    stage.backend.post(run);
    run.id = runId(901);
    run.slug = "shop-charge-order"_ba;
    run.functionName = "charge-order"_ba;
    run.status = devserver::RunStatus::Running;
    run.stepsDone = 1;
    run.endedAt.reset();
    stage.backend.post(run);
    devserver::api::Counters counters = stage.scene.counters;
    counters.all += 2;
    ++counters.running;
    ++counters.completed;
    ++counters.events;
    stage.backend.post(counters);
}

void composerAnswers(ScreenStage &stage)
{
    composer(stage);
    sendAndAnswer(stage);
}

void composerInvalid(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    compose(stage, u"order/created"_s, u"{\n\"id\": \"o_1\",\n\"total\" 120.50"_s);
}

void composerCompletion(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    typeName(stage, u"order/created"_s);
    stage.type("composerEditor", u"{\n\""_s);
    stage.key(Qt::Key_Space, Qt::ControlModifier);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
}

void composerInvoke(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    stage.key(Qt::Key_2, Qt::AltModifier);
    compose(stage, u"refund"_s, u"{\n\"id\": \"o_9\""_s);
}

void favourites(ScreenStage &stage)
{
    sceneWithAudit(stage);
    const QString path = stage.folder.filePath(u"shop/.redrive/events/orders"_s);
    QVERIFY(QDir().mkpath(path));
    for (const char *name : {"new order", "refund"}) {
        QFile file(path + u'/' + QString::fromLatin1(name) + u".json"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"event\":\"order/created\",\"text\":[\"{}\"]}");
    }
}

void composerLists(ScreenStage &stage)
{
    composer(stage);
    sendAndAnswer(stage);
    auto *list = child<QAbstractItemView>(stage.window.get(), "composerFavourites");
    if (!list->isVisible())
        stage.click("composerLists");
    // Both favourites in their folder.
    QTRY_COMPARE((stage.beat(), list->model()->rowCount(list->model()->index(0, 0))), 2);
}

// --- dead letters ---

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

// --- other views ---

void waiting(ScreenStage &stage)
{
    stage.goTo("waiting"_ba);
}

void chooseFunction(ScreenStage &stage, const QString &name)
{
    stage.goTo("functions"_ba);
    auto *tree = child<QAbstractItemView>(stage.window.get(), "functionsTree");
    for (int step = 0; step < 20 && tree->currentIndex().data().toString() != name; ++step)
        stage.key(step == 0 ? Qt::Key_Home : Qt::Key_Down);
    QCOMPARE(tree->currentIndex().data().toString(), name);
}

void functions(ScreenStage &stage)
{
    chooseFunction(stage, u"charge-order"_s);
}

/// With a little of everything that an app can register.
void configured(ScreenStage &stage)
{
    scene(stage);
    for (devserver::Function &each : stage.backend.functions) {
        if (each.config.name != "charge-order")
            continue;
        each.config.config = devserver::RawJson::fromTrusted(
            R"({"concurrency":[{"limit":5,"key":"event.data.customer"}],)"
            R"("throttle":{"limit":30,"period":"1m"},"timeouts":{"start":"10m","finish":"2h"},)"
            R"("cancel":[{"event":"order/cancelled","if":"event.data.id == async.data.id"}],)"
            R"("idempotency":"event.data.id"})"_ba);
        // As `protocol::checkFlowControl` names them, in its order.
        each.config.notEnforced = {"throttle"_ba, "timeouts"_ba, "idempotency"_ba, "concurrency"_ba,
                                   "cancel"_ba};
    }
}

void functionConfiguration(ScreenStage &stage)
{
    functions(stage);
    stage.openTab("functionTabs", u"Configuration"_s);
}

void functionSteps(ScreenStage &stage)
{
    chooseFunction(stage, u"process-order"_s); // has run often enough for each figure
    stage.openTab("functionTabs", u"Steps"_s);
}

void apps(ScreenStage &stage)
{
    stage.goTo("apps"_ba);
}

void brokenApp(ScreenStage &stage)
{
    scene(stage);
    devserver::App app;
    app.id.value = devserver::Uuid::fromName("apps", "billing");
    app.name = "billing"_ba;
    app.url = "http://localhost:3002/api/inngest"_ba;
    app.sdk = "js:v4.24.0"_ba;
    app.framework = "express"_ba;
    app.error = "unreachable"_ba;
    app.errorDetail = "Connection refused"_ba;
    app.syncedAt = stage.backend.now() - 10min;
    stage.backend.apps.insert(stage.backend.apps.begin(), app);
    devserver::Function invoice = stage.backend.functions.front();
    invoice.id.value = devserver::Uuid::fromName("functions", "invoice");
    invoice.app = app.id;
    invoice.config.slug = "billing-invoice"_ba;
    invoice.config.name = "invoice"_ba;
    stage.backend.functions.push_back(invoice);
}

void appError(ScreenStage &stage)
{
    stage.goTo("apps"_ba);
    auto *table = child<QTableView>(stage.window.get(), "appsTable");
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data().toString() == u"billing"_s)
            stage.click(table, table->model()->index(row, 0));
    }
}

void activity(ScreenStage &stage)
{
    stage.goTo("activity"_ba);
}

void bulks(ScreenStage &stage)
{
    scene(stage);
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

// --- dialogs ---

void shortcuts(ScreenStage &stage)
{
    stage.key(Qt::Key_F1, Qt::ControlModifier);
    stage.shown = child<QDialog>(stage.window.get(), "shortcutSheet");
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

} // namespace

std::vector<Screen> dayScreens()
{
    return {
        {"runs", scene, runs},
        {"runs_filtered_empty", sceneWithFilters, emptyByFilter},
        {"run_retried", scene, runRetried},
        {"run_folded", scene, runFolded},
        {"run_steps", siblings, runSteps},
        {"run_payload", siblings, runPayload},
        {"run_related", siblings, runRelated},
        {"run_window", scene, runWindow},
        {"filter_error", scene, filterError},
        {"filter_completion", sceneWithFilters, filterCompletion},
        {"insp_overview", scene, inspOverview},
        {"insp_attempts", scene, inspAttempts},
        {"insp_error", scene, inspError},
        {"insp_attempt_diff", scene, attemptDiff},
        {"insp_input", scene, inspInput},
        {"insp_output", scene, inspOutput},
        {"insp_calls", scene, inspCalls},
        {"insp_raw", scene, inspRaw},
        {"events", scene, lonelyEvent},
        {"events_matching", verdicts, matching},
        {"composer", scene, composer},
        {"composer_answers", sceneWithAudit, composerAnswers},
        {"composer_invalid", scene, composerInvalid},
        {"composer_completion", scene, composerCompletion},
        {"composer_invoke", scene, composerInvoke},
        {"composer_lists", favourites, composerLists},
        {"dead", scene, dead},
        {"dead_sheet", scene, deadSheet},
        {"dead_discard", scene, deadDiscard},
        {"dead_edit", scene, deadEdit},
        {"waiting", scene, waiting},
        {"functions", scene, functions},
        {"function_configuration", configured, functionConfiguration},
        {"function_steps", scene, functionSteps},
        {"apps", scene, apps},
        {"app_error", brokenApp, appError},
        {"activity", scene, activity},
        {"activity_rows", bulks, activity},
        {"shortcut_sheet", scene, shortcuts},
        {"save_view", scene, saveView},
        {"palette", scene, palette},
    };
}

} // namespace console::test
