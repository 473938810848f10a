// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonvalue.h"
#include "devserver/sdk/app.h"
#include "tests/unit/sdk/driver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using devserver::tests::Driver;
using sdk::Context;
using sdk::Json;
using sdk::Task;

namespace shop {

class CardDeclined : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

} // namespace shop

namespace {

QByteArray textOf(const RawJson &object, QByteArrayView key)
{
    const auto value = JsonValue::of(object).find(key);
    return value ? value->toUtf8() : QByteArray();
}

Json declined()
{
    throw shop::CardDeclined("no money");
}

Json hopeless()
{
    throw sdk::NonRetriable("wrong number");
}

Json busy(int attempt)
{
    if (attempt < 2)
        throw sdk::RetryAfter("busy", 1200ms);
    return attempt;
}

Json oddity()
{
    throw 5;
}

Json undo(const Json &what)
{
    return "undone: " + what.toText();
}

Json tooMuch()
{
    return QByteArray(4 * 1024 * 1024, 'x');
}

constexpr int uncaughtLine = __LINE__ + 4; // of the step

Task<Json> uncaught(Context ctx)
{
    co_return co_await ctx.step("charge", declined);
}

Task<Json> caught(Context ctx)
{
    QByteArray reason;
    try {
        co_await ctx.step("charge", declined);
    } catch (const sdk::StepFailed &failed) {
        reason = failed.failure().step + ' ' + failed.failure().name + ": " + failed.what();
    }
    co_return co_await ctx.step("undo", undo, Json(reason));
}

Task<Json> tried(Context ctx)
{
    const sdk::StepResult charged = co_await ctx.tryStep("charge", hopeless);
    if (charged)
        co_return *charged;
    const sdk::StepResult undone =
        co_await ctx.tryStep("undo", undo, Json(charged.error().message));
    co_return *undone;
}

Task<Json> nonRetriable(Context ctx)
{
    co_return co_await ctx.step("charge", hopeless);
}

Task<Json> retryAfter(Context ctx)
{
    co_return co_await ctx.step("charge", busy, ctx.attempt());
}

Task<Json> odd(Context ctx)
{
    co_return co_await ctx.step("odd", oddity);
}

Task<Json> oversize(Context ctx)
{
    co_return co_await ctx.step("big", tooMuch);
}

Task<Json> bodyThrows(Context ctx)
{
    co_await ctx.step("undo", undo, Json("x"));
    throw shop::CardDeclined("in the body");
}

Task<Json> bodyGivesUp(Context)
{
    throw sdk::NonRetriable("in the body");
    co_return nullptr;
}

Task<Json> bodyWaits(Context ctx)
{
    if (ctx.attempt() == 0)
        throw sdk::RetryAfter("later", fromMs(1893456000000));
    co_return "now";
}

/// Throws before it becomes a coroutine.
Task<Json> noCoroutine(Context)
{
    throw shop::CardDeclined("at once");
}

Task<Json> oneOfThree(Context ctx)
{
    const auto [a, b, c] = co_await sdk::all(ctx.step("a", undo, Json("a")),
                                             ctx.step("b", hopeless), ctx.tryStep("c", hopeless));
    co_return c ? b : a;
}

Task<Json> fails(Context)
{
    throw std::runtime_error("always");
    co_return nullptr;
}

Task<Json> report(Context ctx)
{
    co_return ctx.event().data["error"]["message"];
}

sdk::App testApp()
{
    const int retries = 2;
    sdk::App app("test");
    const auto add = [&](const char *id, sdk::Body body) {
        app.function({.id = id, .trigger = "test/event", .retries = retries}, std::move(body));
    };
    add("uncaught", uncaught);
    add("caught", caught);
    add("tried", tried);
    add("non-retriable", nonRetriable);
    add("retry-after", retryAfter);
    add("odd", odd);
    add("oversize", oversize);
    add("body-throws", bodyThrows);
    add("body-gives-up", bodyGivesUp);
    add("body-waits", bodyWaits);
    add("no-coroutine", noCoroutine);
    add("one-of-three", oneOfThree);
    app.function({.id = "watched", .trigger = "test/event", .name = "Watched", .onFailure = report},
                 fails);
    return app;
}

} // namespace

class TestFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsFunctions_data();
    void followsFunctions();
    void reportsStepErrors();
    void namesThePlaceOfTheStep();
    void reportsTheLastAttemptAsFailed();
    void passesRetryAfterOn();
    void keepsTheStepErrorOfAnUncaughtFailure();
    void reportsFunctionErrors();
    void refusesUnknownFunctions();
    void registersFailureHandlers();
    void registersFunctions();

private:
    Driver drive(const QByteArray &function, const QByteArray &data = "{}")
    {
        Driver driver(m_app.registration(),
                      [this](const CallRequest &request) { return m_app.run(request); });
        driver.run("test-" + function, data);
        return driver;
    }

    sdk::App m_app = testApp();
};

void TestFailures::followsFunctions_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArrayList>("log");
    const auto row = [](const char *function, const QByteArrayList &log) {
        QTest::addRow("%s", function) << QByteArray(function) << log;
    };
    row("uncaught", {"StepError charge", "StepError charge", "StepFailed charge",
                     "error shop::CardDeclined: no money"});
    row("caught", {"StepError charge", "StepError charge", "StepFailed charge", "StepRun undo",
                   "result \"undone: charge shop::CardDeclined: no money\""});
    row("tried", {"StepFailed charge", "StepRun undo", "result \"undone: wrong number\""});
    row("non-retriable", {"StepFailed charge", "error NonRetriableError: wrong number"});
    row("retry-after", {"StepError charge", "StepError charge", "StepRun charge", "result 2"});
    row("odd", {"StepError odd", "StepError odd", "StepFailed odd",
                "error Error: something that is no std::exception was thrown"});
    row("oversize", {"StepError big", "StepError big", "StepFailed big",
                     "error std::length_error: the output of the step has more than 4 MiB"});
    row("body-throws",
        {"StepRun undo", "error shop::CardDeclined: in the body",
         "error shop::CardDeclined: in the body", "error shop::CardDeclined: in the body"});
    row("body-gives-up", {"error NonRetriableError: in the body"});
    row("body-waits", {"error RetryAfterError: later", "result \"now\""});
    row("no-coroutine", {"error shop::CardDeclined: at once", "error shop::CardDeclined: at once",
                         "error shop::CardDeclined: at once"});
    row("one-of-three", {"StepPlanned a, StepPlanned b, StepPlanned c", "StepRun a", "StepFailed b",
                         "StepFailed c", "error NonRetriableError: wrong number"});
}

void TestFailures::followsFunctions()
{
    QFETCH(QByteArray, function);
    QFETCH(QByteArrayList, log);
    QCOMPARE(drive(function).log, log);
}

void TestFailures::reportsStepErrors()
{
    const CallAnswer answer = drive("uncaught").answers.front();
    QCOMPARE(answer.httpStatus, 206);
    QCOMPARE(answer.noRetry, false);
    QVERIFY(!answer.retryAfter);
    const StepOp op = std::get<AnswerOps>(answer.outcome).ops.front();
    QCOMPARE(op.code, OpCode::StepError);
    QCOMPARE(textOf(op.error, "name"), "shop::CardDeclined"_ba);
    QCOMPARE(textOf(op.error, "message"), "no money"_ba);
}

void TestFailures::namesThePlaceOfTheStep()
{
    const CallAnswer answer = drive("uncaught").answers.front();
    const StepOp op = std::get<AnswerOps>(answer.outcome).ops.front();
    const QByteArray stack = textOf(op.error, "stack");
    const QByteArray start = "shop::CardDeclined: no money\n    at uncaught, step charge ("_ba
                             + __FILE__ + ':' + QByteArray::number(uncaughtLine) + ':';
    QVERIFY2(stack.startsWith(start), stack.constData());
    // A sleep and the body itself have no such place.
    const CallAnswer body = drive("body-throws").answers.back();
    QVERIFY(textOf(std::get<AnswerError>(body.outcome).error, "stack").isEmpty());
}

void TestFailures::reportsTheLastAttemptAsFailed()
{
    const Driver run = drive("uncaught");
    QCOMPARE(run.requests.at(2).attempt, 2);
    QCOMPARE(run.answers.at(2).noRetry, true);
    QCOMPARE(std::get<AnswerOps>(run.answers.at(2).outcome).ops.front().code, OpCode::StepFailed);
    QCOMPARE(run.requests.at(3).attempt, 0);
}

void TestFailures::passesRetryAfterOn()
{
    // Rounded up: never earlier than asked for.
    QCOMPARE(drive("retry-after").answers.front().retryAfter, (sdk::RetryAfter::When(2s)));
    const CallAnswer body = drive("body-waits").answers.front();
    QCOMPARE(body.retryAfter, (sdk::RetryAfter::When(fromMs(1893456000000))));
    QCOMPARE(body.noRetry, false);
}

void TestFailures::keepsTheStepErrorOfAnUncaughtFailure()
{
    const CallAnswer answer = drive("uncaught").answers.back();
    QCOMPARE(answer.noRetry, true);
    QCOMPARE(answer.httpStatus, 400);
    const AnswerError error = std::get<AnswerError>(answer.outcome);
    QVERIFY(error.isSdk);
    QCOMPARE(textOf(error.error, "name"), "shop::CardDeclined"_ba);
    QCOMPARE(textOf(error.error, "message"), "no money"_ba);
    QVERIFY(textOf(error.error, "stack").contains("uncaught, step charge ("));
}

void TestFailures::reportsFunctionErrors()
{
    const Driver run = drive("body-throws");
    QCOMPARE(run.answers.at(1).noRetry, false);
    QCOMPARE(run.answers.at(1).httpStatus, 500);
    QCOMPARE(run.answers.at(3).noRetry, true);
    QCOMPARE(run.answers.at(3).httpStatus, 400);
    QCOMPARE(drive("body-gives-up").answers.front().noRetry, true);
}

void TestFailures::refusesUnknownFunctions()
{
    const CallAnswer answer = drive("unheard-of").answers.front();
    const AnswerError error = std::get<AnswerError>(answer.outcome);
    QVERIFY(error.error.bytes().contains("test-unheard-of"));
    QVERIFY(!answer.noRetry);
    QCOMPARE(answer.httpStatus, 500);
}

void TestFailures::registersFailureHandlers()
{
    const Registration registration = m_app.registration();
    const auto handler = std::find_if(
        registration.functions.begin(), registration.functions.end(),
        [](const FunctionConfig &each) { return each.slug == "test-watched-failure"; });
    QVERIFY(handler != registration.functions.end());
    QCOMPARE(handler->name, "Watched (failure)");
    QCOMPARE(handler->triggers.size(), std::size_t(1));
    QCOMPARE(handler->triggers.front().event, "inngest/function.failed");
    QCOMPARE(handler->triggers.front().expression, "event.data.function_id == 'test-watched'");
    QCOMPARE(handler->retries, 1);
    QCOMPARE(drive("watched-failure", R"({"error":{"message":"dead"}})").output, "\"dead\""_ba);
}

void TestFailures::registersFunctions()
{
    const Registration registration = m_app.registration();
    QCOMPARE(registration.appName, "test");
    QCOMPARE(registration.kind, AppKind::InProcess);
    QVERIFY(registration.url.isEmpty());
    QCOMPARE(registration.checksum.size(), 64);
    const FunctionConfig &first = registration.functions.front();
    QCOMPARE(first.slug, "test-uncaught");
    QCOMPARE(first.name, "uncaught");
    QCOMPARE(first.retries, 2);
    QVERIFY(RawJson::parse(first.config.bytes()));

    QCOMPARE(testApp().registration(), registration);
    sdk::App other = testApp();
    other.function({.id = "more", .trigger = "test/event"}, fails);
    QVERIFY(other.registration().checksum != registration.checksum);
}

QTEST_GUILESS_MAIN(TestFailures)
#include "tst_failures.moc"
