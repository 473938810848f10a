// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/filesizelimit.h"
#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/arrange.h"
#include "tests/ui/support/composerstage.h"
#include "tests/ui/support/textfile.h"
#include "ui/events/drafttabs.h"
#include "ui/events/keptdrafts.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;

namespace {

QListView *historyOf(const ComposerStage &ui)
{
    return child<QListView>(ui.composer.get(), "composerHistory");
}

/// Laid out on another thread.
QByteArray largeData()
{
    const QByteArray item = "{\"id\":\"" + QByteArray(1000, 'x') + "\"}";
    return '[' + QByteArray(item + ',').repeated(199) + item + ']';
}

} // namespace

/// Drafts of the composer: tabs, batches, time, files, favourites, and its layout.
class TestDrafts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDraftHasItsTab();
    void aTabIsDraggedOverOthers();
    void draftsLiveInTheProject();
    void draftsMoveIntoTheProject();
    void draftsMoveAlthoughTheProgramEnds();
    void nothingIsToldWhenTheWindowIsGone();
    void whatIsWrittenBeforeTheFileIsReadStays();
    void largeDraftsComeBack();
    void aLargeFavouriteIsAskedForByItsOwnName();
    void largeLastDataStayAsTheyAre();
    void anUnreadableFileIsNotWrittenOver();
    void runsStartLater();
    void arraysAndCopiesAreBatches();
    void copiesWaitForEachOther();
    void filesStandInTheText();
    void favouritesAreRenamedAndRemoved();
    void whatWasSentGivesWay();
    void theLastDataAreTakenOver();
    void theNearestNameIsTaken();
    void namesAreChosenFromAList();
    void theEditorHasTheRoom_data();
    void theEditorHasTheRoom();
    void aStoppedServerIsStarted();
};

void TestDrafts::everyDraftHasItsTab()
{
    ComposerStage ui;
    auto *tabs = child<QTabBar>(ui.composer.get(), "composerTabs");
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"a\": 1"_s);
    QVERIFY(!tabs->isVisible());
    QTest::mouseClick(child<QToolButton>(ui.composer.get(), "composerNew"), Qt::LeftButton);
    QVERIFY(tabs->isVisible());
    QVERIFY(ui.name->hasFocus());
    QCOMPARE(ui.name->text(), QString());
    ui.typeName(u"user/signup"_s);
    QCOMPARE(tabs->tabText(1), u"user/signup *"_s);
    shoot(ui.composer.get(), u"composer_tabs"_s);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
    QCOMPARE(ui.name->text(), u"order/created"_s);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"a\": 1\n}"_s);
    // What comes from elsewhere takes no draft away that was edited.
    arrange::draft(ui, "trial/started"_ba, "{}"_ba);
    QTRY_VERIFY(ui.editor->hasFocus());
    QCOMPARE(tabs->count(), 3);
    QTest::keyClick(ui.editor, Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(tabs->count(), 2);
    QTest::keyClick(ui.editor, Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(ui.name->text(), u"trial/started"_s);
    ui.composer.reset();
    ui.make();
    tabs = child<QTabBar>(ui.composer.get(), "composerTabs");
    QCOMPARE(tabs->count(), 3);
    QCOMPARE(ui.name->text(), u"trial/started"_s);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"a\": 1\n}"_s);
}

/// Over two at once, as a fast hand does.
void TestDrafts::aTabIsDraggedOverOthers()
{
    ComposerStage ui;
    auto *tabs = child<QTabBar>(ui.composer.get(), "composerTabs");
    const QStringList names{u"a/one"_s, u"a/two"_s, u"a/three"_s, u"a/four"_s};
    for (const QString &name : names) {
        if (name != names.front())
            QTest::mouseClick(child<QToolButton>(ui.composer.get(), "composerNew"), Qt::LeftButton);
        ui.typeName(name);
    }
    const auto drag = [tabs](int from, int to) {
        const QPoint begin = tabs->tabRect(from).center();
        // So far that the tab, not only the hand, is over the other one, and inside of the bar.
        const int shift = to > from ? tabs->tabRect(to).right() - tabs->tabRect(from).right()
                                    : tabs->tabRect(to).left() - tabs->tabRect(from).left();
        const QPoint end = begin + QPoint(shift, 0);
        const QPoint step{shift > 0 ? 1 : -1, 0};
        QTest::mousePress(tabs, Qt::LeftButton, {}, begin);
        QTest::mouseMove(tabs, begin + step * QApplication::startDragDistance() * 2);
        QTest::mouseMove(tabs, end);
        QTest::mouseRelease(tabs, Qt::LeftButton, {}, end);
    };
    const auto shown = [&ui, tabs] {
        QStringList found;
        for (int at = 0; at < tabs->count(); ++at) {
            QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(at).center());
            found.append(ui.name->text());
        }
        return found;
    };
    drag(0, 2);
    QCOMPARE(tabs->currentIndex(), 2);
    QCOMPARE(ui.name->text(), u"a/one"_s);
    QCOMPARE(shown(), QStringList({u"a/two"_s, u"a/three"_s, u"a/one"_s, u"a/four"_s}));
    drag(3, 0);
    QCOMPARE(tabs->tabText(0), u"a/four *"_s);
    QCOMPARE(shown(), QStringList({u"a/four"_s, u"a/two"_s, u"a/three"_s, u"a/one"_s}));
}

void TestDrafts::draftsLiveInTheProject()
{
    const QTemporaryDir first;
    const QTemporaryDir second;
    ComposerStage ui(first.filePath(u"redrive.db"_s));
    const QString path = first.filePath(u".redrive/composer.json"_s);
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"a\": 1"_s);
    ui.pressSend();
    ui.typeText(u"{\n\"half\":"_s);
    ui.composer.reset();
    QVERIFY(contentOf(path).contains("\"half\\\":")); // readable, line by line
    QVERIFY(!ui.settings.value(u"composer/drafts"_s).isValid());

    ui.backend.state.dataFile = second.filePath(u"redrive.db"_s); // another project
    ui.make();
    QTRY_VERIFY(!ui.editor->isChecking());
    QCOMPARE(ui.name->text(), QString());
    QCOMPARE(historyOf(ui)->model()->rowCount(), 0);
    ui.composer.reset();

    ui.backend.state.dataFile = first.filePath(u"redrive.db"_s);
    ui.make();
    QTRY_COMPARE(ui.name->text(), u"order/created"_s);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"half\":\n}"_s);
    QCOMPARE(historyOf(ui)->model()->rowCount(), 1);
}

void TestDrafts::draftsMoveIntoTheProject()
{
    // As an earlier version kept them.
    const QString drafts = u"composer/drafts"_s;
    const QString history = u"composer/history"_s;
    ComposerStage ui;
    ui.composer.reset();
    arrange::earlierSetting(ui, drafts,
                            R"({"drafts":["{\"event\":\"a/b\",\"text\":[\"{}\"]}",)"
                            R"("{\"event\":\"c/d\",\"text\":[\"[\"]}"],"shown":1})"_ba);
    arrange::earlierSetting(ui, history,
                            R"([{"at":1000,"draft":"{\"event\":\"sent\",\"text\":[\"{}\"]}"}])"_ba);
    const QTemporaryDir folder;
    ui.backend.state.dataFile = folder.filePath(u"redrive.db"_s);
    ui.make();
    QTRY_COMPARE(ui.name->text(), u"c/d"_s);
    QCOMPARE(child<QTabBar>(ui.composer.get(), "composerTabs")->count(), 2);
    QCOMPARE(historyOf(ui)->model()->rowCount(), 1);
    // They are in their new place before the old one forgets them.
    QTRY_VERIFY(!ui.settings.value(drafts).isValid());
    QVERIFY(!ui.settings.value(history).isValid());
    const QByteArray file = contentOf(folder.filePath(u".redrive/composer.json"_s));
    for (const char *name : {"\"a/b\"", "\"c/d\"", "\"sent\""})
        QVERIFY2(file.contains(name), file.constData());
}

/// Nobody hears of the write any more; the old place is forgotten all the same.
void TestDrafts::draftsMoveAlthoughTheProgramEnds()
{
    const QString drafts = u"composer/drafts"_s;
    const QTemporaryDir folder;
    UiFixture ui;
    arrange::earlierSetting(ui, drafts,
                            R"({"drafts":[{"event":"a/b","text":["{}"]}],"shown":0})"_ba);
    {
        KeptDrafts kept(ui.settings);
        const QSignalSpy loaded(&kept, &KeptDrafts::loaded);
        kept.open(folder.filePath(u"redrive.db"_s));
        QTRY_COMPARE(loaded.count(), 1); // and the write has begun
    }
    QVERIFY(contentOf(folder.filePath(u".redrive/composer.json"_s)).contains("\"a/b\""));
    QVERIFY(!ui.settings.value(drafts).isValid());
}

/// The bars that would say that it failed are not there any more.
void TestDrafts::nothingIsToldWhenTheWindowIsGone()
{
    const QTemporaryDir folder;
    UiFixture ui;
    arrange::earlierSetting(ui, u"composer/drafts"_s,
                            R"({"drafts":[{"event":"a/b","text":["{}"]}],"shown":0})"_ba);
    ui.backend.state.dataFile = folder.filePath(u"redrive.db"_s);
    const QSignalSpy told(&ui.navigator, &Navigator::problem);
    auto composer = std::make_unique<Composer>(ui.context);
    QEventLoop untilLoaded;
    connect(child<QLineEdit>(composer.get(), "composerName"), &QLineEdit::textChanged, &untilLoaded,
            &QEventLoop::quit);
    QTimer::singleShot(5s, &untilLoaded, &QEventLoop::quit);
    {
        const devserver::test::FileSizeLimit limit(10);
        untilLoaded.exec(); // and the write has begun
        composer.reset();
    }
    QVERIFY(!contentOf(folder.filePath(u".redrive/composer.json"_s)).contains("a/b"));
    QVERIFY(ui.settings.value(u"composer/drafts"_s).isValid()); // nothing is lost
    QCOMPARE(told.size(), 0);
}

void TestDrafts::whatIsWrittenBeforeTheFileIsReadStays()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u".redrive"_s));
    const QString path = folder.filePath(u".redrive/composer.json"_s);
    // Whoever reads a pipe waits for what is written into it.
    QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    ComposerStage ui(folder.filePath(u"redrive.db"_s));
    // Also when a check fails: the composer waits for the one who reads.
    const auto letGo = qScopeGuard([&path] {
        const int end = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_NONBLOCK);
        if (end >= 0)
            ::close(end);
        QFile::remove(path);
    });
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"a\": 1"_s);
    ui.pressSend();
    QTRY_COMPARE(historyOf(ui)->model()->rowCount(), 1);
    QJsonArray drafts;
    for (int at = 0; at < DraftTabs::mostDrafts; ++at)
        drafts.append(draftJson({.name = "kept/" + QByteArray::number(at), .text = "{}"_ba}));
    const QJsonArray history{
        QJsonObject{{u"at"_s, 1}, {u"draft"_s, draftJson({.name = "old"_ba, .text = "{}"_ba})}}};
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(QJsonObject{{u"drafts"_s, QJsonObject{{u"drafts"_s, drafts}}},
                                         {u"history"_s, history}})
                   .toJson());
    file.close();
    QTRY_COMPARE(historyOf(ui)->model()->rowCount(), 2);
    QVERIFY(historyOf(ui)->model()->index(0, 0).data().toString().startsWith(u"order/created"));
    // None of the many goes for the one that is new.
    const auto *tabs = child<QTabBar>(ui.composer.get(), "composerTabs");
    QCOMPARE(tabs->count(), DraftTabs::mostDrafts + 1);
    QCOMPARE(tabs->tabText(0), u"kept/0 *"_s);
    QCOMPARE(ui.name->text(), u"order/created"_s);
    ui.composer.reset();
    const QByteArray kept = contentOf(path);
    for (const char *name : {"\"kept/0\"", "\"kept/19\"", "\"old\""})
        QVERIFY2(kept.contains(name), name);
    QCOMPARE(kept.count("\"order/created\""), 2); // the draft, and what was sent
    ui.make();
    QTRY_COMPARE(ui.name->text(), u"order/created"_s);
    QCOMPARE(child<QTabBar>(ui.composer.get(), "composerTabs")->count(), DraftTabs::mostDrafts + 1);
    QCOMPARE(historyOf(ui)->model()->rowCount(), 2);
}

/// They are read on another thread, and stay as they are.
void TestDrafts::largeDraftsComeBack()
{
    ComposerStage ui; // kept with the settings
    arrange::draft(ui, "order/many"_ba, largeData());
    QTRY_COMPARE(ui.name->text(), u"order/many"_s);
    const QByteArray text = ui.editor->draftText();
    QCOMPARE(text, largeData());
    ui.composer.reset();
    ui.make();
    QTRY_COMPARE(ui.name->text(), u"order/many"_s);
    QCOMPARE(ui.editor->draftText(), text);
}

void TestDrafts::aLargeFavouriteIsAskedForByItsOwnName()
{
    const QTemporaryDir folder;
    ComposerStage ui(folder.filePath(u"redrive.db"_s));
    ui.typeName(u"mine/first"_s);
    ui.typeText(u"{\n\"a\": 1"_s);
    arrange::favourite(ui, "order/many"_ba, largeData());
    auto *name = child<QLineEdit>(ui.composer.get(), "composerFavouriteName");
    QTRY_VERIFY(name->isVisible());
    QCOMPARE(name->text(), u"order/many"_s);
    QCOMPARE(ui.name->text(), u"order/many"_s);
    QCOMPARE(ui.editor->draftText(), largeData());
}

/// Too large to be edited, and so as they were sent: laid out they might be too large to be sent.
void TestDrafts::largeLastDataStayAsTheyAre()
{
    ComposerStage ui;
    ui.backend.eventMatches = [](const devserver::api::Filter &filter,
                                 const devserver::api::EventSummary &event) {
        return filter.term.values.contains(event.name);
    };
    for (auto &[id, record] : ui.backend.eventRecords)
        record.event.json = devserver::RawJson::fromTrusted("{\"data\":" + largeData() + '}');
    ui.typeName(u"user/signup"_s);
    auto *last = child<QToolButton>(ui.composer.get(), "composerLast");
    QTRY_VERIFY(last->isEnabled());
    QTest::mouseClick(last, Qt::LeftButton);
    QCOMPARE(ui.editor->draftText(), largeData());
    // What was there comes back.
    QTest::keyClick(ui.editor, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(ui.editor->draftText(), "{\n  \n}"_ba);
}

void TestDrafts::anUnreadableFileIsNotWrittenOver()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u".redrive"_s));
    const QString path = folder.filePath(u".redrive/composer.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{ half") == 6);
    file.close();
    ComposerStage ui(folder.filePath(u"redrive.db"_s));
    QTRY_VERIFY2(ui.status().contains(u"could not be read"_s), qPrintable(ui.status()));
    ui.typeName(u"order/created"_s);
    ui.composer.reset();
    QCOMPARE(contentOf(path), "{ half"_ba);
    ui.make();
    QTRY_COMPARE(ui.name->text(), u"order/created"_s); // kept with the settings
}

void TestDrafts::runsStartLater()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{"_s);
    auto *when = child<QLineEdit>(ui.composer.get(), "composerWhen");
    when->setFocus();
    QTest::keyClicks(when, u"some day"_s);
    ui.beat();
    QVERIFY(!ui.send->isEnabled());
    QVERIFY2(ui.status().startsWith(u"When is not understood"_s), qPrintable(ui.status()));
    QTest::keyClick(when, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(when, u"in 10 min"_s);
    QTest::keyClick(when, Qt::Key_Escape);
    ui.pressSend();
    const QByteArray ts = QByteArray::number(devserver::toMs(ui.backend.now() + 10min));
    QCOMPARE(ui.backend.sent.value(0),
             "{\"name\":\"order/created\",\"ts\":" + ts + ",\"data\":{}}");
    QVERIFY(ui.answers().contains(u"Its runs start in 10 min."_s));
}

void TestDrafts::arraysAndCopiesAreBatches()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"[{\"n\":1},2"_s);
    QVERIFY(!ui.send->isEnabled());
    QVERIFY2(ui.status().contains(u"each element is the data of one event"_s),
             qPrintable(ui.status()));
    ui.typeText(u"[{\"n\":1},{\"n\":2}"_s);
    QVERIFY2(ui.status().contains(u"2 events"_s), qPrintable(ui.status()));
    ui.pressSend();
    QCOMPARE(ui.backend.sent,
             QByteArrayList{"[{\"name\":\"order/created\",\"data\":{\"n\":1}},"
                            "{\"name\":\"order/created\",\"data\":{\"n\":2}}]"_ba});
    ui.typeText(u"{\"i\":{{i}}"_s);
    auto *copies = child<QSpinBox>(ui.composer.get(), "composerCopies");
    copies->setFocus();
    QTest::keyClick(copies, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(copies, u"3"_s);
    auto *rate = child<QComboBox>(ui.composer.get(), "composerRate");
    QVERIFY(rate->isVisible());
    rate->setFocus();
    QTest::keyClick(rate, Qt::Key_End);
    QCOMPARE(rate->currentText(), u"as one batch"_s);
    QTest::mouseClick(ui.send, Qt::LeftButton);
    ui.beat();
    QCOMPARE(ui.backend.sent.size(), 2);
    QCOMPARE(ui.backend.sent[1].count("order/created"), 3);
    QVERIFY(ui.backend.sent[1].contains("{\"i\":3}"));
    QVERIFY(ui.jobs.all().empty());
}

void TestDrafts::copiesWaitForEachOther()
{
    ComposerStage ui;
    devserver::UlidSource ids; // gives the same ones as the backend's
    const devserver::EventId first{ids.next(ui.backend.now())};
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\"i\":{{i}}"_s);
    auto *copies = child<QSpinBox>(ui.composer.get(), "composerCopies");
    copies->setFocus();
    QTest::keyClick(copies, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(copies, u"3"_s);
    auto *rate = child<QComboBox>(ui.composer.get(), "composerRate");
    rate->setFocus();
    QTest::keyClick(rate, Qt::Key_End);
    QTest::keyClick(rate, Qt::Key_Up);
    QCOMPARE(rate->currentText(), u"one after the other"_s);
    QTest::mouseClick(ui.send, Qt::LeftButton);
    ui.beat();
    devserver::api::RunSummary run = ui.runOf(first);
    ui.backend.post(run);
    ui.beat();
    QCOMPARE(ui.backend.sent.size(), 1); // its run goes on
    run.status = devserver::RunStatus::Completed;
    run.endedAt = ui.backend.now();
    ui.backend.post(run);
    ui.beat();
    QTRY_COMPARE(ui.backend.sent.size(), 2);
    // The second one starts nothing, so there is nothing to wait for.
    QTRY_COMPARE(ui.backend.sent.size(), 3);
    QVERIFY(ui.backend.sent[2].contains("{\"i\":3}"));
    QTRY_VERIFY(ui.jobs.all().front().isOver);
}

void TestDrafts::filesStandInTheText()
{
    QTemporaryDir folder;
    ComposerStage ui(folder.filePath(u"redrive.db"_s));
    QFile file(folder.filePath(u"cart one.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[1, 2]\n");
    file.close();
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\"cart\":{{file cart one.json}}"_s);
    ui.pressSend();
    QTRY_COMPARE(ui.backend.sent.value(0),
                 "{\"name\":\"order/created\",\"data\":{\"cart\":[1, 2]}}"_ba);
    ui.typeText(u"{\"cart\":{{file nothing.json}}"_s);
    ui.pressSend();
    QTRY_VERIFY2(ui.status().contains(u"nothing.json"_s), qPrintable(ui.status()));
    QCOMPARE(ui.backend.sent.size(), 1);
}

void TestDrafts::favouritesAreRenamedAndRemoved()
{
    QTemporaryDir folder;
    ComposerStage ui(folder.filePath(u"redrive.db"_s));
    ui.typeName(u"order/created"_s);
    QTest::keyClick(ui.editor, Qt::Key_S, Qt::ControlModifier);
    auto *name = child<QLineEdit>(ui.composer.get(), "composerFavouriteName");
    QTRY_VERIFY(name->hasFocus());
    QTest::keyClicks(name, u"orders/new"_s);
    QTest::keyClick(name, Qt::Key_Return);
    auto *list = child<QAbstractItemView>(ui.composer.get(), "composerFavourites");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Home);
    QTest::keyClick(list, Qt::Key_F2); // the folder has no name of its own to change
    QVERIFY(!name->isVisible());
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_F2);
    QTRY_VERIFY(name->hasFocus());
    QCOMPARE(name->text(), u"orders/new"_s);
    QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(name, u"first"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(list->model()->index(0, 0).data().toString(), u"first"_s);
    QVERIFY(QFile::exists(folder.filePath(u".redrive/events/first.json"_s)));
    QVERIFY(!QFile::exists(folder.filePath(u".redrive/events/orders"_s)));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Home);
    QTest::keyClick(list, Qt::Key_Delete);
    QTRY_COMPARE(list->model()->rowCount(), 0);
    QVERIFY(!QFile::exists(folder.filePath(u".redrive/events/first.json"_s)));
    // Nothing is lost by a key.
    QCOMPARE(child<QListView>(ui.composer.get(), "composerHistory")->model()->rowCount(), 1);
}

/// It is in the history: the next one needs no tab of its own, whatever was removed meanwhile.
void TestDrafts::whatWasSentGivesWay()
{
    QTemporaryDir folder;
    ComposerStage ui(folder.filePath(u"redrive.db"_s));
    ui.typeName(u"user/signup"_s);
    QTest::keyClick(ui.editor, Qt::Key_S, Qt::ControlModifier);
    auto *name = child<QLineEdit>(ui.composer.get(), "composerFavouriteName");
    QTRY_VERIFY(name->hasFocus());
    QTest::keyClicks(name, u"first"_s);
    QTest::keyClick(name, Qt::Key_Return);
    auto *list = child<QAbstractItemView>(ui.composer.get(), "composerFavourites");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{}"_s);
    ui.pressSend();
    QTRY_COMPARE(historyOf(ui)->model()->rowCount(), 1);
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Home);
    QTest::keyClick(list, Qt::Key_Delete);
    QTRY_COMPARE(historyOf(ui)->model()->rowCount(), 2);
    arrange::draft(ui, "user/signup"_ba, "{}"_ba);
    QTRY_COMPARE(ui.name->text(), u"user/signup"_s);
    QCOMPARE(child<QTabBar>(ui.composer.get(), "composerTabs")->count(), 1);
}

void TestDrafts::theLastDataAreTakenOver()
{
    ComposerStage ui;
    ui.backend.eventMatches = [](const devserver::api::Filter &filter,
                                 const devserver::api::EventSummary &event) {
        return filter.term.values.contains(event.name);
    };
    ui.backend.runMatches = [](const devserver::api::Filter &filter,
                               const devserver::api::RunSummary &run) {
        return filter.term.values.contains(run.slug);
    };
    auto *last = child<QToolButton>(ui.composer.get(), "composerLast");
    QVERIFY(last->isVisible()); // nothing makes way for it later
    QVERIFY(!last->isEnabled());
    QCOMPARE(last->toolTip(), u"No data with this name are known yet"_s);
    const auto *id = child<QLineEdit>(ui.composer.get(), "composerId");
    const QRect place = id->geometry();
    ui.name->setFocus();
    QTest::keyClicks(ui.name, u"user/singup"_s);
    QTest::keyClick(ui.name, Qt::Key_Escape);
    QTest::keyClick(ui.name, Qt::Key_Return);
    ui.composer->activateWindow(); // offscreen a closed list stays active
    QTRY_VERIFY(last->isEnabled());
    QCOMPARE(id->geometry(), place);
    QTest::mouseClick(last, Qt::LeftButton);
    QVERIFY2(ui.editor->toPlainText().contains(u"\"plan\""_s),
             qPrintable(ui.editor->toPlainText()));
    QVERIFY(ui.editor->hasFocus());
    // Of a function: what its last run was given.
    QTest::keyClick(ui.editor, Qt::Key_2, Qt::AltModifier);
    QVERIFY(ui.name->hasFocus());
    ui.typeName(u"refund"_s);
    QTRY_VERIFY(last->isEnabled());
    QTest::mouseClick(last, Qt::LeftButton);
    QVERIFY2(ui.editor->toPlainText().contains(u"o_9"_s), qPrintable(ui.editor->toPlainText()));
}

void TestDrafts::theNearestNameIsTaken()
{
    ComposerStage ui;
    ui.typeName(u"user/singup"_s);
    auto *nearest = child<QToolButton>(ui.composer.get(), "composerNearest");
    QTRY_VERIFY(nearest->isVisible());
    QCOMPARE(nearest->text(), u"Use user/signup"_s);
    QTest::mouseClick(nearest, Qt::LeftButton);
    QCOMPARE(ui.name->text(), u"user/signup"_s);
    QVERIFY(!nearest->isVisible());
    QCOMPARE(child<QLabel>(ui.composer.get(), "composerWho")->text(), u"send-welcome"_s);
}

void TestDrafts::namesAreChosenFromAList()
{
    ComposerStage ui;
    QTest::keyClick(ui.editor, Qt::Key_2, Qt::AltModifier);
    QTest::keyClick(ui.name, Qt::Key_Down);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    auto *popup = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
    QVERIFY(popup != nullptr);
    QCOMPARE(popup->objectName(), u"composerNames"_s);
    QVERIFY(popup->model()->rowCount() > 3);
    QTest::keyClick(popup, Qt::Key_Down);
    QTest::keyClick(popup, Qt::Key_Return);
    QVERIFY(ui.catalog.functionBySlug(ui.name->text().toUtf8()) != nullptr);
}

void TestDrafts::theEditorHasTheRoom_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("hasLists");
    QTest::addColumn<int>("least");
    QTest::newRow("alone") << 1280 << true << 780;
    QTest::newRow("beside the inspector") << 780 << false << 480;
    QTest::newRow("small window") << 440 << false << 400;
}

void TestDrafts::theEditorHasTheRoom()
{
    QFETCH(int, width);
    QFETCH(bool, hasLists);
    QFETCH(int, least);
    ComposerStage ui;
    ui.composer->resize(width, 300);
    QTRY_COMPARE(ui.composer->width(), width);
    auto *lists = child<QListView>(ui.composer.get(), "composerHistory");
    QCOMPARE(lists->isVisible(), hasLists);
    QVERIFY2(ui.editor->width() >= least, qPrintable(QString::number(ui.editor->width())));
    QTRY_VERIFY2(a11yFindings(ui.composer.get()).isEmpty(),
                 qPrintable(a11yFindings(ui.composer.get()).join(u'\n')));
    shoot(ui.composer.get(), u"composer_%1"_s.arg(width));
    QTest::mouseClick(child<QToolButton>(ui.composer.get(), "composerLists"), Qt::LeftButton);
    QCOMPARE(lists->isVisible(), !hasLists);
}

void TestDrafts::aStoppedServerIsStarted()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.context.actions.bind("server.start"_ba, ui.composer.get(), [&ui] {
        ui.backend.state.phase = devserver::api::ServerPhase::Serving;
        ui.backend.setState(ui.backend.state);
    });
    devserver::api::ServerState stopped = ui.backend.state;
    stopped.phase = devserver::api::ServerPhase::Stopped;
    ui.backend.setState(stopped);
    ui.beat();
    QTRY_COMPARE(ui.send->text(), u"Start server"_s);
    QTest::mouseClick(ui.send, Qt::LeftButton);
    ui.beat();
    QTRY_COMPARE(ui.send->text(), u"Send"_s);
    QVERIFY(ui.send->isEnabled());
}

UI_TEST_MAIN(TestDrafts)

#include "tst_drafts.moc"
