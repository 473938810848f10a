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

/// An app that answers when it is told to, a look at once, and what came of asking it.
struct Fixture {
    EpollSet sockets;
    HttpClient client{sockets};
    std::vector<QTcpSocket *> asked;
    bool answersLooks = true;
    ScriptServer server{[this](QTcpSocket *socket, const SeenRequest &request) {
        if (answersLooks && request.head.startsWith("GET "))
            socket->write(okAnswer);
        else
            asked.push_back(socket);
    }};
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
    void whoMovesWhileItIsAskedIsAskedAgain_data();
    void whoMovesWhileItIsAskedIsAskedAgain();
    void stopTellsAllWhoWait();
    void asksNobodyAfterAStop();
    void refusedRegistrationIsAnError_data();
    void refusedRegistrationIsAnError();
    void namesItsKindOnlyWithoutAKey_data();
    void namesItsKindOnlyWithoutAKey();
    void looksBeforeItTellsAnAppToRegister_data();
    void looksBeforeItTellsAnAppToRegister();
    void whatIsRemovedAfterTheLookIsNotToldToRegister();
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

void TestAppPoller::whoMovesWhileItIsAskedIsAskedAgain_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<bool>("isLeaving");
    QTest::addColumn<QByteArrayList>("asked"); // after the first time
    const QByteArray here = "/api"_ba;
    const QByteArray there = "/there"_ba;
    const QByteArray down = "unreachable"_ba;
    QTest::newRow("moved") << there << down << false << QByteArrayList{there};
    QTest::newRow("moved, and well") << there << QByteArray() << false << QByteArrayList{there};
    QTest::newRow("moved, then removed") << there << down << true << QByteArrayList();
    QTest::newRow("the same address") << here << down << false << QByteArrayList();
}

/// What it answers is of the old address; the next one does not wait for the interval.
void TestAppPoller::whoMovesWhileItIsAskedIsAskedAgain()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, error);
    QFETCH(const bool, isLeaving);
    QFETCH(const QByteArrayList, asked);
    Fixture on;
    on.poller.pollNow();
    QVERIFY(on.isAsked(1));
    App moved = on.shop;
    moved.url = on.server.url(path);
    moved.error = error;
    on.poller.follow(moved);
    on.poller.follow(moved); // twice is once
    if (isLeaving)
        on.poller.forget(moved.id);
    QVERIFY(on.answers(1));
    QCOMPARE(on.polls[0].url, on.shop.url);
    for (qsizetype each = 0; each < asked.size(); ++each) {
        QVERIFY(on.isAsked(static_cast<std::size_t>(each) + 2));
        QVERIFY(on.answers(static_cast<std::size_t>(each) + 2));
        QCOMPARE(on.polls.back().url, on.server.url(asked[each]));
    }
    QCOMPARE(on.client.activeCount(), 0); // and nobody is asked besides
    QCOMPARE(on.asked.size(), static_cast<std::size_t>(asked.size()) + 1);
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

void TestAppPoller::refusedRegistrationIsAnError_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QByteArray>("detail");
    const QByteArray none;
    QTest::newRow("TypeScript, done")
        << 200 << R"({"message":"Successfully registered","modified":true})"_ba << none << none;
    QTest::newRow("Python, done") << 200 << R"({"ok":true,"modified":true})"_ba << none << none;
    QTest::newRow("no JSON") << 200 << "fine"_ba << none << none;
    QTest::newRow("no object") << 200 << "[1]"_ba << none << none;
    QTest::newRow("no error") << 200 << R"({"ok":true,"error":null})"_ba << none << none;
    QTest::newRow("TypeScript, refused") << 401 << R"({"message":"wrong key"})"_ba
                                         << "unauthorized"_ba
                                         << "wrong key"_ba;
    QTest::newRow("Python, refused") << 200 << R"({"error":"wrong key","status":401})"_ba
                                     << "unauthorized"_ba
                                     << "wrong key"_ba;
    QTest::newRow("Python, bad functions")
        << 200 << R"({"error":"batch and cancel","status":400})"_ba
        << "bad_request"_ba
        << "batch and cancel"_ba;
    QTest::newRow("its own error") << 500 << "<html>"_ba
                                   << "internal_server_error"_ba
                                   << "the app answered 500"_ba;
    QTest::newRow("knows no PUT") << 501 << "<html>"_ba
                                  << "bad_response"_ba
                                  << "the app answered 501"_ba;
    QTest::newRow("without a status") << 200 << R"({"error":"no"})"_ba
                                      << "bad_request"_ba
                                      << "no"_ba;
    QTest::newRow("with an odd one") << 200 << R"({"error":"no","status":200})"_ba
                                     << "bad_request"_ba
                                     << "no"_ba;
    QTest::newRow("with a huge one") << 200 << R"({"error":"no","status":4294967697})"_ba
                                     << "bad_request"_ba
                                     << "no"_ba;
}

/// The Python SDK passes a refusal of its registration on with status 200.
void TestAppPoller::refusedRegistrationIsAnError()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    Fixture on;
    on.ask();
    QVERIFY(on.isAsked(1));
    on.asked.back()->write("HTTP/1.1 " + QByteArray::number(status) + " Said\r\nContent-Length: "
                           + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QTRY_COMPARE(on.polls.size(), std::size_t{1});
    QTEST(on.polls[0].error, "error");
    QTEST(on.polls[0].detail, "detail");
}

void TestAppPoller::namesItsKindOnlyWithoutAKey_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<bool>("isNamed");
    QTest::newRow("without") << QByteArray() << true;
    QTest::newRow("with") << "signkey-test-12345678"_ba << false;
}

/// An app that has the key may run in either mode, and refuses to register with the other kind.
void TestAppPoller::namesItsKindOnlyWithoutAKey()
{
    QFETCH(const QByteArray, key);
    QFETCH(const bool, isNamed);
    Fixture on;
    AppPoller poller{on.client,
                     {.interval = 1h, .pollsHealthyApps = true, .signingKey = key},
                     [](const AppPoll &) {}};
    poller.follow(on.shop);
    poller.pollNow();
    QVERIFY(on.isAsked(1));
    QCOMPARE(on.server.requests.size(), std::size_t{2}); // a look, and what it is told
    for (const SeenRequest &request : on.server.requests) {
        const QByteArray head = request.head.toLower();
        QCOMPARE(head.contains("\r\nx-inngest-server-kind: dev\r\n"), isNamed);
        QCOMPARE(head.contains("\r\nx-inngest-signature: "), !isNamed);
    }
    poller.stop();
    on.client.abortAll();
}

void TestAppPoller::looksBeforeItTellsAnAppToRegister_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isTold");
    QTest::addColumn<QByteArray>("header");
    const QByteArray reserved = "X-Inngest-Sdk-Handled: true\r\n"_ba;
    const QByteArray open = reserved + "X-Inngest-Sdk: js:v4\r\n";
    const QByteArray noKey = R"({"code":"internal_server_error"})"_ba;
    const QByteArray key = "signkey-test-12345678"_ba;
    const QByteArray cloud = R"({"mode":"cloud","function_count":1})"_ba;
    for (const QByteArray &name : {QByteArray(), "shop"_ba}) {
        const auto row = [&name](const char *what) -> QTestData & {
            return QTest::addRow("%s%s", what, name.isEmpty() ? "" : ", synced before") << name;
        };
        row("dev mode") << QByteArray() << 200 << R"({"mode":"dev"})"_ba << true << open;
        row("no JSON") << QByteArray() << 404 << "<html>"_ba << true << ""_ba;
        row("broken in dev mode") << QByteArray() << 500 << noKey << true << open;
        row("cloud mode, 401") << QByteArray() << 401 << "{}"_ba << false << reserved;
        row("cloud mode, no key") << QByteArray() << 500 << noKey << false << reserved;
        row("cloud mode, 200") << QByteArray() << 200 << cloud << false << open;
        row("cloud mode, our key") << key << 200 << cloud << true << open;
        row("cloud mode, another key") << key << 401 << "{}"_ba << false << reserved;
    }
}

/// One in cloud mode would register with production, also if it was in dev mode before; once it is
/// in dev mode it is told to.
void TestAppPoller::looksBeforeItTellsAnAppToRegister()
{
    QFETCH(const QByteArray, key);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const bool, isTold);
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, name);
    Fixture on;
    on.answersLooks = false;
    AppPoller poller{on.client,
                     {.interval = 1h, .pollsHealthyApps = true, .signingKey = key},
                     [&on](AppPoll poll) { on.polls.push_back(std::move(poll)); }};
    App app = appOf(name, on.server.url("/api"_ba));
    app.error = "unreachable"_ba;
    poller.follow(app);
    QVERIFY(on.isAsked(1));
    const QByteArray head = on.server.requests.front().head;
    QVERIFY(head.startsWith("GET /api "));
    QCOMPARE(head.toLower().contains("\r\nx-inngest-signature: "), !key.isEmpty());
    on.asked.back()->write("HTTP/1.1 " + QByteArray::number(status) + " Said\r\n" + header
                           + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
                           + body);
    if (!isTold) {
        QTRY_COMPARE(on.polls.size(), std::size_t{1});
        QCOMPARE(on.polls[0].error, key.isEmpty() ? QByteArray(cloudMode) : "unauthorized"_ba);
        QVERIFY(on.polls[0].detail.contains(key.isEmpty() ? "INNGEST_DEV=1" : "signing key"));
        QCOMPARE(on.client.activeCount(), 0);
        poller.pollNow();
        QVERIFY(on.isAsked(2));
        on.asked.back()->write(okAnswer);
    }
    QVERIFY(on.isAsked(isTold ? 2 : 3));
    QVERIFY(on.server.requests.back().head.startsWith("PUT /api "));
    QVERIFY(on.answers(isTold ? 1 : 2));
    QCOMPARE(on.polls.back().error, QByteArray());
}

void TestAppPoller::whatIsRemovedAfterTheLookIsNotToldToRegister()
{
    Fixture on;
    on.answersLooks = false;
    App unknown = appOf({}, on.server.url("/other"_ba));
    unknown.error = "unreachable"_ba;
    on.poller.follow(unknown);
    QVERIFY(on.isAsked(1));
    on.poller.forget(unknown.id);
    QVERIFY(on.answers(1));
    QCOMPARE(on.client.activeCount(), 0);
    QCOMPARE(on.asked.size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(TestAppPoller)

#include "tst_apppoller.moc"
