// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/core/filtervalues.h"
#include "ui/core/runlistmodel.h"
#include "ui/shell/fuzzymatch.h"
#include "ui/shell/palettemodel.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/listtable.h"

#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QToolTip>

#include <algorithm>

namespace console::test {

using namespace Qt::StringLiterals;

class TestPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ranking_data();
    void ranking();
    void opensWithCtrlKAndRunsAnAction();
    void prefixesRestrict();
    void timesLeadToRuns();
    void aTimeGoesBeforeWhatWasLeft();
    void eventNamesAndSettingsPages();
    void disabledActionsSayWhy();
    void actionsOfAPaneSayWhere();
    void searchesAfterAPauseInTyping();
    void wholeIdOpensAtOnce();
    void escapeGivesTheFocusBack();
    void favouritesAreFound();
    void groupActionsAreFoundByTheirNames();
    void rowsEndWhereTheFieldDoes();
    void usedLastComesFirst();
    void everyEntryHasAnIcon();
    void windowIsDimmed();
    void pictures();
};

namespace {

QStringList rows(const QListView *list)
{
    QStringList texts;
    for (int row = 0; row < list->model()->rowCount(); ++row)
        texts.append(list->model()->index(row, 0).data().toString());
    return texts;
}

struct PaletteStage : WindowStage {
    Scene scene = fillScene(backend);
    QListView *list = nullptr;
    QLineEdit *edit = nullptr;

    PaletteStage()
    {
        open();
        list = child<QListView>(window.get(), "paletteList");
        edit = child<QLineEdit>(window.get(), "paletteEdit");
        key(Qt::Key_K, Qt::ControlModifier);
    }

    void type(const QString &text)
    {
        QTest::keyClicks(edit, text);
        beat();
    }
};

} // namespace

void TestPalette::ranking_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    QTest::newRow("start of the text") << u"ret"_s << u"Retry"_s << u"Send later, not secret"_s;
    QTest::newRow("in a row") << u"run"_s << u"Go to runs"_s << u"Restart until now"_s;
    QTest::newRow("word starts") << u"gf"_s << u"Go to function"_s << u"Paging off"_s;
    QTest::newRow("shorter") << u"apps"_s << u"Apps"_s << u"Apps that do not answer any more"_s;
    QTest::newRow("later start") << u"re"_s << u"Core retry"_s << u"charge"_s;
    QTest::newRow("scattered letters") << u"canc"_s << u"Cancel run"_s << u"Dead since today"_s;
    QTest::newRow("no match at all") << u"xyz"_s << u"xyz"_s << QString();
}

void TestPalette::ranking()
{
    QFETCH(QString, typed);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    const std::optional<int> good = fuzzyScore(typed, better);
    QVERIFY(good.has_value());
    QVERIFY(*good > fuzzyScore(typed, worse).value_or(-1000));
    QVERIFY(!fuzzyScore(u"zzz"_s, better).has_value());
    // Letters are found at the start of a word, or behind the one before.
    QVERIFY(!fuzzyScore(u"canc"_s, u"Flaky sync"_s).has_value());
    QVERIFY(!fuzzyScore(u"canc"_s, u"Dead since today"_s).has_value());
    QVERIFY(!fuzzyScore(u"canc"_s, u"Clock advance"_s).has_value());
    QVERIFY(fuzzyScore(u"cr"_s, u"Cancel run"_s).has_value());
}

void TestPalette::opensWithCtrlKAndRunsAnAction()
{
    PaletteStage stage;
    QCOMPARE(QApplication::focusWidget(), stage.edit);
    QVERIFY(stage.list->model()->rowCount() > 10);
    stage.type(u"dark theme"_s);
    QCOMPARE(rows(stage.list).value(0), u"Dark theme"_s);
    stage.key(Qt::Key_Return);
    QVERIFY(!stage.edit->isVisible());
    QTRY_VERIFY(stage.window->workspace().theme.isDark());
    stage.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
}

void TestPalette::prefixesRestrict()
{
    PaletteStage stage;
    stage.type(u"@charge"_s);
    QVERIFY(rows(stage.list).value(0).contains(u"charge"_s));
    QTest::keyClick(stage.edit, Qt::Key_A, Qt::ControlModifier);
    stage.type(u">@charge"_s);
    QVERIFY(rows(stage.list).isEmpty());
    QTest::keyClick(stage.edit, Qt::Key_A, Qt::ControlModifier);
    stage.type(u"?"_s);
    QCOMPARE(rows(stage.list).size(), 6);
    stage.key(Qt::Key_Down);
    stage.key(Qt::Key_Return);
    QCOMPARE(stage.edit->text(), u"@"_s);
    QVERIFY(stage.edit->isVisible());
}

void TestPalette::timesLeadToRuns()
{
    PaletteStage stage;
    stage.type(u":not a time"_s);
    stage.key(Qt::Key_Return);
    QVERIFY(stage.edit->isVisible());
    QTest::keyClick(stage.edit, Qt::Key_A, Qt::ControlModifier);
    stage.type(u":10:05"_s);
    QCOMPARE(rows(stage.list), QStringList(u"Go to runs at 10:05"_s));
    stage.key(Qt::Key_Return);
    QVERIFY(!stage.edit->isVisible());
    QCOMPARE(stage.currentView(), u"runsView"_s);
    QCOMPARE(stage.window->currentView()->place().filter, QString());
    const auto *table = child<ListTable>(stage.window.get(), "runsTable");
    QTRY_VERIFY((stage.beat(), table->currentIndex().isValid()));
    const int row = table->currentIndex().row();
    const auto *list = qobject_cast<RunListModel *>(table->list());
    const devserver::TimePoint time = *parseFilterTime(u"10:05"_s, stage.backend.now());
    QVERIFY(list->at(row).queuedAt <= time);
    QVERIFY(row > 0 && list->at(row - 1).queuedAt > time);
}

/// Runs comes as it was left, and is not built before it is gone to: the first time as any other.
void TestPalette::aTimeGoesBeforeWhatWasLeft()
{
    const QTemporaryDir folder;
    WindowStage stage(folder.filePath(u"settings.ini"_s));
    fillScene(stage.backend);
    stage.open();
    stage.settle();
    stage.key(Qt::Key_Home);
    stage.settle();
    const auto *before = child<ListTable>(stage.window.get(), "runsTable");
    const QByteArray left = before->currentId();
    QVERIFY(!left.isEmpty());
    stage.key(Qt::Key_6, Qt::ControlModifier);
    stage.settle();
    stage.window->close();
    if (auto *question = stage.window->findChild<QWidget *>(u"quitQuestion"_s))
        QTest::keyClick(question, Qt::Key_Return);
    QTRY_VERIFY(!stage.window->isVisible());
    stage.window.reset();
    stage.open();
    stage.settle();
    QVERIFY(stage.window->findChild<ListTable *>(u"runsTable"_s) == nullptr);
    stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u":10:05"_s);
    stage.beat();
    stage.key(Qt::Key_Return);
    stage.settle();
    const auto *table = child<ListTable>(stage.window.get(), "runsTable");
    const auto *list = qobject_cast<RunListModel *>(table->list());
    const devserver::TimePoint time = *parseFilterTime(u"10:05"_s, stage.backend.now());
    const int row = table->currentIndex().row();
    QVERIFY(row > 0 && list->at(row).queuedAt <= time && list->at(row - 1).queuedAt > time);
    QVERIFY(table->currentId() != left);
    QCOMPARE(stage.window->currentView()->place().subject, table->currentId());
    QVERIFY(table->hasFocus());
}

void TestPalette::eventNamesAndSettingsPages()
{
    PaletteStage stage;
    stage.type(u"!order/paid"_s);
    stage.key(Qt::Key_Return);
    QCOMPARE(stage.currentView(), u"eventsView"_s);
    QCOMPARE(stage.window->currentView()->place().filter, u"event:order/paid"_s);
    stage.key(Qt::Key_K, Qt::ControlModifier);
    stage.type(u"settings: keyb"_s);
    stage.key(Qt::Key_Return);
    QTRY_VERIFY(stage.window->findChild<QWidget *>(u"settingsDialog"_s) != nullptr);
    QCOMPARE(child<QListWidget>(stage.window.get(), "settingsCategories")->currentRow(), 1);
    QTest::keyClick(child<QWidget>(stage.window.get(), "settingsDialog"), Qt::Key_Escape);
}

void TestPalette::disabledActionsSayWhy()
{
    PaletteStage stage;
    stage.type(u">start server"_s);
    const auto row = static_cast<int>(rows(stage.list).indexOf(u"Start server"_s));
    QVERIFY(row >= 0);
    for (int step = 0; step < row; ++step)
        stage.key(Qt::Key_Down);
    const QString spoken =
        stage.list->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    QCOMPARE(spoken, u"Start server, The server runs"_s);
    stage.key(Qt::Key_Return);
    QVERIFY(stage.edit->isVisible());
    QVERIFY(stage.backend.serverStarts.empty());
    QCOMPARE(QToolTip::text(), u"Start server: The server runs"_s);
    // It does not look as if it could be done.
    const QRect chosen = stage.list->visualRect(stage.list->currentIndex());
    const QImage image = stage.list->viewport()->grab(chosen).toImage();
    const Theme &theme = stage.window->workspace().theme;
    const QColor ground = image.pixelColor(image.width() / 2, image.height() - 4);
    QCOMPARE(ground.name(), theme.color(Token::QuietSelection).name());
    stage.key(Qt::Key_Up); // it was about that row
    QTRY_VERIFY(QToolTip::text() != u"Start server: The server runs"_s);
}

void TestPalette::actionsOfAPaneSayWhere()
{
    PaletteStage stage;
    // Its timeline comes from another thread.
    QAction *zoomIn = stage.window->workspace().actions.action("timeline.zoomIn");
    QTRY_VERIFY(zoomIn->isEnabled());
    const auto rowOf = [&stage](const QString &action) {
        return stage.list->model()->index(static_cast<int>(rows(stage.list).indexOf(action)), 0);
    };
    stage.type(u">rerun"_s);
    QCOMPARE(rowOf(u"Rerun"_s).data(PaletteModel::NoteRole).toString(), u"Runs"_s);
    QCOMPARE(rowOf(u"Rerun"_s).data(PaletteModel::KeysRole).toString(), u"R"_s);
    stage.key(Qt::Key_A, Qt::ControlModifier);
    stage.type(u">zoom in"_s); // a run is shown below the list
    QCOMPARE(rowOf(u"Zoom in"_s).data(PaletteModel::NoteRole).toString(), u"Timeline"_s);
    shoot(stage.window.get(), u"palette_area"_s);
    // Where nothing can be zoomed it is not offered.
    stage.key(Qt::Key_Escape);
    stage.key(Qt::Key_6, Qt::ControlModifier);
    stage.key(Qt::Key_K, Qt::ControlModifier);
    stage.type(u">zoom in"_s);
    QVERIFY(!rows(stage.list).contains(u"Zoom in"_s));
}

void TestPalette::searchesAfterAPauseInTyping()
{
    PaletteStage stage;
    const auto asked = [&stage] { // by the palette; the list below asks for pages
        auto queries = stage.backend.askedFor<devserver::api::RunsQuery>();
        std::erase_if(queries, [](const auto &query) { return query.limit != 8; });
        return queries;
    };
    QTest::keyClicks(stage.edit, u"#charge"_s); // no event loop between the keys
    QVERIFY(asked().empty());
    QTRY_VERIFY(!asked().empty());
    QCOMPARE(asked().size(), 1U);
    const auto query = asked().back();
    QCOMPARE(query.filter.term.values, QByteArrayList{"charge"_ba});
    QTRY_VERIFY(!rows(stage.list).isEmpty());
}

void TestPalette::wholeIdOpensAtOnce()
{
    PaletteStage stage;
    const QByteArray id = stage.scene.deadCharge.toText();
    stage.type(QString::fromLatin1(id));
    QTRY_VERIFY(!stage.edit->isVisible());
    QCOMPARE(stage.currentView(), u"runsView"_s);
    QCOMPARE(stage.window->currentView()->place().subject, id);
}

void TestPalette::escapeGivesTheFocusBack()
{
    WindowStage stage;
    stage.open();
    QWidget *before = QApplication::focusWidget();
    QVERIFY(before != nullptr);
    stage.key(Qt::Key_K, Qt::ControlModifier);
    QVERIFY(QApplication::focusWidget() != before);
    stage.key(Qt::Key_Escape);
    QCOMPARE(QApplication::focusWidget(), before);
}

/// Before anything is typed: what was used, newest first, then what fits the selection.
/// Drafts of the project, also while the composer is away.
void TestPalette::favouritesAreFound()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u".redrive/events/orders"_s));
    QFile file(folder.filePath(u".redrive/events/orders/rush order.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"event\":\"order/created\",\"text\":[\"{\\\"rush\\\":true}\"]}");
    file.close();
    WindowStage stage;
    stage.backend.state.dataFile = folder.filePath(u"redrive.db"_s);
    stage.open();
    auto *favourites = child<QAbstractItemView>(stage.window.get(), "composerFavourites");
    QTRY_COMPARE((stage.beat(), favourites->model()->rowCount()), 1);
    stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(child<QWidget>(stage.window.get(), "paletteEdit"), u"rush"_s);
    stage.beat();
    const auto *list = child<QListView>(stage.window.get(), "paletteList");
    QCOMPARE(rows(list).value(0), u"orders/rush order"_s);
    stage.key(Qt::Key_Return);
    stage.settle();
    auto *editor = child<QPlainTextEdit>(stage.window.get(), "composerEditor");
    QVERIFY(editor->isVisible());
    QCOMPARE(editor->toPlainText(), u"{\"rush\":true}"_s);
    QTRY_VERIFY(editor->hasFocus());
}

/// Also where all is mirrored, and the bar of the list with it.
void TestPalette::rowsEndWhereTheFieldDoes()
{
    PaletteStage stage;
    const auto *popup = child<QWidget>(stage.window.get(), "palette");
    for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        stage.window->setLayoutDirection(direction);
        stage.settle();
        const auto place = [popup](const QWidget *widget) {
            return QRect(widget->mapTo(popup, QPoint()), widget->size());
        };
        const QRect field = place(stage.edit);
        const QRect found = place(stage.list->viewport());
        QCOMPARE(found.left(), field.left());
        QCOMPARE(found.right(), field.right());
        QCOMPARE(popup->width() - 1 - field.right(), field.left());
    }
}

/// Their texts say how many letters they work on, which nobody types.
void TestPalette::groupActionsAreFoundByTheirNames()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_3, Qt::ControlModifier);
    stage.settle();
    stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(child<QWidget>(stage.window.get(), "paletteEdit"), u">group"_s);
    stage.beat();
    const QStringList found = rows(child<QListView>(stage.window.get(), "paletteList"));
    for (const char *verb : {"Retry ", "Discard "}) {
        const auto says = [verb](const QString &row) {
            return row.startsWith(QLatin1StringView(verb))
                   && row.at(QLatin1StringView(verb).size()).isDigit();
        };
        QVERIFY2(std::any_of(found.begin(), found.end(), says), qPrintable(found.join(u", "_s)));
    }
}

void TestPalette::usedLastComesFirst()
{
    PaletteStage stage;
    stage.type(u"@charge"_s);
    const QString function = rows(stage.list).value(0);
    stage.key(Qt::Key_Return);
    stage.key(Qt::Key_K, Qt::ControlModifier);
    stage.type(u">times"_s);
    stage.key(Qt::Key_Return);
    stage.settle();
    stage.key(Qt::Key_1, Qt::ControlModifier);
    stage.key(Qt::Key_Down);
    stage.settle();
    stage.key(Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(rows(stage.list).value(0), u"Times: relative, absolute, UTC"_s);
    QCOMPARE(rows(stage.list).value(1), function);
    const qsizetype open = rows(stage.list).indexOf(u"Open run in new window"_s);
    // What lists do with Enter is the key of an action, too.
    const auto keysOf = [&stage](const QString &text) {
        const auto row = static_cast<int>(rows(stage.list).indexOf(text));
        return stage.list->model()->index(row, 0).data(PaletteModel::KeysRole).toString();
    };
    QCOMPARE(keysOf(u"Open run"_s), u"Enter"_s);
    QCOMPARE(keysOf(u"Open run in new window"_s), u"Ctrl+Enter"_s);
    QVERIFY(open > 1 && open < rows(stage.list).indexOf(u"New event"_s));
    QVERIFY(!rows(stage.list).contains(u"order/created"_s)); // not used yet
    const QStringList all = rows(stage.list);
    QCOMPARE(all.indexOf(u"Start server"_s) > all.indexOf(u"About Redrive"_s), true);
}

void TestPalette::everyEntryHasAnIcon()
{
    for (const ActionSpec &spec : actionTable()) // also what is not offered here
        QVERIFY2(Icons::exists(QString::fromLatin1(spec.icon)), spec.id.constData());
    PaletteStage stage;
    const QAbstractItemModel *model = stage.list->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        QVERIFY2(Icons::exists(index.data(PaletteModel::IconRole).toString()),
                 qPrintable(index.data().toString()));
    }
    stage.type(u"theme"_s);
    QCOMPARE(model->index(0, 0).data(PaletteModel::IconRole).toString(), u"moon"_s);
    stage.key(Qt::Key_Return);
    stage.settle();
    stage.key(Qt::Key_K, Qt::ControlModifier);
    stage.type(u"theme"_s);
    QCOMPARE(model->index(0, 0).data().toString(), u"Light theme"_s);
    QCOMPARE(model->index(0, 0).data(PaletteModel::IconRole).toString(), u"sun"_s);
    stage.key(Qt::Key_Return);
    stage.settle();
}

void TestPalette::windowIsDimmed()
{
    PaletteStage stage;
    auto *scrim = child<QWidget>(stage.window.get(), "paletteScrim");
    QVERIFY(scrim->isVisible());
    QCOMPARE(scrim->geometry(), stage.window->rect());
    const QWidget *palette = child<QWidget>(stage.window.get(), "palette");
    QTest::mouseClick(scrim, Qt::LeftButton, {}, QPoint(20, scrim->height() - 20));
    QVERIFY(!palette->isVisible());
    QVERIFY(!scrim->isVisible());
}

void TestPalette::pictures()
{
    PaletteStage stage;
    stage.type(u"re"_s);
    QVERIFY(a11yFindings(child<QWidget>(stage.window.get(), "palette")).isEmpty());
    shoot(stage.window.get(), u"palette"_s);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestPalette)
#include "tst_palette.moc"
