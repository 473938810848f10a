// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/pathrewrite.h"
#include "ui/core/pathrules.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace console;

class TestPathRewrite : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void rewrites_data();
    void rewrites();
    void oldSettingsAreRead();
    void findsLongestEnd();
    void findsNothingElsewhere();
    void replacesRuleOfSameFolder();
    void rulesAreTakenBack();
};

void TestPathRewrite::rewrites_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("path");
    QTest::newRow("below") << u"/app/src/a.ts"_s << u"/home/me/shop/src/a.ts"_s;
    QTest::newRow("longest rule") << u"/app/lib/b.ts"_s << u"/home/me/lib/b.ts"_s;
    QTest::newRow("same letters, other folder") << u"/apple/a.ts"_s << u"/apple/a.ts"_s;
    QTest::newRow("folder itself") << u"/app"_s << u"/app"_s;
    QTest::newRow("relative") << u"src/c.ts"_s << u"/rel/src/c.ts"_s;
    QTest::newRow("windows") << u"C:\\work\\src\\d.ts"_s << u"/mnt/src/d.ts"_s;
    QTest::newRow("no rule") << u"/srv/x.ts"_s << u"/srv/x.ts"_s;
}

void TestPathRewrite::rewrites()
{
    const std::vector<PathRewrite> rules = {{.from = u"/app"_s, .to = u"/home/me/shop"_s},
                                            {.from = u"/app/lib"_s, .to = u"/home/me/lib"_s},
                                            {.from = QString(), .to = u"/rel"_s},
                                            {.from = u"C:\\work"_s, .to = u"/mnt"_s}};
    QFETCH(QString, file);
    QTEST(rewrittenPath(file, rules), "path");
}

void TestPathRewrite::oldSettingsAreRead()
{
    const std::vector<PathRewrite> rules = {{.from = u"/app"_s, .to = u"/home/me/shop"_s},
                                            {.from = QString(), .to = u"/rel"_s}};
    QCOMPARE(rewritesFromList({u"/app"_s, u"/home/me/shop"_s, QString(), u"/rel"_s}), rules);
    QCOMPARE(rewritesFromList({u"/app"_s}), std::vector<PathRewrite>());
}

void TestPathRewrite::findsLongestEnd()
{
    const QSet<QString> there = {u"/home/me/shop/src/a.ts"_s, u"/home/me/shop/a.ts"_s,
                                 u"/flat/a.ts"_s, u"/home/me/shop/rel/b.ts"_s};
    const auto exists = [&](const QString &path) { return there.contains(path); };
    const PathRewrite found = {.from = u"/app"_s, .to = u"/home/me/shop"_s};
    QCOMPARE(findRewrite({u"/app/src/a.ts"_s}, u"/home/me/shop/"_s, exists), found);
    const std::optional<PathRewrite> flat =
        findRewrite({u"/app/gone.ts"_s, u"/app/src/a.ts"_s}, u"/flat"_s, exists);
    QVERIFY(flat);
    QCOMPARE(flat->from, u"/app/src"_s);
    const std::optional<PathRewrite> relative =
        findRewrite({u"rel/b.ts"_s}, u"/home/me/shop"_s, exists);
    QVERIFY(relative);
    QCOMPARE(rewrittenPath(u"rel/b.ts"_s, {*relative}), u"/home/me/shop/rel/b.ts"_s);
    const std::optional<PathRewrite> root =
        findRewrite({u"/src/a.ts"_s}, u"/home/me/shop"_s, exists);
    QVERIFY(root);
    QCOMPARE(rewrittenPath(u"/src/a.ts"_s, {*root}), u"/home/me/shop/src/a.ts"_s);
}

void TestPathRewrite::findsNothingElsewhere()
{
    QVERIFY(!findRewrite({u"/app/src/a.ts"_s, u"b.ts"_s, QString()}, u"/tmp"_s,
                         [](const QString &) { return false; }));
}

void TestPathRewrite::replacesRuleOfSameFolder()
{
    std::vector<PathRewrite> rules = withRewrite({}, {.from = u"/app"_s, .to = u"/one"_s});
    rules = withRewrite(rules, {.from = u"/app"_s, .to = u"/two"_s});
    QCOMPARE(rules.size(), std::size_t(1));
    QCOMPARE(rewrittenPath(u"/app/x"_s, rules), u"/two/x"_s);
}

void TestPathRewrite::rulesAreTakenBack()
{
    const PathRewrite app{.from = u"/app"_s, .to = u"/one"_s};
    const PathRewrite relative{.from = QString(), .to = u"/rel"_s};
    PathRules rules;
    rules.add({app, relative});
    const QSignalSpy changed(&rules, &PathRules::changed);
    rules.remove(u"/elsewhere"_s);
    QCOMPARE(changed.size(), 0);
    rules.remove(app.from);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(rules.rules(), std::vector<PathRewrite>{relative});
    rules.remove(relative.from);
    QVERIFY(rules.rules().empty());
}

QTEST_APPLESS_MAIN(TestPathRewrite)
#include "tst_pathrewrite.moc"
