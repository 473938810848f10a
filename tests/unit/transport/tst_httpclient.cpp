// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/httpclient.h"
#include "tests/unit/transport/clientfixture.h"
#include "tests/unit/transport/scriptserver.h"

#include <QCoreApplication>
#include <QObject>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using namespace devserver::tests;
using namespace devserver::transport;

class TestHttpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void reusesTheConnection();
    void sendsMethodHeadersAndBody_data();
    void sendsMethodHeadersAndBody();
    void sendsALongBodyWithoutExpect();
    void readsAnswers_data();
    void readsAnswers();
    void keepsHeadersOfTheLastAnswerOnly();
    void redirectsKeepMethodAndBody_data();
    void redirectsKeepMethodAndBody();
    void leavesRedirectsAloneIfTold();
    void localhostFindsEitherFamily_data();
    void localhostFindsEitherFamily();
    void abortedCallIsNotReported();
    void abortAllReportsEachCall();
    void callbackMaySendAndAbort();
    void callbackMayDestroyTheClient();
    void manyCallsRunAtOnce();
    void loopbackNeedsNoProxy();
};

void TestHttpClient::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void TestHttpClient::reusesTheConnection()
{
    ScriptServer server(answerOk);
    Calls calls;
    for (std::size_t i = 1; i <= 3; ++i) {
        calls.post(server.url(), "hello"_ba);
        QVERIFY(calls.waitFor(i));
        const HttpResult &result = calls.results.back();
        QCOMPARE(messageOf(result), ""_ba);
        QCOMPARE(result.outcome->status, 200);
        QCOMPARE(result.outcome->body, "ok"_ba);
        QCOMPARE(result.reusedConnection, i > 1);
        QCOMPARE(result.timings.connect > 0us, i == 1);
        QVERIFY(result.timings.total > 0us);
        const HttpTimings &timings = result.timings;
        QVERIFY(timings.firstByte > timings.dns + timings.connect + timings.tls);
        QVERIFY(timings.firstByte <= timings.total);
    }
    QCOMPARE(server.connections, 1);
    QCOMPARE(calls.client->activeCount(), 0);
}

void TestHttpClient::sendsMethodHeadersAndBody_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("length");

    QTest::newRow("GET") << "GET"_ba
                         << ""_ba
                         << ""_ba;
    QTest::newRow("HEAD") << "HEAD"_ba
                          << ""_ba
                          << ""_ba;
    QTest::newRow("POST") << "POST"_ba
                          << "\0{}"_ba
                          << "3"_ba;
    QTest::newRow("POST without body") << "POST"_ba
                                       << ""_ba
                                       << "0"_ba;
    QTest::newRow("PUT") << "PUT"_ba
                         << "{}"_ba
                         << "2"_ba;
    QTest::newRow("PUT without body") << "PUT"_ba
                                      << ""_ba
                                      << "0"_ba;
    QTest::newRow("DELETE") << "DELETE"_ba
                            << ""_ba
                            << ""_ba;
    QTest::newRow("DELETE with body") << "DELETE"_ba
                                      << "x"_ba
                                      << "1"_ba;
}

void TestHttpClient::sendsMethodHeadersAndBody()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, length);

    ScriptServer server([](QTcpSocket *socket, const SeenRequest &request) {
        socket->write(request.line().startsWith("HEAD") ? okAnswer.chopped(2) : okAnswer);
    });
    Calls calls;
    calls.send({.method = method,
                .url = server.url("/a?b=%20c"_ba),
                .headers = {{"X-Run-ID"_ba, "run: 1"_ba}, {"X-Empty"_ba, ""_ba}},
                .body = body});
    calls.get(server.url()); // after it on a pooled handle: nothing may be left of the first call
    QVERIFY(calls.waitFor(2));
    QCOMPARE(messageOf(calls.results[0]), ""_ba);

    const auto isFirst = [](const SeenRequest &seen) { return seen.head.contains("/a?b=%20c"); };
    const auto &all = server.requests;
    const auto first = std::find_if(all.begin(), all.end(), isFirst);
    const auto second = std::find_if_not(all.begin(), all.end(), isFirst);
    QCOMPARE(first->line(), method + " /a?b=%20c HTTP/1.1");
    QCOMPARE(first->body, body);
    QVERIFY(first->head.contains("\r\nX-Run-ID: run: 1\r\n"));
    QVERIFY(first->head.contains("\r\nX-Empty:\r\n"));
    QVERIFY(first->head.contains("\r\nAccept-Encoding: "));
    QVERIFY(!first->head.toLower().contains("\r\ncontent-type:"));
    const QByteArray lengthLine = "\r\nContent-Length: " + length;
    QCOMPARE(first->head.contains(lengthLine), !length.isEmpty());
    QCOMPARE(second->line(), "GET / HTTP/1.1"_ba);
    QVERIFY(!second->head.contains("X-Run-ID") && !second->head.contains("Content-Length"));
}

void TestHttpClient::sendsALongBodyWithoutExpect()
{
    ScriptServer server(answerOk);
    Calls calls;
    const QByteArray body(5'000'000, 'x');
    calls.post(server.url(), body);
    QVERIFY(calls.waitFor(1));
    QCOMPARE(kindName(calls.results[0]), "ok"_ba);
    QVERIFY(server.requests[0].body == body);
    QVERIFY(!server.requests[0].head.contains("Expect"));
}

void TestHttpClient::readsAnswers_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("close");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");

    const QByteArray gzip = QByteArray::fromHex( // "hello hello hello"
        "1f8b0800000000000203cb48cdc9c957c84090008088f9e511000000");
    QTest::newRow("length") << "HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nabc"_ba << false
                            << 201 << "abc"_ba;
    QTest::newRow("chunked") << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n"_ba
                             << false << 200 << "abcde"_ba;
    QTest::newRow("gzip") << "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                                 + QByteArray::number(gzip.size()) + "\r\n\r\n" + gzip
                          << false << 200 << "hello hello hello"_ba;
    QTest::newRow("until the end") << "HTTP/1.1 500 Oh\r\n\r\nboom"_ba << true << 500 << "boom"_ba;
    QTest::newRow("HTTP/1.0") << "HTTP/1.0 404 No\r\n\r\n"_ba << true << 404 << ""_ba;
    QTest::newRow("no content") << "HTTP/1.1 204 \r\n\r\n"_ba << false << 204 << ""_ba;
    QTest::newRow("no reason") << "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"_ba << false << 200
                               << ""_ba;
    QTest::newRow("interim answers")
        << "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nX: y\r\n\r\n" + okAnswer << false
        << 200 << "ok"_ba;
}

void TestHttpClient::readsAnswers()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, close);

    ScriptServer server([&](QTcpSocket *socket, const SeenRequest &) {
        socket->write(answer);
        if (close)
            socket->disconnectFromHost();
    });
    Calls calls;
    calls.post(server.url(), "{}"_ba);
    QVERIFY(calls.waitFor(1));
    QCOMPARE(messageOf(calls.results[0]), ""_ba);
    QTEST(calls.results[0].outcome->status, "status");
    QTEST(calls.results[0].outcome->body, "body");
}

void TestHttpClient::keepsHeadersOfTheLastAnswerOnly()
{
    ScriptServer server([](QTcpSocket *socket, const SeenRequest &) {
        socket->write("HTTP/1.1 103 Early\r\nX-Early: 1\r\n\r\n"
                      "HTTP/1.1 206 OK\r\nx-Inngest-SDK:  js:v4 \r\nSet-Cookie: a=1\r\n"
                      "Set-Cookie: b=2\r\nX-Empty:\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "0\r\nX-Trailer: 1\r\n\r\n");
    });
    Calls calls;
    calls.get(server.url());
    QVERIFY(calls.waitFor(1));
    QCOMPARE(messageOf(calls.results[0]), ""_ba);
    const Headers expected{{"x-Inngest-SDK"_ba, "js:v4"_ba},
                           {"Set-Cookie"_ba, "a=1"_ba},
                           {"Set-Cookie"_ba, "b=2"_ba},
                           {"X-Empty"_ba, ""_ba},
                           {"Transfer-Encoding"_ba, "chunked"_ba}};
    QVERIFY(calls.results[0].outcome->headers == expected);
}

void TestHttpClient::redirectsKeepMethodAndBody_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");

    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("%d POST", status) << status << "POST"_ba;
        QTest::addRow("%d PUT", status) << status << "PUT"_ba;
        QTest::addRow("%d GET", status) << status << "GET"_ba;
    }
}

void TestHttpClient::redirectsKeepMethodAndBody()
{
    QFETCH(int, status);
    QFETCH(QByteArray, method);

    ScriptServer server([status](QTcpSocket *socket, const SeenRequest &request) {
        if (request.line().contains("/new"))
            return answerOk(socket, request);
        socket->write("HTTP/1.1 " + QByteArray::number(status)
                      + " Moved\r\nLocation: /new\r\nContent-Length: 4\r\n\r\ngone");
    });
    Calls calls;
    const QByteArray body = method == "GET" ? ""_ba : "{\"a\":1}"_ba;
    calls.send({.method = method,
                .url = server.url("/old"_ba),
                .headers = {{"X-Run-ID"_ba, "1"_ba}},
                .body = body});
    QVERIFY(calls.waitFor(1));
    QCOMPARE(messageOf(calls.results[0]), ""_ba);
    QCOMPARE(calls.results[0].outcome->body, "ok"_ba);
    QCOMPARE(server.requests.size(), 2U);
    QCOMPARE(server.requests[1].line(), method + " /new HTTP/1.1");
    QCOMPARE(server.requests[1].body, body);
    QVERIFY(server.requests[1].head.contains("X-Run-ID: 1"));
    QVERIFY(!calls.results[0].outcome->headers.contains("Location"));
}

void TestHttpClient::leavesRedirectsAloneIfTold()
{
    ScriptServer server([](QTcpSocket *socket, const SeenRequest &) {
        socket->write("HTTP/1.1 307 Moved\r\nLocation: /new\r\nContent-Length: 4\r\n\r\ngone");
    });
    Calls calls;
    calls.send({.url = server.url(), .followRedirects = false});
    QVERIFY(calls.waitFor(1));
    QCOMPARE(calls.results[0].outcome->status, 307);
    QCOMPARE(calls.results[0].outcome->body, "gone"_ba);
}

void TestHttpClient::localhostFindsEitherFamily_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("IPv4 only") << u"127.0.0.1"_s;
    QTest::newRow("IPv6 only") << u"::1"_s;
}

void TestHttpClient::localhostFindsEitherFamily()
{
    QFETCH(QString, address);
    ScriptServer server(answerOk, QHostAddress(address));
    QVERIFY2(server.isListening(), "this machine has no such address, but the test needs both");
    Calls calls;
    calls.get("http://localhost:" + QByteArray::number(server.serverPort()) + '/');
    QVERIFY(calls.waitFor(1));
    QCOMPARE(messageOf(calls.results[0]), ""_ba);
}

void TestHttpClient::abortedCallIsNotReported()
{
    ScriptServer server([](QTcpSocket *socket, const SeenRequest &request) {
        if (!request.line().contains("hang"))
            answerOk(socket, request);
    });
    Calls calls;
    const CallId queued = calls.get(server.url("/queued"_ba));
    calls.client->abort(queued);
    const CallId invalid = calls.get("ftp://127.0.0.1/"_ba);
    calls.client->abort(invalid);
    const CallId hanging = calls.get(server.url("/hang"_ba));
    QTRY_COMPARE(server.requests.size(), 1U);
    calls.client->abort(hanging);
    calls.client->abort(hanging);
    QCOMPARE(calls.client->activeCount(), 0);

    calls.get(server.url());
    QVERIFY(calls.waitFor(1));
    calls.client->abort(CallId{4}); // over
    QCOMPARE(calls.results.size(), 1U);
    QCOMPARE(kindName(calls.results[0]), "ok"_ba);
    QCOMPARE(server.requests.size(), 2U);
}

void TestHttpClient::abortAllReportsEachCall()
{
    ScriptServer server([](QTcpSocket *, const SeenRequest &) {});
    Calls calls;
    for (int i = 0; i < 3; ++i)
        calls.get(server.url());
    QTRY_COMPARE(server.requests.size(), 3U);
    calls.client->abortAll();
    QCOMPARE(calls.results.size(), 0U);
    QVERIFY(calls.waitFor(3));
    for (const HttpResult &result : calls.results) {
        QCOMPARE(kindName(result), "aborted"_ba);
        QVERIFY(messageOf(result).contains(QByteArray::number(server.serverPort())));
    }
    QCOMPARE(calls.client->activeCount(), 0);
}

void TestHttpClient::callbackMaySendAndAbort()
{
    ScriptServer server([](QTcpSocket *socket, const SeenRequest &request) {
        if (!request.line().contains("hang"))
            answerOk(socket, request);
    });
    Calls calls;
    const CallId hanging = calls.get(server.url("/hang"_ba));
    int left = 50;
    std::function<void(HttpResult)> next = [&](HttpResult result) {
        QCOMPARE(messageOf(result), ""_ba);
        calls.client->abort(hanging);
        if (--left > 0)
            calls.client->send({.url = server.url()}, next);
    };
    calls.client->send({.url = server.url()}, next);
    QTRY_COMPARE(left, 0);
    QVERIFY(server.connections <= 2);
    QCOMPARE(calls.results.size(), 0U);
}

void TestHttpClient::callbackMayDestroyTheClient()
{
    ScriptServer server(answerOk);
    Calls calls;
    int called = 0;
    for (int i = 0; i < 5; ++i) {
        calls.client->send({.url = server.url()}, [&](HttpResult) {
            ++called;
            calls.client.reset();
        });
    }
    QTRY_VERIFY(!calls.client);
    QCoreApplication::processEvents();
    QCOMPARE(called, 1);
    QCOMPARE(calls.sockets.watchedCount(), 0);
}

void TestHttpClient::manyCallsRunAtOnce()
{
    constexpr std::size_t count = 300;
    std::vector<QTcpSocket *> waiting;
    ScriptServer server([&](QTcpSocket *socket, const SeenRequest &) {
        waiting.push_back(socket); // nobody is answered before all are here
        if (waiting.size() < count)
            return;
        for (QTcpSocket *each : std::exchange(waiting, {}))
            each->write(okAnswer);
    });
    Calls calls;
    for (std::size_t round = 1; round <= 2; ++round) {
        for (std::size_t i = 0; i < count; ++i)
            calls.post(server.url(), QByteArray(1000, 'x'));
        QVERIFY(calls.waitFor(round * count));
    }
    for (const HttpResult &result : calls.results)
        QCOMPARE(messageOf(result), ""_ba);
    QCOMPARE(server.connections, 300); // the second round reused all of them
    QCOMPARE(calls.sockets.watchedCount(), 0);
}

void TestHttpClient::loopbackNeedsNoProxy()
{
    qputenv("http_proxy", "http://127.0.0.1:1");
    const auto restore = qScopeGuard([] { qunsetenv("http_proxy"); });
    ScriptServer server(answerOk);
    Calls calls;
    calls.get(server.url());
    calls.get("http://localhost:" + QByteArray::number(server.serverPort()));
    QVERIFY(calls.waitFor(2));
    QCOMPARE(messageOf(calls.results[0]), ""_ba);
    QCOMPARE(messageOf(calls.results[1]), ""_ba);
}

QTEST_GUILESS_MAIN(TestHttpClient)

#include "tst_httpclient.moc"
