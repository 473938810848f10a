// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/scene.h"
#include "tests/ui/support/shownbars.h"
#include "tests/ui/support/uifixture.h"
#include "ui/letters/deadview.h"
#include "ui/widgets/jobs.h"

#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMessageBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;
using devserver::api::LetterSummary;

/// Dead letters as JSON lines (ui.md §11).
class TestLetterExport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesLinesOverAnOlderFile();
    void whatCouldNotBeReadIsNotSaidToBeDeleted();
};

namespace {

/// Shows all letters and asks for their export to \a path.
struct Stage {
    explicit Stage(const QString &file)
        : path(file)
    {
        scene = fillScene(ui.backend);
        // The newest one is not there any more when its turn comes.
        LetterSummary gone = ui.backend.letters.front();
        gone.run = runId(987'654);
        ui.backend.letters.insert(ui.backend.letters.begin(), gone);
    }

    void settle()
    {
        for (int i = 0; i < 4; ++i)
            ui.beat();
    }

    void exportAll()
    {
        view = std::make_unique<DeadView>(ui.context);
        ui.show(view.get());
        settle();
        auto *button = child<QToolButton>(view.get(), "deadExport");
        QTRY_VERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        settle();
        auto *dialog = child<QFileDialog>(view.get(), "deadExportDialog");
        auto *name = child<QLineEdit>(dialog, "fileNameEdit");
        name->setFocus();
        QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(name, path);
        QTimer sayYes; // the question about the older file has a loop of its own
        QObject::connect(&sayYes, &QTimer::timeout, &sayYes, [] {
            if (auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget()))
                QTest::mouseClick(box->button(QMessageBox::Yes), Qt::LeftButton);
        });
        sayYes.start(0);
        QTest::keyClick(name, Qt::Key_Return);
    }

    [[nodiscard]] bool isOver() const
    {
        return !ui.jobs.all().empty() && ui.jobs.all().back().isOver;
    }

    QString path;
    UiFixture ui;
    Scene scene;
    std::unique_ptr<DeadView> view;
};

} // namespace

void TestLetterExport::writesLinesOverAnOlderFile()
{
    QTemporaryDir folder;
    Stage stage(folder.filePath(u"out.jsonl"_s));
    const UiFixture &ui = stage.ui;
    QFile file(stage.path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("older\n") > 0);
    file.close();
    stage.exportAll();
    const auto count = static_cast<int>(ui.backend.letters.size());
    QTRY_VERIFY_WITH_TIMEOUT(stage.isOver(), 10'000);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArrayList lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), count - 1);
    QCOMPARE(ui.jobs.all().back().done, count);
    for (const QByteArray &line : lines) {
        const QJsonObject read = QJsonDocument::fromJson(line).object();
        QVERIFY2(devserver::RunId::fromText(read["run_id"_L1].toString().toLatin1()),
                 line.constData());
        QVERIFY2(!read["error"_L1].toObject().isEmpty(), line.constData());
        QCOMPARE(read["events"_L1].toArray().size(), 1);
    }
    QVERIFY(std::any_of(lines.begin(), lines.end(), [&](const QByteArray &line) {
        return line.contains(stage.scene.deadCharge.toText());
    }));
}

/// The server is stopped while the letters are written.
void TestLetterExport::whatCouldNotBeReadIsNotSaidToBeDeleted()
{
    QTemporaryDir folder;
    Stage stage(folder.filePath(u"out.jsonl"_s));
    const auto count = static_cast<int>(stage.ui.backend.letters.size());
    QVERIFY(count > 3);
    // The first two are answered.
    connect(&stage.ui.jobs, &Jobs::changed, this, [&](int id) {
        if (stage.ui.jobs.job(id)->done == 2)
            stage.ui.backend.queryError =
                devserver::Error{devserver::ErrorCode::Stopping, u"the server is not running"_s};
    });
    stage.exportAll();
    QTRY_VERIFY_WITH_TIMEOUT(stage.isOver(), 10'000);
    const Jobs::Job &job = stage.ui.jobs.all().back();
    QCOMPARE(job.problem, u"1 letter could not be read: deleted meanwhile. %1 letters "
                          "could not be read: the server is not running"_s.arg(count - 2));
    QCOMPARE(job.done, count); // it was not stopped by anybody
    QCOMPARE(job.failed, count - 1);
    QVERIFY2(allBars(*stage.view).contains(u"%1 could not be read"_s.arg(count - 1)),
             qPrintable(allBars(*stage.view)));
}

UI_TEST_MAIN(TestLetterExport)

#include "tst_letterexport.moc"
