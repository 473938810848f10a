// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/answererror.h"
#include "devserver/protocol/callanswercodec.h"
#include "tests/support/answers.h"
#include "tests/unit/engine/runscript.h"

#include <QObject>
#include <QTest>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

/// The scenarios of semantics §1.7, §2.12 and §10.7 that are about one event: a row is what there
/// is, what happens, and everything that came of it. The others stand in the test of their subject
/// (tests/checks/rows.txt lists all).
class TestSemantics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsTakeTheirCourse_data();
    void runsTakeTheirCourse();
    void errorsAreTriedAgain_data();
    void errorsAreTriedAgain();
    void branchesFailAlone_data();
    void branchesFailAlone();
    void configurationCountsNow_data();
    void configurationCountsNow();
    void failuresAreHandled_data();
    void failuresAreHandled();
    void crashesLoseNothing_data();
    void crashesLoseNothing();
};

namespace {

void addColumns()
{
    QTest::addColumn<Given>("given");
    QTest::addColumn<Script>("when");
    QTest::addColumn<QByteArray>("then");
}

/// Lines of \a text without the spaces that stand in front of all of them.
QByteArrayList linesOf(const QByteArray &text)
{
    QByteArrayList lines;
    for (const QByteArray &line : text.trimmed().split('\n'))
        lines.push_back(line.trimmed());
    return lines;
}

/// Plays the row; a failure names the line that differs.
void playRow()
{
    QFETCH(const Given, given);
    QFETCH(const Script, when);
    QFETCH(const QByteArray, then);
    const QByteArray told = play(given, when);
    if (qEnvironmentVariableIsSet("PRINT_OUTCOMES"))
        std::fprintf(stderr, "%s\n%s", QTest::currentDataTag(), told.constData());
    const QByteArrayList actual = linesOf(told);
    const QByteArrayList expected = linesOf(then);
    for (qsizetype i = 0; i < std::max(actual.size(), expected.size()); ++i)
        QCOMPARE(actual.value(i), expected.value(i));
}

/// What a proxy answers in place of an app.
CallAnswer page(int status, qsizetype size)
{
    return protocol::decodeAnswer({.status = status,
                                   .headers = {{"content-type"_ba, "text/html"_ba}},
                                   .body = "<h1>" + QByteArray(size, 'x')});
}

/// 200 and JSON, but nothing says that an SDK has answered.
CallAnswer withoutSdkHeader()
{
    return protocol::decodeAnswer({.status = 200,
                                   .headers = {{"content-type"_ba, "application/json"_ba}},
                                   .body = "\"fine\""_ba});
}

CallAnswer connectionBroke()
{
    return protocol::brokenError("connection_broken", "the app closed the connection");
}

StepOp finalError(const QByteArray &step)
{
    StepOp op = op::error(step);
    op.error = json(R"({"error":"boom","name":"Error","message":"boom","noRetry":true})");
    return op;
}

} // namespace

void TestSemantics::runsTakeTheirCourse_data()
{
    addColumns();
    QTest::newRow("1.1 function without steps")
        << Given{} << Script{Wait{70ms}, result("42")} << R"(
orders Completed 42, queued 0 s, scheduled 0 s, started 0 s, ended 70 ms
  0 s: scheduled, started
  70 ms: attempt 0 ok, completed
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("1.2 event of in 10 minutes, before")
        << Given{.startsIn = 10min} << Script{Wait{10min - 1ms}} << R"(
orders Scheduled, queued 0 s, scheduled 10 min
  0 s: scheduled
  now: delayed until 10 min, 0 calls in flight
events: orders
)"_ba;
    QTest::newRow("1.2 event of in 10 minutes, then")
        << Given{.startsIn = 10min} << Script{result("42")} << R"(
orders Completed 42, queued 0 s, scheduled 10 min, started 10 min, ended 10 min
  0 s: scheduled
  10 min: started, attempt 0 ok, completed
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("1.3 step that fails twice, then succeeds")
        << Given{}
        << Script{ops({op::error("a")}), ops({op::error("a")}), ops({op::run("a")}), result()}
        << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 2 s
  0 s: scheduled, started, a attempt 0 retryable_error (boom), a errored
  1 s: a attempt 1 retryable_error (boom), a errored
  2 s: a attempt 2 ok, a completed, attempt 0 ok, completed
  memos: a {"data":1}
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("1.4 sleep of an hour, after a minute")
        << Given{} << Script{ops({op::sleep("nap", 1h)}), Wait{1min}} << R"(
orders Running, queued 0 s, scheduled 0 s, started 0 s
  0 s: scheduled, started, attempt 0 ok, nap sleeping
  now: sleeping until 1 h, 0 calls in flight
events: orders
)"_ba;
    QTest::newRow("1.6 cancelled while it sleeps")
        << Given{} << Script{ops({op::sleep("nap", 1h)}), Wait{1min}, Cancel{}} << R"(
orders Cancelled, queued 0 s, scheduled 0 s, started 0 s, ended 1 min
  0 s: scheduled, started, attempt 0 ok, nap sleeping
  1 min: cancel_requested, cancelled
events: orders, inngest/function.finished, inngest/function.cancelled
)"_ba;
    QTest::newRow("1.8 two branches end the function")
        << Given{}
        << Script{ops({op::planned("a"), op::planned("b")}), To{"a", result("\"first\"")}, Wait{5s},
                  To{"b", result("\"second\"")}}
        << R"(
orders Completed "first", queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, attempt 0 ok, a planned, b planned, b attempt 0 discarded, a attempt 0 ok, completed
events: orders, inngest/function.finished
)"_ba;
}

void TestSemantics::runsTakeTheirCourse()
{
    playRow();
}

void TestSemantics::errorsAreTriedAgain_data()
{
    addColumns();
    QTest::newRow("section 2.3: a step fails twice, then the body once")
        << Given{}
        << Script{ops({op::error("a")}), ops({op::error("a")}), ops({op::run("a")}),
                  failure("body"), result()}
        << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 3 s
  0 s: scheduled, started, a attempt 0 retryable_error (boom), a errored
  1 s: a attempt 1 retryable_error (boom), a errored
  2 s: a attempt 2 ok, a completed, attempt 0 retryable_error (body)
  3 s: attempt 1 ok, completed
  memos: a {"data":1}
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("2.4 step error swallowed by user code")
        << Given{.retries = 0} << Script{ops({op::error("a")}), ops({op::run("b")}), result()}
        << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, a attempt 0 final_error (boom), a failed, b attempt 0 ok, b completed, attempt 0 ok, completed
  memos: a {"error":{"error":"boom","name":"Error","message":"boom"}}, b {"data":1}
events: orders, inngest/function.finished
)"_ba;
    const auto then = R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, a attempt 0 final_error (boom), a failed, attempt 0 ok, completed
  memos: a {"error":{"error":"boom","name":"Error","message":"boom"}}
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("2.5 header no-retry on a StepError")
        << Given{.retries = 1} << Script{finally(ops({op::error("a")})), result()} << then;
    QTest::newRow("2.5 StepFailed with attempts left")
        << Given{.retries = 1} << Script{ops({op::failed("a")}), result()} << then;
    QTest::newRow("2.5 noRetry in the error object")
        << Given{.retries = 1} << Script{ops({finalError("a")}), result()} << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, a attempt 0 final_error (boom), a failed, attempt 0 ok, completed
  memos: a {"error":{"error":"boom","name":"Error","message":"boom","noRetry":true}}
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("2.6 body throws non-retriable")
        << Given{.retries = 1} << Script{finally(failure())} << R"(
orders Failed (boom), queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, attempt 0 final_error (boom), failed
  dead letter: open non_retriable cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
    QTest::newRow("2.12 body fails once before the step, the step fails once inline")
        << Given{} << Script{failure("body"), ops({op::error("a")}), ops({op::run("a")}), result()}
        << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 2 s
  0 s: scheduled, started, attempt 0 retryable_error (body)
  1 s: a attempt 1 retryable_error (boom), a errored
  2 s: a attempt 2 ok, a completed, attempt 0 ok, completed
  memos: a {"data":1}
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("2.14 500 with HTML from a proxy, 20 kB of it")
        << Given{} << Script{page(500, 20'000), result()} << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 1 s
  0 s: scheduled, started, attempt 0 retryable_error (not_sdk, with 8192 B of the page)
  1 s: attempt 1 ok, completed
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("2.15 200 without SDK header")
        << Given{} << Script{withoutSdkHeader(), result()} << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 1 s
  0 s: scheduled, started, attempt 0 retryable_error (not_sdk)
  1 s: attempt 1 ok, completed
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("2.15 200 without SDK header, last attempt")
        << Given{.retries = 0} << Script{withoutSdkHeader()} << R"(
orders Failed (not_sdk), queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, attempt 0 final_error (not_sdk), failed
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
}

void TestSemantics::errorsAreTriedAgain()
{
    playRow();
}

void TestSemantics::branchesFailAlone_data()
{
    addColumns();
    const auto plan = [](int version) {
        return ops({op::planned("a"), op::planned("b"), op::planned("c")}, version);
    };
    QTest::newRow("2.13 one of three parallel steps always fails")
        << Given{.retries = 1}
        << Script{plan(2),
                  To{"a", ops({op::run("a")})},
                  To{"b", ops({op::error("b")})},
                  To{"c", ops({op::run("c")})},
                  To{"b", ops({op::error("b")})},
                  finally(failure("uncaught"))}
        << R"(
orders Failed (uncaught), queued 0 s, scheduled 0 s, started 0 s, ended 1 s
  0 s: scheduled, started, attempt 0 ok, a planned, b planned, c planned, a attempt 0 ok, a completed, b attempt 0 retryable_error (boom), b errored, c attempt 0 ok, c completed
  1 s: b attempt 1 final_error (boom), b failed, attempt 0 final_error (uncaught), failed
  memos: a {"data":1}, c {"data":1}, b {"error":{"error":"boom","name":"Error","message":"boom"}}
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
    QTest::newRow("2.13 two of three parallel steps always fail")
        << Given{.retries = 0}
        << Script{plan(2), To{"a", ops({op::run("a")})}, To{"b", ops({op::error("b")})},
                  To{"c", ops({op::error("c")})}, finally(failure("uncaught"))}
        << R"(
orders Failed (uncaught), queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, attempt 0 ok, a planned, b planned, c planned, a attempt 0 ok, a completed, b attempt 0 final_error (boom), b failed, c attempt 0 final_error (boom), c failed, attempt 0 final_error (uncaught), failed
  memos: a {"data":1}, b {"error":{"error":"boom","name":"Error","message":"boom"}}, c {"error":{"error":"boom","name":"Error","message":"boom"}}
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
    QTest::newRow("2.13 two fail, and a discovery after each says so")
        << Given{.retries = 0}
        << Script{plan(1),
                  To{"a", ops({op::run("a")}, 1)},
                  ops({op::planned("b"), op::planned("c")}, 1),
                  To{"b", ops({op::error("b")}, 1)},
                  To{"c", ops({op::error("c")}, 1)},
                  finally(failure("first")),
                  finally(failure("second"))}
        << R"(
orders Failed (first), queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, attempt 0 ok, a planned, b planned, c planned, a attempt 0 ok, a completed, attempt 0 ok, b attempt 0 final_error (boom), b failed, c attempt 0 final_error (boom), c failed, attempt 0 discarded, attempt 0 final_error (first), failed
  memos: a {"data":1}, b {"error":{"error":"boom","name":"Error","message":"boom"}}, c {"error":{"error":"boom","name":"Error","message":"boom"}}
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
}

void TestSemantics::branchesFailAlone()
{
    playRow();
}

void TestSemantics::configurationCountsNow_data()
{
    addColumns();
    QTest::newRow("2.18 from 4 to 0 retries while a body backs off")
        << Given{.retries = 4} << Script{failure(), Configure{0}, failure()} << R"(
orders Failed (boom), queued 0 s, scheduled 0 s, started 0 s, ended 1 s
  0 s: scheduled, started, attempt 0 retryable_error (boom)
  1 s: attempt 1 final_error (boom), failed
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
    QTest::newRow("2.18 from 4 to 0 retries while a step backs off")
        << Given{.retries = 4}
        << Script{ops({op::error("a")}), Configure{0}, ops({op::error("a")}), finally(failure())}
        << R"(
orders Failed (boom), queued 0 s, scheduled 0 s, started 0 s, ended 1 s
  0 s: scheduled, started, a attempt 0 retryable_error (boom), a errored
  1 s: a attempt 1 final_error (boom), a failed, attempt 0 final_error (boom), failed
  memos: a {"error":{"error":"boom","name":"Error","message":"boom"}}
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
    QTest::newRow("2.19 from 0 to 4 retries while a body runs")
        << Given{.retries = 0}
        << Script{Configure{4}, failure(), failure(), failure(), failure(), failure()} << R"(
orders Failed (boom), queued 0 s, scheduled 0 s, started 0 s, ended 4 s
  0 s: scheduled, started, attempt 0 retryable_error (boom)
  1 s: attempt 1 retryable_error (boom)
  2 s: attempt 2 retryable_error (boom)
  3 s: attempt 3 retryable_error (boom)
  4 s: attempt 4 final_error (boom), failed
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
    QTest::newRow("2.19 from 0 to 4 retries while a step runs")
        << Given{.retries = 0}
        << Script{Configure{4}, ops({op::error("a")}), ops({op::run("a")}), result()} << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 1 s
  0 s: scheduled, started, a attempt 0 retryable_error (boom), a errored
  1 s: a attempt 1 ok, a completed, attempt 0 ok, completed
  memos: a {"data":1}
events: orders, inngest/function.finished
)"_ba;
}

void TestSemantics::configurationCountsNow()
{
    playRow();
}

void TestSemantics::failuresAreHandled_data()
{
    addColumns();
    const auto own = "event.data.function_id == 'orders'"_ba;
    QTest::newRow("2.16 function with onFailure fails")
        << Given{.retries = 1, .handler = own}
        << Script{failure(), failure("card declined"), result()} << R"(
orders Failed (card declined), queued 0 s, scheduled 0 s, started 0 s, ended 1 s
  0 s: scheduled, started, attempt 0 retryable_error (boom)
  1 s: attempt 1 final_error (card declined), failed
  dead letter: open attempts_exhausted cycle 0
orders-failure Completed "done", queued 1 s, scheduled 1 s, started 1 s, ended 1 s
  told: card declined of the event that was sent
  1 s: scheduled, started, attempt 0 ok, completed
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
    QTest::newRow("2.16 function of another handler fails")
        << Given{.retries = 0, .handler = "event.data.function_id == 'parcels'"_ba}
        << Script{failure()} << R"(
orders Failed (boom), queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, attempt 0 final_error (boom), failed
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
    QTest::newRow("2.17 onFailure handler itself fails")
        << Given{.retries = 0, .handler = own} << Script{failure(), failure("clumsy")} << R"(
orders Failed (boom), queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, attempt 0 final_error (boom), failed
  dead letter: open attempts_exhausted cycle 0
orders-failure Failed (clumsy), queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  told: boom of the event that was sent
  0 s: scheduled, started, attempt 0 final_error (clumsy), failed
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
    QTest::newRow("2.17 handler of every failure itself fails")
        << Given{.retries = 0, .handler = ""_ba} << Script{failure(), failure("clumsy")} << R"(
orders Failed (boom), queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, attempt 0 final_error (boom), failed
  dead letter: open attempts_exhausted cycle 0
orders-failure Failed (clumsy), queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  told: boom of the event that was sent
  0 s: scheduled, started, attempt 0 final_error (clumsy), failed
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
}

void TestSemantics::failuresAreHandled()
{
    playRow();
}

void TestSemantics::crashesLoseNothing_data()
{
    addColumns();
    QTest::newRow("10.2 killed while step b is in flight")
        << Given{} << Script{ops({op::run("a")}),
                             ops({op::error("b")}),
                             Wait{1s},
                             Kill{5s},
                             ops({op::run("b")}),
                             result()}
        << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 7 s
  0 s: scheduled, started, a attempt 0 ok, a completed, b attempt 0 retryable_error (boom), b errored
  6 s: attempt 1 interrupted, recovered
  7 s: b attempt 1 ok, b completed, attempt 0 ok, completed
  memos: a {"data":1}, b {"data":1}
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("10.3 sleep of an hour, killed for two")
        << Given{} << Script{ops({op::sleep("nap", 1h)}), Kill{2h}, result()} << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 2 h
  0 s: scheduled, started, attempt 0 ok, nap sleeping
  2 h: nap woke, attempt 0 ok, completed
  memos: nap null
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("10.8 killed before the end was on the disk")
        << Given{.retries = 0} << Script{failure(), KillBeforeCommit{}, failure()} << R"(
orders Failed (boom), queued 0 s, scheduled 0 s, started 0 s, ended 1 s
  0 s: scheduled, started, attempt 0 interrupted, recovered
  1 s: attempt 0 final_error (boom), failed
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
    QTest::newRow("10.8 killed when the end was on the disk")
        << Given{.retries = 0} << Script{failure(), Kill{}} << R"(
orders Failed (boom), queued 0 s, scheduled 0 s, started 0 s, ended 0 s
  0 s: scheduled, started, attempt 0 final_error (boom), failed
  dead letter: open attempts_exhausted cycle 0
events: orders, inngest/function.finished, inngest/function.failed
)"_ba;
    QTest::newRow("10.9 app stopped for 20 minutes, no retries")
        << Given{.retries = 0}
        << Script{protocol::unreachableError("refused"), AppIsAway{20min}, result()} << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 20 min 2 s 750 ms
  0 s: scheduled, started, attempt 0 app_offline (http_unreachable)
  20 min 2 s 750 ms: attempt 0 ok, completed
events: orders, inngest/function.finished
)"_ba;
    QTest::newRow("10.10 app crashes in the middle of a request")
        << Given{} << Script{connectionBroke(), result()} << R"(
orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 1 s
  0 s: scheduled, started, attempt 0 retryable_error (connection_broken)
  1 s: attempt 1 ok, completed
events: orders, inngest/function.finished
)"_ba;
}

void TestSemantics::crashesLoseNothing()
{
    playRow();
}

QTEST_GUILESS_MAIN(TestSemantics)
#include "tst_semantics.moc"
