// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/originguard.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver::transport;

namespace {

HttpRequest request(const char *method, const char *host, const char *origin)
{
    HttpRequest head;
    head.method = method;
    if (host)
        head.headers.add("host"_ba, host);
    if (origin)
        head.headers.add("ORIGIN"_ba, origin);
    return head;
}

OriginGuard guard()
{
    return OriginGuard({"Devbox"_ba}, {"https://App.Example.com:443/"_ba, "http://lan.box:3000"_ba,
                                       "team.test"_ba});
}

} // namespace

class TestOriginGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void host_data();
    void host();
    void origin_data();
    void origin();
    void readingIsNoChange();
    void everyOriginFieldCounts();
    void requestWithoutHostIsServed();
    void refusalsNameTheCulprit();
    void corsHeadersForLocalPages();
    void noCorsHeadersForForeignPages();
    void preflights();
};

void TestOriginGuard::host_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *host, bool allowed) {
        QTest::addRow("%s", *host ? host : "empty") << QByteArray(host) << allowed;
    };
    row("localhost", true);
    row("LocalHost:8288", true);
    row("localhost.", true);
    row("a.b.localhost:1", true);
    row("127.0.0.1:8288", true);
    row("192.168.1.20", true);
    row("[::1]:8288", true);
    row("[2001:db8::1]", true);
    row("host.docker.internal:8288", true);
    row("devbox", true);
    row("DEVBOX:80", true);
    row("app.example.com", true);
    row("lan.box:8288", true);
    row("team.test", true);
    row("", false);
    row("evil.example", false);
    row("localhost.evil.example", false);
    row("evillocalhost", false);
    row(".localhost.evil", false);
    row("127.0.0.1.evil.example", false);
    row("127.1", false);
    row("2130706433", false);
    row("::1", false);
    row("[::1", false);
    row("[::1]x", false);
    row("[evil.example]", false);
    row("[127.0.0.1]", false);
    row("localhost:80x", false);
    row("localhost:80:90", false);
    row("user@localhost", false);
    row("localhost, evil.example", false);
    row("sub.devbox", false);
    row("docker.internal", false);
}

void TestOriginGuard::host()
{
    QFETCH(const QByteArray, host);
    QFETCH(const bool, allowed);
    const auto refusal = guard().check(request("GET", host.constData(), nullptr));
    QCOMPARE(!refusal, allowed);
    if (refusal)
        QCOMPARE(refusal->status, 403);
}

void TestOriginGuard::origin_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *origin, bool allowed) {
        QTest::addRow("%s", *origin ? origin : "empty") << QByteArray(origin) << allowed;
    };
    row("http://localhost", true);
    row("http://localhost:3000", true);
    row("https://LOCALHOST:3000", true);
    row("http://app.localhost:5173", true);
    row("http://127.0.0.1:3000", true);
    row("http://127.8.9.10", true);
    row("http://[::1]:3000", true);
    row("http://[0:0:0:0:0:0:0:1]", true);
    row("https://app.example.com", true);
    row("https://app.example.com:443", true);
    row("http://lan.box:3000", true);
    row("http://team.test:1234", true);
    row("https://team.test", true);
    row("null", false);
    row("", false);
    row("http://evil.example", false);
    row("http://192.168.1.20:3000", false);
    row("http://128.0.0.1", false);
    row("http://[::2]", false);
    row("http://localhost.evil.example", false);
    row("http://127.0.0.1.evil.example", false);
    row("http://evil.example:localhost", false);
    row("http://localhost@evil.example", false);
    row("http://app.example.com", false);
    row("https://app.example.com:8443", false);
    row("http://lan.box", false);
    row("file://localhost", false);
    row("chrome-extension://localhost", false);
    row("localhost", false);
    row("://localhost", false);
    row("http://host.docker.internal", false);
}

void TestOriginGuard::origin()
{
    QFETCH(const QByteArray, origin);
    QFETCH(const bool, allowed);
    for (const char *method : {"POST", "PUT", "DELETE", "PATCH", "ANY"}) {
        const auto refusal = guard().check(request(method, "localhost", origin.constData()));
        QCOMPARE(!refusal, allowed);
        if (refusal)
            QCOMPARE(refusal->status, 403);
    }
}

void TestOriginGuard::readingIsNoChange()
{
    for (const char *method : {"GET", "HEAD", "OPTIONS"})
        QVERIFY(!guard().check(request(method, "localhost", "http://evil.example")));
    QVERIFY(!guard().check(request("POST", "localhost", nullptr)));
    // Methods compare with case: "get" is another method.
    QVERIFY(guard().check(request("get", "localhost", "http://evil.example")));
}

void TestOriginGuard::everyOriginFieldCounts()
{
    HttpRequest head = request("POST", "localhost", "http://localhost");
    head.headers.add("Origin"_ba, "http://evil.example"_ba);
    QVERIFY(guard().check(head));
}

void TestOriginGuard::requestWithoutHostIsServed()
{
    QVERIFY(!guard().check(request("POST", nullptr, nullptr)));
}

void TestOriginGuard::refusalsNameTheCulprit()
{
    const auto host = guard().check(request("GET", "evil.example", nullptr));
    QVERIFY(host);
    QCOMPARE(
        host->body,
        "{\"error\":\"host evil.example is not served here; use localhost or the IP address, or "
        "start the server with --host or --allow-origin naming it\",\"status\":403}"_ba);
    QCOMPARE(host->headers.value("content-type"), "application/json"_ba);
    const auto origin = guard().check(request("POST", "localhost", "http://e\"vil"));
    QVERIFY(origin);
    QCOMPARE(
        origin->body,
        "{\"error\":\"origin http://e\\\"vil may not change anything here; to allow it, start the "
        "server with --allow-origin http://e\\\"vil\",\"status\":403}"_ba);
}

void TestOriginGuard::corsHeadersForLocalPages()
{
    const Headers headers =
        guard().corsHeaders(request("GET", "localhost", "http://localhost:3000"));
    QCOMPARE(headers.value("Access-Control-Allow-Origin"), "http://localhost:3000"_ba);
    QCOMPARE(headers.value("Access-Control-Allow-Methods"), "GET, POST, PUT, DELETE, OPTIONS"_ba);
    QCOMPARE(headers.value("Access-Control-Allow-Headers"), "*"_ba);
    QCOMPARE(headers.value("Vary"), "Origin"_ba);
    QVERIFY(guard().corsHeaders(request("GET", "localhost", nullptr)).isEmpty());
}

void TestOriginGuard::noCorsHeadersForForeignPages()
{
    const Headers headers = guard().corsHeaders(request("GET", "localhost", "http://evil.example"));
    QCOMPARE(headers.size(), std::size_t(1));
    QCOMPARE(headers.value("Vary"), "Origin"_ba);
}

void TestOriginGuard::preflights()
{
    HttpRequest head = request("OPTIONS", "localhost", "http://localhost:3000");
    QVERIFY(!guard().preflight(head)); // a plain OPTIONS
    head.headers.add("access-control-request-method"_ba, "POST"_ba);
    head.headers.add("access-control-request-headers"_ba, "x-a, content-type"_ba);
    const auto reply = guard().preflight(head);
    QVERIFY(reply);
    QCOMPARE(reply->status, 204);
    QCOMPARE(reply->headers.value("Access-Control-Allow-Headers"), "x-a, content-type"_ba);
    QCOMPARE(reply->headers.value("Access-Control-Allow-Origin"), "http://localhost:3000"_ba);

    head.headers.set("Origin"_ba, "null"_ba);
    QCOMPARE(guard().preflight(head)->status, 403);
    head.method = "POST"_ba;
    QVERIFY(!guard().preflight(head));
}

QTEST_GUILESS_MAIN(TestOriginGuard)
#include "tst_originguard.moc"
