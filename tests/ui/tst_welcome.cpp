// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/samplescene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/core/projectport.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/otherdatafile.h"
#include "ui/widgets/welcomepage.h"

#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <vector>

namespace console::test {

using namespace Qt::StringLiterals;
using devserver::ErrorCode;
using devserver::api::ServerPhase;

class TestWelcome : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ConsoleStyle); }

    void snippetsHaveTheRealAddress_data();
    void snippetsHaveTheRealAddress();
    void codeIsReadWhole_data();
    void codeIsReadWhole();
    void checksFollowTheBackend();
    void brokenAppIsMended_data();
    void brokenAppIsMended();
    void enterAddress();
    void lateAnswersAreDropped();
    void enteredAddressIsCompleted_data();
    void enteredAddressIsCompleted();
    void answerOfTheEnteredAddress();
    void oneSendForEachTrigger();
    void codeGivesWayToAnAppThatAnswers();
    void foundFunctionsAreNamed_data();
    void foundFunctionsAreNamed();
    void trouble_data();
    void trouble();
    void refusedStartIsSaid();
    void anotherPortIsThatOfTheProject();
    void portsThatAreOffered_data();
    void portsThatAreOffered();
    void anotherDataFileIsOpened_data();
    void anotherDataFileIsOpened();
    void argumentsForAnotherDataFile_data();
    void argumentsForAnotherDataFile();
    void pictures();
};

namespace {

QString text(const QWidget *page, const char *label)
{
    return child<QLabel>(page, label)->text();
}

/// Opens the line for the address of an app and types it.
QLineEdit *typeAddress(const QWidget *page, const QString &address)
{
    QTest::mouseClick(child<QWidget>(page, "checkEnterAddress"), Qt::LeftButton);
    auto *line = child<QLineEdit>(page, "checkAddress");
    QTest::keyClicks(line, address);
    return line;
}

/// They were there before the window.
void haveApps(UiFixture &ui, const std::vector<devserver::App> &apps,
              const std::vector<devserver::Function> &functions = {})
{
    ui.backend.apps = apps;
    ui.backend.functions = functions;
    ui.catalog.reload();
}

/// What the backend says when the server could not be started.
devserver::api::ServerState failedState(const UiFixture &ui, ErrorCode code)
{
    devserver::api::ServerState state = ui.backend.state;
    state.phase = ServerPhase::Failed;
    state.error = {code, u"what the system said"_s};
    return state;
}

} // namespace

void TestWelcome::snippetsHaveTheRealAddress_data()
{
    QTest::addColumn<int>("tab");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("says");
    const QString address = u"http://127.0.0.1:9999"_s;
    QTest::newRow("TypeScript") << 0 << u"TypeScript"_s << u"typescript/app.mjs"_s
                                << u"INNGEST_DEV=%1 node app.mjs"_s.arg(address);
    QTest::newRow("Python") << 1 << u"Python"_s << u"python/app.py"_s
                            << u"INNGEST_DEV=%1 flask run"_s.arg(address);
    QTest::newRow("curl") << 2 << u"curl"_s << u"curl/send.sh"_s
                          << u"curl %1/e/test"_s.arg(address);
}

/// What is shown and copied is the file that the journeys run, whole.
void TestWelcome::snippetsHaveTheRealAddress()
{
    QFETCH(int, tab);
    QFETCH(QString, title);
    QFETCH(QString, path);
    QFETCH(QString, says);
    UiFixture ui;
    ui.backend.state.address = u"127.0.0.1:9999"_s;
    ui.backend.state.port = 9999;
    WelcomePage page(ui.context);
    ui.show(&page, {1000, 800});
    auto *tabs = child<QTabBar>(&page, "snippetTabs");
    QCOMPARE(tabs->count(), 3);
    QCOMPARE(tabs->accessibleName(), u"Language"_s);
    tabs->setFocus();
    for (int step = 0; step < tab; ++step)
        QTest::keyClick(tabs, Qt::Key_Right);
    QCOMPARE(tabs->tabText(tabs->currentIndex()), title);
    QCOMPARE(a11yFindings(&page), QStringList());
    QTest::mouseClick(child<QWidget>(&page, "snippetCopy"), Qt::LeftButton);
    QFile file(u":/snippets/"_s + path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString expected =
        QString::fromUtf8(file.readAll()).replace(u"{{server}}"_s, u"http://127.0.0.1:9999"_s);
    QVERIFY(expected.contains(says));
    QVERIFY(expected.count(u'\n') <= 25);
    QCOMPARE(ui.desktop.copied, expected);
    const auto *code = child<QPlainTextEdit>(&page, "snippetCode");
    QCOMPARE(code->toPlainText(), expected.trimmed());
    QCOMPARE(code->horizontalScrollBar()->maximum(), 0);
    QCOMPARE(code->verticalScrollBar()->maximum(), 0);
    shoot(&page, u"welcome_%1"_s.arg(title));
}

/// Nothing of the code is cut off at the right: with little room the checks go below it.
void TestWelcome::codeIsReadWhole_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("isBeside");
    QTest::newRow("wide") << 1000 << true;
    QTest::newRow("with the inspector") << 772 << true;
    QTest::newRow("small") << 560 << false;
}

void TestWelcome::codeIsReadWhole()
{
    QFETCH(int, width);
    QFETCH(bool, isBeside);
    UiFixture ui;
    WelcomePage page(ui.context);
    ui.show(&page, {width, 800});
    ui.beat();
    auto *code = child<QPlainTextEdit>(&page, "snippetCode");
    const auto *checks = child<QLabel>(&page, "checkServer");
    QCOMPARE(checks->mapTo(&page, QPoint()).x() > code->mapTo(&page, QPoint()).x() + code->width(),
             isBeside);
    QCOMPARE(code->horizontalScrollBar()->maximum(), 0);
    QCOMPARE(code->verticalScrollBar()->maximum(), 0);
    QCOMPARE(page.horizontalScrollBar()->maximum(), 0);
    shoot(&page, u"welcome_%1"_s.arg(width));
}

void TestWelcome::checksFollowTheBackend()
{
    UiFixture ui;
    ui.backend.state.isDiscovering = true;
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.beat();
    QCOMPARE(text(&page, "checkServer"), u"Server listens on 127.0.0.1:8288"_s);
    QVERIFY(text(&page, "checkApp").startsWith(u"Looking for your app on ports 80, 443, "_s));
    // No line ends in a range of ports.
    QVERIFY(text(&page, "checkApp").contains(u", 3000\u2060–\u20603010, "_s));
    QVERIFY(text(&page, "checkApp").endsWith(u" and 8910\u2060–\u20608915."_s));
    QCOMPARE(text(&page, "checkFunction"), u"First function"_s);
    const auto send = [&page] {
        return page.findChild<QPushButton *>(u"checkSend:shop/order.placed"_s);
    };
    QVERIFY(send() == nullptr);

    devserver::App sample = shopApp();
    sample.kind = devserver::AppKind::InProcess;
    ui.backend.post(devserver::AppChanged{sample});
    ui.beat();
    QVERIFY(text(&page, "checkApp").startsWith(u"Looking for your app"_s)); // the sample is not one

    const devserver::App app = shopApp();
    ui.backend.post(devserver::AppChanged{app});
    ui.backend.post(devserver::FunctionChanged{orderFunction(app)});
    ui.beat();
    QTRY_VERIFY(text(&page, "checkApp").startsWith(u"App shop answers at http://local"_s));
    QVERIFY(text(&page, "checkFunction").endsWith(u"order"_s));
    QTRY_VERIFY(send() != nullptr && send()->isVisible());
    QSignalSpy drafts(&ui.navigator, &Navigator::eventDraftRequested);
    QTest::mouseClick(send(), Qt::LeftButton);
    QCOMPARE(drafts.size(), 1);
    QCOMPARE(drafts[0][0].toByteArray(), "shop/order.placed"_ba);

    ui.backend.post(devserver::api::Counters{.all = 1});
    ui.beat();
    QTRY_COMPARE(text(&page, "checkRun"), u"First run is there"_s);
    QTRY_VERIFY(send() == nullptr);
}

/// Each trigger of a found app has its button; wildcards and the server's own events have none.
void TestWelcome::oneSendForEachTrigger()
{
    UiFixture ui;
    const devserver::App app = shopApp();
    devserver::Function function = orderFunction(app);
    function.config.triggers.push_back({.event = "shop/order.paid"_ba});
    function.config.triggers.push_back({.event = "shop/*"_ba});
    function.config.triggers.push_back({.event = "inngest/function.failed"_ba});
    haveApps(ui, {app}, {function});
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.beat();
    QStringList words;
    for (const QPushButton *button : page.findChildren<QPushButton *>()) {
        if (button->objectName().startsWith(u"checkSend:"_s) && button->isVisible())
            words.append(button->text());
    }
    QCOMPARE(words, (QStringList{u"Send shop/order.placed…"_s, u"Send shop/order.paid…"_s}));
    // The first of them is what comes next, and not the sample.
    const QColor filled = ui.theme.color(Token::Selection);
    const auto ground = [&page](const char *name) {
        return child<QPushButton>(&page, name)->palette().color(QPalette::Button);
    };
    QCOMPARE(ground("checkSend:shop/order.placed"), filled);
    QVERIFY(ground("checkSend:shop/order.paid") != filled);
    QVERIFY(ground("sampleStart") != filled);
    QSignalSpy drafts(&ui.navigator, &Navigator::eventDraftRequested);
    QTest::mouseClick(child<QWidget>(&page, "checkSend:shop/order.paid"), Qt::LeftButton);
    QCOMPARE(drafts.at(0).at(0).toByteArray(), "shop/order.paid"_ba);
}

/// Its functions and what to send are what matters then; the code can still be had.
void TestWelcome::codeGivesWayToAnAppThatAnswers()
{
    UiFixture ui;
    WelcomePage page(ui.context);
    ui.show(&page, {1000, 800});
    const auto *code = child<QWidget>(&page, "snippetCode");
    const auto *show = child<QWidget>(&page, "welcomeShowCode");
    QVERIFY(code->isVisible());
    QVERIFY(!show->isVisible());
    QCOMPARE(text(&page, "welcomeConnect"), u"Connect your app"_s);
    const devserver::App app = shopApp();
    haveApps(ui, {app}, {orderFunction(app)});
    ui.beat();
    QTRY_VERIFY(!code->isVisible());
    QCOMPARE(text(&page, "welcomeConnect"), u"Your app"_s);
    QVERIFY(child<QWidget>(&page, "checkSend:shop/order.placed")->isVisible());
    QTest::mouseClick(child<QWidget>(&page, "welcomeShowCode"), Qt::LeftButton);
    QVERIFY(code->isVisible());
    QVERIFY(!show->isVisible());
}

void TestWelcome::foundFunctionsAreNamed_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("end");
    QTest::newRow("few") << 4 << u"f11, f12, f13, f14"_s;
    QTest::newRow("as many as are named") << 12 << u"f20, f21, f22"_s;
    QTest::newRow("too many") << 15 << u"f20, f21, f22 and 3 more"_s;
}

void TestWelcome::foundFunctionsAreNamed()
{
    QFETCH(int, count);
    QFETCH(QString, end);
    UiFixture ui;
    const devserver::App app = shopApp();
    ui.backend.apps = {app};
    for (int number = 1; number <= count; ++number) {
        devserver::Function function = orderFunction(app);
        function.config.name = "f" + QByteArray::number(10 + number); // in the order of names
        function.config.slug = "shop-" + function.config.name;
        function.id.value = devserver::Uuid::fromName("functions", function.config.slug);
        ui.backend.functions.push_back(function);
    }
    ui.catalog.reload();
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.beat();
    QVERIFY2(text(&page, "checkFunction").endsWith(end), qPrintable(text(&page, "checkFunction")));
}

/// In words, as in Apps, and not what the socket said.
void TestWelcome::brokenAppIsMended_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QByteArray>("detail");
    QTest::addColumn<QString>("words");
    QTest::newRow("refused") << "unreachable"_ba
                             << "Connection refused"_ba
                             << u"Nothing listens on localhost:3000. Is the app running?"_s;
    QTest::newRow("404") << "url_not_found"_ba
                         << "the app answered 404"_ba
                         << u"localhost:3000 answers, but there is nothing at /api/inngest."_s;
    QTest::newRow("HTML") << "bad_response"_ba
                          << "HTML"_ba
                          << u"What answers at localhost:3000/api/inngest does not look like"_s;
    QTest::newRow("key") << "unauthorized"_ba
                         << "the app answered 401"_ba
                         << u"http://localhost:3000/api/inngest: The app wants signed requests."_s;
    QTest::newRow("slow") << "unreachable"_ba
                          << "no complete answer from localhost:3000 within 10000 ms"_ba
                          << u"localhost:3000 took the connection but did not answer in time."_s;
    QTest::newRow("not yet") << "unreachable"_ba
                             << "not synced yet"_ba
                             << u"Asking http://localhost:3000/api/inngest…"_s;
}

void TestWelcome::brokenAppIsMended()
{
    QFETCH(QByteArray, error);
    QFETCH(QByteArray, detail);
    QFETCH(QString, words);
    UiFixture ui;
    devserver::App app = shopApp();
    app.name.clear();
    app.error = error;
    app.errorDetail = detail;
    haveApps(ui, {app});
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.beat();
    QTRY_VERIFY2(text(&page, "checkApp").startsWith(words), qPrintable(text(&page, "checkApp")));
}

void TestWelcome::enterAddress()
{
    UiFixture ui;
    WelcomePage page(ui.context);
    ui.show(&page);
    auto *line = child<QLineEdit>(&page, "checkAddress");
    QVERIFY(!line->isVisible());
    QTest::mouseClick(child<QWidget>(&page, "checkEnterAddress"), Qt::LeftButton);
    QVERIFY(line->hasFocus());
    QTest::keyClicks(line, u"localhost:4000/x"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(ui.backend.addedApps, QByteArrayList{"http://localhost:4000/x"_ba});
    QTRY_COMPARE(text(&page, "checkAnswer"), u"Waiting for http://localhost:4000/x"_s);
    ui.backend.refuseNext({ErrorCode::InvalidInput, u"no such scheme"_s});
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(text(&page, "checkAnswer"), u"no such scheme"_s);
}

/// They are about an address that is not there any more.
void TestWelcome::lateAnswersAreDropped()
{
    UiFixture ui;
    WelcomePage page(ui.context);
    ui.show(&page);
    auto *line = typeAddress(&page, u"localhost:4000/x"_s);
    ui.backend.holdReplies(true);
    for (const bool isRefused : {false, true}) {
        if (isRefused)
            ui.backend.refuseNext({ErrorCode::InvalidInput, u"no such scheme"_s});
        QTest::keyClick(line, Qt::Key_Return);
        QTest::keyClicks(line, u"y"_s);
        const QString note = text(&page, "checkAnswer");
        QVERIFY(note.startsWith(u"Syncs with "_s));
        ui.backend.releaseReplies();
        ui.backend.holdReplies(true);
        ui.beat();
        QCOMPARE(text(&page, "checkAnswer"), note);
    }
}

/// As in Apps: what is missing is what most apps have.
void TestWelcome::enteredAddressIsCompleted_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("note");
    QTest::addColumn<QByteArrayList>("asked");
    const QByteArrayList usual = {"http://localhost:3999/api/inngest"_ba};
    const QString syncs = u"Syncs with http://localhost:3999/api/inngest"_s;
    QTest::newRow("host and port") << u"localhost:3999"_s << syncs << usual;
    QTest::newRow("port") << u"3999"_s << syncs << usual;
    QTest::newRow("no path") << u"http://localhost:3999/"_s << syncs << usual;
    QTest::newRow("no address") << u"ftp://x"_s
                                << u"Not an address: a port, host:port or http URL is needed."_s
                                << QByteArrayList();
}

void TestWelcome::enteredAddressIsCompleted()
{
    QFETCH(QString, typed);
    UiFixture ui;
    WelcomePage page(ui.context);
    ui.show(&page);
    auto *line = typeAddress(&page, typed);
    QTEST(text(&page, "checkAnswer"), "note");
    QTest::keyClick(line, Qt::Key_Return);
    QTEST(ui.backend.addedApps, "asked");
}

/// Nothing says `Waiting` any more when the answer is there, and the answer is said once.
void TestWelcome::answerOfTheEnteredAddress()
{
    UiFixture ui;
    devserver::App other = shopApp();
    other.error = "unreachable"_ba;
    haveApps(ui, {other});
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.beat();
    auto *line = typeAddress(&page, u"localhost:3999"_s);
    QTest::keyClick(line, Qt::Key_Return);
    auto *answer = child<QLabel>(&page, "checkAnswer");
    QTRY_COMPARE(answer->text(), u"Waiting for http://localhost:3999/api/inngest"_s);

    devserver::App named;
    named.id.value = devserver::Uuid::fromName("url", "3999");
    named.url = "http://localhost:3999/api/inngest"_ba;
    named.error = "unreachable"_ba;
    named.errorDetail = "not synced yet"_ba;
    ui.backend.post(devserver::AppChanged{named});
    ui.beat();
    QTRY_COMPARE(text(&page, "checkApp"), u"Asking http://localhost:3999/api/inngest…"_s);
    QVERIFY(!answer->isVisible());

    named.error = "url_not_found"_ba;
    named.errorDetail = "the app answered 404"_ba;
    ui.backend.post(devserver::AppChanged{named});
    ui.beat();
    QTRY_VERIFY(text(&page, "checkApp").startsWith(u"localhost:3999 answers, but there is"_s));
    QVERIFY(!answer->isVisible());

    // Beside an app that is well, what is wrong with the other one is still said.
    ui.backend.post(devserver::AppChanged{shopApp()});
    ui.beat();
    QTRY_VERIFY(text(&page, "checkApp").startsWith(u"App shop answers"_s));
    QVERIFY(answer->isVisible());
    QVERIFY(answer->text().startsWith(u"localhost:3999 answers, but there is"_s));
}

void TestWelcome::trouble_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("title");
    QTest::newRow("port") << ErrorCode::AddressInUse << u"Port 8288 is in use"_s;
    QTest::newRow("locked") << ErrorCode::StoreLocked
                            << u"Another Redrive has the data file open"_s;
    QTest::newRow("damaged") << ErrorCode::StoreDamaged << u"The data file is damaged"_s;
    QTest::newRow("full") << ErrorCode::StoreFull << u"The disk with the data file is full"_s;
    QTest::newRow("other") << ErrorCode::Network << u"The server does not run"_s;
}

void TestWelcome::trouble()
{
    QFETCH(ErrorCode, code);
    QFETCH(QString, title);
    UiFixture ui;
    WelcomePage page(ui.context);
    ui.show(&page);
    QVERIFY(!child<QWidget>(&page, "serverTrouble")->isVisible());
    devserver::api::ServerState state = failedState(ui, code);
    state.dataFile = u"/home/dev/shop/redrive.db"_s;
    ui.backend.setState(state);
    QCOMPARE(text(&page, "serverTroubleTitle"), title);
    const bool isAboutFile = code == ErrorCode::StoreLocked || code == ErrorCode::StoreDamaged
                             || code == ErrorCode::StoreFull;
    QCOMPARE(text(&page, "serverTroublePath"), isAboutFile ? state.dataFile
                                               : code == ErrorCode::AddressInUse
                                                   ? u"INNGEST_DEV=http://127.0.0.1:8290"_s
                                                   : QString());
    QVERIFY(!child<QPushButton>(&page, "sampleStart")->isEnabled());
    QTest::mouseClick(child<QWidget>(&page, "troubleTryAgain"), Qt::LeftButton);
    QCOMPARE(ui.backend.serverStarts, std::vector<quint16>{8288});
    if (code == ErrorCode::AddressInUse) {
        QTest::mouseClick(child<QWidget>(&page, "troubleOtherPort"), Qt::LeftButton);
        QCOMPARE(ui.backend.serverStarts.back(), quint16(8290));
    }
}

void TestWelcome::refusedStartIsSaid()
{
    UiFixture ui;
    ui.backend.state = failedState(ui, ErrorCode::AddressInUse);
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.backend.refuseNext({ErrorCode::AddressInUse, u"port 8290 is taken, too"_s});
    QTest::mouseClick(child<QWidget>(&page, "troubleOtherPort"), Qt::LeftButton);
    QTRY_COMPARE(text(&page, "serverTroubleAnswer"), u"Not started: port 8290 is taken, too"_s);
}

/// Apps are told another port once, not at every start.
void TestWelcome::anotherPortIsThatOfTheProject()
{
    const QTemporaryDir folder;
    UiFixture ui;
    ui.backend.state = failedState(ui, ErrorCode::AddressInUse);
    ui.backend.state.dataFile = folder.filePath(u"redrive.db"_s);
    WelcomePage page(ui.context);
    ui.show(&page);
    QTest::mouseClick(child<QWidget>(&page, "troubleTryAgain"), Qt::LeftButton);
    QCOMPARE(ui.backend.serverStarts.size(), std::size_t{1});
    ui.backend.refuseNext({ErrorCode::AddressInUse, u"port 8290 is taken, too"_s});
    QTest::mouseClick(child<QWidget>(&page, "troubleOtherPort"), Qt::LeftButton);
    QTRY_VERIFY(text(&page, "serverTroubleAnswer").endsWith(u"taken, too"_s));
    QCOMPARE(projectPort(ui.backend.state.dataFile), quint16(0)); // it serves nowhere yet
    QTest::mouseClick(child<QWidget>(&page, "troubleOtherPort"), Qt::LeftButton);
    QTRY_COMPARE(projectPort(ui.backend.state.dataFile), quint16(8290));
}

void TestWelcome::portsThatAreOffered_data()
{
    QTest::addColumn<int>("remembered"); // 0: none
    QTest::addColumn<int>("first");
    QTest::addColumn<QList<int>>("offered"); // each is taken, too
    QTest::newRow("usual") << 0 << 8288 << QList<int>{8290, 8292};
    QTest::newRow("given") << 0 << 9000 << QList<int>{9002, 9004};
    QTest::newRow("of the project") << 8290 << 8290 << QList<int>{8288, 8292, 8294};
    QTest::newRow("last") << 0 << 65534 << QList<int>{8288, 8290};
    QTest::newRow("last of the project") << 65535 << 65535 << QList<int>{8288, 8290};
}

void TestWelcome::portsThatAreOffered()
{
    QFETCH(const int, remembered);
    QFETCH(const int, first);
    QFETCH(const QList<int>, offered);
    const QTemporaryDir folder;
    UiFixture ui;
    devserver::api::ServerState state = failedState(ui, ErrorCode::AddressInUse);
    state.dataFile = folder.filePath(u"redrive.db"_s);
    if (remembered != 0) {
        QObject owner; // its end waits for the file
        rememberPort(
            state.dataFile, static_cast<quint16>(remembered), &owner, [](const QString &) {},
            [](const QString &) {});
    }
    WelcomePage page(ui.context);
    ui.show(&page);
    state.port = static_cast<quint16>(first);
    for (const int port : offered) {
        ui.backend.setState(state);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the last button
        QCOMPARE(child<QPushButton>(&page, "troubleOtherPort")->text(), u"Use port %1"_s.arg(port));
        QTest::mouseClick(child<QWidget>(&page, "troubleOtherPort"), Qt::LeftButton);
        state.port = ui.backend.serverStarts.back();
        QCOMPARE(int(state.port), port);
    }
}

void TestWelcome::anotherDataFileIsOpened_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("locked") << ErrorCode::StoreLocked;
    QTest::newRow("damaged") << ErrorCode::StoreDamaged;
    QTest::newRow("full") << ErrorCode::StoreFull;
}

void TestWelcome::anotherDataFileIsOpened()
{
    QFETCH(ErrorCode, code);
    const QTemporaryDir folder;
    UiFixture ui;
    ui.backend.state = failedState(ui, code);
    ui.backend.state.dataFile = folder.filePath(u"redrive.db"_s);
    WelcomePage page(ui.context);
    ui.show(&page);
    const auto choose = [&page](const QString &path) {
        QTest::mouseClick(child<QWidget>(&page, "troubleOtherFile"), Qt::LeftButton);
        auto *dialog = child<QFileDialog>(&page, "dataFileDialog");
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        auto *name = child<QLineEdit>(dialog, "fileNameEdit");
        name->setFocus();
        QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
        // In the folder of the old one; folders that are typed would be selected on the way.
        QTest::keyClicks(name, QFileInfo(path).fileName());
        QCOMPARE(dialog->selectedFiles(), QStringList(path));
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(page.findChild<QFileDialog *>() == nullptr); // the next one is another one
    };

    choose(ui.backend.state.dataFile);
    QCOMPARE(ui.backend.serverStarts, std::vector<quint16>{8288}); // the same: it is tried again
    QVERIFY(ui.desktop.launched.empty());

    const QString other = folder.filePath(u"other.db"_s);
    ui.desktop.cannotLaunch = u"No such file or directory"_s;
    choose(other);
    QCOMPARE(text(&page, "serverTroubleAnswer"),
             u"A window for %1 could not be started: No such file or directory"_s.arg(other));
    QVERIFY(page.isVisible());

    ui.desktop.cannotLaunch.clear();
    choose(other);
    QCOMPARE(ui.desktop.launched.size(), 2);
    const auto &[program, arguments] = ui.desktop.launched.back();
    QCOMPARE(program, QCoreApplication::applicationFilePath());
    QCOMPARE(arguments.last(2), (QStringList{u"--data"_s, other}));
    QVERIFY(!page.isVisible()); // the other window is instead of it
}

void TestWelcome::argumentsForAnotherDataFile_data()
{
    QTest::addColumn<QStringList>("given");
    QTest::addColumn<QStringList>("kept");
    QTest::addColumn<bool>("isPortGiven");
    QTest::newRow("none") << QStringList() << QStringList() << false;
    QTest::newRow("the old file") << QStringList{u"--data"_s, u"old.db"_s} << QStringList()
                                  << false;
    QTest::newRow("in one word") << QStringList{u"--data=old.db"_s} << QStringList() << false;
    QTest::newRow("among others") << QStringList{u"dev"_s,    u"-u"_s,     u"localhost:3000"_s,
                                                 u"--data"_s, u"old.db"_s, u"--port=9000"_s}
                                  << QStringList{u"dev"_s, u"-u"_s, u"localhost:3000"_s} << true;
    QTest::newRow("port, no file") << QStringList{u"-p"_s, u"9000"_s, u"--memory"_s, u"--no-poll"_s}
                                   << QStringList{u"--no-poll"_s} << true;
    QTest::newRow("in one letter") << QStringList{u"-p9000"_s, u"--poll-interval=1"_s}
                                   << QStringList{u"--poll-interval=1"_s} << true;
    QTest::newRow("a run of the old file")
        << QStringList{u"--no-poll"_s, u"open"_s, u"run"_s, u"01J9"_s}
        << QStringList{u"--no-poll"_s} << false;
}

/// A port that was given is given to the other one, too; else it has that of its own project.
void TestWelcome::argumentsForAnotherDataFile()
{
    QFETCH(QStringList, given);
    QFETCH(QStringList, kept);
    QFETCH(bool, isPortGiven);
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"new.db"_s);
    const QStringList alone = kept + QStringList({u"--data"_s, file});
    const QStringList withPort = kept + QStringList({u"--port"_s, u"8290"_s, u"--data"_s, file});
    QCOMPARE(argumentsFor(file, 8290, given), withPort); // it has none
    if (!isPortGiven)
        QCOMPARE(argumentsFor(file, usualPort, given), alone);
    {
        QObject owner; // its end waits for the file
        rememberPort(
            file, 8294, &owner, [](const QString &) {}, [](const QString &) {});
    }
    QCOMPARE(argumentsFor(file, 8290, given), isPortGiven ? withPort : alone);
    const auto forget = qScopeGuard([] { qunsetenv("REDRIVE_PORT"); });
    qputenv("REDRIVE_PORT", "9000");
    QCOMPARE(argumentsFor(file, 8290, given), withPort);
}

void TestWelcome::pictures()
{
    UiFixture ui;
    ui.backend.state.isDiscovering = true;
    WelcomePage page(ui.context);
    ui.show(&page, {1256, 800});
    QCOMPARE(a11yFindings(&page), QStringList());
    shoot(&page, u"first_run"_s);
    startSample(ui, {"order/created"_ba, "sample/import"_ba, "sample/poison"_ba, "sample/repair"_ba,
                     "sample/sleep"_ba, "sample/steps"_ba});
    ui.backend.setState(ui.backend.state);
    ui.beat();
    shoot(&page, u"first_run_sample"_s);
    QCOMPARE(a11yFindings(&page), QStringList());
    const devserver::App app = shopApp();
    ui.backend.post(devserver::AppChanged{app});
    ui.backend.post(devserver::FunctionChanged{orderFunction(app)});
    ui.beat();
    shoot(&page, u"first_run_found"_s);
    QCOMPARE(tabWalkFindings(&page), QStringList());
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestWelcome)
#include "tst_welcome.moc"
