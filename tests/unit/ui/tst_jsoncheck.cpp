// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/fakebackend.h"
#include "tests/support/modelwatch.h"
#include "ui/core/copyas.h"
#include "ui/core/draft.h"
#include "ui/core/draftformat.h"
#include "ui/core/drafthistory.h"
#include "ui/core/fieldprofile.h"
#include "ui/core/jsoncheck.h"
#include "ui/core/sendqueue.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;

/// What the composer is made of, without a window.
class TestJsonCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void problemsHaveTheirPlace_data();
    void problemsHaveTheirPlace();
    void commentsAreBlanks();
    void spotsAreFound_data();
    void spotsAreFound();
    void spotsNameTheMember_data();
    void spotsNameTheMember();
    void profileCountsFields();
    void frequentValuesAreKnown();
    void unusualTypesAreDoubted();
    void draftsAreLaidOut_data();
    void draftsAreLaidOut();
    void sentDataAreNoDraft();
    void blanksThatAreNoneAreNamed();
    void aCommaAtTheEndIsNamed();
    void filesBecomeDrafts();
    void copiesKeepTheirPace();
    void aRefusalStopsTheOthers();
    void historyWalksAndReturns();
    void whatIsRemovedWasNotSent();
    void draftFilesReadWell();
    void copiesAreCode();
    void whatTheServerAddedIsLeftOut();
};

void TestJsonCheck::problemsHaveTheirPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("colon") << "{\n  \"a\" 1\n}"_ba << 2 << 7;
    QTest::newRow("after letters of two bytes") << "{\"\xc3\xa4\xc3\xb6\" 1}"_ba << 1 << 7;
    QTest::newRow("below a comment") << "// {{nonsense\n{\n  // \"x\n  1\n}"_ba << 4 << 3;
    QTest::newRow("placeholder") << "{\n \"a\": {{foo}}\n}"_ba << 2 << 7;
    QTest::newRow("after a placeholder") << "{\"a\": {{random 1 9}} 2}"_ba << 1 << 22;
    QTest::newRow("no object") << "1"_ba << 1 << 1;
    QTest::newRow("batch of others") << "[{},\n 1]"_ba << 2 << 2;
    QTest::newRow("empty batch") << "[]"_ba << 1 << 2;
    QTest::newRow("empty") << "  "_ba << 1 << 1;
}

void TestJsonCheck::problemsHaveTheirPlace()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(int, column);
    const std::optional<DraftProblem> problem = checkDraft(text, DraftShape::Data);
    QVERIFY(problem.has_value());
    QVERIFY(!problem->message.isEmpty());
    QCOMPARE(problem->line, line);
    QCOMPARE(problem->column, column);
}

void TestJsonCheck::commentsAreBlanks()
{
    const QByteArray text = "{\n  // \"off\": 1,\n  \"url\": \"http://x\" // no\n}"_ba;
    QCOMPARE(withoutComments(text).size(), text.size());
    QVERIFY(checkDraft(text, DraftShape::Data).has_value()); // only whole lines are comments
    const QByteArray good = "// above\n{\n  \"url\": \"//x\",\n  \"n\": {{seq}}\n}"_ba;
    QVERIFY(!checkDraft(good, DraftShape::Data));
    QCOMPARE(strippedOfComments(good), "{\n  \"url\": \"//x\",\n  \"n\": {{seq}}\n}"_ba);
    QVERIFY(!checkDraft("[1]"_ba, DraftShape::Value));
    QVERIFY(!checkDraft("[{\"a\": [1]}, {}]"_ba, DraftShape::Data));
    QCOMPARE(elementsOf("[{\"a\": [1]}, {} ]"_ba), (QByteArrayList{"{\"a\": [1]}"_ba, "{}"_ba}));
}

void TestJsonCheck::spotsAreFound_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isKey");
    QTest::addColumn<QByteArray>("begun");
    QTest::newRow("first key") << "{\n  "_ba
                               << ""_ba << true << ""_ba;
    QTest::newRow("begun with a quote") << "{ \"em"_ba
                                        << ""_ba << true << "em"_ba;
    QTest::newRow("begun without") << "{ em"_ba
                                   << ""_ba << true << "em"_ba;
    QTest::newRow("below") << "{\"a\": {\"b\": 1, \"c"_ba
                           << "a"_ba << true << "c"_ba;
    QTest::newRow("in a list") << "{\"items\": [{\"sku\": 1}, {\""_ba
                               << "items"_ba << true << ""_ba;
    QTest::newRow("value") << "{\"a\": "_ba
                           << ""_ba << false << ""_ba;
    QTest::newRow("text of a value") << "{\"a\": \"x"_ba
                                     << ""_ba << false << "x"_ba;
    QTest::newRow("after a closed one") << "{\"a\": {\"b\": 1}, "_ba
                                        << ""_ba << true << ""_ba;
}

void TestJsonCheck::spotsAreFound()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, path);
    QFETCH(bool, isKey);
    QFETCH(QByteArray, begun);
    const DraftSpot spot = spotAt(before, before.size());
    QCOMPARE(spot.path, path);
    QCOMPARE(spot.isKey, isKey);
    QCOMPARE(spot.begun, begun);
}

void TestJsonCheck::profileCountsFields()
{
    FieldProfile profile;
    profile.learn(R"({"id":"a","total":1,"customer":{"email":"x"}})"_ba);
    profile.learn(R"({"id":"b","items":[{"sku":"s"}]})"_ba);
    profile.learn("[1]"_ba);
    QCOMPARE(profile.events(), 2);
    const auto fields = profile.fieldsAt(""_ba);
    QCOMPARE(fields.size(), std::size_t{4});
    QCOMPARE(fields[0].name, u"id"_s);
    QCOMPARE(fields[0].seen, 2);
    QCOMPARE(fields[0].type, u"string"_s);
    QCOMPARE(profile.fieldsAt("customer"_ba).front().name, u"email"_s);
    QCOMPARE(profile.fieldsAt("items"_ba).front().name, u"sku"_s);
    QVERIFY(profile.fieldsAt("nowhere"_ba).empty());
}

void TestJsonCheck::spotsNameTheMember_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<bool>("isInString");
    QTest::newRow("value") << "{\"plan\": "_ba
                           << "plan"_ba << false;
    QTest::newRow("text") << "{\"plan\": \"fr"_ba
                          << "plan"_ba << true;
    QTest::newRow("number") << "{\"plan\": 1"_ba
                            << "plan"_ba << false;
    QTest::newRow("name") << "{\"pl"_ba
                          << ""_ba << true;
    QTest::newRow("behind a whole value") << "{\"plan\": \"free\""_ba
                                          << ""_ba << false;
    QTest::newRow("in a list") << "{\"plans\": ["_ba
                               << ""_ba << false;
}

void TestJsonCheck::spotsNameTheMember()
{
    QFETCH(QByteArray, before);
    const DraftSpot spot = spotAt(before, before.size());
    QTEST(spot.key, "key");
    QTEST(spot.isInString, "isInString");
}

void TestJsonCheck::frequentValuesAreKnown()
{
    FieldProfile profile;
    for (int i = 0; i < 10; ++i)
        profile.learn("{\"id\":\"o_" + QByteArray::number(i)
                      + "\",\"customer\":{\"vip\":true},"
                        "\"plan\":\""
                      + (i < 6   ? "free"
                         : i < 9 ? "pro"
                                 : "team")
                      + "\"}");
    using Value = FieldProfile::Value;
    QCOMPARE(profile.valuesOf(""_ba, "plan"_ba),
             (std::vector<Value>{{"\"free\""_ba, 6}, {"\"pro\""_ba, 3}, {"\"team\""_ba, 1}}));
    QCOMPARE(profile.valuesOf("customer"_ba, "vip"_ba), (std::vector<Value>{{"true"_ba, 10}}));
    QVERIFY(profile.valuesOf(""_ba, "id"_ba).empty()); // another one each time
    QVERIFY(profile.valuesOf(""_ba, "customer"_ba).empty());
    QVERIFY(profile.valuesOf("x"_ba, "y"_ba).empty());
}

void TestJsonCheck::unusualTypesAreDoubted()
{
    FieldProfile profile;
    const QByteArray draft =
        "{\n  // \"total\": \"x\",\n  \"total\": \"12\",\n  \"at\": {{seq}},\n  \"new\": 1\n}"_ba;
    for (int i = 0; i < 4; ++i) {
        profile.learn(R"({"total":1,"at":"now","note":null})"_ba);
        QCOMPARE(profile.doubtsIn(draft).size(), std::size_t(i < 2 ? 0 : 1)); // not of two events
    }
    const FieldProfile::Doubt doubt = profile.doubtsIn(draft).front();
    QCOMPARE(draft.sliced(doubt.begin, doubt.end - doubt.begin), "\"12\""_ba);
    QCOMPARE(doubt.message, u"total was a number in 4 of 4 events"_s);
    QVERIFY(profile.doubtsIn(R"({"total":2.5})"_ba).empty());
    QCOMPARE(profile.doubtsIn(R"([{"total":1},{"total":true}])"_ba).size(), std::size_t{1});
}

void TestJsonCheck::draftsAreLaidOut_data()
{
    QTest::addColumn<QByteArray>("draft");
    QTest::addColumn<QByteArray>("laidOut");
    QTest::newRow("one line")
        << R"({"a":1.50,"b":[1e3,{}],"a":[]})"_ba
        << "{\n  \"a\": 1.50,\n  \"b\": [\n    1e3,\n    {}\n  ],\n  \"a\": []\n}"_ba;
    QTest::newRow("comments")
        << "// first\n{\n// off\n\"a\":1, \"b\":2\n      // last\n}\n// end"_ba
        << "// first\n{\n  // off\n  \"a\": 1,\n  \"b\": 2\n  // last\n}\n// end"_ba;
    QTest::newRow("comment before a comma") << "[1\n// one\n,2]"_ba
                                            << "[\n  1,\n  // one\n  2\n]"_ba;
    QTest::newRow("comments around a colon") << "{\"a\"\n// x\n:\n// y\n1}"_ba
                                             << "{\n  \"a\":\n  // x\n  // y\n  1\n}"_ba;
    QTest::newRow("only a comment") << "{\n// nothing yet\n}"_ba
                                    << "{\n  // nothing yet\n}"_ba;
    QTest::newRow("placeholders")
        << R"({"n":{{random 1 9}},"s":"a{{pick "x" y}}b","l":[{{i}},{{seq}}]})"_ba
        << "{\n  \"n\": {{random 1 9}},\n  \"s\": \"a{{pick \"x\" y}}b\",\n"
           "  \"l\": [\n    {{i}},\n    {{seq}}\n  ]\n}"_ba;
    QTest::newRow("scalar") << " 1 "_ba
                            << "1"_ba;
}

void TestJsonCheck::draftsAreLaidOut()
{
    QFETCH(QByteArray, draft);
    QFETCH(QByteArray, laidOut);
    QVERIFY(!checkDraft(draft, DraftShape::Value));
    QCOMPARE(formatDraft(draft), laidOut);
    QCOMPARE(formatDraft(laidOut), laidOut);
    QVERIFY(!checkDraft(laidOut, DraftShape::Value));
}

void TestJsonCheck::sentDataAreNoDraft()
{
    const auto problem = [](const QByteArray &text) {
        return checkDraft(text, DraftShape::Object).value_or(DraftProblem{});
    };
    QCOMPARE(problem(R"({"a": "{{name}}", "b": "//"})"_ba), DraftProblem{});
    QCOMPARE(problem("{\n// 1\n}"_ba).line, 2);
    QCOMPARE(problem(R"({"a": {{seq}}})"_ba).column, 8);
    for (const QByteArray &text : {"[]"_ba, "[{}]"_ba, "1"_ba})
        QCOMPARE(problem(text).message, u"the data must be an object"_s);
}

void TestJsonCheck::blanksThatAreNoneAreNamed()
{
    const auto problem = [](const QByteArray &text) {
        return checkDraft(text, DraftShape::Data).value_or(DraftProblem{});
    };
    QCOMPARE(problem("{\n\xc2\xa0\"a\": 1}"_ba).message, u"this blank (U+00A0) is none in JSON"_s);
    QCOMPARE(problem("{\"a\":\xe2\x80\xa8 1}"_ba).message,
             u"this blank (U+2028) is none in JSON"_s);
    QCOMPARE(problem("{\"a\": \"\xc2\xa0\"}"_ba), DraftProblem{});
    QCOMPARE(problem("{x}"_ba).message, u"expected a member name"_s);
}

void TestJsonCheck::aCommaAtTheEndIsNamed()
{
    const auto message = [](const QByteArray &text) {
        return checkDraft(text, DraftShape::Data).value_or(DraftProblem{}).message;
    };
    const QString tooMany = u"the comma before } is one too many"_s;
    QCOMPARE(message("{\"a\": 1,}"_ba), tooMany);
    QCOMPARE(message("{\"a\": 1,\n  // \"b\": 2\n}"_ba), tooMany);
    QCOMPARE(message("{\"a\": [1, ]}"_ba), u"the comma before ] is one too many"_s);
    QCOMPARE(message("{\"a\": }"_ba), u"expected a value"_s);
    QCOMPARE(message("{,}"_ba), u"expected a member name"_s);
}

void TestJsonCheck::filesBecomeDrafts()
{
    const Draft now{.name = "order/created"_ba, .id = "x"_ba, .text = "{}"_ba};
    const Draft data = draftWith("{\"a\": 1}\n"_ba, now);
    QCOMPARE(data.text, "{\"a\": 1}"_ba);
    QCOMPARE(data.name, "order/created"_ba);
    QCOMPARE(data.id, "x"_ba);
    const Draft whole = draftWith(R"({"name":"user/\u0073ignup","data":{"b":2},"ts":5})"_ba, now);
    QCOMPARE(whole.name, "user/signup"_ba);
    QCOMPARE(whole.text, "{\"b\":2}"_ba);
    QVERIFY(whole.id.isEmpty());
    const Draft kept{.target = Draft::Target::Invoke, .name = "f"_ba, .text = "[1,\n 2]"_ba};
    QCOMPARE(draftWith(draftFile(kept), now), kept);
    const QByteArray compact = "[" + QByteArray("1,").repeated(50) + "1]"; // no byte more is sent
    QCOMPARE(draftWith(compact, now).text, compact);
    QCOMPARE(draftWith("no JSON"_ba, now).text, "no JSON"_ba); // the editor says why
}

namespace {

/// Another queue has sent several copies: the timers of those that were started before have beaten
/// as often.
void waitForBeats()
{
    devserver::test::FakeBackend backend;
    SendQueue queue(backend);
    queue.start(
        {.copies = 10, .perSecond = 10, .send = [&](int) { return backend.send("{}"_ba); }});
    for (int copies = 2; copies < 5; ++copies) {
        backend.advance(100ms);
        QTRY_COMPARE(backend.sent.size(), copies);
    }
}

} // namespace

void TestJsonCheck::copiesKeepTheirPace()
{
    devserver::test::FakeBackend backend;
    SendQueue queue(backend);
    QSignalSpy finished(&queue, &SendQueue::finished);
    queue.start({.copies = 25, .perSecond = 10, .send = [&](int copy) {
                     return backend.send(QByteArray::number(copy));
                 }});
    QCOMPARE(backend.sent.size(), 1); // the first one at once
    waitForBeats();                   // while the clock stands
    QCOMPARE(backend.sent.size(), 1);
    backend.advance(100ms);
    QTRY_COMPARE(backend.sent.size(), 2);
    backend.setNow(backend.now() - 1h); // somebody sets the clock of the machine
    backend.advance(1s);
    QTRY_COMPARE(backend.sent.size(), 12);
    backend.advance(10s);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(backend.sent.size(), 25);
    QCOMPARE(backend.sent.back(), "25"_ba);
    QCOMPARE(finished[0][0].toInt(), 25);
    QCOMPARE(finished[0][1].toInt(), 0);
}

void TestJsonCheck::aRefusalStopsTheOthers()
{
    devserver::test::FakeBackend backend;
    SendQueue queue(backend);
    QSignalSpy finished(&queue, &SendQueue::finished);
    QSignalSpy refused(&queue, &SendQueue::refused);
    backend.refuseNext({devserver::ErrorCode::InvalidInput, u"name is missing"_s});
    queue.start(
        {.copies = 1000, .perSecond = 0, .send = [&](int) { return backend.send("{}"_ba); }});
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(refused.count(), 1);
    QCOMPARE(backend.sent.size(), SendQueue::mostUnderWay);

    backend.sent.clear();
    queue.start(
        {.copies = 1000, .perSecond = 5, .send = [&](int) { return backend.send("{}"_ba); }});
    queue.stop();
    QTRY_COMPARE(finished.count(), 2);
    QCOMPARE(backend.sent.size(), 1);
    QVERIFY(!queue.isRunning());
}

void TestJsonCheck::historyWalksAndReturns()
{
    DraftHistory history;
    const console::test::ModelWatch watch(&history, "DraftHistory");
    const auto draft = [](const QByteArray &name) { return Draft{.name = name, .text = "{}"_ba}; };
    for (const QByteArray &name : {"a"_ba, "b"_ba, "b"_ba, "c"_ba})
        history.add(draft(name), draft(name), devserver::fromMs(1000));
    QCOMPARE(history.rowCount(), 3);
    QCOMPARE(history.walk(-1, draft("now"_ba))->name, "c"_ba);
    QCOMPARE(history.walk(-1, draft("c"_ba))->name, "b"_ba);
    QCOMPARE(history.walk(-1, draft("b"_ba))->name, "a"_ba);
    QVERIFY(history.walk(-1, draft("a"_ba)) == nullptr);
    QCOMPARE(history.walk(1, draft("a"_ba))->name, "b"_ba);
    QCOMPARE(history.walk(1, draft("b"_ba))->name, "c"_ba);
    QCOMPARE(history.walk(1, draft("c"_ba))->name, "now"_ba);
    QVERIFY(history.walk(1, draft("now"_ba)) == nullptr);
    for (int i = 0; i < 1100; ++i)
        history.add(draft("n"_ba + QByteArray::number(i)), draft("n"_ba + QByteArray::number(i)),
                    devserver::fromMs(2000 + i));
    QCOMPARE(history.rowCount(), 1000);
    DraftHistory other;
    other.restore({{devserver::fromMs(1), draft("z"_ba)}});
    QCOMPARE(other.rowCount(), 1);
    other.restore(historyFromJson(historyJson(history.saved()))); // instead of that
    QCOMPARE(other.rowCount(), 1000);
    QCOMPARE(other.at(0).draft, history.at(0).draft);
    QCOMPARE(other.at(0).sentAt, devserver::fromMs(3099));
    // What was sent before it was read stays in front.
    DraftHistory late;
    QAbstractItemModelTester lateTester(&late,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
    late.add(draft("fresh"_ba), draft("fresh"_ba), devserver::fromMs(5000));
    late.restore({{devserver::fromMs(1), draft("old"_ba)}});
    QCOMPARE(late.rowCount(), 2);
    QCOMPARE(late.at(0).draft.name, "fresh"_ba);
    QCOMPARE(late.at(1).draft, draft("old"_ba));
}

namespace {

/// Sent as it was written.
void addSent(DraftHistory *history, const Draft &draft)
{
    history->add(draft, draft, devserver::fromMs(2));
}

} // namespace

void TestJsonCheck::whatIsRemovedWasNotSent()
{
    DraftHistory history;
    QVERIFY(history.lastSent() == nullptr);
    const Draft sent{.name = "sent"_ba, .text = "{}"_ba};
    const Draft removed{.name = "removed"_ba, .text = QByteArray(1000 * 1024, ' ')};
    history.addRemoved(removed, devserver::fromMs(1));
    QVERIFY(history.lastSent() == nullptr);
    for (int i = 0; i < 100; ++i)
        addSent(&history, {.name = "n"_ba + QByteArray::number(i), .text = QByteArray(1024, ' ')});
    history.add(sent, sent, devserver::fromMs(3));
    history.addRemoved(removed, devserver::fromMs(4));
    QCOMPARE(*history.lastSent(), sent);
    QCOMPARE(history.rowCount(), 103);
    // The large ones do not push out the others.
    QCOMPARE(history.saved().size(), std::size_t(101));
    DraftHistory users; // what an event's user takes counts, too
    for (int i = 0; i < 3; ++i)
        addSent(&users,
                {.name = "u"_ba + QByteArray::number(i), .user = QByteArray(500 * 1024, ' ')});
    QCOMPARE(users.saved().size(), std::size_t(2));
    // What they became goes before they do, of the oldest first, and large ones first of all.
    DraftHistory filled;
    const auto sentAs = [&filled](const QByteArray &name, int became) {
        filled.add({.name = name, .text = QByteArray(300 * 1024, ' ')},
                   {.name = name, .text = QByteArray(became * 1024, 'x')}, devserver::fromMs(2));
    };
    sentAs("a"_ba, 10);
    sentAs("b"_ba, 100);
    sentAs("c"_ba, 100);
    const std::vector<DraftHistory::Entry> kept = filled.saved(); // 900 KiB, and 110 more
    QCOMPARE(kept.size(), std::size_t(3));
    QVERIFY(kept[0].asSent.has_value() && kept[2].asSent.has_value());
    QVERIFY(!kept[1].asSent.has_value());
    DraftHistory other;
    other.addRemoved({.name = "half"_ba, .text = "{"_ba}, devserver::fromMs(1));
    DraftHistory restored;
    restored.restore(historyFromJson(historyJson(other.saved())));
    QCOMPARE(restored.at(0), other.at(0));
    QVERIFY(restored.lastSent() == nullptr);
    addSent(&other, {.name = "half"_ba, .text = "{"_ba});
    QCOMPARE(other.rowCount(), 1);
    QVERIFY(other.lastSent() != nullptr);
}

void TestJsonCheck::draftFilesReadWell()
{
    const Draft draft{.target = Draft::Target::Event,
                      .name = "order/created"_ba,
                      .id = "o-1"_ba,
                      .text = "// how it is\n{\n  \"n\": {{seq}}\n}"_ba};
    QCOMPARE(draftFile(draft), R"({
    "event": "order/created",
    "id": "o-1",
    "text": [
        "// how it is",
        "{",
        "  \"n\": {{seq}}",
        "}"
    ]
}
)"_ba);
    QCOMPARE(draftFromFile(draftFile(draft)).value_or(Draft{}), draft);
    Draft later = draft;
    later.when = "in 5 min"_ba;
    later.user = R"({"id": 1.0})"_ba;
    QCOMPARE(draftFromFile(draftFile(later)).value_or(Draft{}), later);
    const devserver::TimePoint now = devserver::fromMs(1'000);
    QCOMPARE(dueAt({}, now), now);
    QCOMPARE(dueAt("+90s"_ba, now), devserver::fromMs(91'000));
    QCOMPARE(dueAt("in 2 h"_ba, now), devserver::fromMs(7'201'000));
    QVERIFY(dueAt("2026-12-24 18:00"_ba, now) > now);
    QVERIFY(!dueAt("soon"_ba, now).has_value());
    QVERIFY(!draftFromFile("{}"_ba).has_value());
    QVERIFY(!draftFromFile("nothing"_ba).has_value());
}

void TestJsonCheck::copiesAreCode()
{
    const QByteArray event = R"({"name":"a/b","data":{"it's":1}})"_ba;
    QCOMPARE(copyAs(CopyLanguage::Curl, event, u"127.0.0.1:8288"_s),
             u"curl -X POST http://127.0.0.1:8288/e/dev \\\n"
             "  -H 'Content-Type: application/json' \\\n"
             "  -d '{\"name\":\"a/b\",\"data\":{\"it'\\''s\":1}}'\n"_s);
    QCOMPARE(copyInvocationAs(CopyLanguage::Curl, "shop-a/b"_ba, R"({"n":1.0})"_ba, u"h:1"_s),
             u"curl -X POST http://h:1/invoke/shop-a%2Fb \\\n  -H 'Content-Type: application/json' "
             u"\\\n  -d '{\"data\":{\"n\":1.0}}'\n"_s);
    QCOMPARE(copyInvocationAs(CopyLanguage::Curl, "f"_ba, {}, u"h:1"_s),
             u"curl -X POST http://h:1/invoke/f \\\n  -H 'Content-Type: application/json' "
             u"\\\n  -d '{\"data\":{}}'\n"_s);
    QCOMPARE(copyInvocationAs(CopyLanguage::Json, "f"_ba, R"({"n":1.0})"_ba, {}),
             u"{\n  \"n\": 1.0\n}"_s);
    QVERIFY(copyAs(CopyLanguage::TypeScript, event, {}).startsWith(u"await inngest.send({\n"_s));
    QVERIFY(copyAs(CopyLanguage::Python, event, {}).contains(u"\"it's\": 1"_s));
    QVERIFY(copyAs(CopyLanguage::Go, event, {}).contains(u"json.Unmarshal([]byte(`{"_s));
    // What would end the text of the language.
    const QByteArray quotes = R"({"a":"'''''","b":"`"})"_ba;
    QVERIFY(copyAs(CopyLanguage::Python, quotes, {}).contains(u"\"''\\u0027''\""_s));
    QVERIFY(copyAs(CopyLanguage::Go, quotes, {}).contains(u"\"` + \"`\" + `\""_s));
}

void TestJsonCheck::whatTheServerAddedIsLeftOut()
{
    const QByteArray stored =
        R"({"name":"a","data":{"x": 1.50,"ts":2},"id":"01J","ts":12,"user":{},"v":"3"})"_ba;
    QCOMPARE(eventAsSent(stored, false), R"({"name":"a","data":{"x": 1.50,"ts":2},"v":"3"})"_ba);
    QCOMPARE(eventAsSent(stored, true),
             R"({"name":"a","data":{"x": 1.50,"ts":2},"id":"01J","v":"3"})"_ba);
    QCOMPARE(eventToSend("a\"b"_ba, {}, "{ }"_ba), R"({"name":"a\"b","data":{ }})"_ba);
    QCOMPARE(eventToSend("a"_ba, "i"_ba, "{}"_ba, {}, R"({"id": 1.0})"_ba),
             R"({"name":"a","id":"i","user":{"id": 1.0},"data":{}})"_ba);
    QCOMPARE(userOf(stored), QByteArray()); // made by the server
    QCOMPARE(userOf(R"({"name":"a","user":{"id": 1.0}})"_ba), R"({"id": 1.0})"_ba);
}

QTEST_GUILESS_MAIN(TestJsonCheck)

#include "tst_jsoncheck.moc"
