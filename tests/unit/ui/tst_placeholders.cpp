// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/id.h"
#include "devserver/model/jsonreader.h"
#include "ui/core/placeholders.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace console;

class TestPlaceholders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesStandInTheirPlace_data();
    void valuesStandInTheirPlace();
    void idsAreRealOnes();
    void wrongOnesAreNamed_data();
    void wrongOnesAreNamed();
    void textWithoutAnEndIsNone();
    void helpSaysWhatItBecomes_data();
    void helpSaysWhatItBecomes();
};

namespace {

PlaceholderValues values()
{
    PlaceholderValues made;
    made.now = devserver::fromMs(1'893'499'200'000); // 2030-01-01T12:00:00Z
    made.seq = 41;
    made.i = 3;
    made.random = [](quint64 below) { return below - 1; };
    made.env = [](const QByteArray &name) { return name == "TOKEN" ? "se\"cret"_ba : ""_ba; };
    made.file = [](const QByteArray &path) {
        return path == "a b.json" ? R"({"x":"y"})"_ba : QByteArray();
    };
    return made;
}

} // namespace

void TestPlaceholders::valuesStandInTheirPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("made");
    QTest::newRow("in a string") << R"({"id":"o_{{seq}}-{{i}}"})"_ba
                                 << R"({"id":"o_41-3"})"_ba;
    QTest::newRow("whole numbers") << R"({"a":{{seq}},"b":{{ i }},"c":{{ts}}})"_ba
                                   << R"({"a":41,"b":3,"c":1893499200000})"_ba;
    QTest::newRow("whole text") << R"({"at":{{now}}})"_ba
                                << R"({"at":"2030-01-01T12:00:00.000Z"})"_ba;
    QTest::newRow("later and earlier")
        << R"(["{{now+2h}}","{{now-15m}}"])"_ba
        << R"(["2030-01-01T14:00:00.000Z","2030-01-01T11:45:00.000Z"])"_ba;
    QTest::newRow("random") << R"({"n":{{random 1 100}}})"_ba
                            << R"({"n":100})"_ba;
    QTest::newRow("negative random") << R"({{random -5 -2}})"_ba
                                     << "-2"_ba;
    QTest::newRow("pick text") << R"({"p":{{pick free pro}}})"_ba
                               << R"({"p":"pro"})"_ba;
    QTest::newRow("pick a literal") << R"({"p":{{pick 1 true}}})"_ba
                                    << R"({"p":true})"_ba;
    QTest::newRow("env is escaped") << R"({"t":"{{env TOKEN}}"})"_ba
                                    << R"({"t":"se\"cret"})"_ba;
    QTest::newRow("env as a value") << R"({"t":{{env TOKEN}}})"_ba
                                    << R"({"t":"se\"cret"})"_ba;
    QTest::newRow("file as a value") << R"({"t":{{file a b.json}}})"_ba
                                     << R"({"t":{"x":"y"}})"_ba;
    QTest::newRow("file in a string") << R"({"t":"{{file a b.json}}"})"_ba
                                      << R"({"t":"{\"x\":\"y\"}"})"_ba;
    QTest::newRow("behind an escape") << R"({"a\"{{i}}":1})"_ba
                                      << R"({"a\"3":1})"_ba;
    QTest::newRow("none") << R"({"a":{"b":{}}})"_ba
                          << R"({"a":{"b":{}}})"_ba;
}

void TestPlaceholders::valuesStandInTheirPlace()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, made);
    const devserver::Result<QByteArray> result = resolvePlaceholders(text, values());
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
    QCOMPARE(*result, made);
    QVERIFY(devserver::validateJson(*result).has_value());
}

void TestPlaceholders::idsAreRealOnes()
{
    const QByteArray uuid = *resolvePlaceholders("{{uuid}}"_ba, values());
    QCOMPARE(uuid, R"("ffffffff-ffff-4fff-bfff-ffffffffffff")"_ba);
    const QByteArray ulid = *resolvePlaceholders("{{ulid}}"_ba, values());
    const auto read = devserver::Ulid::fromText(ulid.sliced(1, ulid.size() - 2));
    QVERIFY(read.has_value());
    QCOMPARE(read->time(), values().now);
}

void TestPlaceholders::wrongOnesAreNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("unknown") << R"({"a":"{{foo bar}}"})"_ba << u"unknown placeholder {{foo bar}}"_s;
    QTest::newRow("empty") << "{{}}"_ba << u"empty placeholder"_s;
    QTest::newRow("offset") << "{{now+2x}}"_ba << u"unknown placeholder {{now+2x}}"_s;
    QTest::newRow("random upside down")
        << "{{random 9 1}}"_ba << u"random takes two whole numbers: {{random 1 100}}"_s;
    QTest::newRow("random words") << "{{random a b}}"_ba
                                  << u"random takes two whole numbers: {{random 1 100}}"_s;
    QTest::newRow("pick nothing") << "{{pick}}"_ba
                                  << u"pick takes what to choose from: {{pick a b c}}"_s;
    QTest::newRow("env without name") << "{{env}}"_ba << u"env takes one name: {{env NAME}}"_s;
}

void TestPlaceholders::wrongOnesAreNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    const devserver::Result<QByteArray> result = resolvePlaceholders(text, values());
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().message, problem);
}

void TestPlaceholders::textWithoutAnEndIsNone()
{
    QVERIFY(findPlaceholders("{{uuid\n}}"_ba).empty());
    QVERIFY(findPlaceholders("{{uuid"_ba).empty());
    const std::vector<Placeholder> found = findPlaceholders(R"("x{{i}}" {{seq}})"_ba);
    QCOMPARE(found.size(), std::size_t{2});
    QVERIFY(found[0].isInString);
    QVERIFY(!found[1].isInString);
    QCOMPARE(found[1].begin, qsizetype{9});
}

void TestPlaceholders::helpSaysWhatItBecomes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("help");
    QTest::newRow("time") << "{{now+2h}}"_ba << u"For example 2030-01-01T14:00:00.000Z"_s;
    QTest::newRow("random") << "{{random 1 100}}"_ba << u"For example 100"_s;
    QTest::newRow("secrets are not shown")
        << "{{env TOKEN}}"_ba << u"The environment variable TOKEN, read when it is sent"_s;
    QTest::newRow("file") << "{{file a b.json}}"_ba
                          << u"What is in the file a b.json when it is sent"_s;
    QTest::newRow("wrong one") << "{{foo}}"_ba << u"unknown placeholder {{foo}}"_s;
}

void TestPlaceholders::helpSaysWhatItBecomes()
{
    QFETCH(const QByteArray, text);
    QTEST(placeholderHelp(findPlaceholders(text).front(), values()), "help");
}

QTEST_GUILESS_MAIN(TestPlaceholders)

#include "tst_placeholders.moc"
