// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/samplescene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/widgets/welcomepage.h"

#include <QLabel>
#include <QLineEdit>
#include <QTest>

#include <optional>
#include <vector>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;
using devserver::ErrorCode;
using devserver::api::ServerPhase;

/// What the first page says of ports, and of a server that does not start (ui.md 19).
class TestFirstChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatListensOnThePortsIsSaid_data();
    void whatListensOnThePortsIsSaid();
    void anAppThatRegistersElsewhereIsNamed_data();
    void anAppThatRegistersElsewhereIsNamed();
    void anotherLookKeepsWhatWasSaid();
    void severalAppsAreEachNamed();
    void theAddressGoesWhenItsAppHasSynced();
};

namespace {

QString text(const QWidget *page, const char *label)
{
    return child<QLabel>(page, label)->text();
}

} // namespace

void TestFirstChecks::whatListensOnThePortsIsSaid_data()
{
    using Ports = std::optional<std::vector<quint16>>;
    QTest::addColumn<Ports>("ports");
    QTest::addColumn<QString>("end");
    QTest::addRow("not known") << Ports() << u"8915."_s;
    QTest::addRow("nothing") << Ports(std::vector<quint16>{})
                             << u"8915. Nothing listens on any of them."_s;
    QTest::addRow("one") << Ports(std::vector<quint16>{8080})
                         << u"8915. What listens on 8080 is no app, or is not at the usual path; "
                            "nothing on the others."_s;
    QTest::addRow("three") << Ports(std::vector<quint16>{3000, 5000, 8080})
                           << u"8915. What listens on 3000, 5000 and 8080 is no app, or is not "
                              "at the usual path; nothing on the others."_s;
}

void TestFirstChecks::whatListensOnThePortsIsSaid()
{
    using Ports = std::optional<std::vector<quint16>>;
    QFETCH(const Ports, ports);
    QFETCH(const QString, end);
    UiFixture ui;
    ui.backend.state.isDiscovering = true;
    WelcomePage page(ui.context);
    ui.show(&page);
    devserver::api::ServerState state = ui.backend.state;
    state.otherPorts = ports;
    ui.backend.setState(state);
    ui.beat();
    QTRY_VERIFY2(text(&page, "checkApp").endsWith(end), qPrintable(text(&page, "checkApp")));
    shoot(&page, u"welcome_scan_%1"_s.arg(QString::fromUtf8(QTest::currentDataTag())));
}

void TestFirstChecks::anAppThatRegistersElsewhereIsNamed_data()
{
    QTest::addColumn<QByteArray>("help");
    QTest::addColumn<QString>("words");
    QTest::newRow("other port") << "; start it with INNGEST_DEV=http://localhost:9000"_ba
                                << u"localhost:3000/api/inngest answered, but did not register "
                                   "here: start it with INNGEST_DEV=http://localhost:9000."_s;
    QTest::newRow("usual port") << ""_ba
                                << u"localhost:3000/api/inngest answered, but did not register "
                                   "here. Is this the address of the serve handler, and is the "
                                   "app started for this server?"_s;
}

/// Found, and good, but started for the usual port (protocol.md 2.5).
void TestFirstChecks::anAppThatRegistersElsewhereIsNamed()
{
    QFETCH(const QByteArray, help);
    UiFixture ui;
    ui.backend.state.isDiscovering = true;
    ui.backend.state.otherPorts = std::vector<quint16>{};
    WelcomePage page(ui.context);
    ui.show(&page);
    devserver::App app;
    app.id.value = devserver::Uuid::fromName("url", "found");
    app.url = "http://localhost:3000/api/inngest"_ba;
    app.isFound = true;
    app.error = "bad_response"_ba;
    app.errorDetail = "the app answered, but did not register at this address" + help;
    ui.backend.post(devserver::AppChanged{app});
    ui.beat();
    QFETCH(const QString, words);
    QTRY_COMPARE(text(&page, "checkApp"), words);
}

/// Colours are no news: why it did not start stays.
void TestFirstChecks::anotherLookKeepsWhatWasSaid()
{
    UiFixture ui;
    ui.backend.state.phase = ServerPhase::Failed;
    ui.backend.state.error = {ErrorCode::AddressInUse, u"taken"_s};
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.backend.refuseNext({ErrorCode::AddressInUse, u"port 8290 is taken, too"_s});
    QTest::mouseClick(child<QWidget>(&page, "troubleOtherPort"), Qt::LeftButton);
    const QString said = u"Not started: port 8290 is taken, too"_s;
    QTRY_COMPARE(text(&page, "serverTroubleAnswer"), said);
    ui.theme.choose(ThemeChoice::Dark, false);
    ui.beat();
    QCOMPARE(text(&page, "serverTroubleAnswer"), said);
    QVERIFY(child<QLabel>(&page, "serverTroubleAnswer")->isVisible());
}

/// A function that two of them have is told apart.
void TestFirstChecks::severalAppsAreEachNamed()
{
    UiFixture ui;
    const devserver::App shop = shopApp();
    devserver::App mail = shopApp();
    mail.id.value = devserver::Uuid::fromName("apps", "mail");
    mail.name = "mail"_ba;
    mail.url = "http://localhost:3001/api/inngest"_ba;
    devserver::App broken = shopApp();
    broken.id.value = devserver::Uuid::fromName("apps", "broken");
    broken.name = "broken"_ba;
    broken.error = "unreachable"_ba;
    devserver::Function ofMail = orderFunction(mail);
    ofMail.id.value = devserver::Uuid::fromName("functions", "mail-order");
    ofMail.config.slug = "mail-order"_ba;
    devserver::Function refund = orderFunction(shop);
    refund.id.value = devserver::Uuid::fromName("functions", "refund");
    refund.config.slug = "shop-refund"_ba;
    refund.config.name = "refund"_ba;
    ui.backend.apps = {shop, mail, broken};
    ui.backend.functions = {orderFunction(shop), ofMail, refund};
    ui.catalog.reload();
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.beat();
    QTRY_COMPARE(text(&page, "checkApp"),
                 u"2 apps answer: mail at http://localhost:3001/api/inngest, "
                 "shop at http://localhost:3000/api/inngest"_s);
    QCOMPARE(text(&page, "checkFunction"), u"3 functions: order (mail), order (shop), refund"_s);
    QCOMPARE(text(&page, "welcomeConnect"), u"Your apps"_s);
}

/// It has done its work; another one can be entered.
void TestFirstChecks::theAddressGoesWhenItsAppHasSynced()
{
    UiFixture ui;
    WelcomePage page(ui.context);
    ui.show(&page);
    auto *open = child<QWidget>(&page, "checkEnterAddress");
    auto *line = child<QLineEdit>(&page, "checkAddress");
    QTest::mouseClick(open, Qt::LeftButton);
    QTest::keyClicks(line, u"localhost:3000"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(text(&page, "checkAnswer").startsWith(u"Waiting for"_s));
    devserver::App app = shopApp();
    app.url = ui.backend.addedApps.front();
    app.error = "unreachable"_ba;
    ui.backend.post(devserver::AppChanged{app});
    ui.beat();
    QVERIFY(line->isVisible()); // there may be something to mend in it
    app.error.clear();
    ui.backend.post(devserver::AppChanged{app});
    ui.beat();
    QTRY_VERIFY(!line->isVisible());
    QCOMPARE(line->text(), QString());
    QVERIFY(!child<QLabel>(&page, "checkAnswer")->isVisible());
    QVERIFY(open->hasFocus());
    QTest::mouseClick(open, Qt::LeftButton);
    QVERIFY(line->hasFocus());
}

UI_TEST_MAIN(TestFirstChecks)

#include "tst_firstchecks.moc"
