// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/eventsender.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using protocol::senderOf;

class TestEventSender : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsPrograms_data();
    void knowsPrograms();
    void knowsTheRunOfATrace_data();
    void knowsTheRunOfATrace();
};

void TestEventSender::knowsPrograms_data()
{
    QTest::addColumn<QByteArray>("sdk");
    QTest::addColumn<QByteArray>("agent");
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char *what, const char *sdk, const char *agent, const char *kind,
                        const char *name) {
        QTest::newRow(what) << QByteArray(sdk) << QByteArray(agent) << QByteArray(kind)
                            << QByteArray(name);
    };
    row("TypeScript", "inngest-js:v4.24.0", "inngest-js:v4.24.0", "app", "inngest-js:v4.24.0");
    row("its agent only", "", "inngest-py:v0.5.18", "app", "inngest-py:v0.5.18");
    row("curl", "", "curl/7.88.1", "curl", "");
    row("not curl", "", "curlie/1.0", "http", "curlie");
    row("wget", "", "Wget/1.21.3", "http", "Wget");
    row("no agent", "", "", "http", "");
    row("Python", "", "python-requests/2.31.0", "http", "python-requests");
    row("a browser", "", "Mozilla/5.0 (X11; Linux x86_64)", "http", "browser");
    row("takes no name of ours", "", "composer", "http", "composer");
    row("nothing to show", "", "<b>", "http", "");
    row("long", "", QByteArray(500, 'a').constData(), "http", QByteArray(60, 'a').constData());
}

void TestEventSender::knowsPrograms()
{
    QFETCH(const QByteArray, sdk);
    QFETCH(const QByteArray, agent);
    const EventSender sender = senderOf({.sdk = sdk, .userAgent = agent, .traceParent = {}});
    QTEST(sender.kind, "kind");
    QTEST(sender.name, "name");
    QVERIFY(sender.run.isNull());
}

void TestEventSender::knowsTheRunOfATrace_data()
{
    QTest::addColumn<QByteArray>("trace");
    QTest::addColumn<bool>("isKnown");
    QTest::addRow("ours") << "00-01890a5d00000000000000000000000b-00f067aa0ba902b7-01"_ba << true;
    QTest::addRow("short") << "00-01890a5d-00f067aa0ba902b7-01"_ba << false;
    QTest::addRow("another version")
        << "01-01890a5d00000000000000000000000b-00f067aa0ba902b7-01"_ba << false;
    QTest::addRow("no digits") << "00-zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-00f067aa0ba902b7-01"_ba
                               << false;
}

void TestEventSender::knowsTheRunOfATrace()
{
    QFETCH(const QByteArray, trace);
    QFETCH(const bool, isKnown);
    const EventSender sender =
        senderOf({.sdk = "inngest-js:v4.24.0", .userAgent = {}, .traceParent = trace});
    QCOMPARE(sender.run.isNull(), !isKnown);
    if (isKnown)
        QCOMPARE(sender.run.toBytes().toHex(), "01890a5d00000000000000000000000b"_ba);
    QCOMPARE(sender.kind, "app"_ba);
}

QTEST_GUILESS_MAIN(TestEventSender)
#include "tst_eventsender.moc"
