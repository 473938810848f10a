// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/apppoller.h"
#include "tests/unit/transport/clientfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::tests;

namespace {

App appOf(const QByteArray &name, const QByteArray &url)
{
    App app;
    app.id = AppId{Uuid::fromName("app", name)};
    app.name = name;
    app.url = url;
    return app;
}

/// An app that answers when it is told to, and what came of asking it.
struct Fixture {
    EpollSet sockets;
    HttpClient client{sockets};
    std::vector<QTcpSocket *> asked;
    ScriptServer server{
        [this](QTcpSocket *socket, const SeenRequest &) { asked.push_back(socket); }};
    std::vector<AppPoll> polls;
    AppPoller poller{client,
                     {.interval = 1h, .pollsHealthyApps = true, .signingKey = {}},
                     [this](AppPoll poll) { polls.push_back(std::move(poll)); }};
    std::vector<ErrorCode> refusals;
    App shop = appOf("shop"_ba, server.url("/api"_ba));

    Fixture() { poller.follow(shop); }

    void ask(const AppId &app)
    {
        poller.pollOne(app, [this](const Result<App> &told) {
            if (!told)
                refusals.push_back(told.error().code);
        });
    }

    void ask() { ask(shop.id); }

    bool isAsked(std::size_t times)
    {
        return QTest::qWaitFor([&] { return asked.size() == times; });
    }

    /// The last request gets its answer. \returns whether that is \a number of the answers
    bool answers(std::size_t number)
    {
        asked.back()->write(okAnswer);
        return QTest::qWaitFor([&] { return polls.size() == number; });
    }
};

} // namespace

class TestAppPoller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoJoinsAPollIsAnsweredByTheNextOne();
    void whoAskedAPlaceholderIsNotForgottenWithIt();
    void whoJoinsThePollOfAPlaceholderIsAnsweredByTheNextOne();
    void removedAppIsNotAskedAgain();
    void appThatComesBackWhileItIsAskedStays();
    void stopTellsAllWhoWait();
    void asksNobodyAfterAStop();
};

void TestAppPoller::whoJoinsAPollIsAnsweredByTheNextOne()
{
    Fixture on;
    on.ask();
    QVERIFY(on.isAsked(1));
    on.ask();
    on.ask(); // for the same one
    QVERIFY(on.answers(1));
    QCOMPARE(on.polls[0].askers.size(), std::size_t{1});
    QVERIFY(on.isAsked(2));
    QVERIFY(on.answers(2));
    QCOMPARE(on.polls[1].askers.size(), std::size_t{2});
    QCOMPARE(on.polls[1].error, QByteArray());
    QVERIFY(on.refusals.empty());
}

void TestAppPoller::whoAskedAPlaceholderIsNotForgottenWithIt()
{
    Fixture on;
    on.ask();
    QVERIFY(on.isAsked(1));
    on.poller.forget(on.shop.id); // it has registered under its name
    on.poller.follow(appOf("named"_ba, on.shop.url));
    QVERIFY(on.answers(1));
    QCOMPARE(on.polls[0].app, on.shop.id);
    QCOMPARE(on.polls[0].url, on.shop.url);
    QCOMPARE(on.polls[0].askers.size(), std::size_t{1});
    on.ask();
    QCOMPARE(on.refusals, std::vector{ErrorCode::Stopping});
    on.poller.pollNow(); // only the one with the name
    QVERIFY(on.isAsked(2));
    QVERIFY(on.answers(2));
    QCOMPARE(on.polls[1].app, appOf("named"_ba, {}).id);
}

void TestAppPoller::whoJoinsThePollOfAPlaceholderIsAnsweredByTheNextOne()
{
    Fixture on;
    on.ask();
    QVERIFY(on.isAsked(1));
    on.ask();
    on.poller.forget(on.shop.id);
    on.poller.follow(appOf("named"_ba, on.shop.url));
    QVERIFY(on.answers(1));
    QCOMPARE(on.polls[0].askers.size(), std::size_t{1});
    QVERIFY(on.isAsked(2));
    QVERIFY(on.answers(2));
    QCOMPARE(on.polls[1].askers.size(), std::size_t{1});
    QVERIFY(on.refusals.empty());
}

void TestAppPoller::removedAppIsNotAskedAgain()
{
    Fixture on;
    on.ask();
    QVERIFY(on.isAsked(1));
    on.ask();
    on.poller.forget(on.shop.id);
    QVERIFY(on.answers(1));
    QCOMPARE(on.polls[0].askers.size(), std::size_t{2});
    on.poller.pollNow();
    on.ask();
    QCOMPARE(on.refusals, std::vector{ErrorCode::Stopping});
    QCOMPARE(on.asked.size(), std::size_t{1});
}

void TestAppPoller::appThatComesBackWhileItIsAskedStays()
{
    Fixture on;
    on.ask();
    QVERIFY(on.isAsked(1));
    on.poller.forget(on.shop.id);
    on.poller.follow(on.shop);
    QVERIFY(on.answers(1));
    on.ask();
    QVERIFY(on.isAsked(2));
    QVERIFY(on.refusals.empty());
}

void TestAppPoller::stopTellsAllWhoWait()
{
    Fixture on;
    on.ask();
    QVERIFY(on.isAsked(1));
    on.ask();
    on.poller.stop();
    QCOMPARE(on.refusals, (std::vector{ErrorCode::Stopping, ErrorCode::Stopping}));
    on.ask();
    QCOMPARE(on.refusals.size(), std::size_t{3});
    on.poller.follow(on.shop); // a commit that was under way may tell of it
    on.client.abortAll();
    QCoreApplication::processEvents();
    QVERIFY(on.polls.empty()); // what was broken off is no answer
}

void TestAppPoller::asksNobodyAfterAStop()
{
    Fixture on;
    on.poller.stop();
    App down = appOf("down"_ba, on.server.url("/down"_ba));
    down.error = "unreachable"_ba; // as the last poll found it; else it would be asked at once
    on.poller.follow(down);
    on.ask(down.id);
    QCOMPARE(on.refusals, std::vector{ErrorCode::Stopping});
    QCOMPARE(on.client.activeCount(), 0);
}

QTEST_GUILESS_MAIN(TestAppPoller)

#include "tst_apppoller.moc"
