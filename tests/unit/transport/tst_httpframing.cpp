// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/httpframing.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver::transport;

namespace {

/// All requests in the bytes as text, one line each, and how it ended.
struct Reading {
    QByteArray requests;
    int failed = 0; ///< status, 0 if nothing failed
    bool isIdle = false;

    bool operator==(const Reading &) const = default;
};

void take(HttpFraming &framing, Reading &reading, qint64 bodyLimit)
{
    for (;;) {
        switch (framing.advance()) {
        case HttpFraming::Event::NeedMore:
            reading.isIdle = framing.isIdle();
            return;
        case HttpFraming::Event::Head:
            framing.setBodyLimit(bodyLimit);
            break;
        case HttpFraming::Event::Request: {
            const HttpRequest request = framing.takeRequest();
            reading.requests += request.method + ' ' + request.path + " ?"_ba + request.query
                                + " ["_ba + request.body + "]\n"_ba;
            break;
        }
        case HttpFraming::Event::Failed:
            reading.failed = framing.failure().status;
            return;
        }
    }
}

Reading read(const QList<QByteArray> &parts, qint64 bodyLimit = 1000)
{
    HttpFraming framing;
    Reading reading;
    for (const QByteArray &part : parts) {
        framing.append(part);
        take(framing, reading, bodyLimit);
    }
    return reading;
}

} // namespace

class TestHttpFraming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRequests_data();
    void readsRequests();
    void refuses_data();
    void refuses();
    void limitsOfTheHead_data();
    void limitsOfTheHead();
    void bodyLimit_data();
    void bodyLimit();
    void keepsAlive_data();
    void keepsAlive();
    void headersKeepNameOrderAndBytes();
    void trailersDoNotBecomeHeaders();
    void bigBodyArrivesUnchanged();
    void endlessChunkLineIsRefused();
};

void TestHttpFraming::readsRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("requests");

    const QByteArray host = "Host: a\r\n"_ba;
    QTest::addRow("get") << "GET /x HTTP/1.1\r\n"_ba + host + "\r\n"_ba
                         << "GET /x ? []\n"_ba;
    QTest::addRow("query stays raw") << "GET /a%20b?c=%2F&d?e HTTP/1.1\r\n"_ba + host + "\r\n"_ba
                                     << "GET /a%20b ?c=%2F&d?e []\n"_ba;
    QTest::addRow("raw UTF-8 in the target") << "GET /\xc3\xa9 HTTP/1.1\r\n"_ba + host + "\r\n"_ba
                                             << "GET /\xc3\xa9 ? []\n"_ba;
    QTest::addRow("absolute target") << "GET http://A/x?y HTTP/1.1\r\n"_ba + host + "\r\n"_ba
                                     << "GET /x ?y []\n"_ba;
    QTest::addRow("absolute target without path")
        << "GET http://a?y HTTP/1.1\r\n"_ba + host + "\r\n"_ba
        << "GET / ?y []\n"_ba;
    QTest::addRow("asterisk") << "OPTIONS * HTTP/1.1\r\n"_ba + host + "\r\n"_ba
                              << "OPTIONS * ? []\n"_ba;
    QTest::addRow("length") << "POST / HTTP/1.1\r\n"_ba + host + "Content-Length: 5\r\n\r\nhello"_ba
                            << "POST / ? [hello]\n"_ba;
    QTest::addRow("length 0") << "POST / HTTP/1.1\r\n"_ba + host + "content-length:0\r\n\r\n"_ba
                              << "POST / ? []\n"_ba;
    QTest::addRow("chunks")
        << "POST / HTTP/1.1\r\n"_ba + host
               + "Transfer-Encoding: Chunked\r\n\r\n3\r\nhel\r\n002;ext=\"a\"\r\nlo\r\n0\r\n\r\n"_ba
        << "POST / ? [hello]\n"_ba;
    QTest::addRow("chunks with trailer")
        << "POST / HTTP/1.1\r\n"_ba + host
               + "Transfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n"_ba
        << "POST / ? [0123456789]\n"_ba;
    QTest::addRow("pipelined")
        << "POST /1 HTTP/1.1\r\n"_ba + host + "Content-Length: 2\r\n\r\nabGET /2 HTTP/1.1\r\n"_ba
               + host + "\r\nPOST /3 HTTP/1.1\r\n"_ba + host
               + "Transfer-Encoding: chunked\r\n\r\n1\r\nc\r\n0\r\n\r\nGET /4 HTTP/1.0\r\n\r\n"_ba
        << "POST /1 ? [ab]\nGET /2 ? []\nPOST /3 ? [c]\nGET /4 ? []\n"_ba;
    QTest::addRow("one empty line first") << "\r\nGET /x HTTP/1.1\r\n"_ba + host + "\r\n"_ba
                                          << "GET /x ? []\n"_ba;
    QTest::addRow("own method") << "PURGE /x HTTP/1.1\r\n"_ba + host + "\r\n"_ba
                                << "PURGE /x ? []\n"_ba;
    QTest::addRow("1.0 without Host") << "GET /x HTTP/1.0\r\n\r\n"_ba
                                      << "GET /x ? []\n"_ba;
    QTest::addRow("upgrade is just a header")
        << "GET /x HTTP/1.1\r\n"_ba + host + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"_ba
        << "GET /x ? []\n"_ba;
}

void TestHttpFraming::readsRequests()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, requests);
    const Reading expected{requests, 0, true};

    QCOMPARE(read({bytes}).requests, requests);
    QVERIFY(read({bytes}) == expected);
    QList<QByteArray> single;
    for (const char byte : bytes)
        single.append(QByteArray(1, byte));
    QVERIFY2(read(single) == expected, "byte by byte");
    for (qsizetype split = 0; split <= bytes.size(); ++split) {
        const Reading reading = read({bytes.first(split), bytes.sliced(split)});
        QVERIFY2(reading == expected, QByteArray::number(split).constData());
    }
}

void TestHttpFraming::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");

    const auto head = [](const char *name, const char *fields, int status = 400) {
        QTest::addRow("%s", name) << "POST / HTTP/1.1\r\nHost: a\r\n"_ba + fields + "\r\n"_ba
                                  << status;
    };
    const auto line = [](const char *name, const char *requestLine, int status = 400) {
        QTest::addRow("%s", name) << QByteArray(requestLine) + "\r\nHost: a\r\n\r\n"_ba << status;
    };
    const auto chunk =
        [](const char *name, const char *body) {
            QTest::addRow("%s", name)
                << "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"_ba + body
                << 400;
        };
    head("length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n");
    head("chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n");
    head("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n");
    head("two equal lengths", "Content-Length: 5\r\nContent-Length: 5\r\n");
    head("list of equal lengths", "Content-Length: 5, 5\r\n");
    head("negative length", "Content-Length: -1\r\n");
    head("signed length", "Content-Length: +5\r\n");
    head("hexadecimal length", "Content-Length: 0x5\r\n");
    head("empty length", "Content-Length:\r\n");
    head("endless length", "Content-Length: 99999999999999999999999\r\n");
    head("unknown coding", "Transfer-Encoding: gzip\r\n");
    head("identity coding", "Transfer-Encoding: identity\r\n");
    head("two codings", "Transfer-Encoding: gzip, chunked\r\n");
    head("chunked twice", "Transfer-Encoding: chunked, chunked\r\n");
    head("two coding fields", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
    head("coding in quotes", "Transfer-Encoding: \"chunked\"\r\n");
    head("coding with parameter", "Transfer-Encoding: chunked;q=1\r\n");
    head("two hosts", "Host: b\r\n");
    head("two equal hosts", "host: a\r\n");
    head("folded field", "X: 1\r\n 2\r\n");
    head("folded with tab", "X: 1\r\n\t2\r\n");
    head("space before colon", "X : 1\r\n");
    head("space before name", " X: 1\r\n");
    head("no colon", "X\r\n");
    head("empty name", ": 1\r\n");
    head("bare line feed", "X: 1\nY: 2\r\n");
    head("bare carriage return", "X: 1\rY: 2\r\n");
    head("control character", "X: \x01\r\n");
    head("delete character", "X: \x7f\r\n");
    head("other expectation", "Expect: magic\r\n", 417);
    QTest::addRow("NUL in value") << "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"_ba << 400;
    QTest::addRow("no host") << "GET / HTTP/1.1\r\n\r\n"_ba << 400;
    QTest::addRow("only line feeds") << "GET / HTTP/1.1\nHost: a\n\n"_ba << 400;
    QTest::addRow("two empty lines first") << "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << 400;
    QTest::addRow("chunks in 1.0")
        << "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"_ba << 400;
    line("HTTP/1.2", "GET / HTTP/1.2", 505);
    line("HTTP/2.0", "GET / HTTP/2.0", 505);
    line("HTTP/0.9", "GET / HTTP/0.9", 505);
    line("HTTP/9.9", "GET / HTTP/9.9", 505);
    line("preface of HTTP/2", "PRI * HTTP/2.0", 505);
    line("no version", "GET /");
    line("lower case version", "GET / http/1.1");
    line("long version", "GET / HTTP/1.10");
    line("two spaces", "GET  / HTTP/1.1");
    line("space in target", "GET /a b HTTP/1.1");
    line("tab in target", "GET /a\tb HTTP/1.1");
    line("space at the end", "GET / HTTP/1.1 ");
    line("method with colon", "G:T / HTTP/1.1");
    line("no method", " / HTTP/1.1");
    line("authority target", "CONNECT a:1 HTTP/1.1");
    line("relative target", "GET x HTTP/1.1");
    line("asterisk for get", "GET * HTTP/1.1");
    line("other host in target", "GET http://b/ HTTP/1.1");
    line("no host in target", "GET http:///x HTTP/1.1");
    line("TLS hello", "\x16\x03\x01\x02");
    chunk("no size", "\r\nabc\r\n0\r\n\r\n");
    chunk("size is no number", "x\r\nabc\r\n0\r\n\r\n");
    chunk("size with 0x", "0x3\r\nabc\r\n0\r\n\r\n");
    chunk("negative size", "-3\r\nabc\r\n0\r\n\r\n");
    chunk("size too large", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n");
    chunk("size too small", "2\r\nabc\r\n0\r\n\r\n");
    chunk("bare line feed after size", "3\nabc\r\n0\r\n\r\n");
    chunk("bare line feed after data", "3\r\nabc\n0\r\n\r\n");
    chunk("space in size", "3 3\r\nabc\r\n0\r\n\r\n");
    chunk("line feed in extension", "3;a\nb\r\nabc\r\n0\r\n\r\n");
    chunk("line feed in quoted extension", "3;a=\"\n\"\r\nabc\r\n0\r\n\r\n");
    chunk("broken trailer", "0\r\nX\r\n\r\n");
    chunk("carriage return in quoted extension", "3;a=\"\r\"\r\nabc\r\n0\r\n\r\n");
    chunk("line feed in the last extension", "0;a=\"\n\"\r\n\r\n");
    chunk("line feed in trailer", "0\r\nX: a\nY: b\r\n\r\n");
    chunk("space before colon in trailer", "0\r\nX : a\r\n\r\n");
    chunk("length in trailer", "0\r\nContent-Length: 3\r\n\r\n");
}

void TestHttpFraming::refuses()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);

    const Reading whole = read({bytes});
    QCOMPARE(whole.failed, status);
    QCOMPARE(whole.requests, QByteArray());
    for (qsizetype split = 1; split < bytes.size(); ++split) {
        const Reading reading = read({bytes.first(split), bytes.sliced(split)});
        QVERIFY2(reading.failed == status && reading.requests.isEmpty(),
                 QByteArray::number(split).constData());
    }
}

void TestHttpFraming::limitsOfTheHead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");

    const auto target =
        [](qsizetype lineSize) -> QByteArray { // "GET " and " HTTP/1.1" take 13 bytes
        return "GET /"_ba + QByteArray(lineSize - 14, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"_ba;
    };
    const auto fields = [](int count) -> QByteArray {
        QByteArray bytes = "GET / HTTP/1.1\r\nHost: a\r\n"_ba;
        for (int i = 1; i < count; ++i)
            bytes += "X: y\r\n"_ba;
        return bytes + "\r\n"_ba;
    };
    const auto size = [](qsizetype total) -> QByteArray {
        const QByteArray start = "GET / HTTP/1.1\r\nHost: a\r\nX: "_ba;
        return start + QByteArray(total - start.size() - 4, 'x') + "\r\n\r\n"_ba;
    };
    QTest::addRow("line at the limit") << target(8192) << 0;
    QTest::addRow("line over it") << target(8193) << 414;
    QTest::addRow("line without end") << QByteArray(9000, 'a') << 414;
    QTest::addRow("100 fields") << fields(100) << 0;
    QTest::addRow("101 fields") << fields(101) << 431;
    QTest::addRow("header at the limit") << size(65536) << 0;
    QTest::addRow("header over it") << size(65537) << 431;
    QTest::addRow("header without end") << size(70000).chopped(4) << 431;
}

void TestHttpFraming::limitsOfTheHead()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    QCOMPARE(read({bytes}).failed, status);
    QCOMPARE(read({bytes.first(5), bytes.sliced(5)}).failed, status);
    QCOMPARE(read({bytes.chopped(3), bytes.last(3)}).failed, status);
}

void TestHttpFraming::bodyLimit_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");

    const QByteArray start = "POST / HTTP/1.1\r\nHost: a\r\n"_ba;
    const QByteArray chunked = start + "Transfer-Encoding: chunked\r\n\r\n"_ba;
    QTest::addRow("length at the limit") << start + "Content-Length: 5\r\n\r\nhello"_ba << 0;
    QTest::addRow("length over it") << start + "Content-Length: 6\r\n\r\n"_ba << 413;
    QTest::addRow("chunks at the limit") << chunked + "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"_ba << 0;
    QTest::addRow("chunk over it") << chunked + "6\r\n"_ba << 413;
    QTest::addRow("chunks over it together") << chunked + "3\r\nhel\r\n3\r\n"_ba << 413;
    QTest::addRow("endless chunk") << chunked + "fffffffffffffff0\r\n"_ba << 413;
}

void TestHttpFraming::bodyLimit()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    QCOMPARE(read({bytes}, 5).failed, status);
}

void TestHttpFraming::keepsAlive_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("expected");
    QTest::addRow("1.1") << "GET / HTTP/1.1\r\nHost: a\r\n\r\n"_ba << true;
    QTest::addRow("1.1 close") << "GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n"_ba
                               << false;
    QTest::addRow("1.1 close in a list")
        << "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, close\r\n\r\n"_ba << false;
    QTest::addRow("1.0") << "GET / HTTP/1.0\r\n\r\n"_ba << false;
    QTest::addRow("1.0 keep-alive")
        << "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"_ba << true;
}

void TestHttpFraming::keepsAlive()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, expected);
    HttpFraming framing;
    framing.append(bytes);
    QCOMPARE(framing.advance(), HttpFraming::Event::Head);
    QCOMPARE(framing.keepsAlive(), expected);
}

void TestHttpFraming::headersKeepNameOrderAndBytes()
{
    HttpFraming framing({}, QHostAddress(u"10.1.2.3"_s));
    framing.append("GET / HTTP/1.1\r\nX-Two:  b \t\r\nHOST: a\r\nx-one:\xff\r\n\r\n"_ba);
    QCOMPARE(framing.advance(), HttpFraming::Event::Head);
    QCOMPARE(framing.advance(), HttpFraming::Event::Request);
    const HttpRequest request = framing.takeRequest();
    const Headers expected{{"X-Two"_ba, "b"_ba}, {"HOST"_ba, "a"_ba}, {"x-one"_ba, "\xff"_ba}};
    QVERIFY(request.headers == expected);
    QCOMPARE(request.header("host"), "a"_ba);
    QVERIFY(request.header("none").isNull());
    QCOMPARE(request.peer, QHostAddress(u"10.1.2.3"_s));
}

void TestHttpFraming::trailersDoNotBecomeHeaders()
{
    HttpFraming framing;
    framing.append("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "0\r\nOrigin: http://localhost\r\n\r\n"_ba);
    QCOMPARE(framing.advance(), HttpFraming::Event::Head);
    framing.setBodyLimit(10);
    QCOMPARE(framing.advance(), HttpFraming::Event::Request);
    QCOMPARE(framing.takeRequest().headers.size(), std::size_t(2));
}

void TestHttpFraming::bigBodyArrivesUnchanged()
{
    QByteArray body;
    for (int i = 0; i < 300'000; ++i)
        body += QByteArray::number(i);
    HttpFraming framing;
    framing.append("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: "_ba);
    framing.append(QByteArray::number(body.size()));
    framing.append("\r\n\r\n"_ba);
    QCOMPARE(framing.advance(), HttpFraming::Event::Head);
    framing.setBodyLimit(body.size());
    for (qsizetype at = 0; at < body.size(); at += 10'007) {
        QCOMPARE(framing.advance(), HttpFraming::Event::NeedMore);
        framing.append(body.mid(at, 10'007));
    }
    QCOMPARE(framing.advance(), HttpFraming::Event::Request);
    QVERIFY(framing.takeRequest().body == body);
}

void TestHttpFraming::endlessChunkLineIsRefused()
{
    const QByteArray start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"_ba;
    QCOMPARE(read({start + "1;"_ba + QByteArray(9000, 'x')}).failed, 400);
    QCOMPARE(read({start + "0\r\nX: "_ba + QByteArray(9000, 'x')}).failed, 400);
    QCOMPARE(read({start + QByteArray(9000, '0')}).failed, 400);
}

QTEST_GUILESS_MAIN(TestHttpFraming)
#include "tst_httpframing.moc"
