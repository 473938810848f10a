// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/inspectorstage.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/core/pathrules.h"
#include "ui/core/pathrulesmodel.h"

#include <QDialog>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

namespace console::test {

using namespace Qt::StringLiterals;

/// What "Locate folder…" wrote can be seen and taken back in the settings.
class TestProjectFolders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorsFollowWhatIsRemoved();
    void theKeyboardRemovesToo();
    void saysHowOneIsAdded();
    void manyAreScrolled();
};

namespace {

/// A project whose data file is in a folder of its own, with rewrites from an earlier start.
struct Project {
    QTemporaryDir folder;
    WindowStage stage;
    QDialog *dialog = nullptr;

    void rewrites(const std::vector<PathRewrite> &rules)
    {
        QJsonArray entries;
        for (const PathRewrite &rule : rules)
            entries.append(QJsonObject{{"from"_L1, rule.from}, {"to"_L1, rule.to}});
        const QString dataFile = folder.filePath(u"redrive.db"_s);
        QVERIFY(QDir(folder.path()).mkpath(u".redrive"_s));
        QFile file(PathRules::fileBeside(dataFile));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(QJsonObject{{"paths"_L1, entries}}).toJson());
        stage.backend.state.dataFile = dataFile;
    }

    void openEditorPage()
    {
        stage.key(Qt::Key_Comma, Qt::ControlModifier);
        dialog = child<QDialog>(stage.window.get(), "settingsDialog");
        auto *categories = child<QListWidget>(dialog, "settingsCategories");
        QTest::keyClick(categories, Qt::Key_Down);
        QTest::keyClick(categories, Qt::Key_Down);
        stage.settle();
    }

    [[nodiscard]] QTableView *table() const { return child<QTableView>(dialog, "projectFolders"); }

    [[nodiscard]] QPushButton *remove() const
    {
        return child<QPushButton>(dialog, "projectFoldersRemove");
    }

    [[nodiscard]] QStringList froms() const
    {
        QStringList texts;
        for (int row = 0; row < table()->model()->rowCount(); ++row)
            texts.append(table()->model()->index(row, PathRulesModel::From).data().toString());
        return texts;
    }
};

const PathRewrite relative{.from = QString(), .to = u"/srv"_s};
const PathRewrite gone{.from = u"/app"_s, .to = u"/home/dev/gone"_s};

} // namespace

void TestProjectFolders::errorsFollowWhatIsRemoved()
{
    Project project;
    const QString here = project.folder.filePath(u"shop"_s);
    QVERIFY(QDir(here).mkpath(u"src/functions"_s));
    for (const QString &name : {u"charge.ts"_s, u"order.ts"_s}) {
        QFile file(here + u"/src/functions/"_s + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    project.rewrites({{.from = u"/home/dev/shop"_s, .to = here}, gone});
    WindowStage &stage = project.stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    auto *inspector = child<QWidget>(stage.window.get(), "inspector");
    auto *tabs = child<QTabBar>(inspector, "inspectorTabs");
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(InspectorStage::Error).center());
    stage.settle();
    const auto *link = child<QToolButton>(inspector, "frameLink");
    const auto *locate = child<QPushButton>(inspector, "framesLocate");
    QTRY_COMPARE(link->toolTip(), u"Open %1/src/functions/charge.ts at line 42"_s.arg(here));
    QTRY_VERIFY(!locate->isVisible());

    project.openEditorPage();
    const ModelWatch watch(project.table()->model(), "PathRulesModel");
    QCOMPARE(project.froms(), QStringList({u"/home/dev/shop"_s, u"/app"_s}));
    QCOMPARE(project.table()->model()->index(0, PathRulesModel::To).data().toString(), here);
    QVERIFY(!project.remove()->isEnabled());
    clickRow(project.table(), 0);
    QTest::mouseClick(project.remove(), Qt::LeftButton);
    QCOMPARE(project.froms(), QStringList{u"/app"_s});
    QTRY_COMPARE(link->toolTip(),
                 u"/home/dev/shop/src/functions/charge.ts is not on this machine"_s);
    QTRY_VERIFY(locate->isVisible());
    stage.window->workspace().paths.waitForWrites();
    PathRules kept;
    kept.setFile(project.folder.filePath(u".redrive/paths.json"_s));
    QCOMPARE(kept.rules(), std::vector<PathRewrite>{gone});
}

void TestProjectFolders::theKeyboardRemovesToo()
{
    Project project;
    project.rewrites({gone, relative});
    project.stage.open();
    project.openEditorPage();
    QCOMPARE(project.froms(), QStringList({u"/app"_s, u"(relative paths)"_s}));
    auto *libraries = child<QWidget>(project.dialog, "settingsLibraries");
    QTest::mouseClick(libraries, Qt::LeftButton);
    project.stage.key(Qt::Key_Tab);
    QVERIFY(project.table()->hasFocus());
    project.stage.key(Qt::Key_Delete);
    QCOMPARE(project.froms(), QStringList{u"(relative paths)"_s});
    project.stage.key(Qt::Key_Delete); // the next one is selected
    QVERIFY(project.froms().isEmpty());
    QVERIFY(project.stage.window->workspace().paths.rules().empty());
    QVERIFY(!project.table()->isVisible());
    QVERIFY(!project.remove()->isVisible());
    QVERIFY(child<QLabel>(project.dialog, "projectFoldersNone")->isVisible());
    QVERIFY(libraries->hasFocus());
}

void TestProjectFolders::saysHowOneIsAdded()
{
    Project project;
    project.stage.open();
    project.openEditorPage();
    const auto *none = child<QLabel>(project.dialog, "projectFoldersNone");
    QVERIFY(none->isVisible());
    QCOMPARE(none->accessibleName(), u"None. \"Locate folder…\" in an error adds one."_s);
    QVERIFY(!project.table()->isVisible());
    QVERIFY(!project.remove()->isVisible());
    shoot(project.dialog, u"settings_editor_none"_s);
}

void TestProjectFolders::manyAreScrolled()
{
    Project project;
    std::vector<PathRewrite> rules{gone, relative};
    for (int number = 1; number < 8; ++number)
        rules.push_back({.from = u"/srv/app%1"_s.arg(number),
                         .to = u"/home/dev/projects/%1/a-folder-with-a-long-name/%2"_s.arg(
                             QString(60, u'd'), QString::number(number))});
    project.rewrites(rules);
    project.stage.open();
    project.openEditorPage();
    const QTableView *table = project.table();
    QCOMPARE(table->viewport()->height(), 5 * table->rowHeight(0));
    const QSize usual = project.dialog->size();
    for (const QSize size : {usual, QSize(1, 1)}) {
        project.dialog->resize(size); // not below what its layout needs
        project.stage.settle();
        QVERIFY2(a11yFindings(project.dialog).isEmpty(),
                 qPrintable(a11yFindings(project.dialog).join(u'\n')));
        QVERIFY2(cutOffFindings(project.dialog).isEmpty(),
                 qPrintable(cutOffFindings(project.dialog).join(u'\n')));
        shoot(project.dialog, u"settings_editor_folders_%1"_s.arg(project.dialog->width()));
    }
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestProjectFolders)
#include "tst_projectfolders.moc"
