// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

/// `step` is tested by whole outcomes: exactly these writes, actions and changes, and no more
/// (style.md 2.13). Everywhere else the tests look at one thing.
class TestOutcomes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstCallWritesExactlyThis();
    void stepAnswerWritesExactlyThis();
    void failureWritesExactlyThis();
    void cancelWritesExactlyThis();
    void nothingDueWritesNothing();
};

/// One line each, without the spaces in front.
QByteArray expected(const char *text)
{
    QByteArrayList lines;
    for (const QByteArray &line : QByteArray(text).trimmed().split('\n'))
        lines.push_back(line.trimmed());
    return lines.join('\n') + '\n';
}

/// Compares whole outcomes line by line, so that a failure names the line.
void compare(const engine::Outcome &outcome, const char *text)
{
    const QByteArray whole = IdCounter().counted(toText(outcome));
    const QByteArrayList actual = whole.split('\n');
    const QByteArrayList wanted = expected(text).split('\n');
    if (qEnvironmentVariableIsSet("PRINT_OUTCOMES"))
        std::fputs(whole.constData(), stderr);
    for (qsizetype i = 0; i < std::max(actual.size(), wanted.size()); ++i)
        QCOMPARE(actual.value(i), wanted.value(i));
}

void TestOutcomes::firstCallWritesExactlyThis()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    EventDraft draft{.name = "orders", .data = json("{}"), .user = json("{}")};
    const engine::Outcome outcome =
        engine.step({engine::EventsReceived{.token = 9, .drafts = {draft}}});
    compare(outcome, R"(
write  run id=#1 status=Running function=#2 events=#3 queued=t+0 scheduled=t+0 started=t+0 generation=1 timeline=3
write  event id=#3 received=t+0 json={"name":"orders","data":{},"id":"#3","ts":1893456000000,"user":{}}
write  timeline run=#1 number=0 type=run.scheduled at=t+0 payload={"source":"event","function":"orders","function_version":1,"event_ids":["#3"]}
write  timeline run=#1 number=1 type=run.started at=t+0 payload={"queue_delay_ms":0,"expected_delay_ms":0}
write  timeline run=#1 number=2 type=attempt.started at=t+0 attempt=0 payload={"request_id":"#4","kind":"start","job_id":"#1:start:start","url":"http://127.0.0.1:3000/api?fnId=orders&stepId=step","max_attempts":5}
write  job id=#1:start:start state=leased enqueued=t+0 at=t+0 eligible=t+0 request=#4
write  attempt request=#4 job=#1:start:start max=5 generation=1 enqueued=t+0 due=t+0 eligible=t+0 sent=t+0 outcome=started
action reply token=9 accepted #3
action call request=#4 job=#1:start:start slug=orders url=http://127.0.0.1:3000/api?fnId=orders&stepId=step max=5 generation=1 events=#3
change timeline run=#1 number=0 type=run.scheduled at=t+0 payload={"source":"event","function":"orders","function_version":1,"event_ids":["#3"]}
change stored id=#3 runs=1
change timeline run=#1 number=1 type=run.started at=t+0 payload={"queue_delay_ms":0,"expected_delay_ms":0}
change timeline run=#1 number=2 type=attempt.started at=t+0 attempt=0 payload={"request_id":"#4","kind":"start","job_id":"#1:start:start","url":"http://127.0.0.1:3000/api?fnId=orders&stepId=step","max_attempts":5}
change run id=#1 status=Running function=#2 events=#3 queued=t+0 scheduled=t+0 started=t+0 generation=1 timeline=3 slug=orders trigger=orders attempt=1 max=5 activity kind=1 job=#1:start:start
wake
)");
}

void TestOutcomes::stepAnswerWritesExactlyThis()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    compare(engine.answer(id, ops({op::run("a", R"({"x":1})")})), R"(
write  run id=#1 status=Running function=#2 events=#3 queued=t+0 scheduled=t+0 started=t+0 version=2 generation=2 timeline=6 memos=1
write  timeline run=#1 number=3 type=attempt.finished at=t+0 step=a attempt=0 payload={"request_id":"#4","outcome":"ok","status":206,"duration_us":0}
write  memo run=#1 step=a index=0 kind=1 json={"data":{"x":1}} at=t+0
write  timeline run=#1 number=4 type=step.completed at=t+0 step=a attempt=0 payload={"name":"a","op":"StepRun","user_id":"a","user_index":0,"output_bytes":16}
write  timeline run=#1 number=5 type=attempt.started at=t+0 attempt=0 payload={"request_id":"#5","kind":"discovery","job_id":"#1:discovery:a","url":"http://127.0.0.1:3000/api?fnId=orders&stepId=step","max_attempts":5}
write  job-gone id=#1:start:start
write  job id=#1:discovery:a state=leased enqueued=t+0 at=t+0 eligible=t+0 request=#5
write  attempt request=#4 job=#1:start:start step=a name=a max=5 generation=1 enqueued=t+0 due=t+0 eligible=t+0 sent=t+0 finished=t+0 outcome=ok status=206
write  attempt request=#5 job=#1:discovery:a max=5 generation=2 version=2 memos=1 enqueued=t+0 due=t+0 eligible=t+0 sent=t+0 outcome=started
action call request=#5 job=#1:discovery:a slug=orders url=http://127.0.0.1:3000/api?fnId=orders&stepId=step max=5 generation=2 version=2 events=#3 memos=a
change timeline run=#1 number=3 type=attempt.finished at=t+0 step=a attempt=0 payload={"request_id":"#4","outcome":"ok","status":206,"duration_us":0}
change timeline run=#1 number=4 type=step.completed at=t+0 step=a attempt=0 payload={"name":"a","op":"StepRun","user_id":"a","user_index":0,"output_bytes":16}
change timeline run=#1 number=5 type=attempt.started at=t+0 attempt=0 payload={"request_id":"#5","kind":"discovery","job_id":"#1:discovery:a","url":"http://127.0.0.1:3000/api?fnId=orders&stepId=step","max_attempts":5}
change run id=#1 status=Running function=#2 events=#3 queued=t+0 scheduled=t+0 started=t+0 version=2 generation=2 timeline=6 memos=1 slug=orders trigger=orders steps-done=1 steps-known=1 attempt=1 max=5 activity kind=1 job=#1:discovery:a
wake
)");
    compare(engine.answer(id, ops({op::sleep("nap", 90min)})), R"(
write  run id=#1 status=Running function=#2 events=#3 queued=t+0 scheduled=t+0 started=t+0 version=2 generation=2 timeline=8 memos=1
write  timeline run=#1 number=6 type=attempt.finished at=t+0 attempt=0 payload={"request_id":"#4","outcome":"ok","status":206,"duration_us":0}
write  timeline run=#1 number=7 type=step.sleeping at=t+0 step=nap payload={"name":"nap","until":"2030-01-01T01:30:00.000Z","duration_ms":5400000}
write  job-gone id=#1:discovery:a
write  job id=#1:sleep:nap state=queued step=nap enqueued=t+0 at=t+5400000
write  attempt request=#4 job=#1:discovery:a max=5 generation=2 version=2 memos=1 enqueued=t+0 due=t+0 eligible=t+0 sent=t+0 finished=t+0 outcome=ok status=206
change timeline run=#1 number=6 type=attempt.finished at=t+0 attempt=0 payload={"request_id":"#4","outcome":"ok","status":206,"duration_us":0}
change timeline run=#1 number=7 type=step.sleeping at=t+0 step=nap payload={"name":"nap","until":"2030-01-01T01:30:00.000Z","duration_ms":5400000}
change run id=#1 status=Running function=#2 events=#3 queued=t+0 scheduled=t+0 started=t+0 version=2 generation=2 timeline=8 memos=1 slug=orders trigger=orders steps-done=1 steps-known=2 attempt=1 max=5 activity kind=5 job=#1:sleep:nap until=t+5400000
wake at=t+5400000
)");
}

void TestOutcomes::failureWritesExactlyThis()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    compare(engine.answer(id, failure("card 42 declined")), R"(
write  run id=#1 status=Failed function=#2 events=#3 queued=t+0 scheduled=t+0 started=t+0 ended=t+0 output={"error":"card 42 declined","name":"Error","message":"card 42 declined"} generation=1 timeline=5
write  timeline run=#1 number=3 type=attempt.finished at=t+0 attempt=0 payload={"request_id":"#4","outcome":"final_error","status":500,"duration_us":0,"error":{"error":"card 42 declined","name":"Error","message":"card 42 declined"}}
write  timeline run=#1 number=4 type=run.failed at=t+0 payload={"cycle":0,"error":{"error":"card 42 declined","name":"Error","message":"card 42 declined"}}
write  event id=#5 received=t+0 source=redrive json={"name":"inngest/function.finished","data":{"function_id":"orders","run_id":"#1","event":{"name":"orders","data":{},"id":"#3","ts":1893456000000,"user":{}},"events":[{"name":"orders","data":{},"id":"#3","ts":1893456000000,"user":{}}],"error":{"error":"card 42 declined","name":"Error","message":"card 42 declined"},"_inngest":{"status":"Failed"}},"id":"#5","ts":1893456000000,"user":{}}
write  event id=#6 received=t+0 source=redrive json={"name":"inngest/function.failed","data":{"function_id":"orders","run_id":"#1","event":{"name":"orders","data":{},"id":"#3","ts":1893456000000,"user":{}},"events":[{"name":"orders","data":{},"id":"#3","ts":1893456000000,"user":{}}],"error":{"error":"card 42 declined","name":"Error","message":"card 42 declined"},"_inngest":{"status":"Failed"}},"id":"#1","ts":1893456000000,"user":{}}
write  job-gone id=#1:start:start
write  attempt request=#4 job=#1:start:start max=1 generation=1 enqueued=t+0 due=t+0 eligible=t+0 sent=t+0 finished=t+0 outcome=final_error status=500 error={"error":"card 42 declined","name":"Error","message":"card 42 declined"}
write  letter run=#1 state=open failed=t+0 reason=attempts_exhausted error={"error":"card 42 declined","name":"Error","message":"card 42 declined"} fingerprint=5521af6238424512 attempts=1 completed=[]
change timeline run=#1 number=3 type=attempt.finished at=t+0 attempt=0 payload={"request_id":"#4","outcome":"final_error","status":500,"duration_us":0,"error":{"error":"card 42 declined","name":"Error","message":"card 42 declined"}}
change timeline run=#1 number=4 type=run.failed at=t+0 payload={"cycle":0,"error":{"error":"card 42 declined","name":"Error","message":"card 42 declined"}}
change stored id=#5
change stored id=#6
change run id=#1 status=Failed function=#2 events=#3 queued=t+0 scheduled=t+0 started=t+0 ended=t+0 output={"error":"card 42 declined","name":"Error","message":"card 42 declined"} generation=1 timeline=5 slug=orders trigger=orders attempt=1 max=1 letter=open error={"error":"card 42 declined","name":"Error","message":"card 42 declined"}
change letter run=#1 state=open failed=t+0 reason=attempts_exhausted error={"error":"card 42 declined","name":"Error","message":"card 42 declined"} fingerprint=5521af6238424512 attempts=1 completed=[]
wake
)");
}

void TestOutcomes::cancelWritesExactlyThis()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::sleep("nap", 90min)}));
    compare(engine.step({engine::VerbRequested{.token = 9, .verb = CancelRun{id}, .actor = "api"}}),
            R"(
write  run id=#1 status=Cancelled function=#2 events=#3 queued=t+0 scheduled=t+0 started=t+0 ended=t+0 cause=manual version=2 generation=1 timeline=7
write  timeline run=#1 number=5 type=run.cancel_requested at=t+0 payload={"cause":"manual","actor":"api"}
write  timeline run=#1 number=6 type=run.cancelled at=t+0 payload={"cycle":0,"cause":"manual"}
write  event id=#4 received=t+0 source=redrive json={"name":"inngest/function.finished","data":{"function_id":"orders","run_id":"#1","event":{"name":"orders","data":{},"id":"#3","ts":1893456000000,"user":{}},"events":[{"name":"orders","data":{},"id":"#3","ts":1893456000000,"user":{}}],"_inngest":{"status":"Cancelled","cause":"manual"}},"id":"#4","ts":1893456000000,"user":{}}
write  event id=#5 received=t+0 source=redrive json={"name":"inngest/function.cancelled","data":{"function_id":"orders","run_id":"#1","event":{"name":"orders","data":{},"id":"#3","ts":1893456000000,"user":{}},"events":[{"name":"orders","data":{},"id":"#3","ts":1893456000000,"user":{}}],"_inngest":{"status":"Cancelled","cause":"manual"}},"id":"#1","ts":1893456000000,"user":{}}
write  job-gone id=#1:sleep:nap
action reply token=9 done run=#1
change timeline run=#1 number=5 type=run.cancel_requested at=t+0 payload={"cause":"manual","actor":"api"}
change timeline run=#1 number=6 type=run.cancelled at=t+0 payload={"cycle":0,"cause":"manual"}
change stored id=#4
change stored id=#5
change run id=#1 status=Cancelled function=#2 events=#3 queued=t+0 scheduled=t+0 started=t+0 ended=t+0 cause=manual version=2 generation=1 timeline=7 slug=orders trigger=orders attempt=1 max=5
wake
)");
}

void TestOutcomes::nothingDueWritesNothing()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::sleep("nap", 90min)}));
    compare(engine.step({engine::TimeReached{}}), "wake at=t+5400000");
}

QTEST_GUILESS_MAIN(TestOutcomes)
#include "tst_outcomes.moc"
