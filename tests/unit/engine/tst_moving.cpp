// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

/// An app that is given another address: it is called there, or waits.
class TestMoving : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsWaitUntilItRegistersThere();
    void nothingElseLetsItsCallsGo_data();
    void nothingElseLetsItsCallsGo();
    void callsInFlightAreFinished();
    void itIsMovedAfterACrash();
    void itGoesBack();
    void registeringElsewhereIsRefused();
    void anotherAppThereIsRefused();
    void placeholderThereMakesRoom();
    void aPlaceholderMoves();
    void whatIsRefused();
    void removedWhileItMovesItIsAskedNowAndThen();
    void whereAMovingAppIsFoundIsNoAppOfItsOwn();
    void anAddressThatIsFoundTakesNothingAway_data();
    void anAddressThatIsFoundTakesNothingAway();
    void anAppThatCannotBeCalledIsTaken();
    void registeringElsewhereIsTold_data();
    void registeringElsewhereIsTold();
    void whatIsToldOfARefusalIsTakenBack_data();
    void whatIsToldOfARefusalIsTakenBack();
    void aRefusalIsTakenBackWhenNobodyIsThere();
    void whatAScanFoundGoesWithItsAnswers();
    void anAddressThatWasGivenStaysWithoutAnswers();
};

namespace {

/// As the fixture registers it.
const auto oldUrl = "http://127.0.0.1:3000/shop"_ba;
const auto newUrl = "http://127.0.0.1:4000/api"_ba;

void move(EngineFixture &engine, const QByteArray &url)
{
    engine.step({engine::AppMoved{.token = 7, .app = engine.appId(), .url = url}});
}

void poll(EngineFixture &engine, const QByteArray &error)
{
    engine.step(
        {engine::AppPolled{.app = engine.appId(), .url = newUrl, .error = error, .detail = "why"}});
}

/// At any address, under any name.
QByteArray registers(EngineFixture &engine, const QByteArray &name, const QByteArray &url)
{
    FunctionConfig config{
        .slug = "a", .name = "a", .triggers = {{.event = "a"}}, .url = url + "?fnId=a&stepId=step"};
    engine.step({engine::FunctionsSynced{.token = 8,
                                         .registration = {.appName = name,
                                                          .url = url,
                                                          .checksum = "of " + url,
                                                          .functions = {std::move(config)}}}});
    const auto *error = std::get_if<Error>(&engine.lastReply().body);
    return error == nullptr ? "done"_ba : error->message.toUtf8();
}

/// The last one of a step; none: without text.
Notice noticeIn(const engine::Outcome &outcome)
{
    Notice last;
    for (const Change &change : outcome.changes) {
        if (const auto *notice = std::get_if<Notice>(&change))
            last = *notice;
    }
    return last;
}

engine::Outcome registered(EngineFixture &engine, const QByteArray &name, const QByteArray &url)
{
    return engine.step({engine::FunctionsSynced{
        .token = 8,
        .registration = {.appName = name, .url = url, .checksum = "of " + url, .functions = {}}}});
}

const engine::AppEntry *placeholder(const EngineFixture &engine, const QByteArray &url)
{
    const auto found = engine.state().apps.find(AppId{Uuid::fromName("url", url)});
    return found == engine.state().apps.end() ? nullptr : &found->second;
}

App shop(const EngineFixture &engine)
{
    return engine.disk().apps.at(engine.appId());
}

} // namespace

void TestMoving::callsWaitUntilItRegistersThere()
{
    EngineFixture engine;
    const FunctionId function = engine.registerFunction("a");
    move(engine, newUrl);
    QVERIFY(std::holds_alternative<SyncDone>(engine.lastReply().body));
    QCOMPARE(shop(engine).url, newUrl);
    QCOMPARE(shop(engine).error, "unreachable"_ba);
    QVERIFY(shop(engine).isNamed);
    QCOMPARE(engine.disk().functions.at(function).config.url, newUrl + "?fnId=a&stepId=step");
    QVERIFY(!engine.disk().functions.at(function).isArchived);
    const RunId run = engine.start("a");
    engine.advance(1h);
    QVERIFY(engine.calls().empty());
    QVERIFY(engine.probes().empty()); // it is asked to register
    QCOMPARE(engine.disk().jobs.begin()->second.state, JobState::AppOffline);
    QCOMPARE(registers(engine, "shop", newUrl), "done"_ba);
    QCOMPARE(shop(engine).error, QByteArray());
    QCOMPARE(engine.calls().size(), 1U);
    QCOMPARE(engine.openCall(run).url, newUrl + "?fnId=a&stepId=step");
    QVERIFY(engine.notices().contains("app shop is called at " + newUrl + " now"));
}

void TestMoving::nothingElseLetsItsCallsGo_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("unreachable") << "unreachable"_ba
                                 << "unreachable"_ba;
    QTest::newRow("wrong path") << "url_not_found"_ba
                                << "url_not_found"_ba;
    QTest::newRow("answers only") << QByteArray() << "bad_response"_ba;
}

void TestMoving::nothingElseLetsItsCallsGo()
{
    QFETCH(const QByteArray, error);
    QFETCH(const QByteArray, shown);
    EngineFixture engine;
    engine.registerFunction("a");
    move(engine, newUrl);
    engine.start("a");
    poll(engine, error);
    QCOMPARE(shop(engine).error, shown);
    QVERIFY(engine.calls().empty());
    QCOMPARE(registers(engine, "shop", newUrl), "done"_ba);
    QCOMPARE(engine.calls().size(), 1U);
}

void TestMoving::callsInFlightAreFinished()
{
    EngineFixture engine;
    engine.registerFunction("a");
    const RunId first = engine.start("a");
    move(engine, newUrl);
    engine.start("a");
    engine.answer(first, result());
    QCOMPARE(engine.status(first), "Completed"_ba);
    QCOMPARE(engine.calls().size(), 1U); // that it answered at the old address says nothing
}

void TestMoving::itIsMovedAfterACrash()
{
    EngineFixture engine;
    engine.registerFunction("a");
    move(engine, newUrl);
    engine.crash();
    QCOMPARE(shop(engine).url, newUrl);
    engine.start("a");
    QVERIFY(engine.calls().empty());
    QVERIFY(registers(engine, "shop", oldUrl) != "done");
    QVERIFY(engine.calls().empty());
    QCOMPARE(registers(engine, "shop", newUrl), "done"_ba);
    QCOMPARE(engine.calls().size(), 1U);
}

void TestMoving::itGoesBack()
{
    EngineFixture engine;
    QCOMPARE(registers(engine, "shop", oldUrl), "done"_ba);
    move(engine, newUrl);
    move(engine, oldUrl);
    QCOMPARE(shop(engine).url, oldUrl);
    const RunId run = engine.start("a");
    QCOMPARE(registers(engine, "shop", oldUrl), "done"_ba);
    QCOMPARE(shop(engine).error, QByteArray());
    QCOMPARE(engine.openCall(run).url, oldUrl + "?fnId=a&stepId=step");
}

void TestMoving::registeringElsewhereIsRefused()
{
    EngineFixture engine;
    engine.registerFunction("a");
    move(engine, newUrl);
    engine.step({engine::AppNamed{.url = oldUrl, .isFound = true}});
    const QByteArray why =
        "app shop registered at " + oldUrl + ", but its address here is " + newUrl;
    QCOMPARE(registers(engine, "shop", oldUrl), why);
    QCOMPARE(shop(engine).url, newUrl);
    poll(engine, "unreachable");
    QCOMPARE(shop(engine).error, "unreachable"_ba);
    const engine::AppEntry &found = engine.state().apps.at(AppId{Uuid::fromName("url", oldUrl)});
    QCOMPARE(found.app.error, "other_address"_ba); // who is at the old address tells it
    QCOMPARE(found.app.errorDetail, why);
    const qsizetype told = engine.notices().size();
    QCOMPARE(registers(engine, "shop", oldUrl), why);
    QCOMPARE(engine.notices().size(), told); // once
}

void TestMoving::anotherAppThereIsRefused()
{
    EngineFixture engine;
    engine.registerFunction("a");
    move(engine, newUrl);
    const auto why = "app mail is there, not app shop"_ba;
    QCOMPARE(registers(engine, "mail", newUrl), why);
    poll(engine, {});
    QCOMPARE(shop(engine).error, "other_app"_ba);
    QCOMPARE(shop(engine).errorDetail, why);
    QCOMPARE(engine.disk().apps.size(), 1U);
    move(engine, oldUrl); // then the other one may be there
    QCOMPARE(registers(engine, "mail", newUrl), "done"_ba);
    QCOMPARE(engine.disk().apps.size(), 2U);
}

void TestMoving::placeholderThereMakesRoom()
{
    EngineFixture engine;
    engine.registerFunction("a");
    engine.step({engine::AppNamed{.url = newUrl}});
    move(engine, newUrl);
    QCOMPARE(shop(engine).url, newUrl);
    QVERIFY(!engine.state().apps.contains(AppId{Uuid::fromName("url", newUrl)}));
}

void TestMoving::aPlaceholderMoves()
{
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = oldUrl}});
    const AppId before{Uuid::fromName("url", oldUrl)};
    engine.step({engine::AppMoved{.token = 7, .app = before, .url = newUrl}});
    QVERIFY(std::holds_alternative<SyncDone>(engine.lastReply().body));
    QCOMPARE(engine.state().apps.at(before).app.url, QByteArray());
    QCOMPARE(engine.state().apps.at(AppId{Uuid::fromName("url", newUrl)}).app.url, newUrl);
}

void TestMoving::whatIsRefused()
{
    EngineFixture engine;
    move(engine, newUrl);
    QCOMPARE(std::get<Error>(engine.lastReply().body).code, ErrorCode::NotFound);
    engine.registerFunction("a");
    QCOMPARE(registers(engine, "mail", newUrl), "done"_ba);
    move(engine, newUrl);
    QCOMPARE(std::get<Error>(engine.lastReply().body),
             (Error{ErrorCode::Conflict, QString::fromUtf8(newUrl + " is the address of mail")}));
    QCOMPARE(shop(engine).url, oldUrl);
}

/// Its calls wait for somebody who registers there; nobody is asked without a pause.
void TestMoving::removedWhileItMovesItIsAskedNowAndThen()
{
    EngineFixture engine;
    engine.registerFunction("a");
    move(engine, newUrl);
    engine.start("a");
    engine.crash();
    engine.step({engine::AppRemoved{.token = 2, .url = newUrl}});
    const TimePoint before = engine.now();
    int probes = 0;
    while (probes < 10 && engine.wakeAt()) {
        if (engine.probes().empty()) {
            engine.advance(std::max(0ms, std::chrono::duration_cast<std::chrono::milliseconds>(
                                             *engine.wakeAt() - engine.now())));
        }
        if (engine.probes().empty())
            break;
        ++probes;
        engine.answerProbe(false);
    }
    QVERIFY2(probes < 2 || engine.now() - before >= probes * 250ms,
             qPrintable(QString::number(probes)));
}

/// Nobody is told of it, and it goes when the app is where it should be, or left there.
void TestMoving::whereAMovingAppIsFoundIsNoAppOfItsOwn()
{
    EngineFixture engine;
    engine.registerFunction("a");
    move(engine, newUrl);
    engine.crash();
    const qsizetype told = engine.notices().size();
    const auto findAtOldUrl = [&engine] {
        engine.step({engine::AppNamed{.url = oldUrl, .isFound = true}});
        QVERIFY(registers(engine, "shop", oldUrl) != "done");
        QCOMPARE(placeholder(engine, oldUrl)->app.error, "other_address"_ba);
    };
    const auto pollThere = [&engine](const QByteArray &error) {
        engine.step({engine::AppPolled{.app = AppId{Uuid::fromName("url", oldUrl)},
                                       .url = oldUrl,
                                       .error = error,
                                       .detail = "why"}});
    };
    findAtOldUrl();
    pollThere("internal_server_error");
    QCOMPARE(placeholder(engine, oldUrl)->app.error, "other_address"_ba);
    pollThere("unreachable");
    QVERIFY(placeholder(engine, oldUrl) == nullptr);
    findAtOldUrl();
    QCOMPARE(engine.notices().size(), told);
    QCOMPARE(registers(engine, "shop", newUrl), "done"_ba);
    QVERIFY(placeholder(engine, oldUrl) == nullptr);
}

void TestMoving::anAddressThatIsFoundTakesNothingAway_data()
{
    QTest::addColumn<bool>("isGiven"); // the address where the app is
    QTest::addColumn<bool>("isOtherGiven");
    QTest::addColumn<bool>("isRestarted"); // nobody knows yet whether it is still there
    QTest::addColumn<bool>("isDown");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("found and found") << false << false << false << false << false;
    QTest::newRow("given and found") << true << false << false << false << false;
    QTest::newRow("given and given") << true << true << false << false << false;
    QTest::newRow("found and given") << false << true << false << false << true;
    QTest::newRow("maybe, and found") << false << false << true << false << true;
    QTest::newRow("maybe given, and found") << true << false << true << false << false;
    QTest::newRow("maybe given, and given") << true << true << true << false << true;
    QTest::newRow("down, and found") << true << false << false << true << true;
    QTest::newRow("down, and given") << true << true << false << true << true;
}

/// One app at two addresses: it is called where it was first, for as long as it is there.
void TestMoving::anAddressThatIsFoundTakesNothingAway()
{
    QFETCH(const bool, isGiven);
    QFETCH(const bool, isOtherGiven);
    QFETCH(const bool, isRestarted);
    QFETCH(const bool, isDown);
    QFETCH(const bool, isTaken);
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = oldUrl, .isFound = !isGiven}});
    QCOMPARE(registers(engine, "shop", oldUrl), "done"_ba);
    if (isRestarted)
        engine.crash();
    if (isDown)
        engine.step({engine::AppPolled{
            .app = engine.appId(), .url = oldUrl, .error = "unreachable", .detail = "why"}});
    for (int times = 0; times < 2; ++times) { // it is found again and again
        engine.step({engine::AppNamed{.url = newUrl, .isFound = !isOtherGiven}});
        QCOMPARE(registers(engine, "shop", newUrl) == "done", isTaken);
    }
    QCOMPARE(shop(engine).url, isTaken ? newUrl : oldUrl);
    QCOMPARE(shop(engine).error, QByteArray());
    if (isTaken)
        return;
    // Who gave an address is told why it is not used; what was found is not there any more.
    QCOMPARE(placeholder(engine, newUrl) != nullptr, isOtherGiven);
    const QByteArray words =
        (isOtherGiven ? "the registration of app "_ba : "app shop answers at "_ba) + newUrl
        + (isOtherGiven ? " was refused"_ba : ", too"_ba);
    QCOMPARE(std::count_if(engine.notices().begin(), engine.notices().end(),
                           [&](const QByteArray &told) { return told.startsWith(words); }),
             1);
}

/// The call says that it is gone; the next poll, which would say it too, may be seconds away.
void TestMoving::anAppThatCannotBeCalledIsTaken()
{
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = oldUrl}});
    engine.registerFunction("a");
    const RunId run = engine.start("a");
    engine.answer(run, unreachable());
    engine.step({engine::AppNamed{.url = newUrl}});
    const qsizetype told = engine.notices().size();
    QCOMPARE(registers(engine, "shop", newUrl), "done"_ba);
    QCOMPARE(shop(engine).url, newUrl);
    QCOMPARE(engine.notices().sliced(told),
             QByteArrayList{"app shop is called at " + newUrl + " now"});
}

void TestMoving::registeringElsewhereIsTold_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<bool>("isPassing");
    QTest::newRow("it was there until now") << QByteArray() << false;
    QTest::newRow("it was down") << "unreachable"_ba << true;
}

void TestMoving::registeringElsewhereIsTold()
{
    QFETCH(const QByteArray, error);
    QFETCH(const bool, isPassing);
    EngineFixture engine;
    QVERIFY(noticeIn(registered(engine, "shop", oldUrl)).text.isEmpty());
    engine.step(
        {engine::AppPolled{.app = engine.appId(), .url = oldUrl, .error = error, .detail = {}}});
    const Notice told = noticeIn(registered(engine, "shop", newUrl));
    QCOMPARE(told.text, "app shop is called at " + newUrl + " now, no longer at " + oldUrl
                            + "; it registered there last");
    QCOMPARE(told.about, "app:" + engine.appId().toText());
    QCOMPARE(told.isPassing, isPassing);
}

void TestMoving::whatIsToldOfARefusalIsTakenBack_data()
{
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<bool>("isAskedMeanwhile");
    QTest::addColumn<bool>("isMoved");
    QTest::newRow("it registers") << true << false << false;
    QTest::newRow("it registers after it was down") << true << true << false;
    QTest::newRow("it is moved") << true << false << true;
    QTest::newRow("nobody knew it") << false << false << false;
}

/// By a later notice about the same, which passes.
void TestMoving::whatIsToldOfARefusalIsTakenBack()
{
    QFETCH(const bool, isKnown);
    QFETCH(const bool, isAskedMeanwhile);
    QFETCH(const bool, isMoved);
    EngineFixture engine;
    if (isKnown)
        registered(engine, "shop", oldUrl);
    const auto refuse = [&engine] {
        return noticeIn(engine.step(
            {engine::SyncRefused{.appName = "shop", .url = oldUrl, .reason = "bad function"}}));
    };
    const Notice refused = refuse();
    QCOMPARE(refused.text, "the registration of app shop was refused: bad function"_ba);
    QCOMPARE(refused.about, "app:" + AppId{Uuid::fromName("app", "shop")}.toText());
    QVERIFY(!refused.isPassing);
    if (isAskedMeanwhile) {
        engine.step({engine::AppPolled{
            .app = engine.appId(), .url = oldUrl, .error = "unreachable", .detail = {}}});
    }
    const Notice good = noticeIn(
        isMoved ? engine.step({engine::AppMoved{.token = 7, .app = engine.appId(), .url = newUrl}})
                : registered(engine, "shop", oldUrl));
    const QByteArray words = isMoved ? "app shop is called at "_ba : "app shop has registered"_ba;
    QVERIFY2(good.text.startsWith(words), good.text.constData());
    QCOMPARE(good.about, refused.about);
    QVERIFY(good.isPassing);
    if (isMoved)
        return;
    QVERIFY(noticeIn(registered(engine, "shop", oldUrl)).text.isEmpty()); // once
    QCOMPARE(refuse().text, refused.text); // and it is told when it is so again
}

/// The app that is called elsewhere says nothing of the other address.
void TestMoving::aRefusalIsTakenBackWhenNobodyIsThere()
{
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = oldUrl}});
    registers(engine, "shop", oldUrl);
    engine.step({engine::AppNamed{.url = newUrl}});
    const Notice refused = noticeIn(registered(engine, "shop", newUrl));
    QVERIFY2(refused.text.contains(" was refused"), refused.text.constData());
    const auto pollThere = [&engine] {
        return noticeIn(engine.step({engine::AppPolled{.app = AppId{Uuid::fromName("url", newUrl)},
                                                       .url = newUrl,
                                                       .error = "unreachable",
                                                       .detail = "why"}}));
    };
    const Notice gone = pollThere();
    QCOMPARE(gone.text, "app " + newUrl + " does not answer any more");
    QCOMPARE(gone.about, refused.about);
    QVERIFY(gone.isPassing);
    QVERIFY(pollThere().text.isEmpty()); // once
    QCOMPARE(noticeIn(registered(engine, "shop", newUrl)).text, refused.text);
}

/// Not at once: it may just start again.
void TestMoving::whatAScanFoundGoesWithItsAnswers()
{
    EngineFixture engine;
    const auto find = [&engine] {
        engine.step({engine::AppNamed{.url = newUrl, .isFound = true}});
    };
    const auto pollThere = [&engine](const QByteArray &error) {
        return engine.step({engine::AppPolled{.app = AppId{Uuid::fromName("url", newUrl)},
                                              .url = newUrl,
                                              .error = error,
                                              .detail = "why"}});
    };
    find();
    pollThere("unreachable");
    pollThere("bad_request"); // it is there, though it cannot register
    pollThere("unreachable");
    find(); // the scan got an answer
    pollThere("unreachable");
    QVERIFY(placeholder(engine, newUrl) != nullptr);
    const engine::Outcome last = pollThere("unreachable");
    QVERIFY(placeholder(engine, newUrl) == nullptr);
    QVERIFY(std::get<AppChanged>(last.changes.back()).isGone);
    find();
    pollThere("unreachable");
    QVERIFY(placeholder(engine, newUrl) != nullptr); // it is counted anew
}

void TestMoving::anAddressThatWasGivenStaysWithoutAnswers()
{
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = newUrl}});
    for (int times = 0; times < 5; ++times) {
        engine.step({engine::AppNamed{.url = newUrl, .isFound = true}});
        engine.step({engine::AppPolled{.app = AppId{Uuid::fromName("url", newUrl)},
                                       .url = newUrl,
                                       .error = "unreachable",
                                       .detail = "why"}});
        QVERIFY(placeholder(engine, newUrl) != nullptr);
    }
}

QTEST_GUILESS_MAIN(TestMoving)

#include "tst_moving.moc"
