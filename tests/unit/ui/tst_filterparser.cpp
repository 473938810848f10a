// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/filtercompletion.h"
#include "ui/core/filterparser.h"
#include "ui/core/filtertext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using console::FilterSubject;
using console::ParsedFilter;
using console::parseFilter;
using devserver::api::Filter;
using devserver::api::FilterTerm;

namespace {

// 2030-01-01T12:00Z
constexpr auto noon =
    std::chrono::sys_days(std::chrono::year(2030) / 1 / 1) + std::chrono::hours(12);

/// `(and state:failed (not fn:x))`: the tree as text, with what the terms were taken for.
QString treeText(const Filter &filter)
{
    if (filter.isAll())
        return u"all"_s;
    if (filter.kind == Filter::Kind::Term) {
        const FilterTerm &term = filter.term;
        QString text = term.key.isEmpty() ? u'\'' + QString::fromUtf8(term.values.join('|')) + u'\''
                                          : console::filterTermText(term.key, term.values, term.op);
        if (term.number)
            text += u" #"_s + QString::number(*term.number);
        if (term.duration)
            text += u" "_s + QString::number(term.duration->count()) + u"ms"_s;
        if (term.time)
            text += u" @"_s + QString::fromLatin1(devserver::toRfc3339(*term.time)).left(16);
        return text;
    }
    QStringList parts;
    for (const Filter &part : filter.parts)
        parts.append(treeText(part));
    QString name = u"not"_s;
    if (filter.kind == Filter::Kind::And)
        name = u"and"_s;
    else if (filter.kind == Filter::Kind::Or)
        name = u"or"_s;
    return u'(' + name + u' ' + parts.join(u' ') + u')';
}

/// Repeatable; no two runs of the test differ.
class Random
{
public:
    std::size_t below(std::size_t bound)
    {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(m_state >> 33) % bound;
    }

private:
    quint64 m_state = 42;
};

} // namespace

class TestFilterParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { qputenv("TZ", "UTC"); }

    void understands_data();
    void understands();
    void refuses_data();
    void refuses();

    void takesTextBack_data() { understands_data(); }

    void takesTextBack();
    void survivesRandomLines();
    void endsDeepNesting();
    void knowsTheKeysOfEachList();
    void proposesOnlyWhatCanMatch();
    void marksParts();
    void edits();
    void completes_data();
    void completes();
};

void TestFilterParser::understands_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("tree");
    const auto rows = {
        // words
        std::pair("", "all"),
        {"   ", "all"},
        {"charge", "'charge'"},
        {"  charge  ", "'charge'"},
        {"charge order", "(and 'charge' 'order')"},
        {"charge and order", "(and 'charge' 'order')"},
        {"charge AND order", "(and 'charge' 'order')"},
        {"charge or order", "(or 'charge' 'order')"},
        {"charge OR order", "(or 'charge' 'order')"},
        {"\"charge order\"", "'charge order'"},
        {"\"and\"", "'and'"},
        {"\"or\" \"not\"", "(and 'or' 'not')"},
        {"\"a \\\" b\"", "'a \" b'"},
        {"\"a \\\\ b\"", "'a \\ b'"},
        {"\"\\d\"", "'\\d'"},
        {"order/created", "'order/created'"},
        {"order/created:1", "'order/created:1'"},
        {"01J9K7M2", "'01J9K7M2'"},
        {"a,b", "'a,b'"},
        {"android", "'android'"},
        {"oracle", "'oracle'"},
        {"nothing", "'nothing'"},
        {"a-b", "'a-b'"},
        {"a*b", "'a*b'"},
        {"\xc3\xbc\x62\x65r", "'\xc3\xbc\x62\x65r'"},
        {"state", "'state'"},
        {"state failed", "(and 'state' 'failed')"},
        {"a\"b\"", "(and 'a' 'b')"},
        // negation
        {"-charge", "(not 'charge')"},
        {"not charge", "(not 'charge')"},
        {"NOT charge", "(not 'charge')"},
        {"not not charge", "(not (not 'charge'))"},
        {"--charge", "(not (not 'charge'))"},
        {"-state:failed", "(not state:failed)"},
        {"-\"a b\"", "(not 'a b')"},
        {"-(a b)", "(not (and 'a' 'b'))"},
        {"not (a or b)", "(not (or 'a' 'b'))"},
        {"a -b", "(and 'a' (not 'b'))"},
        {"a or -b", "(or 'a' (not 'b'))"},
        // brackets and order
        {"a b or c", "(or (and 'a' 'b') 'c')"},
        {"a or b c", "(or 'a' (and 'b' 'c'))"},
        {"(a or b) c", "(and (or 'a' 'b') 'c')"},
        {"(a)", "'a'"},
        {"((a))", "'a'"},
        {"( a )", "'a'"},
        {"(a b) c", "(and (and 'a' 'b') 'c')"},
        {"a(b)", "(and 'a' 'b')"},
        {"(a)(b)", "(and 'a' 'b')"},
        {"a or b or c", "(or 'a' 'b' 'c')"},
        {"(a or b) or c", "(or (or 'a' 'b') 'c')"},
        {"state:failed or state:dead", "(or state:failed state:dead)"},
        {"not(a)", "(not 'a')"},
        // words of a key
        {"state:failed", "state:failed"},
        {"state=failed", "state:failed"},
        {"state==failed", "state:failed"},
        {"state!=failed", "state!=failed"},
        {"state:FAILED", "state:failed"},
        {"state:failed,dead", "state:failed,dead"},
        {"state: failed", "state:failed"},
        {"state : failed", "state:failed"},
        {"state:\"failed\"", "state:failed"},
        {"state:queued", "state:queued"},
        {"state:running", "state:running"},
        {"state:waiting", "state:waiting"},
        {"state:completed", "state:completed"},
        {"state:dead", "state:dead"},
        {"state:cancelled", "state:cancelled"},
        {"bulk:01J9K7M2", "bulk:01J9K7M2"},
        {"bulk-completed:01J9K7M2", "bulk-completed:01J9K7M2"},
        {"bulk-failed!=01J9K7M2", "bulk-failed!=01J9K7M2"},
        {"event-id:01J9K7M2", "event-id:01J9K7M2"},
        {"is:live", "is:live"},
        {"is:rerun", "is:rerun"},
        {"is:rerun -app:sample", "(and is:rerun (not app:sample))"},
        {"has:error", "has:error"},
        {"has:output,key", "has:output,key"},
        {"source:invoke", "source:invoke"},
        {"kind:function", "kind:function"},
        // texts
        {"fn:charge-order", "fn:charge-order"},
        {"fn:charge-*", "fn:charge-*"},
        {"fn:\"charge order\"", "fn:\"charge order\""},
        {"fn:a,\"b c\",d", "fn:a,\"b c\",d"},
        {"fn!=x", "fn!=x"},
        {"fn~^charge", "fn~^charge"},
        {"fn~\"a b\"", "fn~\"a b\""},
        {"fn:\"\"", "fn:\"\""},
        {"fn:\"=x\"", "fn:\"=x\""},
        {"fn:x state:dead", "(and fn:x state:dead)"},
        {"app:shop", "app:shop"},
        {"event:order/*", "event:order/*"},
        {"event:order/created", "event:order/created"},
        {"event:a:b", "event:a:b"},
        {"error~\"timeout|refused\"", "error~timeout|refused"},
        {"error:TimeoutError", "error:TimeoutError"},
        {"error~\\d+", "error~\\d+"},
        {"sig:abc", "sig:abc"},
        {"id:01J9K", "id:01J9K"},
        {"key:cus_1", "key:cus_1"},
        {"fn:not", "fn:not"},
        {"fn:or", "fn:or"},
        {"fn:-x", "fn:-x"},
        // numbers
        {"attempts>1", "attempts>1 #1"},
        {"attempts > 1", "attempts>1 #1"},
        {"attempts>=2", "attempts>=2 #2"},
        {"attempts<3", "attempts<3 #3"},
        {"attempts<=3", "attempts<=3 #3"},
        {"attempts:1", "attempts:1 #1"},
        {"attempts!=1", "attempts!=1 #1"},
        // durations
        {"dur:>2s", "dur:>2s"}, // replaced below: `:>` reads as `>`
        {"dur>250ms", "dur>250ms 250ms"},
        {"dur>2s", "dur>2s 2000ms"},
        {"dur>1.5s", "dur>1.5s 1500ms"},
        {"dur>5m", "dur>5m 300000ms"},
        {"dur<2h", "dur<2h 7200000ms"},
        {"dur<3d", "dur<3d 259200000ms"},
        {"dur>1h30m", "dur>1h30m 5400000ms"},
        {"waited>=100ms", "waited>=100ms 100ms"},
        // times
        {"since:2h", "since:2h 7200000ms"},
        {"since:today", "since:today @2030-01-01T00:00"},
        {"since:yesterday", "since:yesterday @2029-12-31T00:00"},
        {"since:12:03", "since:12:03 @2030-01-01T12:03"},
        {"since:9:05", "since:9:05 @2030-01-01T09:05"},
        {"since:12:03:04", "since:12:03:04 @2030-01-01T12:03"},
        {"until:2024-05-01", "until:2024-05-01 @2024-05-01T00:00"},
        {"until:2024-05-01T10:30", "until:2024-05-01T10:30 @2024-05-01T10:30"},
        {"until:2024-05-01T10:30:00Z", "until:2024-05-01T10:30:00Z @2024-05-01T10:30"},
        {"until:2024-05-01T10:30:00+02:00", "until:2024-05-01T10:30:00+02:00 @2024-05-01T08:30"},
        {"queued:today", "queued:today @2030-01-01T00:00"},
        {"queued>12:00", "queued>12:00 @2030-01-01T12:00"},
        {"started<10m", "started<10m 600000ms"},
        {"ended!=yesterday", "ended!=yesterday @2029-12-31T00:00"},
        // paths
        {"data.total>100", "data.total>100 #100"},
        {"data.total > 100", "data.total>100 #100"},
        {"data.total:100", "data.total:100 #100"},
        {"data.total>-5", "data.total>-5 #-5"},
        {"data.total>1e3", "data.total>1e3 #1000"},
        {"data.customer.id:cus_1", "data.customer.id:cus_1"},
        {"data.items[0].sku:a", "data.items[0].sku:a"},
        {"data.name~^A", "data.name~^A"},
        {"data.a:x,y", "data.a:x,y"},
        {"data.total>b", "data.total>b"},
        {"user.id=7", "user.id:7 #7"},
        {"output.count > 10", "output.count>10 #10"},
        {"output:null", "output:null"},
        {"meta.x!=1", "meta.x!=1 #1"},
        {"data.total", "'data.total'"},
        // together
        {"state:failed fn:charge-* dur>2s", "(and state:failed fn:charge-* dur>2s 2000ms)"},
        {"event:order/* data.total > 100", "(and event:order/* data.total>100 #100)"},
        {"timeout state:dead or fn:x -is:rerun",
         "(or (and 'timeout' state:dead) (and fn:x (not is:rerun)))"},
        {"(state:dead or state:failed) and since:1h",
         "(and (or state:dead state:failed) since:1h 3600000ms)"},
    };
    for (const auto &[line, tree] : rows) {
        if (QByteArray(line) == "dur:>2s")
            QTest::addRow("%s", line) << QString::fromUtf8(line) << u"dur>2s 2000ms"_s;
        else
            QTest::addRow("%s", line) << QString::fromUtf8(line) << QString::fromUtf8(tree);
    }
}

void TestFilterParser::understands()
{
    QFETCH(QString, line);
    QFETCH(QString, tree);
    const ParsedFilter parsed = parseFilter(line, noon);
    QVERIFY2(!parsed.error, qPrintable(parsed.error ? parsed.error->message : QString()));
    QCOMPARE(treeText(parsed.filter), tree);
}

void TestFilterParser::refuses_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("position");
    QTest::addColumn<bool>("isIncomplete");

    struct Row {
        const char *line;
        int position;
        bool isIncomplete;
    };

    for (const Row &row : std::initializer_list<Row>{
             {"state:", 6, true},
             {"state: ", 7, true},
             {"state:x", 6, true},
             {"state:x fn:y", 6, false},
             {"state:failed,", 13, true},
             {"state:failed, dead", 13, false},
             {"state:,dead", 6, false}, // the first value is empty
             {"state>failed", 6, true},
             {"state~failed", 6, true},
             {"foo:bar", 0, false},
             {"a foo:bar", 2, false},
             {"http://x", 0, false},
             {":x", 0, false},
             {"a >5", 2, false},
             {"=5", 0, false},
             {"cel: event.data.x > 1", 0, false},
             {"(", 1, true},
             {"(a", 0, true},
             {"a (b", 2, true},
             {"()", 0, false},
             {"a)", 1, false},
             {")", 0, false},
             {"a or", 4, true},
             {"a and", 5, true},
             {"or a", 0, false},
             {"and a", 0, false},
             {"a or or b", 5, false},
             {"not", 3, true},
             {"-", 1, true},
             {"- a", 1, false},
             {"\"a", 0, true},
             {"x \"a", 2, true},
             {"\"\"", 0, false},
             {"fn:\"a", 3, true},
             {"fn>a", 3, true},
             {"fn~[", 3, true},
             {"fn~( a", 3, false},
             {"id~x", 3, true},
             {"attempts:x", 9, true},
             {"attempts:1,2", 9, true},
             {"attempts~1", 9, true},
             {"dur:5", 4, true},
             {"dur>2x", 4, true},
             {"dur>s", 4, true},
             {"dur>-2s", 4, true},
             {"dur>99999999999d", 4, true},
             {"since:tomorrow", 6, true},
             {"since:25:00", 6, true},
             {"since:2024-13-01", 6, true},
             {"since>2h", 6, true},
             {"until!=2h", 7, true},
             {"queued~today", 7, true},
             {"data.a>1,2", 7, true},
             {"data.a~[", 7, true},
             {"is:faked", 3, true},
             {"is:pinned", 3, true},
             {"is:paused", 3, true},
             {"state:paused", 6, true},
             {"kind:job", 5, true},
             {"source:cron", 7, true},
             {"level:warn", 0, false},
             {"queue:media", 0, false},
         }) {
        QTest::addRow("%s", row.line)
            << QString::fromUtf8(row.line) << row.position << row.isIncomplete;
    }
}

void TestFilterParser::refuses()
{
    QFETCH(QString, line);
    QFETCH(int, position);
    QFETCH(bool, isIncomplete);
    const ParsedFilter parsed = parseFilter(line, noon);
    QVERIFY(parsed.error.has_value());
    QCOMPARE(parsed.error->position, position);
    QCOMPARE(parsed.error->isIncomplete, isIncomplete);
    QVERIFY(!parsed.error->message.isEmpty());
    QVERIFY(parsed.error->position + parsed.error->length <= line.size() + 1);
}

void TestFilterParser::takesTextBack()
{
    QFETCH(QString, line);
    const ParsedFilter first = parseFilter(line, noon);
    const QString text = console::filterText(first.filter);
    const ParsedFilter second = parseFilter(text, noon);
    QVERIFY2(!second.error, qPrintable(text));
    QCOMPARE(treeText(second.filter), treeText(first.filter));
    QVERIFY2(second.filter == first.filter, qPrintable(text));
    QCOMPARE(console::filterText(second.filter), text);
}

void TestFilterParser::survivesRandomLines()
{
    static const std::vector<QString> pieces = {
        u"state"_s,
        u"fn"_s,
        u":"_s,
        u"="_s,
        u"!="_s,
        u">"_s,
        u"~"_s,
        u"("_s,
        u")"_s,
        u"\""_s,
        u"\\"_s,
        u","_s,
        u"-"_s,
        u" "_s,
        u" or "_s,
        u"and "_s,
        u"not "_s,
        u"failed"_s,
        u"2h"_s,
        u"12:03"_s,
        u"data.x"_s,
        u"1"_s,
        u"*"_s,
        u"ü"_s,
        u"\t"_s,
        u"["_s,
        u"\U0001F600"_s,
        QString(QChar(u'\0')),
        u"since"_s,
        u"dur"_s,
        u"99999999999999999999"_s,
        u"a"_s,
    };
    Random random;
    int understood = 0;
    for (int round = 0; round < 10'000; ++round) {
        QString line;
        for (std::size_t left = random.below(30); left > 0; --left)
            line += pieces[random.below(pieces.size())];
        const ParsedFilter parsed = parseFilter(line, noon);
        (void)console::completeFilter(line, static_cast<int>(random.below(40)), FilterSubject::Runs,
                                      {});
        if (parsed.error) {
            QVERIFY2(parsed.error->position >= 0 && parsed.error->position <= line.size(),
                     qPrintable(line));
            continue;
        }
        ++understood;
        const QString text = console::filterText(parsed.filter);
        const ParsedFilter again = parseFilter(text, noon);
        QVERIFY2(!again.error && again.filter == parsed.filter,
                 qPrintable(line + u" -> "_s + text));
    }
    QVERIFY2(understood > 300, qPrintable(QString::number(understood)));
}

void TestFilterParser::endsDeepNesting()
{
    // With an error, not with the stack.
    QVERIFY(parseFilter(QString(100'000, u'('), noon).error.has_value());
    QVERIFY(parseFilter(QString(100'000, u'-') + u'a', noon).error.has_value());
}

void TestFilterParser::knowsTheKeysOfEachList()
{
    QVERIFY(parseFilter(u"state:open"_s, noon, FilterSubject::Runs).error);
    QVERIFY(!parseFilter(u"state:open"_s, noon, FilterSubject::Letters).error);
    QVERIFY(!parseFilter(u"reason:used-up"_s, noon, FilterSubject::Letters).error);
    QVERIFY(parseFilter(u"reason:bored"_s, noon, FilterSubject::Letters).error);
    QVERIFY(!parseFilter(u"is:retry due<5m"_s, noon, FilterSubject::Waiting).error);
    QVERIFY(parseFilter(u"data.total:1"_s, noon, FilterSubject::Waiting).error);
    QVERIFY(!parseFilter(u"is:internal"_s, noon, FilterSubject::Events).error);
    QVERIFY(parseFilter(u"is:internal"_s, noon, FilterSubject::Runs).error);
    QVERIFY(parseFilter(u"dur>2s"_s, noon, FilterSubject::Events).error);
    QVERIFY(!parseFilter(u"state:failed"_s, noon, FilterSubject::Events).error);
}

/// What the server cannot do yet is not proposed, and written by hand it is said to be unknown.
void TestFilterParser::proposesOnlyWhatCanMatch()
{
    for (const auto *line : {"is:", "state:", "kind:", "source:"}) {
        const console::FilterCompletion completion = console::completeFilter(
            QString::fromUtf8(line), static_cast<int>(qstrlen(line)), FilterSubject::Runs, {});
        QVERIFY2(!completion.items.empty(), line);
        for (const console::FilterCompletion::Item &item : completion.items) {
            for (const char *word : {"faked", "pinned", "paused", "job", "cron"})
                QVERIFY2(item.value != QString::fromUtf8(word), qPrintable(item.text));
        }
    }
    QCOMPARE(parseFilter(u"kind:job"_s, noon).error->message, u"job is not one of function"_s);
    for (const char *term : {"state:skipped", "is:skipped", "is:paused", "is:faked"}) {
        const QString line = QString::fromLatin1(term);
        const QString word = line.section(u':', 1);
        QCOMPARE(parseFilter(line, noon).error->message,
                 u"Nothing can be %1 in this version, so that would find nothing"_s.arg(word));
    }
}

void TestFilterParser::marksParts()
{
    using Kind = console::FilterSpan::Kind;
    const std::vector<console::FilterSpan> expected = {
        {0, 5, Kind::Key},      {5, 1, Kind::Operator},  {6, 6, Kind::Value},
        {13, 2, Kind::Keyword}, {16, 1, Kind::Operator}, {17, 1, Kind::Word},
    };
    QVERIFY(parseFilter(u"state:failed or -x"_s, noon).spans == expected);
}

void TestFilterParser::edits()
{
    const auto filter = [](const char *line) {
        return parseFilter(QString::fromUtf8(line), noon).filter;
    };
    const auto text = [](const Filter &of) { return console::filterText(of); };
    QCOMPARE(text(console::filterWithOnly(filter(""), "state"_ba, {"failed"_ba})),
             u"state:failed"_s);
    QCOMPARE(text(console::filterWithOnly(filter("a state:dead b"), "state"_ba, {"failed"_ba})),
             u"a state:failed b"_s);
    QCOMPARE(text(console::filterWithOnly(filter("a -state:dead"), "state"_ba, {})), u"a"_s);
    QCOMPARE(text(console::filterWithOnly(filter("a or b"), "state"_ba, {"dead"_ba})),
             u"(a or b) state:dead"_s);
    QCOMPARE(text(console::filterAnd(filter("fn:a"), filter("state:dead"))), u"fn:a state:dead"_s);
    QCOMPARE(text(console::filterAnd(filter("fn:a"), filter("fn:a"))), u"fn:a"_s);
    QCOMPARE(text(console::filterAnd(filter("b fn:a"), filter("-fn:a"))), u"b -fn:a"_s);
    QCOMPARE(text(console::filterAnd(filter("b -fn:a"), filter("fn:a"))), u"b fn:a"_s);
    QCOMPARE(text(console::filterWithoutLast(filter("a b c"))), u"a b"_s);
    QCOMPARE(text(console::filterWithoutLast(filter("a"))), QString());
    QVERIFY(console::filterHasOnly(filter("x state:dead"), "state"_ba, "dead"_ba));
    QVERIFY(!console::filterHasOnly(filter("state:dead,failed"), "state"_ba, "dead"_ba));
    QVERIFY(!console::filterHasOnly(filter("-state:dead"), "state"_ba, "dead"_ba));
    QCOMPARE(console::filterTermText("fn"_ba, {"a b"_ba, "c"_ba}), u"fn:\"a b\",c"_s);
}

void TestFilterParser::completes_data()
{
    QTest::addColumn<QString>("line"); // with | for the cursor
    QTest::addColumn<QStringList>("items");
    QTest::addColumn<int>("start");
    QTest::addColumn<int>("length");
    const auto row = [](const char *line, const QStringList &items, int start, int length) {
        QTest::addRow("%s", line) << QString::fromUtf8(line) << items << start << length;
    };
    row("|", {}, 0, 0);
    row("st|", {u"state:"_s, u"started:"_s}, 0, 2);
    row("a st|", {u"state:"_s, u"started:"_s}, 2, 2);
    row("-sta|", {u"state:"_s, u"started:"_s}, 1, 3);
    row("(sta|)", {u"state:"_s, u"started:"_s}, 1, 3);
    row("sta|te", {u"state:"_s, u"started:"_s}, 0, 5);
    row("state:fa|", {u"failed"_s}, 6, 2);
    row("state:d|", {u"dead"_s, u"queued"_s, u"completed"_s, u"failed"_s, u"cancelled"_s}, 6, 1);
    row("is:ski|", {}, 3, 3);
    row("state:dead,fa|", {u"failed"_s}, 11, 2);
    row("state!=de|", {u"dead"_s}, 7, 2);
    row("state:dead|", {}, 6, 4);
    row("fn:ch|", {u"charge-order"_s, u"\"charge twice\""_s}, 3, 2);
    row("fn:\"ch|", {u"charge-order"_s, u"\"charge twice\""_s}, 3, 3);
    row("fn:zzz|", {}, 3, 3);
    row("fn:x st|", {u"state:"_s, u"started:"_s}, 5, 2);
}

void TestFilterParser::completes()
{
    QFETCH(QString, line);
    QFETCH(QStringList, items);
    QFETCH(int, start);
    QFETCH(int, length);
    const auto cursor = static_cast<int>(line.indexOf(u'|'));
    const console::FilterCompletion completion = console::completeFilter(
        line.remove(u'|'), cursor, FilterSubject::Runs, [](const QByteArray &key) {
            return key == "fn" ? QStringList{u"charge-order"_s, u"charge twice"_s} : QStringList();
        });
    QStringList found;
    for (const console::FilterCompletion::Item &item : completion.items)
        found.append(item.text);
    QCOMPARE(found, items);
    QCOMPARE(completion.start, start);
    QCOMPARE(completion.length, length);
}

QTEST_GUILESS_MAIN(TestFilterParser)
#include "tst_filterparser.moc"
