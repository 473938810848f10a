// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/scene.h"
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
};

void TestLetterExport::writesLinesOverAnOlderFile()
{
    QTemporaryDir folder;
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    QFile file(folder.filePath(u"out.jsonl"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("older\n") > 0);
    file.close();
    // The newest one is not there any more when its turn comes.
    LetterSummary gone = ui.backend.letters.front();
    gone.run = runId(987'654);
    ui.backend.letters.insert(ui.backend.letters.begin(), gone);
    DeadView view(ui.context);
    ui.show(&view);
    const auto settle = [&ui] {
        for (int i = 0; i < 4; ++i)
            ui.beat();
    };
    settle();
    auto *button = child<QToolButton>(&view, "deadExport");
    QTRY_VERIFY(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    settle();
    auto *dialog = child<QFileDialog>(&view, "deadExportDialog");
    auto *name = child<QLineEdit>(dialog, "fileNameEdit");
    name->setFocus();
    QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(name, folder.filePath(u"out.jsonl"_s));
    QTimer sayYes; // the question about the older file has a loop of its own
    connect(&sayYes, &QTimer::timeout, &sayYes, [] {
        if (auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget()))
            QTest::mouseClick(box->button(QMessageBox::Yes), Qt::LeftButton);
    });
    sayYes.start(0);
    QTest::keyClick(name, Qt::Key_Return);
    sayYes.stop();
    const auto count = static_cast<int>(ui.backend.letters.size());
    QTRY_VERIFY_WITH_TIMEOUT(!ui.jobs.all().empty() && ui.jobs.all().back().isOver, 10'000);
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
        return line.contains(scene.deadCharge.toText());
    }));
}

UI_TEST_MAIN(TestLetterExport)

#include "tst_letterexport.moc"
