// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/cleardata.h"
#include "devserver/store/sqlite.h"
#include "tests/unit/store/storefixture.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::store;

/// A cleared file comes in the place of a full one, and nothing is lost on the way.
class TestClearData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void historyGoesAndAppsStay();
    void everythingGoes();
    void oldFileGoesToTheTrash();
    void failureKeepsTheOldFile_data();
    void failureKeepsTheOldFile();
    void killLeavesAWholeFile_data();
    void killLeavesAWholeFile();
    void whatIsInTheLogIsKept();
    void openFileIsRefused();
    void fileThatIsBeingReadIsRefused();
    void linkStaysALink();
    void missingFileIsNotMade();
};

namespace {

constexpr int eventCount = 30;
const QString fileName = u"shop.db"_s;

App shopApp()
{
    return fullApp("shop"_ba);
}

/// A file with history, an app and its function, closed.
struct Shop {
    QTemporaryDir folder;
    QString path = folder.filePath(fileName);

    Shop()
    {
        SqliteStore store(path);
        if (!store.open().takeResult() || !store.commit(content()).takeResult())
            qFatal("no file to clear");
    }

    static Writes content()
    {
        Run run = fullRun(eventCount + 1, {eventId(1)});
        run.endedAt.reset();
        Writes all{shopApp(), fullFunction("shop"_ba, "order"_ba), run, fullJob("job"_ba, run.id),
                   fullLetter(run.id)};
        for (int number = 1; number <= eventCount; ++number)
            all.emplace_back(share(fullEvent(number)));
        return all;
    }

    [[nodiscard]] QStringList files() const
    {
        QStringList names = QDir(folder.path()).entryList(QDir::Files, QDir::Name);
        names.removeAll(fileName + u".lock"_s);
        return names;
    }
};

/// What a server finds in a file.
struct Found {
    std::vector<App> apps;
    std::vector<Function> functions;
    std::size_t runs = 0;
    std::size_t events = 0;
    std::size_t letters = 0;
    Ulid lastId;

    [[nodiscard]] bool isOld() const
    {
        return apps.size() == 1 && runs == 1 && events == eventCount && letters == 1;
    }

    [[nodiscard]] bool isCleared() const { return runs == 0 && events == 0 && letters == 0; }
};

Found lookInto(const QString &path)
{
    SqliteStore store(path);
    const Result<Snapshot> snapshot = store.open().takeResult();
    if (!snapshot) {
        qWarning("not to be opened: %s", qPrintable(snapshot.error().message));
        return {.runs = 1};
    }
    Found found{.apps = snapshot->apps,
                .functions = snapshot->functions,
                .runs = snapshot->runs.size(),
                .lastId = snapshot->lastId};
    api::EventsQuery events;
    events.limit = 1000;
    if (const auto answer = store.query(events).takeResult())
        found.events = std::get<api::EventPage>(*answer).events.size();
    store.close();
    Database database;
    if (database.open(path))
        found.letters = static_cast<std::size_t>(
            database.number("SELECT count(*) FROM letters"_ba).value_or(0));
    return found;
}

QString noTrash(const QString &)
{
    return {};
}

/// `before` of the hooks: does \a act at the call with this number.
std::function<Result<void>(ClearStep)> atCall(int number, const std::function<Result<void>()> &act)
{
    return [number, act, calls = 0](ClearStep) mutable -> Result<void> {
        return ++calls == number ? act() : Result<void>();
    };
}

/// The steps of a clearing, as `before` hears of them.
std::vector<ClearStep> stepsOf(bool canExchange)
{
    using enum ClearStep;
    if (canExchange)
        return {Lock, Make, Settle, Sync, Name, Exchange, SyncFolder, Trash};
    return {Lock, Make, Settle, Sync, Name, Exchange, Exchange, SyncFolder, Trash};
}

void addSteps()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("canExchange");
    for (const bool canExchange : {true, false}) {
        const auto count = static_cast<int>(stepsOf(canExchange).size());
        for (int number = 1; number <= count; ++number)
            QTest::addRow("%s, step %d", canExchange ? "names exchanged" : "one after the other",
                          number)
                << number << canExchange;
    }
}

int clearAndDie(const QString &path, int number, bool canExchange)
{
    const auto die = []() -> Result<void> {
        std::raise(SIGKILL);
        return {};
    };
    const bool isDone =
        clearDataFile(path, api::ClearScope::History,
                      {.trash = noTrash, .before = atCall(number, die), .canExchange = canExchange})
            .has_value();
    return isDone ? 0 : 1;
}

} // namespace

void TestClearData::historyGoesAndAppsStay()
{
    const Shop shop;
    const Ulid lastId = lookInto(shop.path).lastId;
    const auto cleared = clearDataFile(shop.path, api::ClearScope::History, {.trash = noTrash});
    QVERIFY2(cleared, cleared ? "" : qPrintable(cleared.error().message));
    QVERIFY(!cleared->isInTrash);
    const QRegularExpression name(u"^shop\\.cleared-\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.db$"_s);
    QVERIFY2(name.match(QFileInfo(cleared->oldFile).fileName()).hasMatch(),
             qPrintable(cleared->oldFile));
    QCOMPARE(shop.files(), (QStringList{QFileInfo(cleared->oldFile).fileName(), fileName}));
    const Found now = lookInto(shop.path);
    QVERIFY(now.isCleared());
    QCOMPARE(now.apps, std::vector{shopApp()});
    QCOMPARE(now.functions, std::vector{fullFunction("shop"_ba, "order"_ba)});
    QVERIFY(now.lastId >= lastId); // no id is given twice
    QVERIFY(lookInto(cleared->oldFile).isOld());
    QCOMPARE(QFile::permissions(shop.path), QFile::permissions(cleared->oldFile));
}

void TestClearData::everythingGoes()
{
    const Shop shop;
    const auto cleared = clearDataFile(shop.path, api::ClearScope::Everything, {.trash = noTrash});
    QVERIFY2(cleared, cleared ? "" : qPrintable(cleared.error().message));
    const Found now = lookInto(shop.path);
    QVERIFY(now.isCleared());
    QVERIFY(now.apps.empty());
    QVERIFY(now.functions.empty());
    QVERIFY(lookInto(cleared->oldFile).isOld());
    // Once more, within the same second.
    const auto again = clearDataFile(shop.path, api::ClearScope::Everything, {.trash = noTrash});
    QVERIFY(again);
    QVERIFY(again->oldFile != cleared->oldFile);
    QVERIFY(lookInto(cleared->oldFile).isOld());
}

void TestClearData::oldFileGoesToTheTrash()
{
    const Shop shop;
    const QTemporaryDir trash;
    const auto throwAway = [&trash](const QString &path) {
        const QString there = trash.filePath(QFileInfo(path).fileName());
        return QFile::rename(path, there) ? there : QString();
    };
    const auto cleared = clearDataFile(shop.path, api::ClearScope::History, {.trash = throwAway});
    QVERIFY(cleared);
    QVERIFY(cleared->isInTrash);
    QVERIFY(cleared->oldFile.startsWith(trash.path()));
    QCOMPARE(shop.files(), QStringList{fileName});
    QVERIFY(lookInto(cleared->oldFile).isOld());
}

void TestClearData::failureKeepsTheOldFile_data()
{
    addSteps();
}

void TestClearData::failureKeepsTheOldFile()
{
    QFETCH(const int, number);
    QFETCH(const bool, canExchange);
    const Shop shop;
    std::vector<ClearStep> heard;
    auto failing = atCall(
        number, []() -> Result<void> { return failure(ErrorCode::StoreFull, u"no space"_s); });
    const ClearHooks hooks{.trash = noTrash,
                           .before =
                               [&heard, &failing](ClearStep step) {
                                   heard.push_back(step);
                                   return failing(step);
                               },
                           .canExchange = canExchange};
    const std::vector<ClearStep> steps = stepsOf(canExchange);
    const bool isLate = steps.at(static_cast<std::size_t>(number) - 1) > ClearStep::SyncFolder;
    const auto cleared = clearDataFile(shop.path, api::ClearScope::History, hooks);
    QCOMPARE(cleared.has_value(), isLate); // it is cleared by then
    if (isLate) {
        QCOMPARE(heard, steps);
        QVERIFY(lookInto(shop.path).isCleared());
        QVERIFY(lookInto(cleared->oldFile).isOld());
        return;
    }
    QCOMPARE(heard.size(), static_cast<std::size_t>(number));
    QCOMPARE(cleared.error().code, ErrorCode::StoreFull);
    QCOMPARE(cleared.error().message, shop.path + u": no space"_s);
    QCOMPARE(shop.files(), QStringList{fileName}); // nothing is left of the other one
    QVERIFY(lookInto(shop.path).isOld());
    QVERIFY(clearDataFile(shop.path, api::ClearScope::History, {.trash = noTrash}));
}

void TestClearData::killLeavesAWholeFile_data()
{
    addSteps();
}

void TestClearData::killLeavesAWholeFile()
{
    QFETCH(const int, number);
    QFETCH(const bool, canExchange);
    const Shop shop;
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {u"--child"_s, shop.path, QString::number(number), QString::number(canExchange)});
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);

    const bool isLate =
        stepsOf(canExchange).at(static_cast<std::size_t>(number) - 1) > ClearStep::Exchange;
    const Found now = lookInto(shop.path);
    QVERIFY(isLate ? now.isCleared() : now.isOld());
    QCOMPARE(now.apps, std::vector{shopApp()});
    if (isLate) {
        const QStringList aside =
            QDir(shop.folder.path()).entryList({u"shop.cleared-*.db"_s}, QDir::Files);
        QCOMPARE(aside.size(), 1);
        QVERIFY(lookInto(shop.folder.filePath(aside.front())).isOld());
    }
    // What the killed one left is in nobody's way.
    const auto again = clearDataFile(shop.path, api::ClearScope::History, {.trash = noTrash});
    QVERIFY2(again, again ? "" : qPrintable(again.error().message));
    QVERIFY(lookInto(shop.path).isCleared());
    QVERIFY(isLate || lookInto(again->oldFile).isOld());
}

void TestClearData::whatIsInTheLogIsKept()
{
    // As a server leaves it that is killed: file and log.
    QTemporaryDir folder;
    const QString path = folder.filePath(fileName);
    {
        const QTemporaryDir other;
        SqliteStore store(other.filePath(fileName));
        QVERIFY(store.open().takeResult());
        QVERIFY(store.commit(Shop::content()).takeResult());
        for (const QString &suffix : {QString(), u"-wal"_s})
            QVERIFY(QFile::copy(other.filePath(fileName) + suffix, path + suffix));
    }
    const auto cleared = clearDataFile(path, api::ClearScope::Everything, {.trash = noTrash});
    QVERIFY2(cleared, cleared ? "" : qPrintable(cleared.error().message));
    QVERIFY(!QFile::exists(path + u"-wal"_s));
    QVERIFY(lookInto(path).isCleared());
    QVERIFY(lookInto(cleared->oldFile).isOld());
}

void TestClearData::openFileIsRefused()
{
    const Shop shop;
    SqliteStore store(shop.path);
    QVERIFY(store.open().takeResult());
    const auto cleared = clearDataFile(shop.path, api::ClearScope::History, {.trash = noTrash});
    QVERIFY(!cleared);
    QCOMPARE(cleared.error().code, ErrorCode::StoreLocked);
    QVERIFY(store.commit({share(fullEvent(500))}).takeResult());
}

void TestClearData::fileThatIsBeingReadIsRefused()
{
    const Shop shop;
    Database reader; // as the sqlite3 shell
    QVERIFY(reader.open(shop.path));
    QVERIFY(reader.execute("BEGIN; SELECT count(*) FROM events;"_ba));
    const auto cleared = clearDataFile(shop.path, api::ClearScope::History, {.trash = noTrash});
    QVERIFY(!cleared);
    QCOMPARE(cleared.error(),
             (Error{ErrorCode::StoreLocked, shop.path + u": another program has it open"_s}));
    reader.close();
    QCOMPARE(shop.files(), QStringList{fileName});
    QVERIFY(lookInto(shop.path).isOld());
}

void TestClearData::linkStaysALink()
{
    const Shop shop;
    const QTemporaryDir other;
    const QString link = other.filePath(u"link.db"_s);
    QVERIFY(QFile::link(shop.path, link));
    const auto cleared = clearDataFile(link, api::ClearScope::History, {.trash = noTrash});
    QVERIFY(cleared);
    QVERIFY(QFileInfo(link).isSymbolicLink());
    QVERIFY(lookInto(shop.path).isCleared());
    QVERIFY(lookInto(cleared->oldFile).isOld());
}

void TestClearData::missingFileIsNotMade()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(fileName);
    const auto cleared = clearDataFile(path, api::ClearScope::Everything, {.trash = noTrash});
    QVERIFY(!cleared);
    QCOMPARE(cleared.error().message, path + u": no such file"_s);
    QVERIFY(QDir(folder.path()).isEmpty());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 5 && arguments[1] == u"--child")
        return clearAndDie(arguments[2], arguments[3].toInt(), arguments[4] == u"1");
    TestClearData test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_cleardata.moc"
