// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/textdiff.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace console;
using Kind = DiffLine::Kind;

namespace {

QString signs(const std::vector<DiffLine> &lines)
{
    QString text;
    for (const DiffLine &line : lines)
        text += line.kind == Kind::Same ? u'=' : line.kind == Kind::Added ? u'+' : u'-';
    return text;
}

} // namespace

class TestTextDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void diffs_data();
    void diffs();
    void marksTheChangedPart();
    void foldsEqualLines();
    void givesUpOnLargeTexts();
};

void TestTextDiff::diffs_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("expected");
    QTest::newRow("equal") << u"a\nb"_s << u"a\nb"_s << u"=="_s;
    QTest::newRow("empty") << QString() << QString() << QString();
    QTest::newRow("from nothing") << QString() << u"a\nb"_s << u"++"_s;
    QTest::newRow("changed") << u"a\nb\nc"_s << u"a\nx\nc"_s << u"=-+="_s;
    QTest::newRow("added") << u"a\nc"_s << u"a\nb\nc"_s << u"=+="_s;
    QTest::newRow("removed") << u"a\nb\nc"_s << u"a\nc"_s << u"=-="_s;
    QTest::newRow("moved") << u"a\nb\nc\nd"_s << u"b\nc\na\nd"_s << u"-==+="_s;
    QTest::newRow("two blocks") << u"1\na\n2\nb\n3"_s << u"1\nx\n2\ny\n3"_s << u"=-+=-+="_s;
}

void TestTextDiff::diffs()
{
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    QFETCH(const QString, expected);
    const std::vector<DiffLine> lines = diffLines(before, after);
    QCOMPARE(signs(lines), expected);
    QCOMPARE(differs(lines), before != after);
    // Both texts can be made again of it.
    QStringList one;
    QStringList other;
    for (const DiffLine &line : lines) {
        if (line.kind != Kind::Added)
            one.append(line.text);
        if (line.kind != Kind::Removed)
            other.append(line.text);
    }
    QCOMPARE(one.join(u'\n'), before);
    QCOMPARE(other.join(u'\n'), after);
}

void TestTextDiff::marksTheChangedPart()
{
    const std::vector<DiffLine> lines = diffLines(u"answer in 2 s"_s, u"answer in 31 s"_s);
    QCOMPARE(lines.size(), std::size_t(2));
    QCOMPARE(lines[0].text.mid(lines[0].markStart, lines[0].markLength), u"2"_s);
    QCOMPARE(lines[1].text.mid(lines[1].markStart, lines[1].markLength), u"31"_s);
    // Nothing in common: the whole line is meant.
    QCOMPARE(diffLines(u"abc"_s, u"xyz"_s)[0].markLength, 0);
}

void TestTextDiff::foldsEqualLines()
{
    const std::vector<DiffLine> lines =
        diffLines(u"1\n2\n3\n4\n5\n6\na\n7\n8\n9"_s, u"1\n2\n3\n4\n5\n6\nb\n7\n8\n9"_s);
    const std::vector<DiffLine> shown = withoutEqual(lines, 1);
    QCOMPARE(signs(shown), u"==-+=="_s);
    QCOMPARE(shown[0].text, u"…"_s);
    QCOMPARE(shown[1].text, u"6"_s);
    QCOMPARE(shown[4].text, u"7"_s);
}

void TestTextDiff::givesUpOnLargeTexts()
{
    QStringList before;
    QStringList after;
    for (int i = 0; i < 3000; ++i) {
        before.append(QString::number(i));
        after.append(QString::number(-i - 1));
    }
    const std::vector<DiffLine> lines = diffLines(before.join(u'\n'), after.join(u'\n'));
    QCOMPARE(lines.size(), std::size_t(6000));
}

QTEST_APPLESS_MAIN(TestTextDiff)
#include "tst_textdiff.moc"
