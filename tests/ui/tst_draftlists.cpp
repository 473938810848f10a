// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/composerstage.h"
#include "tests/ui/support/textfile.h"
#include "ui/events/favourites.h"
#include "ui/events/favouritetree.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileSystemWatcher>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

namespace {

void writeFavourite(const QString &path, const QByteArray &event)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"event\":\"" + event + "\",\"text\":[\"{}\"]}");
}

/// The rows below \a above with those below them: `orders{new}, ping`.
QString treeText(const QAbstractItemModel &model, const QModelIndex &above = {})
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(above); ++row) {
        const QModelIndex index = model.index(row, 0, above);
        const bool isFolder = model.rowCount(index) > 0;
        rows.append(index.data().toString()
                    + (isFolder ? u'{' + treeText(model, index) + u'}' : QString()));
    }
    return rows.join(u", "_s);
}

struct Stage : ComposerStage {
    using ComposerStage::ComposerStage;

    [[nodiscard]] QTreeView *favourites() const
    {
        return child<QTreeView>(composer.get(), "composerFavourites");
    }

    /// Selects the newest entry of the history.
    [[nodiscard]] QListView *history()
    {
        auto *list = child<QListView>(composer.get(), "composerHistory");
        beat(); // what was chosen before takes the focus to the editor
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Home);
        beat(); // what can be done with it
        return list;
    }

    [[nodiscard]] QWidget *changes()
    {
        QTest::keyClick(history(), Qt::Key_F7);
        return child<QWidget>(composer.get(), "draftChanges");
    }

    /// The nth entry of the menu of the favourites' folder.
    void chooseOfFolder(int number) const
    {
        auto *button = child<QToolButton>(composer.get(), "composerFavouritesFolder");
        QTimer::singleShot(0, button, [number] {
            QWidget *menu = QApplication::activePopupWidget();
            QVERIFY(menu != nullptr);
            for (int i = 0; i < number; ++i)
                QTest::keyClick(menu, Qt::Key_Down);
            QTest::keyClick(menu, Qt::Key_Return);
        });
        QTest::mouseClick(button, Qt::LeftButton);
    }

    [[nodiscard]] QString tabText(int index) const
    {
        return child<QTabBar>(composer.get(), "composerTabs")->tabText(index);
    }

    void saveAs(const QString &favourite)
    {
        QTest::keyClick(editor, Qt::Key_S, Qt::ControlModifier);
        auto *line = child<QLineEdit>(composer.get(), "composerFavouriteName");
        QTRY_VERIFY(line->hasFocus());
        QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(line, favourite);
        QTest::keyClick(line, Qt::Key_Return);
    }
};

} // namespace

/// The left side of the composer: favourites in folders, and what was sent (ui.md §10).
class TestDraftLists : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void historyKeepsWhatWasSent();
    void whatWasSentIsTakenOver();
    void changesAreShown();
    void anEntryWithoutPlaceholdersWasSentAsWritten();
    void favouritesStandInFolders();
    void filesOfOthersComeIn();
    void anotherFolderIsChosen();
    void nothingOfTheOldFolderStays();
    void draftsThatAreNoFavouritesHaveAStar();
    void noRowIsCut_data();
    void noRowIsCut();
};

void TestDraftLists::historyKeepsWhatWasSent()
{
    const QTemporaryDir folder;
    qputenv("REDRIVE_TEST_TOKEN", "s3cret");
    Stage ui(folder.filePath(u"redrive.db"_s));
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"u\": {{uuid}},\n\"t\": {{env REDRIVE_TEST_TOKEN}}"_s);
    ui.pressSend();
    QCOMPARE(ui.backend.sent.size(), 1);
    const QJsonObject data =
        QJsonDocument::fromJson(ui.backend.sent.front()).object()["data"_L1].toObject();
    QCOMPARE(data["t"_L1].toString(), u"s3cret"_s);

    const QWidget *changes = ui.changes();
    const QString sent = child<QPlainTextEdit>(changes, "draftChangesText")->toPlainText();
    QVERIFY2(sent.contains(data["u"_L1].toString()), qPrintable(sent));
    QVERIFY2(sent.contains(u"\"{{env REDRIVE_TEST_TOKEN}}\""_s), qPrintable(sent));
    QVERIFY(!sent.contains(u"s3cret"_s));

    // It is the same after a restart, and no file has the secret.
    ui.composer.reset();
    const QByteArray kept = contentOf(folder.filePath(u".redrive/composer.json"_s));
    QVERIFY(kept.contains(data["u"_L1].toString().toUtf8()));
    QVERIFY(!kept.contains("s3cret"));
    ui.make();
    auto *list = child<QListView>(ui.composer.get(), "composerHistory");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QCOMPARE(child<QPlainTextEdit>(ui.changes(), "draftChangesText")->toPlainText(), sent);
}

void TestDraftLists::whatWasSentIsTakenOver()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"n\": {{seq}}"_s);
    ui.pressSend();
    const int seq = QJsonDocument::fromJson(ui.backend.sent.front())["data"_L1]["n"_L1].toInt();
    QVERIFY(seq > 0);
    const QString sent = u"{\n  \"n\": %1\n}"_s.arg(seq);
    ui.typeText(u"{"_s);
    QTest::keyClick(ui.history(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(ui.editor->toPlainText(), sent);
    QTest::keyClick(ui.history(), Qt::Key_Return);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"n\": {{seq}}\n}"_s);
    QTest::mouseClick(child<QWidget>(ui.changes(), "draftChangesSent"), Qt::LeftButton);
    QCOMPARE(ui.editor->toPlainText(), sent);
}

void TestDraftLists::changesAreShown()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"total\": 1,\n\"same\": true"_s);
    ui.pressSend();
    ui.typeText(u"{\n\"total\": 2,\n\"same\": true"_s);
    ui.typeName(u"order/paid"_s);
    const QWidget *changes = ui.changes();
    QTRY_VERIFY(changes->isVisible());
    const QString text = child<QPlainTextEdit>(changes, "draftChangesDiff")->toPlainText();
    for (const QString &line :
         {u"-   \"total\": 1,"_s, u"+   \"total\": 2,"_s, u"    \"same\": true"_s,
          u"- Event: order/created"_s, u"+ Event: order/paid"_s})
        QVERIFY2(text.split(u'\n').contains(line), qPrintable(text));
    shoot(child<QWidget>(ui.composer.get(), "draftChanges"), u"composer_changes"_s);
}

void TestDraftLists::anEntryWithoutPlaceholdersWasSentAsWritten()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"n\": 1"_s);
    ui.pressSend();
    ui.typeText(u"{"_s);
    const auto *use = child<QWidget>(ui.changes(), "draftChangesSent");
    QVERIFY(!use->isEnabled());
    QCOMPARE(use->toolTip(), u"It was sent as it is written"_s);
    QTest::keyClick(child<QWidget>(ui.composer.get(), "draftChanges"), Qt::Key_Escape);
    QTest::keyClick(ui.history(), Qt::Key_Return, Qt::ShiftModifier); // the same as Return
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"n\": 1\n}"_s);
    QCOMPARE(ui.actions.reason("draft.useSent"_ba), u"It was sent as it is written"_s);
}

void TestDraftLists::favouritesStandInFolders()
{
    const QTemporaryDir folder;
    const QString events = folder.filePath(u".redrive/events/"_s);
    writeFavourite(events + u"ping.json"_s, "ping"_ba);
    writeFavourite(events + u"orders/new.json"_s, "order/created"_ba);
    writeFavourite(events + u"orders/odd/late.json"_s, "order/late"_ba);
    Stage ui(folder.filePath(u"redrive.db"_s));
    QAbstractItemModel *model = ui.favourites()->model();
    QVERIFY(qobject_cast<FavouriteTree *>(model) != nullptr);
    const QAbstractItemModelTester tester(model);
    QTRY_COMPARE(treeText(*model), u"orders{odd{late}, new}, ping"_s);
    QVERIFY(ui.favourites()->isExpanded(model->index(0, 0)));
    shoot(ui.composer.get(), u"composer_favourites"_s);
    // Down to `late`.
    ui.favourites()->setFocus();
    QTest::keyClick(ui.favourites(), Qt::Key_Home);
    QTest::keyClick(ui.favourites(), Qt::Key_Return); // a folder is nothing to send
    QCOMPARE(ui.name->text(), QString());
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(ui.favourites(), Qt::Key_Down);
    QTest::keyClick(ui.favourites(), Qt::Key_Return);
    QCOMPARE(ui.name->text(), u"order/late"_s);
    // The folder goes with its last one.
    ui.favourites()->setFocus();
    QTest::keyClick(ui.favourites(), Qt::Key_Delete);
    QTRY_COMPARE(treeText(*model), u"orders{new}, ping"_s);
    QVERIFY(!QFile::exists(events + u"orders/odd"_s));
}

void TestDraftLists::filesOfOthersComeIn()
{
    const QTemporaryDir folder;
    const QString events = folder.filePath(u".redrive/events/"_s);
    writeFavourite(events + u"orders/new.json"_s, "order/created"_ba);
    Stage ui(folder.filePath(u"redrive.db"_s));
    QAbstractItemModel *model = ui.favourites()->model();
    const QAbstractItemModelTester tester(model);
    QSignalSpy resets(model, &QAbstractItemModel::modelReset);
    QTRY_COMPARE(treeText(*model), u"orders{new}"_s);
    writeFavourite(events + u"orders/again.json"_s, "order/again"_ba);
    QTRY_COMPARE(treeText(*model), u"orders{again, new}"_s);
    writeFavourite(events + u"users/first.json"_s, "user/first"_ba);
    QTRY_COMPARE(treeText(*model), u"orders{again, new}, users{first}"_s);
    writeFavourite(events + u"orders/new.json"_s, "order/changed"_ba);
    const QModelIndex changed = model->index(1, 0, model->index(0, 0));
    QTRY_VERIFY(changed.data(Qt::ToolTipRole).toString().startsWith(u"order/changed"_s));
    QVERIFY(QDir(events + u"orders"_s).removeRecursively());
    QTRY_COMPARE(treeText(*model), u"users{first}"_s);
    QVERIFY(resets.isEmpty());
}

void TestDraftLists::anotherFolderIsChosen()
{
    const QTemporaryDir folder;
    writeFavourite(folder.filePath(u".redrive/events/here.json"_s), "here"_ba);
    writeFavourite(folder.filePath(u"shared/there.json"_s), "there"_ba);
    Stage ui(folder.filePath(u"redrive.db"_s));
    QTRY_COMPARE(treeText(*ui.favourites()->model()), u"here"_s);
    ui.chooseOfFolder(1);
    auto *dialog = child<QFileDialog>(ui.composer.get(), "favouriteFolderDialog");
    auto *name = child<QLineEdit>(dialog, "fileNameEdit");
    name->setFocus();
    QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(name, folder.filePath(u"shared"_s));
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(treeText(*ui.favourites()->model()), u"there"_s);
    const QString file = folder.filePath(u".redrive/favourites.json"_s);
    const auto kept = [&file] {
        return QJsonDocument::fromJson(contentOf(file)).object()["folder"_L1].toString();
    };
    QTRY_COMPARE(kept(), u"shared"_s); // so that it fits other machines
    ui.composer.reset();
    ui.make();
    QTRY_COMPARE(treeText(*ui.favourites()->model()), u"there"_s);
    ui.saveAs(u"a/new"_s);
    QTRY_VERIFY(QFile::exists(folder.filePath(u"shared/a/new.json"_s)));
    ui.chooseOfFolder(2);
    QTRY_COMPARE(treeText(*ui.favourites()->model()), u"here"_s);
    QTRY_COMPARE(kept(), QString());
}

/// What is done to a favourite is done to the file of its name in the folder there is now.
void TestDraftLists::nothingOfTheOldFolderStays()
{
    const QTemporaryDir folder;
    const QString before = folder.filePath(u"before"_s);
    const QString after = folder.filePath(u"after"_s);
    writeFavourite(before + u"/orders/same.json"_s, "here"_ba);
    writeFavourite(after + u"/orders/same.json"_s, "there"_ba);
    Favourites favourites;
    favourites.setFolder(before);
    QTRY_COMPARE(favourites.all().size(), std::size_t(1));
    const auto *watcher = favourites.findChild<QFileSystemWatcher *>();
    QVERIFY(watcher != nullptr && watcher->directories().contains(before));
    QSignalSpy removed(&favourites, &Favourites::removed);
    favourites.setFolder(after);
    QVERIFY(favourites.all().empty()); // before anything was read
    QCOMPARE(removed.size(), 1);
    QTRY_COMPARE(favourites.all().size(), std::size_t(1));
    QCOMPARE(favourites.all().front().draft.name, "there"_ba);
    for (const QString &path : watcher->directories() + watcher->files())
        QVERIFY2(path.startsWith(after), qPrintable(path));
}

void TestDraftLists::draftsThatAreNoFavouritesHaveAStar()
{
    const QTemporaryDir folder;
    Stage ui(folder.filePath(u"redrive.db"_s));
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"n\": 1"_s);
    QTRY_COMPARE(ui.tabText(0), u"order/created *"_s);
    ui.saveAs(u"first"_s);
    QTRY_COMPARE(ui.tabText(0), u"order/created"_s);
    QTest::mouseClick(child<QToolButton>(ui.composer.get(), "composerNew"), Qt::LeftButton);
    QCOMPARE(ui.tabText(1), u"New event"_s); // nothing is in it
    auto *tabs = child<QTabBar>(ui.composer.get(), "composerTabs");
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
    ui.editor->setFocus();
    QTest::keyClick(ui.editor, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(ui.editor, Qt::Key_Return);
    QTRY_COMPARE(ui.tabText(0), u"order/created *"_s);
    QVERIFY(tabs->tabToolTip(0).contains(u"not saved as a favourite"_s));
    QTest::keyClick(ui.editor, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(ui.tabText(0), u"order/created"_s);
    // Somebody else changes the favourite.
    writeFavourite(folder.filePath(u".redrive/events/first.json"_s), "order/created"_ba);
    QTRY_COMPARE(ui.tabText(0), u"order/created *"_s);
}

void TestDraftLists::noRowIsCut_data()
{
    QTest::addColumn<int>("height");
    for (int height = 250; height < 420; height += 7)
        QTest::addRow("%d pixels", height) << height;
}

/// Neither at the lower edge of a list, nor is what stands in a folder left of its name.
void TestDraftLists::noRowIsCut()
{
    QFETCH(const int, height);
    const QTemporaryDir folder;
    for (int i = 0; i < 12; ++i)
        writeFavourite(folder.filePath(u".redrive/events/orders/new %1.json"_s.arg(i)),
                       "order/created");
    Stage ui(folder.filePath(u"redrive.db"_s));
    QTRY_VERIFY(ui.favourites()->model()->rowCount() > 0);
    for (int i = 0; i < 12; ++i) {
        ui.typeName(u"order/%1"_s.arg(i));
        ui.pressSend();
    }
    ui.composer->resize(1280, height);
    ui.beat();
    const auto *history = child<QListView>(ui.composer.get(), "composerHistory");
    for (const QAbstractItemView *list :
         std::initializer_list<const QAbstractItemView *>{ui.favourites(), history}) {
        QVERIFY(list->viewport()->height() >= 2 * list->sizeHintForRow(0));
        const QModelIndex last = list->indexAt({20, list->viewport()->height() - 1});
        QVERIFY2(!last.isValid() || list->visualRect(last).bottom() < list->viewport()->height(),
                 qPrintable(u"%1: row to %2 of %3, %4 high"_s.arg(list->objectName())
                                .arg(list->visualRect(last).bottom())
                                .arg(list->viewport()->height())
                                .arg(list->sizeHintForRow(0))));
    }
    const QModelIndex top = ui.favourites()->model()->index(0, 0);
    const QModelIndex inside = ui.favourites()->model()->index(0, 0, top);
    QVERIFY(ui.favourites()->visualRect(inside).left() > ui.favourites()->visualRect(top).left());
    QVERIFY(!inside.data(Qt::DecorationRole).value<QIcon>().isNull());
}

UI_TEST_MAIN(TestDraftLists)

#include "tst_draftlists.moc"
