// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/appwords.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace console;
using devserver::App;

/// What is wrong with an app and how to mend it, for what happens most (ui.md 13.2).
class TestAppWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFixFitsWhatHappened_data();
    void theFixFitsWhatHappened();
};

void TestAppWords::theFixFitsWhatHappened_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QByteArray>("detail"); // as it was observed
    QTest::addColumn<QString>("fix");
    const QByteArray local = "http://localhost:3000/api/inngest"_ba;
    const QByteArray secure = "https://localhost:3000/api/inngest"_ba;
    const QByteArray down = "unreachable"_ba;
    QTest::newRow("down") << local << down << "cannot reach localhost:3000: Connection refused"_ba
                          << u"Nothing listens on localhost:3000. Is the app running? Runs of its "
                             u"functions wait until it is back."_s;
    QTest::newRow("no such host")
        << "http://nosuch.invalid:3000/api/inngest"_ba << down
        << "cannot reach nosuch.invalid:3000: Could not resolve host: nosuch.invalid"_ba
        << u"There is no host of that name: nosuch.invalid:3000. Check the address."_s;
    QTest::newRow("does not answer")
        << local << down << "no complete answer from localhost:3000 within 10000 ms"_ba
        << u"localhost:3000 took the connection but did not answer in time. Is it stopped in a "
           u"debugger?"_s;
    QTest::newRow("https, but it speaks http")
        << secure << down
        << "cannot reach localhost:3000: OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong "
           "version number"_ba
        << u"localhost:3000 listens, but no https connection came about. Apps on this machine "
           u"usually have an http:// address."_s;
    QTest::newRow("hangs up")
        << local << down << "the connection to localhost:3000 broke: Empty reply from server"_ba
        << u"localhost:3000 took the connection and closed it without an "
           u"answer. Is this the port of the app?"_s;
    QTest::newRow("is no web server")
        << local << "unsupported_protocol"_ba
        << "localhost:3000: Received HTTP/0.9 when not allowed"_ba
        << u"What answers at localhost:3000 does not speak HTTP: localhost:3000: Received HTTP/0.9 "
           u"when not allowed. Is this the port of the app?"_s;
    QTest::newRow("syntax error") << local << "internal_server_error"_ba
                                  << "the app answered 500"_ba
                                  << u"The app answered 500, which is an error of its own. Its log "
                                     u"says more."_s;
    QTest::newRow("error with a reason")
        << local << "internal_server_error"_ba
        << "Cannot find module 'x'"_ba
        << u"The app answered with an error of its own: Cannot find module 'x'. Its log says "
           u"more."_s;
    QTest::newRow("wrong path") << local << "url_not_found"_ba
                                << "the app answered 404"_ba
                                << u"localhost:3000 answers, but there is nothing at /api/inngest. "
                                   u"Check the path of the serve handler; most apps use "
                                   u"/api/inngest."_s;
    QTest::newRow("wrong key")
        << local << "unauthorized"_ba
        << "this server has a signing key: the Authorization header must "
           "carry it as a bearer token"_ba
        << u"Redrive was started with a signing key (--signing-key), and the "
           u"app has another one or none. Start both with the same key."_s;
    QTest::newRow("signed only")
        << local << "unauthorized"_ba
        << "the app answered 401"_ba
        << u"The app wants signed requests. Start it with INNGEST_DEV set, "
           u"or give Redrive the same signing key (--signing-key)."_s;
    QTest::newRow("cloud mode")
        << local << QByteArray(devserver::callsRefused) << "its calls are answered 401"_ba
        << u"Its calls are refused (401): the app runs in cloud mode, and Redrive does not have "
           u"its signing key. Set INNGEST_DEV=1 in the app, or start Redrive with the same key "
           u"(--signing-key)."_s;
    QTest::newRow("cloud mode, runs wait")
        << local << QByteArray(devserver::cloudMode) << "the app runs in cloud mode"_ba
        << u"The app runs in cloud mode: set INNGEST_DEV=1 for it, or give Redrive its signing key "
           u"with --signing-key. Runs of its functions wait, and no attempts are used up."_s;
    QTest::newRow("two addresses")
        << local << "other_address"_ba
        << "app shop registered at A, but its address here is B"_ba
        << u"The registration was refused: app shop registered at A, but its address here is B. To "
           u"call it there, edit the address of that app; else remove this one."_s;
}

void TestAppWords::theFixFitsWhatHappened()
{
    QFETCH(const QByteArray, url);
    QFETCH(const QByteArray, error);
    QFETCH(const QByteArray, detail);
    QFETCH(const QString, fix);
    const App app{.name = "shop"_ba, .url = url, .error = error, .errorDetail = detail};
    QCOMPARE(appFix(app, 1), fix);
}

QTEST_GUILESS_MAIN(TestAppWords)

#include "tst_appwords.moc"
