// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/api/excerpts.h"
#include "tests/ui/support/screens.h"
#include "ui/core/copyas.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <chrono>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::Delivery;
using devserver::RawJson;
using devserver::Refusal;

namespace {

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

void event(ScreenStage &stage, devserver::EventId id, const QString &tab)
{
    stage.goTo("events"_ba);
    stage.pick("eventsTable", id.toText());
    stage.openTab("eventTabs", tab);
}

void lonelyEvent(ScreenStage &stage)
{
    event(stage, stage.scene.lonely, u"Matching"_s);
}

void matching(ScreenStage &stage)
{
    event(stage, stage.scene.order, u"Matching"_s);
}

void eventRuns(ScreenStage &stage)
{
    event(stage, stage.scene.order, u"Runs"_s);
}

void eventRecord(ScreenStage &stage)
{
    event(stage, stage.scene.order, u"Whole event"_s);
}

/// One event, and each verdict that the engine knows, of functions that listen to it.
void verdicts(ScreenStage &stage)
{
    fillDay(stage);
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
        if (refusal == Refusal::FilterError)
            listener.config.triggers.front().expression = "event.data.plan == \"pro\""_ba;
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

/// Nothing listens to it, nor to a name that is like it.
void unheardEvent(ScreenStage &stage)
{
    fillDay(stage);
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

/// It has started a run of each function that listens to it.
void twoRuns(ScreenStage &stage)
{
    fillDay(stage);
    devserver::api::EventRecord &record = stage.backend.eventRecords.at(stage.scene.order);
    devserver::api::RunSummary other = record.runs.front();
    other.id = runId(901);
    other.slug = "shop-audit"_ba;
    other.functionName = "audit"_ba;
    other.status = devserver::RunStatus::Running;
    other.stepsDone = 1;
    other.endedAt.reset();
    record.runs.push_back(other);
    const auto row = std::ranges::find(stage.backend.events, stage.scene.order,
                                       &devserver::api::EventSummary::internalId);
    row->started.push_back(devserver::api::chipOf(other));
    stage.backend.functions.push_back(listenerLike(stage, "process-order"_ba, "audit"_ba));
    ++stage.scene.counters.all;
    ++stage.scene.counters.running;
    stage.backend.post(stage.scene.counters);
}

// --- composer ---

void emptyComposer(ScreenStage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_N, Qt::ControlModifier);
}

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
    fillDay(stage);
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
    typeName(stage, u"refund"_s);
    stage.type("composerEditor", u"{\n\"id\": \"o_9\""_s);
    QVERIFY(child<QAbstractButton>(stage.window.get(), "composerTargetInvoke")->isChecked());
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

} // namespace

std::vector<Screen> eventScreens()
{
    return {
        {"events", fillDay, lonelyEvent},
        {"events_matching", verdicts, matching},
        {"events_none", unheardEvent, lonelyEvent},
        {"event_runs", twoRuns, eventRuns},
        {"event_record", fillDay, eventRecord},
        {"composer", fillDay, composer},
        {"composer_empty", fillDay, emptyComposer},
        {"composer_answers", sceneWithAudit, composerAnswers},
        {"composer_invalid", fillDay, composerInvalid},
        {"composer_completion", fillDay, composerCompletion},
        {"composer_invoke", fillDay, composerInvoke},
        {"composer_lists", favourites, composerLists},
    };
}

} // namespace console::test
