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
#include <QScopeGuard>
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
    void aWholeNameIsNoProposal();
    void ctrlEnterSendsOverAList();
    void enterTakesANameAndGoesOn();
    void nothingOverlaps_data();
    void nothingOverlaps();
    void noMoreIsSaidToStartThanIsKnown_data();
    void noMoreIsSaidToStartThanIsKnown();
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

    /// The list that is open.
    [[nodiscard]] static QString popup()
    {
        const QWidget *open = QApplication::activePopupWidget();
        return open == nullptr ? QString() : open->objectName();
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

/// Controls of \a row that lie over each other or its edge, or are narrower than their words.
QString crowdedIn(const QWidget *row)
{
    QList<const QWidget *> seen;
    for (const QWidget *each :
         row->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (!each->isVisible())
            continue;
        const QString name = each->objectName() + u' ' + each->accessibleName();
        if (!row->rect().contains(each->geometry()))
            return name + u" is cut off"_s;
        if (qobject_cast<const QLineEdit *>(each) == nullptr
            && each->width() < each->sizeHint().width())
            return name + u" has too little room"_s;
        for (const QWidget *other : seen) {
            if (other->geometry().intersects(each->geometry()))
                return name + u" lies over "_s + other->objectName();
        }
        seen.append(each);
    }
    return {};
}

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

/// One entry that is what is written already is nothing to choose.
void TestDraftTarget::aWholeNameIsNoProposal()
{
    Stage ui;
    ui.backend.eventNames = {{.name = "a/heard", .lastSeen = ui.backend.now(), .count = 2}};
    ui.name->setFocus();
    ui.editor->setFocus();
    ui.name->setFocus(); // the names are asked for with the focus
    ui.beat();
    QTest::keyClicks(ui.name, u"a/hear"_s);
    QCOMPARE(ui.popup(), u"composerNames"_s);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_D);
    QCOMPARE(ui.popup(), QString());
    QCOMPARE(ui.name->text(), u"a/heard"_s);
    QTest::keyClick(ui.name, Qt::Key_Return);
    QVERIFY(ui.editor->hasFocus());
    // As a list to choose from it still opens.
    QVERIFY(ui.openNames() != nullptr);
}

void TestDraftTarget::ctrlEnterSendsOverAList()
{
    Stage ui;
    ui.backend.eventNames = {{.name = "a/heard", .lastSeen = ui.backend.now(), .count = 2},
                             {.name = "a/heard.late", .lastSeen = ui.backend.now(), .count = 1}};
    ui.name->setFocus();
    ui.editor->setFocus();
    ui.name->setFocus(); // the names are asked for with the focus
    ui.beat();
    QTest::keyClicks(ui.name, u"a/heard"_s);
    QCOMPARE(ui.popup(), u"composerNames"_s);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return, Qt::ControlModifier);
    ui.beat();
    QCOMPARE(ui.popup(), QString());
    QCOMPARE(ui.backend.sent.size(), 1);
    QVERIFY(ui.backend.sent.front().startsWith(R"({"name":"a/heard")"));
    auto *when = child<QLineEdit>(ui.composer.get(), "composerWhen");
    when->setFocus();
    QTest::keyClick(when, Qt::Key_Down);
    QCOMPARE(ui.popup(), u"composerTimes"_s);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Enter,
                    Qt::ControlModifier | Qt::KeypadModifier);
    ui.beat();
    QCOMPARE(ui.popup(), QString());
    QCOMPARE(ui.backend.sent.size(), 2);
}

void TestDraftTarget::enterTakesANameAndGoesOn()
{
    for (const bool isChosen : {true, false}) {
        Stage ui;
        ui.name->setFocus();
        QTest::keyClicks(ui.name, u"der/crea"_s);
        QCOMPARE(ui.popup(), u"composerNames"_s);
        if (isChosen)
            QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Down);
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
        QCOMPARE(ui.popup(), QString());
        QCOMPARE(ui.name->text(), isChosen ? u"order/created"_s : u"der/crea"_s);
        QCOMPARE(ui.composer->focusWidget(), ui.editor);
        QCOMPARE(ui.editor->toPlainText(), u"{\n  \n}"_s);
        QVERIFY(ui.backend.sent.isEmpty());
    }
}

void TestDraftTarget::nothingOverlaps_data()
{
    QTest::addColumn<int>("stretch");
    QTest::addColumn<double>("size");
    QTest::newRow("usual") << 100 << 9.5;
    QTest::newRow("wider") << 130 << 9.5;
    QTest::newRow("narrower") << 80 << 9.5;
    QTest::newRow("larger") << 100 << 14.0;
}

/// Whatever the font: a control has the room that its words need, or it is not there.
void TestDraftTarget::nothingOverlaps()
{
    QFETCH(const int, stretch);
    QFETCH(const double, size);
    const QFont usual = QApplication::font();
    const auto restored = qScopeGuard([&usual] { QApplication::setFont(usual); });
    QFont font = usual;
    font.setLetterSpacing(QFont::PercentageSpacing, stretch);
    font.setPointSizeF(size);
    QApplication::setFont(font);
    Stage ui;
    arrange::draft(ui, "order/created"_ba, "{}"_ba, user);
    QTRY_VERIFY(ui.user()->isVisible());
    const auto *target = ui.name->parentWidget();
    auto *more = child<QWidget>(ui.composer.get(), "composerMore");
    for (const QByteArray &whose : {user, QByteArray()}) {
        arrange::draft(ui, "order/created"_ba, "{}"_ba, whose);
        for (const int height : {240, 460}) {
            for (int width = 1300; width >= 320; width -= 23) {
                ui.composer->resize(width, height);
                ui.beat();
                for (const bool isAgain : {false, true}) {
                    if (isAgain && more->isVisible() && more->isEnabled())
                        QTest::mouseClick(more, Qt::LeftButton);
                    ui.beat();
                    const QString found = crowdedIn(target);
                    QVERIFY2(found.isEmpty(),
                             qPrintable(
                                 u"%1x%2: %3"_s.arg(ui.composer->width()).arg(height).arg(found)));
                }
            }
        }
    }
}

void TestDraftTarget::noMoreIsSaidToStartThanIsKnown_data()
{
    QTest::addColumn<QByteArrayList>("filters"); // of the functions f1, f2…
    QTest::addColumn<QString>("who");
    QTest::addColumn<QString>("doubts");
    QTest::addColumn<QString>("status");
    const QByteArray total = "event.data.total > 100"_ba;
    const QByteArray failure = "event.data.function_id == 'shop-f1'"_ba;
    const QString valid = u"Valid JSON · 6 B"_s;
    QTest::newRow("no filter") << QByteArrayList{{}, {}} << u"f1, f2"_s << QString() << valid;
    QTest::newRow("one is not evaluated")
        << QByteArrayList{{}, total} << u"f1"_s << u"not f2: filter not supported"_s << valid;
    QTest::newRow("one has another trigger") << QByteArrayList{total, total + '|'} << u"f2"_s
                                             << u"not f1: filter not supported"_s << valid;
    QTest::newRow("one is evaluated") << QByteArrayList{{}, failure} << u"f1"_s
                                      << u"perhaps f2: if the filter is true"_s << valid;
    QTest::newRow("only that one")
        << QByteArrayList{failure} << QString() << u"perhaps f1: if the filter is true"_s << valid;
    QTest::newRow("none is evaluated")
        << QByteArrayList{total} << u"No function."_s << u"not f1: filter not supported"_s
        << u"No function will start: filter not supported"_s;
    QTest::newRow("each kind") << QByteArrayList{total, failure, {}} << u"f3"_s
                               << u"perhaps f2: if the filter is true\n"
                                  "not f1: filter not supported"_s
                               << valid;
}

void TestDraftTarget::noMoreIsSaidToStartThanIsKnown()
{
    QFETCH(const QByteArrayList, filters);
    QFETCH(const QString, who);
    QFETCH(const QString, doubts);
    QFETCH(const QString, status);
    Stage ui;
    for (qsizetype at = 0; at < filters.size(); ++at) {
        devserver::Function function;
        function.app = ui.backend.functions.front().app;
        function.config.name = 'f' + QByteArray::number(at + 1);
        function.config.slug = "shop-" + function.config.name;
        function.id.value = devserver::Uuid::fromName("functions", function.config.slug);
        for (const QByteArray &each : filters[at].split('|')) // the empty one has none
            function.config.triggers.push_back({.event = "shop/order", .expression = each});
        ui.backend.functions.push_back(function);
    }
    ui.catalog.reload();
    ui.beat();
    ui.typeName(u"shop/order"_s);
    const auto shown = [&ui](const char *name) {
        const auto *label = child<QLabel>(ui.composer.get(), name);
        return label->isVisible() ? label->text() : QString();
    };
    QTRY_COMPARE(shown("composerDoubts"), doubts);
    QCOMPARE(shown("composerWho"), who);
    QCOMPARE(shown("composerWhoTitle"), u"Will start"_s);
    QTRY_COMPARE(ui.status(), status);
    // Another name has nothing of that.
    ui.typeName(u"order/created"_s);
    QTRY_COMPARE(shown("composerDoubts"), QString());
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
