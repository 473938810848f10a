// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/parser.h"

#include <QObject>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace devserver::expr;

namespace {

struct Row {
    const char *text;
    const char *tree; ///< as `print` has it
};

constexpr std::array trees{
    // literals
    Row{"1", "1"},
    Row{"0x1F", "31"},
    Row{"9223372036854775807", "9223372036854775807"},
    Row{"-9223372036854775808", "-9223372036854775808"},
    Row{"- 5", "-5"},
    Row{"18446744073709551615u", "18446744073709551615u"},
    Row{"0xfU", "15u"},
    Row{"1.5", "1.5d"},
    Row{".5", "0.5d"},
    Row{"1e3", "1000d"},
    Row{"-2.5E-1", "-0.25d"},
    Row{"1e-999", "0d"},
    Row{"0e999", "0d"},
    Row{"0.0e999", "0d"},
    Row{"true", "true"},
    Row{"false", "false"},
    Row{"null", "null"},
    Row{"''", "<>"},
    Row{"'a b'", "<a b>"},
    Row{"\"it's\"", "<it's>"},
    Row{R"('a\'b')", "<a'b>"},
    Row{R"("\a\b\f\n\r\t\v\\\?\`" == '\x07\b\f\n\r\t\v\\?`')",
        "(== <\a\b\f\n\r\t\v\\?`> <\a\b\f\n\r\t\v\\?`>)"},
    Row{R"('\u00e9\U0001F600\351\xe9')", "<\u00e9\U0001F600\u00e9\u00e9>"},
    Row{R"(r'\d+\')", R"(<\d+\>)"},
    Row{R"(R"\n")", R"(<\n>)"},
    Row{"'''a\r\n'b'\nc'''", "<a\n'b'\nc>"},
    Row{R"("""say "hi"\t.""")", "<say \"hi\"\t.>"},
    Row{"''''''", "<>"},
    Row{"r\"\"\"a\\\nb\"\"\"", "<a\\\nb>"},
    Row{"'\u00fc // no comment'", "<\u00fc // no comment>"},
    Row{R"(b'a\xff\377')", "b<61ffff>"},
    Row{R"(B"\u0041")", nullptr},
    Row{"br'\\x'", "b<5c78>"},
    Row{"b'\u00e9'", "b<c3a9>"},
    // names
    Row{"event", "event"},
    Row{".event", ".event"},
    Row{"_a1", "_a1"},
    Row{"true_", "true_"},
    Row{"r", "r"},
    Row{"b", "b"},
    Row{"event.data.x", "(. (. event data) x)"},
    Row{"event . data\n.\tx", "(. (. event data) x)"},
    Row{"event.data.package", "(. (. event data) package)"},
    Row{"event.data['a b'][0]", "([] ([] (. event data) <a b>) 0)"},
    Row{"a[b[c]].d", "(. ([] a ([] b c)) d)"},
    // calls
    Row{"now()", "(now)"},
    Row{".now()", "(.now)"},
    Row{"size(a)", "(size a)"},
    Row{"f(a, 1, 'x')", "(f a 1 <x>)"},
    Row{"a.b(c).d(1)", "(.d (.b a c) 1)"},
    Row{"'a'.size()", "(.size <a>)"},
    Row{"[1].size()", "(.size (list 1))"},
    Row{"-1.size()", "(.size -1)"},
    Row{"-1.5.f()", "(.f -1.5d)"},
    Row{"-a.f()", "(neg (.f a))"},
    // lists, maps, messages
    Row{"[]", "(list)"},
    Row{"[,]", "(list)"},
    Row{"[1, 'a', [2],]", "(list 1 <a> (list 2))"},
    Row{"{}", "(map)"},
    Row{"{,}", "(map)"},
    Row{"{'a': 1, b: 2,}", "(map <a> 1 b 2)"},
    Row{"{a ? b : c: d}", "(map (? a b c) d)"},
    Row{"{'a': {'b': 1}}.a.b", "(. (. (map <a> (map <b> 1)) a) b)"},
    Row{"a.b.C{x: 1, in_: 2}", "(message:a.b.C <x> 1 <in_> 2)"},
    Row{"C{}.x", "(. (message:C) x)"},
    // operators
    Row{"1 + 2 * 3", "(+ 1 (* 2 3))"},
    Row{"(1 + 2) * 3", "(* (+ 1 2) 3)"},
    Row{"1 - 2 - 3", "(- (- 1 2) 3)"},
    Row{"1 - -2", "(- 1 -2)"},
    Row{"1 -2", "(- 1 2)"},
    Row{"1-1", "(- 1 1)"},
    Row{"8 / 4 % 3", "(% (/ 8 4) 3)"},
    Row{"a + b == c - d", "(== (+ a b) (- c d))"},
    Row{"a < b", "(< a b)"},
    Row{"a <= b", "(<= a b)"},
    Row{"a > b", "(> a b)"},
    Row{"a >= b", "(>= a b)"},
    Row{"a != b", "(!= a b)"},
    Row{"a < b == c", "(== (< a b) c)"},
    Row{"a in [1, 2]", "(in a (list 1 2))"},
    Row{"a in b == true", "(== (in a b) true)"},
    Row{"a in(b)", "(in a b)"},
    Row{"a && b && c", "(&& a b c)"},
    Row{"a || b || c", "(|| a b c)"},
    Row{"a || b && c || d", "(|| a (&& b c) d)"},
    Row{"(a || b) && c", "(&& (|| a b) c)"},
    Row{"(a && b) && c", "(&& (&& a b) c)"},
    Row{"!a", "(! a)"},
    Row{"!!a", "a"},
    Row{"!!!a", "(! a)"},
    Row{"! -1", "(! -1)"},
    Row{"--a", "a"},
    Row{"-(1)", "(neg 1)"},
    Row{"!a.b == c", "(== (! (. a b)) c)"},
    Row{"a ? b : c", "(? a b c)"},
    Row{"a ? b : c ? d : e", "(? a b (? c d e))"},
    Row{"a ? (b ? c : d) : e", "(? a (? b c d) e)"},
    Row{"a || b ? c && d : e == f", "(? (|| a b) (&& c d) (== e f))"},
    // macros
    Row{"has(a.b)", "(has:b a)"},
    Row{"has(a.b.c)", "(has:c (. a b))"},
    Row{"has((a.b))", "(has:b a)"},
    Row{"a.all(x, x > 1)", "(all:x a (> x 1))"},
    Row{"a.b.exists(x, x == 1)", "(exists:x (. a b) (== x 1))"},
    Row{"a.exists_one(x, x)", "(exists_one:x a x)"},
    Row{"a.existsOne(x, x)", "(exists_one:x a x)"},
    Row{"a.filter(x, x).size()", "(.size (filter:x a x))"},
    Row{"a.map(x, x + 1)", "(map:x a (+ x 1))"},
    Row{"a.map(x, x > 1, x + 1)", "(mapif:x a (> x 1) (+ x 1))"},
    Row{"a.map(x)", "(.map a x)"},
    Row{"a.has(b)", "(.has a b)"},
    Row{"all(a, b)", "(all a b)"},
    Row{"has(a, b)", "(has a b)"},
    Row{"a.exists(x, x.all(y, y == x))", "(exists:x a (all:y x (== y x)))"},
    // spaces and comments
    Row{"  a  ", "a"},
    Row{"a // and why", "a"},
    Row{"// first\na\n  // then\n&& b", "(&& a b)"},
    Row{"a\f==\r\n1", "(== a 1)"},
};

QByteArray printLiteral(const Literal &literal)
{
    if (const auto *value = std::get_if<bool>(&literal))
        return *value ? "true"_ba : "false"_ba;
    if (const auto *value = std::get_if<std::int64_t>(&literal))
        return QByteArray::number(qlonglong(*value));
    if (const auto *value = std::get_if<std::uint64_t>(&literal))
        return QByteArray::number(qulonglong(*value)) + 'u';
    if (const auto *value = std::get_if<double>(&literal))
        return QByteArray::number(*value) + 'd';
    if (const auto *value = std::get_if<QByteArray>(&literal))
        return '<' + *value + '>';
    if (const auto *value = std::get_if<Bytes>(&literal))
        return "b<" + value->value.toHex() + '>';
    return "null"_ba;
}

QByteArray headOf(const Node &node)
{
    constexpr std::array<const char *, 33> heads{
        "",   "",   ".",  "[]", "",    "",    "list",   "map",        "message", "!",   "neg",
        "||", "&&", "?",  "*",  "/",   "%",   "+",      "-",          "==",      "!=",  "<",
        "<=", ">",  ">=", "in", "has", "all", "exists", "exists_one", "filter",  "map", "mapif"};
    const QByteArray head = heads[std::size_t(node.kind)];
    if (node.kind == NodeKind::Call)
        return node.isAbsolute ? '.' + node.name : node.name;
    if (node.kind == NodeKind::MethodCall)
        return '.' + node.name;
    const bool isNamed = node.kind == NodeKind::Message || node.kind >= NodeKind::Has;
    return isNamed ? head + ':' + node.name : head;
}

QByteArray print(const Tree &tree, NodeId id)
{
    const Node &node = tree.at(id);
    if (node.kind == NodeKind::Literal)
        return printLiteral(node.value);
    if (node.kind == NodeKind::Ident)
        return node.isAbsolute ? '.' + node.name : node.name;
    QByteArray out = '(' + headOf(node);
    for (const NodeId child : node.children)
        out += ' ' + print(tree, child);
    return out + (node.kind == NodeKind::Select ? QByteArray(' ' + node.name) : QByteArray()) + ')';
}

} // namespace

class TestParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void buildsTrees_data();
    void buildsTrees();
    void nodesKnowTheirPlace_data();
    void nodesKnowTheirPlace();
    void nestingIsLimited();
    void longChainsAreLimited();
    void everyPrefixIsSafe();
};

void TestParser::buildsTrees_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("tree"); // null: refused
    for (const Row &row : trees)
        QTest::addRow("%s", row.text) << QByteArray(row.text) << QByteArray(row.tree);
}

void TestParser::buildsTrees()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, tree);
    const auto parsed = parse(text);
    QVERIFY2(parsed.has_value() || tree.isNull(), parsed ? "" : parsed.error().text.constData());
    QCOMPARE(parsed ? print(*parsed, parsed->root) : QByteArray(), tree);
}

void TestParser::nodesKnowTheirPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("span");
    QTest::addColumn<QByteArray>("mark");
    const auto row = [](const char *text, const char *span, const char *mark) {
        QTest::addRow("%s", text) << QByteArray(text) << QByteArray(span) << QByteArray(mark);
    };
    row(" a.b == 'x' // so", "a.b == 'x'", "==");
    row("(a || b)", "a || b", "||");
    row("( a ) && (b)", "a ) && (b)", "&&");
    row("event.data . x", "event.data . x", "x");
    row("a.b(1, 2) ", "a.b(1, 2)", "b");
    row("f(x) // f", "f(x)", "f");
    row("a [ 0 ]", "a [ 0 ]", "[");
    row("! a.b", "! a.b", "!");
    row("- 5", "- 5", "- 5");
    row("a ? b : c ", "a ? b : c", "?");
    row("[1, 2 ]", "[1, 2 ]", "[");
    row("{'a': 1}", "{'a': 1}", "{");
    row("a.all(x, x)", "a.all(x, x)", "all");
    row("x in y", "x in y", "in");
    row(".a", ".a", "a");
}

void TestParser::nodesKnowTheirPlace()
{
    QFETCH(const QByteArray, text);
    const auto parsed = parse(text);
    QVERIFY(parsed.has_value());
    const Node &root = parsed->at(parsed->root);
    QTEST(parsed->source(root.span), "span");
    QTEST(parsed->source(root.mark), "mark");
}

void TestParser::nestingIsLimited()
{
    const auto nested = [](const char *open, qsizetype depth, const char *close) {
        return parse(QByteArray(open).repeated(depth) + 'a' + QByteArray(close).repeated(depth));
    };
    QVERIFY(nested("(", maxNesting - 1, ")").has_value());
    for (const auto &[open, close] :
         {std::pair("(", ")"), std::pair("[", "]"), std::pair("f(", ")"), std::pair("a[", "]"),
          std::pair("{a:", "}"), std::pair("a?b:", "")}) {
        for (const qsizetype depth : {qsizetype(maxNesting), qsizetype(15'000)}) {
            const auto parsed = nested(open, depth, close);
            QVERIFY2(!parsed, open);
            QCOMPARE(parsed.error().text, "the expression is nested too deep"_ba);
        }
    }
    QVERIFY(nested("!", 30'000, "").has_value());
    QVERIFY(nested("-", 30'000, "").has_value());
    QVERIFY(!parse(QByteArray(maxLength + 1, ' ') + '1'));
}

void TestParser::longChainsAreLimited()
{
    QVERIFY(parse(QByteArray("a || ").repeated(15'000) + 'a').has_value());
    QVERIFY(parse('a' + QByteArray(".b").repeated(maxHeight - 1)).has_value());
    for (const char *part : {".b", "[0]", ".f()", " + a", " == a"})
        QVERIFY2(!parse('a' + QByteArray(part).repeated(maxHeight)), part);
}

void TestParser::everyPrefixIsSafe()
{
    const QByteArray text =
        R"(a.b['c'].exists(x, x in [1u, .5e1, b"\x00"] && !has(x.y)) ? {'k': -1} : """q""" + r'\')"_ba;
    QVERIFY(parse(text).has_value());
    for (qsizetype size = 0; size < text.size(); ++size) {
        const auto parsed = parse(text.first(size));
        QVERIFY(parsed || (parsed.error().at <= size && !parsed.error().text.isEmpty()));
    }
}

QTEST_GUILESS_MAIN(TestParser)
#include "tst_parser.moc"
