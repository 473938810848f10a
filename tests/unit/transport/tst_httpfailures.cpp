// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/httpclient.h"
#include "tests/unit/transport/clientfixture.h"
#include "tests/unit/transport/scriptserver.h"

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTcpServer>
#include <QTest>
#include <QTimer>

#include <dlfcn.h>
#include <linux/filter.h>
#include <netdb.h>
#include <sys/socket.h>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using namespace devserver::tests;
using namespace devserver::transport;

namespace {

QSemaphore s_asked;     ///< one for each lookup of a name that nobody has
QSemaphore s_mayAnswer; ///< one for each that may end

/// From now on nothing that is sent to it arrives, as if it had been closed before.
bool deafen(const QTcpSocket *socket)
{
    sock_filter dropAll{.code = BPF_RET | BPF_K, .jt = 0, .jf = 0, .k = 0};
    const sock_fprog program{.len = 1, .filter = &dropAll};
    return setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_ATTACH_FILTER,
                      &program, sizeof program)
           == 0;
}

} // namespace

/// Stands before the one of the C library, for curl's thread, too: a lookup that takes as long as a
/// test wants.
extern "C" int getaddrinfo(const char *node, const char *service, const addrinfo *hints,
                           addrinfo **result)
{
    if (node != nullptr && QByteArrayView(node).endsWith(".invalid")) {
        s_asked.release();
        s_mayAnswer.acquire();
        return EAI_NONAME;
    }
    static const auto real =
        reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(node, service, hints, result);
}

class TestHttpFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void classifiesBadAnswers_data();
    void classifiesBadAnswers();
    void tellsWhatHadArrived_data();
    void tellsWhatHadArrived();
    void refusesWhatItCannotSend_data();
    void refusesWhatItCannotSend();
    void refusedPortIsUnreachable();
    void failedTlsIsUnreachable();
    void redirectToADeadPortIsUnreachable();
    void unknownHostIsUnreachableAndDoesNotBlock();
    void requestThatNobodyTookIsSentOnce();
    void secondTryGoesToAFreshConnection();
    void secondDeathIsBroken();
    void appThatIsGoneBeforeItTookTheRequestIsUnreachable();
    void peerThatClosedInOrderIsNotUsedAgain_data();
    void peerThatClosedInOrderIsNotUsedAgain();
    void partOfARequestIsNeverSentAgain();
    void takenRequestIsNeverSentAgain_data();
    void takenRequestIsNeverSentAgain();
};

void TestHttpFailures::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void TestHttpFailures::classifiesBadAnswers_data()
{
    QTest::addColumn<QByteArray>("answer"); // "": nothing
    QTest::addColumn<QByteArray>("then");   // "close", "reset", "stay"
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("says");

    const QByteArray ok = "HTTP/1.1 200 OK\r\n"_ba;
    const QByteArray chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    const QByteArray bomb =
        QByteArray::fromHex("1f8b0800000000000203edc13101000000c2a0f54f6d067fa0")
        + QByteArray(176, '\0') + QByteArray::fromHex("80d7007b58e05c400d0300"); // 200,000 zeros

    QTest::newRow("closes at once") << ""_ba
                                    << "close"_ba
                                    << "broken"_ba
                                    << "broke"_ba;
    QTest::newRow("resets at once") << ""_ba
                                    << "reset"_ba
                                    << "broken"_ba
                                    << "broke"_ba;
    QTest::newRow("closes in the status line") << "HTTP/1"_ba
                                               << "close"_ba
                                               << "broken"_ba
                                               << ""_ba;
    QTest::newRow("closes in the header") << ok + "X-A: b\r\n"
                                          << "close"_ba
                                          << "broken"_ba
                                          << ""_ba;
    QTest::newRow("closes in the body") << ok + "Content-Length: 9\r\n\r\nabc"
                                        << "close"_ba
                                        << "broken"_ba
                                        << ""_ba;
    QTest::newRow("resets in the body") << ok + "Content-Length: 9\r\n\r\nabc"
                                        << "reset"_ba
                                        << "broken"_ba
                                        << ""_ba;
    QTest::newRow("closes in a chunk") << chunked + "9\r\nabc"
                                       << "close"_ba
                                       << "broken"_ba
                                       << ""_ba;
    QTest::newRow("closes before the last chunk") << chunked + "3\r\nabc\r\n"
                                                  << "close"_ba
                                                  << "broken"_ba
                                                  << ""_ba;
    QTest::newRow("hangs") << ""_ba
                           << "stay"_ba
                           << "timed out"_ba
                           << "300 ms"_ba;
    QTest::newRow("hangs in the body") << ok + "Content-Length: 9\r\n\r\nabc"
                                       << "stay"_ba
                                       << "timed out"_ba
                                       << "300 ms"_ba;
    QTest::newRow("not HTTP") << "SSH-2.0-x\r\n"_ba
                              << "close"_ba
                              << "protocol"_ba
                              << ""_ba;
    QTest::newRow("bad chunk") << chunked + "zz\r\n"
                               << "stay"_ba
                               << "protocol"_ba
                               << ""_ba;
    QTest::newRow("not gzip") << ok + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"
                              << "stay"_ba
                              << "protocol"_ba
                              << ""_ba;
    QTest::newRow("redirects without end")
        << "HTTP/1.1 307 R\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"_ba
        << "stay"_ba
        << "protocol"_ba
        << "60"_ba;
    QTest::newRow("redirects elsewhere")
        << "HTTP/1.1 307 R\r\nLocation: ftp://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"_ba
        << "stay"_ba
        << "protocol"_ba
        << ""_ba;
    QTest::newRow("announces too much") << ok + "Content-Length: 1001\r\n\r\nabc"
                                        << "stay"_ba
                                        << "too large"_ba
                                        << "1001 bytes"_ba;
    QTest::newRow("sends too much") << chunked + "3e9\r\n" + QByteArray(1001, 'x') << "stay"_ba
                                    << "too large"_ba
                                    << "limit is 1000"_ba;
    QTest::newRow("sends exactly the limit")
        << ok + "Content-Length: 1000\r\n\r\n" + QByteArray(1000, 'x') << "stay"_ba
        << "ok"_ba
        << ""_ba;
    QTest::newRow("unpacks to too much")
        << ok + "Content-Encoding: gzip\r\nContent-Length: " + QByteArray::number(bomb.size())
               + "\r\n\r\n" + bomb
        << "stay"_ba
        << "too large"_ba
        << "limit is 1000"_ba;
    QByteArray headers = ok;
    for (int i = 0; i < 300; ++i)
        headers += "X-Long: " + QByteArray(1000, 'x') + "\r\n";
    QTest::newRow("too many headers") << headers << "stay"_ba
                                      << "too large"_ba
                                      << "header"_ba;
}

void TestHttpFailures::classifiesBadAnswers()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, then);
    QFETCH(QByteArray, says);

    ScriptServer server([&](QTcpSocket *socket, const SeenRequest &) {
        socket->write(answer);
        socket->flush();
        if (then == "close")
            socket->disconnectFromHost();
        else if (then == "reset")
            reset(socket);
    });
    Calls calls;
    calls.send({.method = "POST"_ba,
                .url = server.url("/secret"_ba),
                .body = "{}"_ba,
                .timeout = then == "stay" ? 300ms : 20'000ms,
                .maxBody = 1000});
    QVERIFY(calls.waitFor(1));
    QTEST(kindName(calls.results[0]), "kind");
    const QByteArray message = messageOf(calls.results[0]);
    QVERIFY2(message.contains(says), message.constData());
    if (calls.results[0].outcome)
        return;
    const QByteArray place = "127.0.0.1:" + QByteArray::number(server.serverPort());
    const bool isElsewhere = answer.contains("ftp:");
    QVERIFY2(message.contains(isElsewhere ? "127.0.0.1"_ba : place), message.constData());
    QVERIFY2(!message.contains("secret"), message.constData());
}

void TestHttpFailures::tellsWhatHadArrived_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status"); // 0: nothing
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("leastBytes");

    const auto row = [](const char *name, const QByteArray &answer, int status,
                        const QByteArray &body, qint64 leastBytes) {
        QTest::newRow(name) << answer << status << body << leastBytes;
    };
    const QByteArray head = "HTTP/1.1 418 Odd\r\nX-A: b\r\n"_ba;
    const QByteArray many(1001, 'x');
    row("nothing", {}, 0, {}, 0);
    row("half a head", head, 0, {}, 0);
    row("an interim answer", "HTTP/1.1 103 Early\r\nX-A: b\r\n\r\n"_ba, 0, {}, 0);
    row("half a body", head + "Content-Length: 9\r\n\r\nabc", 418, "abc"_ba, 3);
    row("no body yet", head + "Content-Length: 9\r\n\r\n", 418, {}, 0);
    row("half a chunk", head + "Transfer-Encoding: chunked\r\n\r\n9\r\nabc", 418, "abc"_ba, 3);
    row("more than announced is too much", head + "Content-Length: 1001\r\n\r\nabc", 418, "abc"_ba,
        3);
    row("more than the limit", head + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + many, 418, {},
        1001);
}

void TestHttpFailures::tellsWhatHadArrived()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    QFETCH(qint64, leastBytes);

    ScriptServer server([&](QTcpSocket *socket, const SeenRequest &) {
        socket->write(answer);
        socket->disconnectFromHost();
    });
    Calls calls;
    calls.send({.method = "POST"_ba, .url = server.url(), .body = "{}"_ba, .maxBody = 1000});
    QVERIFY(calls.waitFor(1));
    QVERIFY(!calls.results[0].outcome);
    const CallFailure &failure = calls.results[0].outcome.error();
    QCOMPARE(failure.arrived.has_value(), status != 0);
    if (status == 0)
        return;
    QCOMPARE(failure.arrived->status, status);
    QCOMPARE(failure.arrived->headers.value("x-a"), "b"_ba);
    QVERIFY2(failure.arrivedBytes >= leastBytes,
             QByteArray::number(failure.arrivedBytes).constData());
    QTEST(failure.arrived->body.first(std::min(failure.arrived->body.size(), qsizetype{3})),
          "body");
}

void TestHttpFailures::refusesWhatItCannotSend_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("header");

    QTest::newRow("other scheme") << "ftp://127.0.0.1/"_ba
                                  << "x"_ba;
    QTest::newRow("file") << "file:///etc/passwd"_ba
                          << "x"_ba;
    QTest::newRow("empty") << ""_ba
                           << "x"_ba;
    QTest::newRow("no URL") << "http://"_ba
                            << "x"_ba;
    QTest::newRow("bad port") << "http://127.0.0.1:99999/"_ba
                              << "x"_ba;
    QTest::newRow("line break in the URL") << "http://127.0.0.1/\r\nX: y"_ba
                                           << "x"_ba;
    QTest::newRow("line break in a header") << "http://127.0.0.1/"_ba
                                            << "a\r\nb: c"_ba;
}

void TestHttpFailures::refusesWhatItCannotSend()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, header);
    Calls calls;
    calls.send({.url = url, .headers = {{"X-A"_ba, header}}});
    QCOMPARE(calls.results.size(), 0U); // never from inside send()
    QVERIFY(calls.waitFor(1));
    QCOMPARE(kindName(calls.results[0]), "protocol"_ba);
}

void TestHttpFailures::refusedPortIsUnreachable()
{
    ScriptServer server(answerOk);
    const QByteArray url = server.url();
    server.close();
    Calls calls;
    calls.post(url, "{}"_ba);
    QVERIFY(calls.waitFor(1));
    QCOMPARE(kindName(calls.results[0]), "unreachable"_ba);
    const QByteArray message = messageOf(calls.results[0]);
    QVERIFY2(message.contains(url.mid(7).chopped(1)), message.constData());
    QVERIFY2(message.contains("refused"), message.constData());
}

void TestHttpFailures::failedTlsIsUnreachable()
{
    QTcpServer server;
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->write("HTTP/1.1 400 This is no TLS\r\n\r\n");
        socket->disconnectFromHost();
    });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Calls calls;
    calls.get("https://127.0.0.1:" + QByteArray::number(server.serverPort()) + '/');
    QVERIFY(calls.waitFor(1));
    QCOMPARE(kindName(calls.results[0]), "unreachable"_ba);
}

void TestHttpFailures::redirectToADeadPortIsUnreachable()
{
    ScriptServer dead(answerOk);
    const QByteArray deadUrl = dead.url();
    dead.close();
    ScriptServer server([&](QTcpSocket *socket, const SeenRequest &) {
        socket->write("HTTP/1.1 307 R\r\nContent-Length: 0\r\nLocation: " + deadUrl + "\r\n\r\n");
    });
    Calls calls;
    calls.post(server.url(), "{}"_ba);
    QVERIFY(calls.waitFor(1));
    QCOMPARE(kindName(calls.results[0]), "unreachable"_ba);
    const QByteArray message = messageOf(calls.results[0]);
    QVERIFY2(message.contains(deadUrl.mid(7).chopped(1)), message.constData());
}

void TestHttpFailures::unknownHostIsUnreachableAndDoesNotBlock()
{
    const auto letGo = qScopeGuard([] { s_mayAnswer.release(2); });
    Calls calls;
    const CallId id = calls.get("http://no-such-host.invalid:81/"_ba);
    QVERIFY(s_asked.tryAcquire(1, 20'000));
    calls.client->abort(id); // would wait for the resolver thread without CURLOPT_QUICK_EXIT
    calls.send({.url = "http://no-such-host.invalid:81/"_ba, .connectTimeout = 400ms});
    QVERIFY(s_asked.tryAcquire(1, 20'000));
    QVERIFY(calls.waitFor(1));
    QCOMPARE(kindName(calls.results[0]), "unreachable"_ba);
    QVERIFY(messageOf(calls.results[0]).contains("no-such-host.invalid:81"));
}

void TestHttpFailures::requestThatNobodyTookIsSentOnce()
{
    QTcpSocket *kept = nullptr;
    ScriptServer server([&kept](QTcpSocket *socket, const SeenRequest &request) {
        kept = socket;
        answerOk(socket, request);
    });
    Calls calls;
    calls.post(server.url(), "first"_ba);
    QVERIFY(calls.waitFor(1));
    QVERIFY(deafen(kept));
    calls.post(server.url(), "second"_ba);
    kept->abort();
    QVERIFY(calls.waitFor(2));
    QCOMPARE(messageOf(calls.results[1]), ""_ba);
    QVERIFY(!calls.results[1].reusedConnection);
    QCOMPARE(server.requests.size(), 2U);
    QCOMPARE(server.requests[1].connection, 2);
    QCOMPARE(server.requests[1].body, "second"_ba);
}

void TestHttpFailures::secondTryGoesToAFreshConnection()
{
    std::vector<QTcpSocket *> waiting;
    ScriptServer server([&](QTcpSocket *socket, const SeenRequest &request) {
        if (request.body == "last")
            return answerOk(socket, request);
        waiting.push_back(socket); // three at once need three connections
        for (QTcpSocket *each : waiting.size() == 3 ? waiting : std::vector<QTcpSocket *>())
            each->write(okAnswer);
    });
    Calls calls;
    for (int i = 0; i < 3; ++i)
        calls.post(server.url(), "warm up"_ba);
    QVERIFY(calls.waitFor(3));
    for (QTcpSocket *each : waiting)
        QVERIFY(deafen(each));
    calls.post(server.url(), "last"_ba);
    waiting.front()->abort(); // the two others would not hear it either
    QVERIFY(calls.waitFor(4));
    QCOMPARE(messageOf(calls.results[3]), ""_ba);
    QCOMPARE(server.requests.size(), 4U);
    QCOMPARE(server.requests[3].connection, 4);
}

void TestHttpFailures::secondDeathIsBroken()
{
    QTcpSocket *kept = nullptr;
    ScriptServer server([&kept](QTcpSocket *socket, const SeenRequest &request) {
        if (request.body == "second")
            return socket->disconnectFromHost();
        kept = socket;
        answerOk(socket, request);
    });
    Calls calls;
    calls.post(server.url(), "first"_ba);
    QVERIFY(calls.waitFor(1));
    QVERIFY(deafen(kept));
    calls.post(server.url(), "second"_ba);
    kept->abort();
    QVERIFY(calls.waitFor(2));
    QCOMPARE(kindName(calls.results[1]), "broken"_ba);
    QCOMPARE(server.requests.size(), 2U);
}

void TestHttpFailures::appThatIsGoneBeforeItTookTheRequestIsUnreachable()
{
    QTcpSocket *kept = nullptr;
    ScriptServer server([&kept](QTcpSocket *socket, const SeenRequest &request) {
        kept = socket;
        answerOk(socket, request);
    });
    Calls calls;
    calls.post(server.url(), "first"_ba);
    QVERIFY(calls.waitFor(1));
    QVERIFY(deafen(kept));
    calls.post(server.url(), "second"_ba);
    server.close();
    kept->abort();
    QVERIFY(calls.waitFor(2));
    QCOMPARE(kindName(calls.results[1]), "unreachable"_ba);
}

void TestHttpFailures::peerThatClosedInOrderIsNotUsedAgain_data()
{
    QTest::addColumn<bool>("isHeard");
    QTest::newRow("the client has heard of it") << true;
    QTest::newRow("nobody has looked since") << false;
}

/// An app keeps idle connections for a while: nothing is wrong with the next call, and the app sees
/// it once.
void TestHttpFailures::peerThatClosedInOrderIsNotUsedAgain()
{
    QFETCH(const bool, isHeard);
    QPointer<QTcpSocket> kept;
    ScriptServer server([&kept](QTcpSocket *socket, const SeenRequest &request) {
        kept = socket;
        answerOk(socket, request);
    });
    Calls calls;
    calls.post(server.url(), "first"_ba);
    QVERIFY(calls.waitFor(1));
    kept->disconnectFromHost();
    QCOMPARE(kept->state(), QAbstractSocket::UnconnectedState); // it had nothing left to send
    if (isHeard)
        QTRY_VERIFY(kept.isNull());
    calls.post(server.url(), "second"_ba);
    QVERIFY(calls.waitFor(2));
    QCOMPARE(messageOf(calls.results[1]), ""_ba);
    QVERIFY(!calls.results[1].reusedConnection);
    QCOMPARE(server.connections, 2);
    QCOMPARE(server.requests.size(), 2U);
    QCOMPARE(server.requests[1].connection, 2);
    QCOMPARE(server.requests[1].body, "second"_ba);
}

/// Nobody knows what it did with the beginning.
void TestHttpFailures::partOfARequestIsNeverSentAgain()
{
    QPointer<QTcpSocket> kept;
    ScriptServer server([&kept](QTcpSocket *socket, const SeenRequest &request) {
        kept = socket;
        answerOk(socket, request);
    });
    Calls calls;
    calls.post(server.url(), "first"_ba);
    QVERIFY(calls.waitFor(1));
    kept->disconnect(&server);
    kept->setReadBufferSize(100); // the rest stays in the hands of its machine, or of ours
    calls.post(server.url(), QByteArray(32 << 20, 'x'));
    QTRY_VERIFY(kept->bytesAvailable() > 0);
    kept->disconnectFromHost();
    QVERIFY(calls.waitFor(2));
    QCOMPARE(kindName(calls.results[1]), "broken"_ba);
    QVERIFY(calls.results[1].reusedConnection);
    QCOMPARE(calls.client->activeCount(), 0);
    QCOMPARE(server.requests.size(), 1U);
}

void TestHttpFailures::takenRequestIsNeverSentAgain_data()
{
    QTest::addColumn<bool>("isReset");
    QTest::addColumn<int>("afterMs");
    QTest::newRow("ended at once") << false << 0;
    QTest::newRow("reset at once") << true << 0;
    QTest::newRow("ended while code runs") << false << 60;
    QTest::newRow("reset while code runs") << true << 60;
}

/// An app that dies during a step may have done its work: a step without retries runs once.
void TestHttpFailures::takenRequestIsNeverSentAgain()
{
    QFETCH(bool, isReset);
    QFETCH(int, afterMs);
    ScriptServer server([=](QTcpSocket *socket, const SeenRequest &request) {
        if (request.body == "first")
            return answerOk(socket, request);
        QTimer::singleShot(afterMs, socket, [=] {
            if (isReset)
                reset(socket);
            else
                socket->disconnectFromHost();
        });
    });
    Calls calls;
    calls.post(server.url(), "first"_ba);
    QVERIFY(calls.waitFor(1));
    calls.post(server.url(), "second"_ba);
    QVERIFY(calls.waitFor(2));
    QCOMPARE(kindName(calls.results[1]), "broken"_ba);
    QVERIFY(calls.results[1].reusedConnection);
    QCOMPARE(server.requests.size(), 2U);
}

QTEST_GUILESS_MAIN(TestHttpFailures)

#include "tst_httpfailures.moc"
