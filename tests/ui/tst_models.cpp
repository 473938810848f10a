// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/screens.h"
#include "ui/core/eventcolumns.h"
#include "ui/widgets/listtable.h"

#include <QAbstractItemView>
#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <vector>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Models that no test of their view watches, under QAbstractItemModelTester while a person works
/// with the view and data come, change and go. None of them is ever reset.
class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventList();
    void eventRuns();
    void matching();
    void letterList();
    void letterHistory();
    void calls();
    void related();
    void answers();
    void favourites();
    void palette();
    void shortcuts();
    void nothingIsLeftBehind();
};

namespace {

/// The models of a view are watched, and none of them is reset.
class Watch
{
public:
    Watch(const QAbstractItemView *view, const char *className)
        : m_models(view->model(), className)
        , m_resets(m_models.innermost(), &QAbstractItemModel::modelReset)
    {}

    [[nodiscard]] QString problem() const
    {
        return m_resets.isEmpty() ? QString() : u"the model was reset"_s;
    }

private:
    ModelWatch m_models;
    QSignalSpy m_resets;
};

/// A stage with the scene and the window open.
std::unique_ptr<ScreenStage> openStage()
{
    auto stage = std::make_unique<ScreenStage>();
    stage->scene = fillScene(stage->backend);
    stage->open();
    stage->settle();
    return stage;
}

devserver::api::EventSummary newEvent(const ScreenStage &stage, int seconds)
{
    devserver::api::EventSummary event = stage.backend.events.front();
    event.receivedAt = stage.backend.now() + std::chrono::seconds(seconds);
    event.internalId = devserver::EventId{devserver::Ulid::fromParts(event.receivedAt, {1})};
    event.id = event.internalId.toText();
    event.started.clear();
    return event;
}

} // namespace

#define WATCH(view, className)                                                                     \
    const Watch watch(view, className);                                                            \
    const auto checked = qScopeGuard(                                                              \
        [&watch] { QVERIFY2(watch.problem().isEmpty(), qPrintable(watch.problem())); })

void TestModels::eventList()
{
    const auto stage = openStage();
    stage->goTo("events"_ba);
    const auto *table = child<ListTable>(stage->window.get(), "eventsTable");
    WATCH(table, "EventListModel");
    const int before = table->model()->rowCount();
    for (int second = 1; second <= 3; ++second)
        stage->backend.post(newEvent(*stage, second));
    stage->beat();
    QTRY_COMPARE((stage->beat(), table->model()->rowCount()), before + 3);
    devserver::api::EventSummary changed = newEvent(*stage, 2);
    changed.started.push_back({.id = runId(1), .functionName = "audit"_ba});
    stage->backend.post(changed);
    stage->beat();
    QTRY_VERIFY(table->model()
                    ->index(1, static_cast<int>(EventColumn::Started))
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .contains(u"audit"_s));
}

void TestModels::eventRuns()
{
    const auto stage = openStage();
    stage->goTo("events"_ba);
    const auto *table = child<QAbstractItemView>(stage->window.get(), "eventRuns");
    WATCH(table, "EventRunsModel");
    stage->pick("eventsTable", stage->scene.order.toText());
    const int before = table->model()->rowCount();
    QVERIFY(before > 0);
    devserver::api::RunSummary run = runRow(900);
    run.event = stage->scene.order;
    stage->backend.post(run);
    QTRY_COMPARE((stage->beat(), table->model()->rowCount()), before + 1);
    run.status = devserver::RunStatus::Failed;
    stage->backend.post(run);
    stage->beat();
    stage->pick("eventsTable", stage->scene.lonely.toText());
    QTRY_COMPARE((stage->beat(), table->model()->rowCount()), 0);
}

void TestModels::matching()
{
    const auto stage = openStage();
    stage->goTo("events"_ba);
    const auto *table = child<QAbstractItemView>(stage->window.get(), "eventMatching");
    WATCH(table, "MatchingModel");
    stage->pick("eventsTable", stage->scene.order.toText());
    QTRY_VERIFY((stage->beat(), table->model()->rowCount() > 0));
    stage->pick("eventsTable", stage->scene.lonely.toText());
    stage->pick("eventsTable", stage->scene.order.toText());
    QTRY_VERIFY((stage->beat(), table->model()->rowCount() > 0));
}

void TestModels::letterList()
{
    const auto stage = openStage();
    stage->goTo("dead"_ba);
    const auto *table = child<ListTable>(stage->window.get(), "deadTable");
    WATCH(table, "LetterListModel");
    const int before = table->model()->rowCount();
    devserver::api::LetterSummary letter = stage->backend.letters.at(1);
    letter.state = devserver::LetterState::Retrying;
    stage->backend.post(letter);
    stage->beat();
    stage->backend.advance(3s); // what left stays dimmed for two seconds
    QTRY_COMPARE((stage->beat(), table->model()->rowCount()), before - 1);
    letter.state = devserver::LetterState::Open;
    letter.cycle = 1;
    letter.failedAt = stage->backend.now();
    stage->backend.post(letter);
    QTRY_COMPARE((stage->beat(), table->model()->rowCount()), before);
    QCOMPARE(table->list()->idAt(0), letter.run.toText());
}

void TestModels::letterHistory()
{
    const auto stage = openStage();
    stage->goTo("dead"_ba);
    stage->pick("deadTable", stage->scene.deadCharge.toText());
    stage->openTab("deadTabs", u"History"_s);
    const auto *table = child<QAbstractItemView>(stage->window.get(), "deadHistory");
    WATCH(table, "LetterHistoryModel");
    QTRY_VERIFY((stage->beat(), table->model()->rowCount() >= 2));
    for (const devserver::api::LetterSummary &letter :
         {stage->backend.letters.front(), stage->backend.letters.back()})
        stage->pick("deadTable", letter.run.toText());
    QTRY_VERIFY((stage->beat(), table->model()->rowCount() >= 2));
}

void TestModels::calls()
{
    const auto stage = openStage();
    stage->goTo("runs"_ba);
    const auto *table = child<QAbstractItemView>(stage->window.get(), "inspCalls");
    WATCH(table, "CallModel");
    stage->pick("runsTable", stage->scene.backingOff.toText());
    stage->openTab("inspectorTabs", u"Calls"_s);
    const int before = table->model()->rowCount();
    QVERIFY(before > 1);
    // One more attempt of the same run.
    devserver::api::RunRecord &record = stage->backend.records.at(stage->scene.backingOff);
    devserver::Attempt next = record.attempts.back();
    next.sentAt = stage->backend.now();
    next.request = devserver::RequestId{devserver::Ulid::fromParts(next.sentAt, {7})};
    record.attempts.push_back(next);
    record.summary.attempt += 1;
    stage->backend.post(record.summary);
    QTRY_COMPARE((stage->beat(), table->model()->rowCount()), before + 1);
    stage->pick("runsTable", stage->scene.completed.toText());
    stage->openTab("inspectorTabs", u"Calls"_s); // what failed has a tab of its own
    QTRY_VERIFY((stage->beat(), table->model()->rowCount() != before + 1));
}

void TestModels::related()
{
    const auto stage = openStage();
    devserver::api::RunRecord &record = stage->backend.records.at(stage->scene.completed);
    devserver::api::RunSummary again = record.summary;
    again.id = runId(90);
    again.originalRun = record.summary.id;
    record.related = {record.summary, again};
    stage->goTo("runs"_ba);
    const auto *list = child<QAbstractItemView>(stage->window.get(), "relatedList");
    WATCH(list, "RelatedModel");
    stage->pick("runsTable", stage->scene.completed.toText());
    stage->openTab("runTabs", u"Related"_s);
    QTRY_COMPARE((stage->beat(), list->model()->rowCount()), 1);
    const auto relation = [list] { return list->model()->index(0, 2).data().toString(); };
    stage->pick("runsTable", stage->scene.deadCharge.toText());
    QTRY_COMPARE((stage->beat(), relation()), u"Dead letter"_s);
    stage->pick("runsTable", stage->scene.completed.toText());
    QTRY_COMPARE((stage->beat(), relation()), u"Rerun of this run"_s);
    stage->pick("runsTable", stage->scene.running.toText());
    QTRY_COMPARE((stage->beat(), list->model()->rowCount()), 0);
}

void TestModels::answers()
{
    const auto stage = openStage();
    const auto *table = child<QAbstractItemView>(stage->window.get(), "composerAnswers");
    WATCH(table, "AnswersModel");
    stage->key(Qt::Key_N, Qt::ControlModifier);
    stage->settle();
    stage->key(Qt::Key_A, Qt::ControlModifier);
    stage->type(u"user/singup"_s); // nothing listens: a note
    stage->closeList();
    stage->type("composerEditor", u"{"_s);
    devserver::UlidSource ids;
    std::ignore = ids.next(stage->backend.now());
    stage->key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE((stage->beat(), table->model()->rowCount()), 3); // and the nearest name
    const devserver::EventId second{ids.next(stage->backend.now())};
    stage->key(Qt::Key_Return, Qt::ControlModifier);
    devserver::api::RunSummary run = runRow(900);
    run.event = second;
    for (const auto status : {devserver::RunStatus::Running, devserver::RunStatus::Completed}) {
        run.status = status;
        stage->backend.post(run);
        stage->beat();
    }
    QTRY_COMPARE((stage->beat(), table->model()->rowCount()), 7);
}

void TestModels::favourites()
{
    const auto stage = openStage();
    const auto *list = child<QAbstractItemView>(stage->window.get(), "composerFavourites");
    WATCH(list, "FavouriteTree");
    stage->key(Qt::Key_N, Qt::ControlModifier);
    stage->settle();
    for (const QString &name : {u"orders/new"_s, u"a first one"_s}) {
        stage->type("composerName", u"order/created"_s);
        stage->closeList();
        stage->type("composerEditor", u"{"_s);
        stage->key(Qt::Key_S, Qt::ControlModifier);
        auto *line = child<QWidget>(stage->window.get(), "composerFavouriteName");
        QTRY_VERIFY(line->hasFocus());
        const int before = list->model()->rowCount();
        stage->key(Qt::Key_A, Qt::ControlModifier);
        stage->type(name);
        stage->key(Qt::Key_Return);
        QTRY_COMPARE((stage->beat(), list->model()->rowCount()), before + 1);
    }
    // Somebody else removes one and changes the other.
    QVERIFY(QFile::remove(stage->folder.filePath(u"shop/.redrive/events/a first one.json"_s)));
    QTRY_COMPARE((stage->beat(), list->model()->rowCount()), 1);
}

void TestModels::palette()
{
    const auto stage = openStage();
    stage->key(Qt::Key_K, Qt::ControlModifier);
    const auto *list = child<QAbstractItemView>(stage->window.get(), "paletteList");
    WATCH(list, "PaletteModel");
    stage->type(u">re"_s);
    const int some = list->model()->rowCount();
    QVERIFY(some > 1);
    stage->type(u"tr"_s);
    QVERIFY(list->model()->rowCount() < some);
    stage->type(u"zzz"_s);
    for (int i = 0; i < 5; ++i)
        stage->key(Qt::Key_Backspace);
    QCOMPARE(list->model()->rowCount(), some);
}

void TestModels::shortcuts()
{
    const auto stage = openStage();
    stage->key(Qt::Key_F1, Qt::ControlModifier);
    auto *sheet = child<QWidget>(stage->window.get(), "shortcutSheet");
    const auto *table = child<QAbstractItemView>(sheet, "shortcutTable");
    WATCH(table, "ShortcutModel");
    const int all = table->model()->rowCount();
    auto *search = child<QWidget>(sheet, "shortcutSearch");
    QTest::keyClicks(search, u"palette"_s);
    QVERIFY(table->model()->rowCount() < all);
    for (int i = 0; i < 7; ++i)
        QTest::keyClick(search, Qt::Key_Backspace);
    QCOMPARE(table->model()->rowCount(), all);
}

/// Of any screen: closing, its window writes once more.
void TestModels::nothingIsLeftBehind()
{
    const QString path = openStage()->folder.path();
    QVERIFY(!path.isEmpty() && !QFile::exists(path));
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestModels)

#include "tst_models.moc"
