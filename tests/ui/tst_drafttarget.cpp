// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/composerstage.h"
#include "tests/ui/support/eventsstage.h"
#include "ui/core/pagedtablemodel.h"
#include "ui/widgets/listtable.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDropEvent>
#include <QFile>
#include <QListView>
#include <QMimeData>
#include <QRadioButton>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;

/// What a draft is besides its data: name, id, user (ui.md §10).
class TestDraftTarget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theUserOfAnEventIsSentAgain();
    void aLoadedEventBringsItsUser();
    void aFavouriteKeepsTheUser();
    void aUserIsChecked();
    void namesSayWhenTheyWereSeen();
    void theServerIsCalledWhatItIs_data();
    void theServerIsCalledWhatItIs();
};

namespace {

const QByteArray user = R"({"id": 1.0, "mail":"a@b.c"})"_ba;

struct Stage : ComposerStage {
    using ComposerStage::ComposerStage;

    [[nodiscard]] QLineEdit *user() const
    {
        return child<QLineEdit>(composer.get(), "composerUser");
    }

    [[nodiscard]] QAbstractItemView *openNames()
    {
        name->setFocus();
        QTest::keyClick(name, Qt::Key_Down);
        beat();
        auto *popup = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
        return popup != nullptr && popup->objectName() == u"composerNames"_s ? popup : nullptr;
    }
};

} // namespace

void TestDraftTarget::theUserOfAnEventIsSentAgain()
{
    Stage ui;
    ui.backend.eventRecords[ui.scene.order].event.json = devserver::RawJson::fromTrusted(
        R"({"name":"order/paid","data":{"total":1.50},"id":"x","ts":1,"user":)" + user + '}');
    EventsView view(ui.context);
    ListTable *table = showEvents(ui, view);
    selectEvent(ui, view, ui.scene.order);
    QTest::keyClick(table, Qt::Key_E);
    ui.beat();
    QTRY_COMPARE(ui.user()->text().toUtf8(), user);
    QVERIFY(ui.user()->isVisible());
    shoot(ui.composer.get(), u"composer_user"_s);
    ui.pressSend();
    QCOMPARE(ui.backend.sent, QByteArrayList{R"({"name":"order/paid","user":)" + user
                                             + R"(,"data":{)" + "\n  \"total\": 1.50\n}}"});
    // The next one has none, and no field for it.
    QTest::mouseClick(child<QWidget>(ui.composer.get(), "composerNew"), Qt::LeftButton);
    QVERIFY(!ui.user()->isVisible());
    ui.composer.reset();
    ui.make();
    QTRY_COMPARE(child<QWidget>(ui.composer.get(), "composerTabs")->isVisible(), true);
}

void TestDraftTarget::aLoadedEventBringsItsUser()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"event.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"name":"user/signup","data":{"id":"u_1"},"user":)" + user + '}');
    file.close();
    for (const QString &before : {QString(), u"user/signup"_s}) {
        Stage ui;
        ui.typeName(before);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
        const QPoint at = ui.editor->viewport()->rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(ui.editor->viewport(), &enter);
        QDropEvent dropped(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(ui.editor->viewport(), &dropped);
        QTRY_COMPARE(ui.user()->text().toUtf8(), user);
        QVERIFY(ui.user()->isVisible());
        QCOMPARE(ui.name->text(), u"user/signup"_s);
    }
}

void TestDraftTarget::aFavouriteKeepsTheUser()
{
    QTemporaryDir folder;
    Stage ui(folder.filePath(u"redrive.db"_s));
    arrange::favourite(ui, "order/created"_ba, R"({"total":1.50})"_ba, user);
    auto *name = child<QLineEdit>(ui.composer.get(), "composerFavouriteName");
    QTRY_VERIFY(name->hasFocus());
    QTest::keyClicks(name, u"first"_s);
    QTest::keyClick(name, Qt::Key_Return);
    auto *list = child<QAbstractItemView>(ui.composer.get(), "composerFavourites");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QTest::mouseClick(child<QWidget>(ui.composer.get(), "composerNew"), Qt::LeftButton);
    QVERIFY(!ui.user()->isVisible());
    list->setFocus();
    clickCell(list, list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(ui.user()->text().toUtf8(), user);
    // A function is invoked without one; the event still has it.
    auto *invoke = child<QRadioButton>(ui.composer.get(), "composerTargetInvoke");
    QTest::mouseClick(invoke, Qt::LeftButton, {}, {8, invoke->height() / 2});
    QVERIFY(!ui.user()->isVisible());
    QTest::keyClick(ui.editor, Qt::Key_1, Qt::AltModifier);
    QVERIFY(ui.user()->isVisible());
}

void TestDraftTarget::aUserIsChecked()
{
    Stage ui;
    arrange::draft(ui, "order/created"_ba, "{}"_ba, user);
    QTRY_VERIFY(ui.send->isEnabled());
    ui.user()->setFocus();
    const auto write = [&ui](const QString &text) {
        QTest::keyClick(ui.user(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(ui.user(), text);
    };
    write(u"[1]"_s);
    QCOMPARE(ui.status(), u"The user is a JSON object"_s);
    write(u"{\"id\" 1}"_s);
    QCOMPARE(ui.status(), u"User: expected ':'"_s);
    QVERIFY(!ui.send->isEnabled());
    // A function gets none: what is wrong with it does not matter then.
    QTest::keyClick(ui.user(), Qt::Key_2, Qt::AltModifier);
    ui.typeName(u"refund"_s);
    QTRY_VERIFY2(ui.send->isEnabled(), qPrintable(ui.status()));
    QTest::keyClick(ui.editor, Qt::Key_1, Qt::AltModifier);
    ui.typeName(u"order/created"_s);
    ui.user()->setFocus();
    write(u"{\"id\": \"u_{{seq}}\"}"_s);
    QVERIFY(ui.send->isEnabled());
    ui.pressSend();
    QCOMPARE(ui.backend.sent,
             QByteArrayList{R"({"name":"order/created","user":{"id": "u_1"},"data":{}})"_ba});
    // It can be taken away.
    ui.user()->setFocus();
    QTest::keyClick(ui.user(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(ui.user(), Qt::Key_Delete);
    ui.pressSend();
    QCOMPARE(ui.backend.sent.back(), R"({"name":"order/created","data":{}})"_ba);
}

void TestDraftTarget::namesSayWhenTheyWereSeen()
{
    Stage ui;
    ui.backend.eventNames = {{.name = "a/heard", .lastSeen = ui.backend.now() - 20s, .count = 2}};
    QAbstractItemView *popup = ui.openNames();
    QVERIFY(popup != nullptr);
    const auto first = [&popup] { return popup->model()->index(0, 0).data().toString(); };
    QTRY_COMPARE(first(), u"a/heard   nobody listens · seen 20 s ago"_s);
    // One that was never seen says nothing of it.
    QVERIFY2(popup->model()->index(1, 0).data().toString().endsWith(u"function"_s)
                 || popup->model()->index(1, 0).data().toString().endsWith(u"functions"_s),
             qPrintable(popup->model()->index(1, 0).data().toString()));
    QTest::keyClick(popup, Qt::Key_Escape);
    ui.backend.setNow(ui.backend.now() + 100s);
    popup = ui.openNames();
    QVERIFY(popup != nullptr);
    QCOMPARE(first(), u"a/heard   nobody listens · seen 2 m ago"_s);
}

void TestDraftTarget::theServerIsCalledWhatItIs_data()
{
    QTest::addColumn<devserver::api::ServerPhase>("phase");
    QTest::addColumn<QString>("said");
    using devserver::api::ServerPhase;
    QTest::newRow("starting") << ServerPhase::Starting << u"The server is starting"_s;
    QTest::newRow("stopping") << ServerPhase::Stopping << u"The server is stopping"_s;
    QTest::newRow("stopped") << ServerPhase::Stopped << u"The server is stopped"_s;
    QTest::newRow("failed") << ServerPhase::Failed << u"The server has failed"_s;
}

void TestDraftTarget::theServerIsCalledWhatItIs()
{
    QFETCH(const devserver::api::ServerPhase, phase);
    QFETCH(const QString, said);
    Stage ui;
    ui.typeName(u"order/created"_s);
    devserver::api::ServerState state = ui.backend.state;
    state.phase = phase;
    ui.backend.setState(state);
    QTRY_COMPARE(ui.status(), said);
}

UI_TEST_MAIN(TestDraftTarget)

#include "tst_drafttarget.moc"
