// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/epollset.h"
#include "devserver/transport/httpserver.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <sys/socket.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::transport;

namespace {

const QByteArray get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"_ba;

QByteArray post(const QByteArray &path, const QByteArray &body)
{
    return "POST "_ba + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: "_ba
           + QByteArray::number(body.size()) + "\r\n\r\n"_ba + body;
}

/// A client that says raw bytes and collects what comes back.
struct Client {
    explicit Client(quint16 port, const QHostAddress &address = QHostAddress::LocalHost)
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket,
                         [this] { received += socket.readAll(); });
        socket.connectToHost(address, port);
        if (!socket.waitForConnected())
            qFatal("cannot connect");
    }

    void say(const QByteArray &bytes)
    {
        socket.write(bytes);
        socket.flush();
    }

    bool isClosed() const { return socket.state() == QAbstractSocket::UnconnectedState; }

    QTcpSocket socket;
    QByteArray received;
};

/// A server on a free port whose handler answers "<method> <path> <body>" unless `held` is set.
struct Fixture {
    explicit Fixture(HttpLimits limits = {})
    {
        HttpHooks hooks;
        hooks.handler = [this](HttpRequest request, Responder responder) {
            requests.append(request);
            if (isHolding)
                held.push_back(std::move(responder));
            else
                responder(echo(request));
        };
        hooks.guard = [this](const HttpRequest &head) -> std::optional<HttpReply> {
            guarded.append(head.path);
            if (head.path == "/forbidden")
                return errorReply(403, u"no \"entry\""_s);
            return std::nullopt;
        };
        hooks.bodyLimit = [](const HttpRequest &head) {
            return head.path == "/big" ? 100'000'000 : 1000;
        };
        hooks.defaultHeaders.add("X-Kind"_ba, "dev"_ba);
        server = std::make_unique<HttpServer>(epoll, std::move(hooks), limits);
        const Result<quint16> listening = server->listen(QHostAddress::LocalHost, 0);
        if (!listening)
            qFatal("cannot listen");
        port = *listening;
    }

    static HttpReply echo(const HttpRequest &request)
    {
        HttpReply reply;
        reply.body = request.method + ' ' + request.path + ' ' + request.body;
        return reply;
    }

    EpollSet epoll;
    QList<HttpRequest> requests;
    QList<QByteArray> guarded;
    std::vector<Responder> held;
    bool isHolding = false;
    std::unique_ptr<HttpServer> server;
    quint16 port = 0;
};

QByteArray ok(const QByteArray &body, const QByteArray &connection = {})
{
    return "HTTP/1.1 200 OK\r\nX-Kind: dev\r\nContent-Length: "_ba + QByteArray::number(body.size())
           + "\r\n"_ba + connection + "\r\n"_ba + body;
}

} // namespace

class TestHttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAndKeepsTheConnection();
    void answersSplitRequests();
    void pipelinedRequestsAreAnsweredInOrder();
    void manyPipelinedRequestsDoNotRecurse();
    void headSendsNoBody();
    void connectionSemantics_data();
    void connectionSemantics();
    void expectContinue();
    void refusedExpectationGetsNoContinue();
    void guardRunsBeforeTheBody();
    void bodyOverTheLimit();
    void clientThatSendsTooMuchReadsTheAnswer();
    void badFramingIsAnsweredAndClosed();
    void bigReplyAndBigBody();
    void pausedReaderGetsAllOfIt();
    void replyHeadersCannotBeSplit();
    void unansweredRequestIs500();
    void secondReplyIsIgnored();
    void replyAfterTheClientLeft();
    void replyAfterTheServerIsGone();
    void serverMayGoInTheHandler();
    void halfClosedClientGetsItsAnswer();
    void deadlines_data();
    void deadlines();
    void handlingHasNoDeadline();
    void slowButSteadyBodyIsTaken();
    void connectionsOverTheCap();
    void portInUse();
    void bothFamilies();
    void stopsGracefully();
    void closeEndsEverything();
    void resetClientsLeaveNothing();
};

void TestHttpServer::answersAndKeepsTheConnection()
{
    Fixture fixture;
    Client client(fixture.port);
    client.say(post("/e"_ba, "hello"_ba));
    QTRY_COMPARE(client.received, ok("POST /e hello"_ba));
    client.received.clear();
    client.say(get);
    QTRY_COMPARE(client.received, ok("GET /x "_ba));
    QVERIFY(!client.isClosed());
    QCOMPARE(fixture.server->connectionCount(), 1);
    QCOMPARE(fixture.requests.front().peer, QHostAddress(QHostAddress::LocalHost));
}

void TestHttpServer::answersSplitRequests()
{
    Fixture fixture;
    const QByteArray request = "POST /s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "2\r\nab\r\n0\r\n\r\n"_ba;
    Client client(fixture.port);
    for (qsizetype split = 1; split < request.size(); split += 9) {
        client.received.clear();
        client.say(request.first(split));
        QCoreApplication::processEvents();
        client.say(request.sliced(split));
        QTRY_COMPARE(client.received, ok("POST /s ab"_ba));
    }
}

void TestHttpServer::pipelinedRequestsAreAnsweredInOrder()
{
    Fixture fixture;
    fixture.isHolding = true;
    Client client(fixture.port);
    client.say(post("/1"_ba, "a"_ba) + post("/2"_ba, "b"_ba) + post("/3"_ba, "c"_ba));
    for (std::size_t i = 0; i < 3; ++i) {
        QTRY_COMPARE(fixture.held.size(), i + 1);
        QCoreApplication::processEvents();
        QCOMPARE(fixture.held.size(), i + 1); // one in flight
        fixture.held[i](Fixture::echo(fixture.requests.back()));
    }
    QTRY_COMPARE(client.received, ok("POST /1 a"_ba) + ok("POST /2 b"_ba) + ok("POST /3 c"_ba));
}

void TestHttpServer::manyPipelinedRequestsDoNotRecurse()
{
    Fixture fixture;
    Client client(fixture.port);
    constexpr int count = 20'000;
    client.say(get.repeated(count));
    QTRY_COMPARE_WITH_TIMEOUT(client.received.size(), ok("GET /x "_ba).size() * count, 20'000);
    QCOMPARE(fixture.requests.size(), count);
}

void TestHttpServer::headSendsNoBody()
{
    Fixture fixture;
    Client client(fixture.port);
    client.say("HEAD /h HTTP/1.1\r\nHost: a\r\n\r\n"_ba + get);
    QTRY_COMPARE(client.received, "HTTP/1.1 200 OK\r\nX-Kind: dev\r\nContent-Length: 8\r\n\r\n"_ba
                                      + ok("GET /x "_ba));
}

void TestHttpServer::connectionSemantics_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<bool>("closes");
    QTest::addRow("1.1") << get << QByteArray() << false;
    QTest::addRow("1.1 close") << "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"_ba
                               << "Connection: close\r\n"_ba << true;
    QTest::addRow("1.0") << "GET /x HTTP/1.0\r\n\r\n"_ba
                         << "Connection: close\r\n"_ba << true;
    QTest::addRow("1.0 keep-alive") << "GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"_ba
                                    << "Connection: keep-alive\r\n"_ba << false;
}

void TestHttpServer::connectionSemantics()
{
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, field);
    QFETCH(const bool, closes);
    Fixture fixture;
    Client client(fixture.port);
    client.say(request);
    QTRY_COMPARE(client.received, ok("GET /x "_ba, field));
    if (closes) {
        QTRY_VERIFY(client.isClosed());
        QTRY_COMPARE(fixture.server->connectionCount(), 0);
    } else {
        client.say(get);
        QTRY_COMPARE(fixture.requests.size(), 2);
    }
}

void TestHttpServer::expectContinue()
{
    Fixture fixture;
    Client client(fixture.port);
    client.say(
        "POST /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"_ba);
    QTRY_COMPARE(client.received, "HTTP/1.1 100 Continue\r\n\r\n"_ba);
    client.received.clear();
    client.say("hi"_ba);
    QTRY_COMPARE(client.received, ok("POST /e hi"_ba));
    client.received.clear();
    // Sent along at once: no 100 needed.
    client.say(
        "POST /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nho"_ba);
    QTRY_COMPARE(client.received, ok("POST /e ho"_ba));
}

void TestHttpServer::refusedExpectationGetsNoContinue()
{
    for (const char *start : {"POST /forbidden HTTP/1.1\r\nContent-Length: 2\r\n",
                              "POST /e HTTP/1.1\r\nContent-Length: 1001\r\n"}) {
        Fixture fixture;
        Client client(fixture.port);
        client.say(QByteArray(start) + "Host: a\r\nExpect: 100-continue\r\n\r\n"_ba);
        QTRY_VERIFY(client.isClosed());
        QVERIFY(client.received.startsWith("HTTP/1.1 4"));
        QVERIFY(!client.received.contains("100 Continue"));
    }
}

void TestHttpServer::guardRunsBeforeTheBody()
{
    Fixture fixture;
    Client client(fixture.port);
    // Without a body the connection can go on.
    client.say("GET /forbidden HTTP/1.1\r\nHost: a\r\n\r\n"_ba + get);
    QTRY_VERIFY(client.received.endsWith(ok("GET /x "_ba)));
    QVERIFY(
        client.received.startsWith("HTTP/1.1 403 Forbidden\r\nContent-Type: "
                                   "application/json\r\nX-Kind: dev\r\nContent-Length: 37\r\n\r\n"
                                   "{\"error\":\"no \\\"entry\\\"\",\"status\":403}"));
    client.received.clear();
    client.say(
        "POST /forbidden HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n"_ba); // no body yet
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.received.contains("403 Forbidden"));
    QVERIFY(client.received.contains("Connection: close\r\n"));
    QCOMPARE(fixture.requests.size(), 1);
    QCOMPARE(fixture.guarded.size(), 3);
}

void TestHttpServer::bodyOverTheLimit()
{
    Fixture fixture;
    Client client(fixture.port);
    client.say(post("/e"_ba, QByteArray(1001, 'x')));
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.received.startsWith("HTTP/1.1 413 Content Too Large\r\n"));
    QVERIFY(client.received.endsWith(
        "\r\n\r\n{\"error\":\"the request body of 1001 bytes is larger than "
        "the limit of 1000 bytes\",\"status\":413}"));
    QVERIFY(fixture.requests.isEmpty());
    Client exact(fixture.port);
    exact.say(post("/e"_ba, QByteArray(1000, 'x')));
    QTRY_VERIFY(exact.received.startsWith("HTTP/1.1 200"));
}

void TestHttpServer::clientThatSendsTooMuchReadsTheAnswer()
{
    Fixture fixture;
    Client client(fixture.port);
    client.say(post("/e"_ba, QByteArray(8'000'000, 'x'))); // far more than the buffers of a socket
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.received.startsWith("HTTP/1.1 413"));
    QTRY_COMPARE(fixture.server->connectionCount(), 0);
}

void TestHttpServer::badFramingIsAnsweredAndClosed()
{
    Fixture fixture;
    Client client(fixture.port);
    client.say(get + "GET /x HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"_ba + get);
    QTRY_VERIFY(client.isClosed());
    const QByteArray start = ok("GET /x "_ba) + "HTTP/1.1 400 Bad Request\r\n"_ba;
    QCOMPARE(client.received.first(start.size()), start);
    QVERIFY(client.received.endsWith(
        "{\"error\":\"the request has more than one Host\",\"status\":400}"));
    QCOMPARE(fixture.requests.size(), 1);
}

void TestHttpServer::bigReplyAndBigBody()
{
    Fixture fixture;
    QByteArray body;
    for (int i = 0; i < 2'000'000; ++i)
        body += QByteArray::number(i);
    Client client(fixture.port);
    client.say(post("/big"_ba, body) + get);
    const QByteArray expected = ok("POST /big "_ba + body) + ok("GET /x "_ba);
    QTRY_COMPARE_WITH_TIMEOUT(client.received.size(), expected.size(), 20'000);
    QVERIFY(client.received == expected);
}

void TestHttpServer::pausedReaderGetsAllOfIt()
{
    Fixture fixture;
    fixture.isHolding = true;
    Client client(fixture.port);
    client.socket.setReadBufferSize(1000);
    client.say(get + get); // the second waits until the first is out
    QTRY_COMPARE(fixture.held.size(), std::size_t(1));
    HttpReply big;
    big.body = QByteArray(20'000'000, 'y');
    fixture.held[0](big);
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
    QCOMPARE(fixture.held.size(), std::size_t(1));
    client.socket.setReadBufferSize(0);
    QTRY_COMPARE_WITH_TIMEOUT(client.received.size(), ok(big.body).size(), 20'000);
    QTRY_COMPARE(fixture.held.size(), std::size_t(2));
    fixture.held[1]({});
}

void TestHttpServer::replyHeadersCannotBeSplit()
{
    Fixture fixture;
    fixture.isHolding = true;
    Client client(fixture.port);
    client.say(get);
    QTRY_COMPARE(fixture.held.size(), std::size_t(1));
    HttpReply reply;
    reply.headers = {
        {"A"_ba, "b\r\nEvil: 1"_ba}, {"Content-Length"_ba, "7"_ba}, {"x-kind"_ba, "own"_ba}};
    fixture.held[0](reply);
    QTRY_COMPARE(client.received, "HTTP/1.1 200 OK\r\nx-kind: own\r\nContent-Length: 0\r\n\r\n"_ba);
}

void TestHttpServer::unansweredRequestIs500()
{
    Fixture fixture;
    fixture.isHolding = true;
    Client client(fixture.port);
    client.say(get);
    QTRY_COMPARE(fixture.held.size(), std::size_t(1));
    fixture.held.clear();
    QTRY_VERIFY(client.received.startsWith("HTTP/1.1 500 Internal Server Error\r\n"));
    QVERIFY(
        client.received.contains("{\"error\":\"the request was not answered\",\"status\":500}"));
}

void TestHttpServer::secondReplyIsIgnored()
{
    Fixture fixture;
    fixture.isHolding = true;
    Client client(fixture.port);
    client.say(get + get);
    QTRY_COMPARE(fixture.held.size(), std::size_t(1));
    const Responder copy = fixture.held[0];
    copy(Fixture::echo(fixture.requests[0]));
    QVERIFY(fixture.held[0].isAnswered());
    QTRY_COMPARE(fixture.held.size(), std::size_t(2));
    QTest::ignoreMessage(QtWarningMsg, "second reply ignored status 418");
    fixture.held[0](errorReply(418, {})); // must not answer the second request
    QTRY_COMPARE(client.received, ok("GET /x "_ba));
    fixture.held[1](Fixture::echo(fixture.requests[1]));
    QTRY_COMPARE(client.received, ok("GET /x "_ba) + ok("GET /x "_ba));
}

void TestHttpServer::replyAfterTheClientLeft()
{
    Fixture fixture;
    fixture.isHolding = true;
    {
        Client client(fixture.port);
        client.say(get);
        QTRY_COMPARE(fixture.held.size(), std::size_t(1));
        client.socket.abort();
    }
    QCoreApplication::processEvents();
    fixture.held[0](Fixture::echo(fixture.requests[0]));
    QTRY_COMPARE(fixture.server->connectionCount(), 0);
    QCOMPARE(fixture.epoll.watchedCount(), 1);
}

void TestHttpServer::replyAfterTheServerIsGone()
{
    Fixture fixture;
    fixture.isHolding = true;
    Client client(fixture.port);
    client.say(get);
    QTRY_COMPARE(fixture.held.size(), std::size_t(1));
    fixture.server.reset();
    QCOMPARE(fixture.epoll.watchedCount(), 0);
    fixture.held[0](Fixture::echo(fixture.requests[0]));
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received, QByteArray());
}

void TestHttpServer::serverMayGoInTheHandler()
{
    EpollSet epoll;
    std::unique_ptr<HttpServer> server;
    HttpHooks hooks;
    hooks.handler = [&](const HttpRequest &, const Responder &responder) {
        server.reset();
        responder({});
    };
    server = std::make_unique<HttpServer>(epoll, std::move(hooks));
    Client client(*server->listen(QHostAddress::LocalHost, 0));
    client.say(get + get);
    QTRY_VERIFY(client.isClosed());
    QVERIFY(!server);
    QCOMPARE(epoll.watchedCount(), 0);
}

void TestHttpServer::halfClosedClientGetsItsAnswer()
{
    Fixture fixture;
    fixture.isHolding = true;
    Client client(fixture.port);
    client.say(get);
    ::shutdown(static_cast<int>(client.socket.socketDescriptor()), SHUT_WR);
    QTRY_COMPARE(fixture.held.size(), std::size_t(1));
    QCoreApplication::processEvents();
    fixture.held[0](Fixture::echo(fixture.requests[0]));
    QTRY_COMPARE(client.received, ok("GET /x "_ba));
    QTRY_COMPARE(fixture.server->connectionCount(), 0);
}

void TestHttpServer::deadlines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray late = "HTTP/1.1 408 Request Timeout\r\n"_ba;
    QTest::addRow("header") << "GET /x HTT"_ba << late;
    QTest::addRow("header after a request") << get + "GET"_ba << ok("GET /x "_ba) + late;
    QTest::addRow("body") << "POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"_ba
                          << late;
    QTest::addRow("chunked body")
        << "POST /e HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1"_ba << late;
    QTest::addRow("idle after a request") << get << ok("GET /x "_ba);
    QTest::addRow("idle from the start") << QByteArray() << QByteArray();
}

void TestHttpServer::deadlines()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, answer);
    HttpLimits limits;
    limits.headerTimeout = 30ms;
    limits.bodyWindow = 40ms;
    limits.bodyRate = 1000;
    limits.idleTimeout = 50ms;
    Fixture fixture(limits);
    Client client(fixture.port);
    client.say(bytes);
    QTRY_VERIFY(client.isClosed());
    if (answer.endsWith("Timeout\r\n"))
        client.received.truncate(answer.size());
    QCOMPARE(client.received, answer);
    QTRY_COMPARE(fixture.server->connectionCount(), 0);
}

void TestHttpServer::handlingHasNoDeadline()
{
    HttpLimits limits;
    limits.headerTimeout = limits.bodyWindow = limits.idleTimeout = 20ms;
    Fixture fixture(limits);
    fixture.isHolding = true;
    Client client(fixture.port);
    client.say(get);
    QTRY_COMPARE(fixture.held.size(), std::size_t(1));
    Client other(fixture.port); // its end tells that time has passed
    QTRY_VERIFY(other.isClosed());
    QVERIFY(!client.isClosed());
    fixture.held[0](Fixture::echo(fixture.requests[0]));
    QTRY_COMPARE(client.received, ok("GET /x "_ba));
}

void TestHttpServer::slowButSteadyBodyIsTaken()
{
    HttpLimits limits;
    limits.headerTimeout = limits.idleTimeout = 30ms;
    limits.bodyWindow = 100ms;
    limits.bodyRate = 10;
    Fixture fixture(limits);
    Client client(fixture.port);
    client.say("POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n"_ba);
    QTimer drip;
    QObject::connect(&drip, &QTimer::timeout, &client.socket, [&] { client.say("x"_ba); });
    drip.start(50); // 300 ms in all: longer than each limit
    QTRY_COMPARE(fixture.requests.size(), 1);
    drip.stop();
    QTRY_COMPARE(client.received, ok("POST /e xxxxxx"_ba));
}

void TestHttpServer::connectionsOverTheCap()
{
    HttpLimits limits;
    limits.connections = 2;
    Fixture fixture(limits);
    Client first(fixture.port);
    auto second = std::make_unique<Client>(fixture.port);
    QTRY_COMPARE(fixture.server->connectionCount(), 2);
    Client third(fixture.port);
    third.say(get);
    QTRY_VERIFY(third.isClosed());
    QVERIFY(third.received.startsWith("HTTP/1.1 503 Service Unavailable\r\n"));
    QVERIFY(third.received.endsWith(
        "{\"error\":\"too many connections: the limit is 2\",\"status\":503}"));
    QVERIFY(fixture.requests.isEmpty());
    second.reset();
    QTRY_COMPARE(fixture.server->connectionCount(), 1);
    Client fourth(fixture.port);
    fourth.say(get);
    QTRY_COMPARE(fourth.received, ok("GET /x "_ba));
}

void TestHttpServer::portInUse()
{
    Fixture first;
    Fixture second;
    const Result<quint16> result = second.server->listen(QHostAddress::LocalHost, first.port);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::AddressInUse);
    QCOMPARE(result.error().message, u"port %1 is in use"_s.arg(first.port));
    const Result<quint16> foreign = second.server->listen(QHostAddress(u"192.0.2.1"_s), 0);
    QVERIFY(!foreign);
    QCOMPARE(foreign.error().code, ErrorCode::Network);
}

void TestHttpServer::bothFamilies()
{
    Fixture fixture;
    const Result<quint16> v6 = fixture.server->listen(QHostAddress::LocalHostIPv6, fixture.port);
    QVERIFY2(v6, "this machine has no address ::1, but the test needs it");
    QCOMPARE(*v6, fixture.port);
    Client client(fixture.port, QHostAddress::LocalHostIPv6);
    client.say(get);
    QTRY_COMPARE(client.received, ok("GET /x "_ba));
    QCOMPARE(fixture.requests.back().peer, QHostAddress(QHostAddress::LocalHostIPv6));
}

void TestHttpServer::stopsGracefully()
{
    Fixture fixture;
    fixture.isHolding = true;
    Client busy(fixture.port);
    Client idle(fixture.port);
    busy.say(get + get);
    QTRY_COMPARE(fixture.held.size(), std::size_t(1));
    QTRY_COMPARE(fixture.server->connectionCount(), 2);
    fixture.server->stopAccepting();
    QTRY_VERIFY(idle.isClosed());
    QVERIFY(!busy.isClosed());
    fixture.held[0](Fixture::echo(fixture.requests[0]));
    QTRY_VERIFY(busy.isClosed());
    QCOMPARE(busy.received, ok("GET /x "_ba, "Connection: close\r\n"_ba));
    QCOMPARE(fixture.requests.size(), 1); // the pipelined one is the client's to repeat
    QTRY_COMPARE(fixture.server->connectionCount(), 0);
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, fixture.port);
    QVERIFY(!late.waitForConnected());
}

void TestHttpServer::closeEndsEverything()
{
    Fixture fixture;
    fixture.isHolding = true;
    Client busy(fixture.port);
    busy.say(get);
    QTRY_COMPARE(fixture.held.size(), std::size_t(1));
    fixture.server->close();
    QCOMPARE(fixture.server->connectionCount(), 0);
    QCOMPARE(fixture.epoll.watchedCount(), 0);
    QTRY_VERIFY(busy.isClosed());
    fixture.held[0]({});
}

void TestHttpServer::resetClientsLeaveNothing()
{
    Fixture fixture;
    const QByteArray request = post("/big"_ba, QByteArray(100'000, 'x'));
    for (const qsizetype cut : {0, 5, 30, 60, 5'000, 100'000, 100'052}) {
        Client client(fixture.port);
        client.say(request.first(std::min(cut, request.size())));
        QCoreApplication::processEvents();
        client.socket.abort();
    }
    QTRY_COMPARE(fixture.server->connectionCount(), 0);
    QCOMPARE(fixture.epoll.watchedCount(), 1);
}

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_httpserver.moc"
