// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/compile.h"

#include <QObject>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace devserver::expr;

namespace {

constexpr std::array accepted{
    "event.data.x > 1",
    "event.data.function_id == 'app-fn'",
    "event.data.userId == async.data.userId",
    "event.data.n % 2 == 0",
    "\"a\" + 1",
    "'a' == 1 && 2",
    "event.data.vip || \"default\"",
    "'global'",
    "vars.a",
    "event['data'].a != '' && event.data['b'] != true",
    "event.data.a + '-' + event.data.b",
    "event.data.plan == 'pro' ? 120 : -60",
    "event.data.issue in ['Bug', 'Epic'] == true",
    "'item' in event.data.tags",
    "null > 0",
    "size(event.data.list) == 0 && event.data.list.size() == 0",
    "event.name.startsWith('a') || event.name.endsWith('b') || event.name.contains('c')",
    "event.name.matches('^a') && matches(event.name, 'b$')",
    "lowercase(event.data.e) == uppercase('x')",
    "json_parse(b64decode(event.data.encoded)).nested.data",
    "date(event.data.at) > now_minus('1h') && now_plus('1d') > now()",
    "date(event.from) + duration('6h35m10s') == date('2020-01-01T18:35:10')",
    "timestamp(event.data.at).getFullYear('Europe/Paris') == 2026",
    "timestamp(event.data.at).getDayOfWeek() == 0",
    "int(event.data.n) + uint(1) + double('2')",
    "string(1) + string(b'x') == string(bytes('x'))",
    "bool('true') && dyn(1) == 1",
    "type(event.data.x) == string || type(1) == int || type(null) == null_type",
    "type([]) == list && type({}) == map && type(type(1)) == type",
    "type(1.0) == double && type(1u) == uint && type(b'') == bytes && type(true) == bool",
    "google.protobuf.Timestamp{seconds: 1} == timestamp(1)",
    "type(timestamp(1)) == google.protobuf.Timestamp",
    "has(event.data.a.b)",
    "event.data.tags.exists(t, t == \"x\")",
    "event.data.tags.all(t, t.parts.exists(p, p == t))",
    "event.data.tags.map(t, t.on, t.name).filter(n, n != '').size() > 0",
    "event.data.tags.exists(event, event == 1)",
    "event.data.size",
    "event.data.all",
};

struct Refused {
    const char *text;
    const char *problem;
};

constexpr std::array refused{
    // unfinished
    Refused{"", "column 1: expected a value, found the end"},
    Refused{"  ", "column 3: expected a value, found the end"},
    Refused{"// only a comment", "column 18: expected a value, found the end"},
    Refused{"event.data.x ==", "column 16: expected a value, found the end"},
    Refused{"event.data.x == ", "column 17: expected a value, found the end"},
    Refused{"event.", "column 7: expected the name of a field or function, found the end"},
    Refused{"event.data.x &&", "column 16: expected a value, found the end"},
    Refused{"!", "column 2: expected a value, found the end"},
    Refused{"-", "column 2: expected a value, found the end"},
    Refused{"event ? 1", "column 10: expected an operator or : of the condition, found the end"},
    Refused{"event ? 1 :", "column 12: expected a value, found the end"},
    Refused{"event in", "column 9: expected a value, found the end"},
    Refused{"(1", "column 3: expected an operator or ), found the end"},
    Refused{"event[1", "column 8: expected an operator or ], found the end"},
    Refused{"[1", "column 3: expected an operator, a comma or ], found the end"},
    Refused{"{'a': 1", "column 8: expected an operator, a comma or }, found the end"},
    Refused{"{'a'", "column 5: expected an operator or : behind the key, found the end"},
    Refused{"size(event", "column 11: expected an operator, a comma or ), found the end"},
    Refused{"size(", "column 6: expected a value, found the end"},
    // something else expected
    Refused{"event.data.x is not 1", "column 14: expected an operator or the end, found is"},
    Refused{"event.data.x and true", "column 14: expected an operator or the end, found and"},
    Refused{"event.data.x === 1", "column 16: = is no operator, write =="},
    Refused{"event.data.x = 1", "column 14: = is no operator, write =="},
    Refused{"event & true", "column 7: & is no operator, write &&"},
    Refused{"event | true", "column 7: | is no operator, write ||"},
    Refused{"== 1", "column 1: expected a value, found =="},
    Refused{"1 + * 2", "column 5: expected a value, found *"},
    Refused{"1)", "column 2: expected an operator or the end, found )"},
    Refused{"(1]", "column 3: expected an operator or ), found ]"},
    Refused{"()", "column 2: expected a value, found )"},
    Refused{"event[]", "column 7: expected a value, found ]"},
    Refused{"size(event,)", "column 12: expected a value, found )"},
    Refused{"[1,,2]", "column 4: expected a value, found ,"},
    Refused{"[,1]", "column 3: expected a value or ], found 1"},
    Refused{"{1}", "column 3: expected an operator or : behind the key, found }"},
    Refused{"event..data", "column 7: expected the name of a field or function, found ."},
    Refused{"event.1", "column 6: expected an operator or the end, found .1"},
    Refused{"event.in", "column 7: expected the name of a field or function, found in"},
    Refused{"event.true", "column 7: expected the name of a field or function, found true"},
    Refused{"event.'a'", "column 7: expected the name of a field or function, found 'a'"},
    Refused{"event.?data", "column 7: expected the name of a field or function, found ?"},
    Refused{"event[?'a']", "column 7: expected a value, found ?"},
    Refused{"in", "column 1: expected a value, found in"},
    Refused{"!-event", "column 3: expected a number, found event"},
    Refused{"-!event", "column 2: expected a value, found !"},
    Refused{"1 ? 2 ? 3 : 4 : 5", "column 7: expected an operator or : of the condition, found ?"},
    Refused{"event 'a'", "column 7: expected an operator or the end, found 'a'"},
    Refused{"1 2", "column 3: expected an operator or the end, found 2"},
    Refused{"google.A{1: 2}", "column 10: expected the name of a field, found 1"},
    Refused{"event.data++", "column 12: expected a value, found +"},
    Refused{".", "column 2: expected a name, found the end"},
    // tokens
    Refused{"event.data.x == #", "column 17: nothing starts with #"},
    Refused{"event.`a-b`", "column 7: nothing starts with `"},
    Refused{"$event", "column 1: nothing starts with $"},
    Refused{"event \u2265 1", "column 7: nothing starts with \u2265"},
    Refused{"'\u00fc' == \u00fc", "column 8: nothing starts with \u00fc"},
    Refused{"event \x01", "column 7: a control character is outside of a string"},
    Refused{"event;", "column 6: nothing starts with ;"},
    Refused{"'abc", "column 1: the quote ' is not closed"},
    Refused{"\"abc'", "column 1: the quote \" is not closed"},
    Refused{"'abc\\'", "column 1: the quote ' is not closed"},
    Refused{"'abc\\", "column 1: the quote ' is not closed"},
    Refused{"'''abc''", "column 1: the quote ''' is not closed"},
    Refused{"'a\nb'", "line 1, column 1: the quote ' is not closed on its line"},
    Refused{"event ==\n  'x' &", "line 2, column 7: & is no operator, write &&"},
    Refused{"rb'a'", "column 3: expected an operator or the end, found 'a'"},
    Refused{R"('\d')", "column 2: the escape is unknown, write \\\\ for a backslash"},
    Refused{R"('a\8')", "column 3: the escape is unknown, write \\\\ for a backslash"},
    Refused{R"('\u12')", "column 2: the escape needs 4 hexadecimal digits"},
    Refused{R"('\U0001')", "column 2: the escape needs 8 hexadecimal digits"},
    Refused{R"('\xg0')", "column 2: the escape needs 2 hexadecimal digits"},
    Refused{R"('\08')", "column 2: the escape needs 3 octal digits"},
    Refused{R"('\uD800')", "column 2: the escape is no Unicode character"},
    Refused{R"('\U00110000')", "column 2: the escape is no Unicode character"},
    Refused{R"(b'\u0041')", "column 3: bytes have no \\u escapes"},
    Refused{"9223372036854775808", "column 1: the number 9223372036854775808 is over 64 bits"},
    Refused{"-9223372036854775809", "column 2: the number 9223372036854775809 is over 64 bits"},
    Refused{"18446744073709551616u", "column 1: the number 18446744073709551616u is over 64 bits"},
    Refused{"0x10000000000000000", "column 1: the number 0x10000000000000000 is over 64 bits"},
    Refused{"1e999", "column 1: the number 1e999 is too large"},
    Refused{"1.5e+400 == 1", "column 1: the number 1.5e+400 is too large"},
    Refused{"0x", "column 2: expected an operator or the end, found x"},
    Refused{"1x", "column 2: expected an operator or the end, found x"},
    Refused{"1.", "column 3: expected the name of a field or function, found the end"},
    // names
    Refused{"opened", "column 1: opened is unknown here, where only event and async are known"},
    Refused{"event.data.x == opened",
            "column 17: opened is unknown here, where only event and async are known"},
    Refused{"steps.a", "column 1: steps is unknown here, where only event and async are known"},
    Refused{"Event.data", "column 1: Event is unknown here, where only event and async are known"},
    Refused{"data.x == 1", "column 1: data is unknown here, where only event and async are known"},
    Refused{"event.a.exists(t, u)",
            "column 19: u is unknown here, where only event and async are known"},
    Refused{"event.a.exists(t, t) && t",
            "column 25: t is unknown here, where only event and async are known"},
    Refused{"event.a.exists(t, .t)",
            "column 20: t is unknown here, where only event and async are known"},
    Refused{"t.exists(t, t)", "column 1: t is unknown here, where only event and async are known"},
    Refused{"if", "column 1: if is a reserved word"},
    Refused{"event.x == package", "column 12: package is a reserved word"},
    Refused{"event.all(for, true)", "column 11: for is a reserved word"},
    Refused{"upper(event.name)", "column 1: there is no function upper() with 1 argument"},
    Refused{"event.name.toLowerCase()",
            "column 12: there is no function toLowerCase() with 0 arguments"},
    Refused{"event(1)", "column 1: there is no function event() with 1 argument"},
    Refused{"size()", "column 1: size() does not take 0 arguments"},
    Refused{"now(1)", "column 1: now() does not take 1 argument"},
    Refused{"event.name.startsWith()", "column 12: startsWith() does not take 0 arguments"},
    Refused{"contains('a', 'b')", "column 1: contains() is a method, write value.contains(...)"},
    Refused{"event.name.lowercase()", "column 12: lowercase() is no method, write lowercase(...)"},
    Refused{"event.data.map(x)", "column 12: there is no function map() with 1 argument"},
    Refused{"all(event, true)", "column 1: there is no function all() with 2 arguments"},
    Refused{"has(event.a, 1)", "column 1: there is no function has() with 2 arguments"},
    Refused{"has(event)", "column 5: has() takes a field, such as has(event.data.x)"},
    Refused{"has(event['a'])", "column 5: has() takes a field, such as has(event.data.x)"},
    Refused{"event.all(event.x, true)", "column 11: the first argument of all() is no plain name"},
    Refused{"event.map(1, true)", "column 11: the first argument of map() is no plain name"},
    Refused{"event.data{a: 1}",
            "column 1: there is no message type event.data, a map is written {\"key\": value}"},
};

} // namespace

class TestCompile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
};

void TestCompile::accepts_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : accepted)
        QTest::addRow("%s", text) << QByteArray(text);
}

void TestCompile::accepts()
{
    QFETCH(const QByteArray, text);
    const auto compiled = compile(text);
    QVERIFY2(compiled.has_value(), compiled ? "" : describe(compiled.error(), text).constData());
    QCOMPARE(compiled->text, text);
}

void TestCompile::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("problem");
    for (const Refused &row : refused)
        QTest::addRow("<%s>", row.text) << QByteArray(row.text) << QByteArray(row.problem);
}

void TestCompile::refuses()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, problem);
    const auto compiled = compile(text);
    QVERIFY2(!compiled, "accepted");
    QCOMPARE(describe(compiled.error(), text), problem);
}

QTEST_GUILESS_MAIN(TestCompile)
#include "tst_compile.moc"
