// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/filesizelimit.h"
#include "ui/core/pathrules.h"
#include "ui/core/projectfile.h"
#include "ui/core/projectport.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

namespace console::test {

using namespace Qt::StringLiterals;

class TestProjectFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rulesComeBackFromAReadableFile();
    void unknownKeysAreKept();
    void largePartsAreBuiltElsewhere();
    void brokenFileIsLeftAsItIs();
    void whatIsTooLargeSaysSoAndStays();
    void whatCannotBeOpenedIsAProblem();
    void unwritableFolderIsAProblem();
    void aFullDiskKeepsTheOldFile_data();
    void aFullDiskKeepsTheOldFile();
    void whatWaitsForRoomIsWrittenAtTheEnd();
    void whatWaitsForRoomIsWrittenBeforeAnotherFile();
    void whatWasSaidOfAnotherFileIsTakenBack();
    void anEmptyFileIsWrittenOver();
    void memoryOnlyWithoutADataFile();
    void aPortThatWaitsForRoomIsTriedAgain();
    void thePortOfTheProject_data();
    void thePortOfTheProject();
};

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

/// What it has waits for room, of which there is enough when this returns.
void writeOnAFullDisk(ProjectFile &file, const QString &path)
{
    file.open(path);
    {
        const devserver::test::FileSizeLimit limit(64);
        file.write(u"views"_s, QString(200, u'a'));
        file.waitForWrites();
    }
    QVERIFY(!QFileInfo::exists(path));
}

const PathRewrite relative{.from = QString(), .to = u"/srv"_s};
const PathRewrite shop{.from = u"/app"_s, .to = u"/home/dev/shop"_s};

} // namespace

void TestProjectFile::rulesComeBackFromAReadableFile()
{
    const QTemporaryDir folder;
    const QString path = PathRules::fileBeside(folder.filePath(u"redrive.db"_s));
    QCOMPARE(path, folder.filePath(u".redrive/paths.json"_s));
    {
        PathRules rules;
        rules.setFile(path);
        QSignalSpy changed(&rules, &PathRules::changed);
        rules.add({.from = u"/app"_s, .to = u"/tmp"_s});
        rules.add(shop); // the same folder somewhere else
        rules.add(relative);
        QCOMPARE(changed.size(), 3);
    }
    QVERIFY(contentOf(path).contains("\"from\": \"/app\""));
    PathRules again;
    again.setFile(path);
    QCOMPARE(again.rules(), (std::vector<PathRewrite>{shop, relative}));
}

void TestProjectFile::unknownKeysAreKept()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"paths.json"_s);
    write(path, R"({"later": 5, "paths": []})");
    PathRules rules;
    rules.setFile(path);
    rules.add(shop);
    rules.waitForWrites();
    const QJsonObject root = QJsonDocument::fromJson(contentOf(path)).object();
    QCOMPARE(root["later"_L1].toInt(), 5);
    QCOMPARE(root["paths"_L1].toArray().size(), 1);
}

void TestProjectFile::largePartsAreBuiltElsewhere()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"composer.json"_s);
    write(path, R"({"later": 5})");
    ProjectFile file;
    file.open(path);
    const QThread *builder = nullptr;
    file.write([&builder]() -> QJsonObject {
        builder = QThread::currentThread();
        return {{u"drafts"_s, 1}, {u"history"_s, 1}};
    });
    file.write([]() -> QJsonObject { return {{u"history"_s, 2}}; });
    file.write(u"small"_s, 3);
    file.waitForWrites();
    QVERIFY(builder != nullptr && builder != QThread::currentThread());
    const QJsonObject root = QJsonDocument::fromJson(contentOf(path)).object();
    QCOMPARE(root["later"_L1].toInt(), 5);
    QCOMPARE(root["drafts"_L1].toInt(), 1); // of the one before
    QCOMPARE(root["history"_L1].toInt(), 2);
    QCOMPARE(root["small"_L1].toInt(), 3);
}

void TestProjectFile::whatIsTooLargeSaysSoAndStays()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"paths.json"_s);
    const QByteArray text = "{\"paths\": []}" + QByteArray(ProjectFile::mostAtOnce, ' ');
    write(path, text);
    ProjectFile file;
    QSignalSpy problem(&file, &ProjectFile::problem);
    file.open(path);
    QCOMPARE(problem.size(), 1);
    QCOMPARE(problem.front().front().toString(),
             path
                 + u" is larger than 64 KiB and is not read; it is left as it is, and changes are "
                   "not kept."_s);
    file.write(u"paths"_s, 1);
    file.waitForWrites();
    QVERIFY(contentOf(path) == text);
}

void TestProjectFile::brokenFileIsLeftAsItIs()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"paths.json"_s);
    write(path, "{ oops");
    PathRules rules;
    QSignalSpy problem(&rules, &PathRules::problem);
    rules.setFile(path);
    QCOMPARE(problem.size(), 1);
    rules.add(shop);
    rules.waitForWrites();
    QCOMPARE(rules.rules().size(), std::size_t(1)); // in force all the same
    QCOMPARE(contentOf(path), "{ oops"_ba);
}

/// Not the same as a file that is not there, which the next change would make.
void TestProjectFile::whatCannotBeOpenedIsAProblem()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"paths.json"_s));
    PathRules rules;
    QSignalSpy problem(&rules, &PathRules::problem);
    rules.setFile(folder.filePath(u"paths.json"_s));
    QCOMPARE(problem.size(), 1);
    rules.add(shop);
    rules.waitForWrites();
    QCOMPARE(problem.size(), 1); // it was not even tried
}

void TestProjectFile::unwritableFolderIsAProblem()
{
    const QTemporaryDir folder;
    write(folder.filePath(u".redrive"_s), "a file where the folder would be");
    PathRules rules;
    QSignalSpy problem(&rules, &PathRules::problem);
    rules.setFile(folder.filePath(u".redrive/paths.json"_s));
    rules.add(shop);
    QTRY_COMPARE(problem.size(), 1);
    QVERIFY(problem[0][0].toString().contains(folder.path()));
}

void TestProjectFile::aFullDiskKeepsTheOldFile_data()
{
    QTest::addColumn<int>("size"); // of what has no room
    QTest::newRow("within a buffer") << 200;
    QTest::newRow("more than a buffer") << 100'000;
}

void TestProjectFile::aFullDiskKeepsTheOldFile()
{
    QFETCH(const int, size);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"views.json"_s);
    write(path, R"({"views": 1})");
    ProjectFile file;
    file.open(path);
    QSignalSpy problem(&file, &ProjectFile::problem);
    QSignalSpy written(&file, &ProjectFile::written);
    {
        const devserver::test::FileSizeLimit limit(64);
        file.write(u"views"_s, QString(size, u'a'));
        QTRY_COMPARE(problem.size(), 1);
        QCOMPARE(problem[0][0].toString(),
                 path + u" could not be kept: the disk is full. It is tried again."_s);
        file.write([size]() -> QJsonObject { return {{u"drafts"_s, QString(size, u'b')}}; });
        file.waitForWrites();
        QCoreApplication::processEvents();
        QCOMPARE(problem.size(), 1);
        QCOMPARE(contentOf(path), R"({"views": 1})"_ba);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"views.json"_s});
        QVERIFY(written.isEmpty());
    }
    QTRY_COMPARE(written.size(), 1); // nobody changes anything
    const QJsonObject root = QJsonDocument::fromJson(contentOf(path)).object();
    QCOMPARE(root["views"_L1].toString().size(), size);
    QCOMPARE(root["drafts"_L1].toString().size(), size);
    {
        const devserver::test::FileSizeLimit limit(64);
        file.write(u"views"_s, QString(size, u'c'));
        QTRY_COMPARE(problem.size(), 2); // another time
    }
}

void TestProjectFile::whatWaitsForRoomIsWrittenAtTheEnd()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"views.json"_s);
    {
        ProjectFile file;
        writeOnAFullDisk(file, path);
    }
    QVERIFY(contentOf(path).contains("aaa"));
}

void TestProjectFile::whatWaitsForRoomIsWrittenBeforeAnotherFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"views.json"_s);
    ProjectFile file;
    writeOnAFullDisk(file, path);
    QSignalSpy loaded(&file, &ProjectFile::loaded);
    file.load(folder.filePath(u"other.json"_s), ProjectFile::mostAtOnce);
    QTRY_COMPARE(loaded.size(), 1);
    QVERIFY(contentOf(path).contains("aaa"));
    QVERIFY(file.content().isEmpty());
}

void TestProjectFile::whatWasSaidOfAnotherFileIsTakenBack()
{
    const QTemporaryDir folder;
    const QString broken = folder.filePath(u"broken.json"_s);
    write(broken, "{ oops");
    ProjectFile file;
    QSignalSpy problem(&file, &ProjectFile::problem);
    QSignalSpy over(&file, &ProjectFile::problemOver);
    writeOnAFullDisk(file, folder.filePath(u"views.json"_s));
    QTRY_COMPARE(problem.size(), 1);
    file.open(broken);
    QCOMPARE(over.size(), 1);
    QCOMPARE(over[0], problem[0]);
    QCOMPARE(problem.size(), 2);
    file.load({}, ProjectFile::mostAtOnce);
    QCOMPARE(over.size(), 2);
    QCOMPARE(over[1], problem[1]);
}

/// As earlier versions left it on a full disk.
void TestProjectFile::anEmptyFileIsWrittenOver()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"views.json"_s);
    write(path, "");
    ProjectFile file;
    QSignalSpy problem(&file, &ProjectFile::problem);
    file.open(path);
    QVERIFY(file.isReadable());
    file.write(u"views"_s, 1);
    file.waitForWrites();
    QVERIFY(contentOf(path).contains("views"));
    QVERIFY(problem.isEmpty());
}

void TestProjectFile::memoryOnlyWithoutADataFile()
{
    QCOMPARE(PathRules::fileBeside({}), QString());
    PathRules rules;
    rules.setFile({});
    rules.add(shop);
    QCOMPARE(rewrittenPath(u"/app/charge.ts"_s, rules.rules()), u"/home/dev/shop/charge.ts"_s);
}

/// And what was said about it is taken back.
void TestProjectFile::aPortThatWaitsForRoomIsTriedAgain()
{
    const QTemporaryDir folder;
    const QString dataFile = folder.filePath(u"redrive.db"_s);
    QStringList problems;
    QStringList takenBack;
    QObject owner;
    {
        const devserver::test::FileSizeLimit limit(4);
        rememberPort(
            dataFile, 8290, &owner, [&problems](const QString &text) { problems.append(text); },
            [&takenBack](const QString &text) { takenBack.append(text); });
        QTRY_COMPARE(problems.size(), 1);
    }
    QElapsedTimer spent;
    spent.start();
    tryPortAgain(&owner); // there is room again
    QTRY_COMPARE(takenBack, problems);
    QVERIFY(spent.elapsed() < ProjectFile::pauseOfTries.count());
    QCOMPARE(projectPort(dataFile), quint16(8290));
}

void TestProjectFile::thePortOfTheProject_data()
{
    QTest::addColumn<QByteArray>("before"); // in the file; empty: there is none
    QTest::addColumn<int>("portBefore");
    QTest::addColumn<int>("portAfter"); // 8290 was chosen
    QTest::newRow("no file") << QByteArray() << 0 << 8290;
    QTest::newRow("another one") << R"({"port":8292,"mine":1})"_ba << 8292 << 8290;
    QTest::newRow("none that can be") << R"({"port":70000})"_ba << 0 << 8290;
    QTest::newRow("not ours") << "port 8292"_ba << 0 << 0;
}

void TestProjectFile::thePortOfTheProject()
{
    QFETCH(const QByteArray, before);
    const QTemporaryDir folder;
    const QString dataFile = folder.filePath(u"redrive.db"_s);
    const QString path = folder.filePath(u".redrive/server.json"_s);
    QVERIFY(QDir(folder.path()).mkpath(u".redrive"_s));
    if (!before.isEmpty())
        write(path, before);
    QTEST(int(projectPort(dataFile)), "portBefore");
    QStringList problems;
    {
        QObject owner;
        rememberPort(
            dataFile, 8290, &owner, [&problems](const QString &text) { problems.append(text); },
            [](const QString &) {});
    } // what is under way is written
    {
        QObject owner;
        rememberPort(
            dataFile, 8290, &owner, [](const QString &) {}, [](const QString &) {});
        QTRY_VERIFY(owner.children().isEmpty()); // it lives as long as a window does
    }
    QTEST(int(projectPort(dataFile)), "portAfter");
    QCOMPARE(problems.isEmpty(), projectPort(dataFile) == 8290);
    QCOMPARE(contentOf(path).contains("mine"), before.contains("mine"));
    QCOMPARE(projectPort({}), quint16(0));
}

} // namespace console::test

QTEST_GUILESS_MAIN(console::test::TestProjectFile)
#include "tst_projectfile.moc"
