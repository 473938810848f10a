// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/fakebackend.h"
#include "ui/core/catalog.h"
#include "ui/core/feed.h"

#include <QTest>

using console::Catalog;
using console::Feed;
using console::FrameClock;
using namespace Qt::StringLiterals;
namespace api = devserver::api;

namespace {

devserver::App appNamed(const QByteArray &name)
{
    devserver::App app;
    app.id = devserver::AppId{devserver::Uuid::fromName("app", name)};
    app.name = name;
    return app;
}

struct Stage {
    Stage() { clock.setManual(); }

    void turnTo(api::ServerPhase phase)
    {
        api::ServerState state = backend.state;
        state.phase = phase;
        backend.setState(state);
    }

    devserver::test::FakeBackend backend;
    FrameClock clock;
    Feed feed{backend, clock};
};

} // namespace

class TestWindowCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksWhenTheServerServes();
    void keepsWhatChangedMeanwhile();
    void saysWhatIsRegistered();
};

/// A window is there before its server serves, and the file may know many apps.
void TestWindowCatalog::asksWhenTheServerServes()
{
    Stage stage;
    stage.backend.apps = {appNamed("shop"_ba)};
    stage.turnTo(api::ServerPhase::Starting);
    stage.backend.queryError =
        devserver::Error{devserver::ErrorCode::Stopping, u"the server is not running"_s};
    const Catalog catalog(stage.backend, stage.feed);
    QTRY_COMPARE(stage.backend.askedFor<api::CatalogQuery>().size(), std::size_t{1});
    QVERIFY(catalog.apps().empty());

    stage.backend.queryError.reset();
    stage.turnTo(api::ServerPhase::Serving);
    QTRY_COMPARE(catalog.apps().size(), std::size_t{1});
    QVERIFY(catalog.isLoaded());
}

void TestWindowCatalog::keepsWhatChangedMeanwhile()
{
    Stage stage;
    stage.backend.holdReplies(true);
    const Catalog catalog(stage.backend, stage.feed);
    QCOMPARE(stage.backend.heldReplies(), std::size_t{1});
    stage.backend.post(devserver::AppChanged{.app = appNamed("shop"_ba)});
    stage.clock.beat();
    QCOMPARE(catalog.apps().size(), std::size_t{1});

    stage.backend.releaseReplies(); // of before the change: it is asked again
    stage.backend.apps = {appNamed("shop"_ba), appNamed("bank"_ba)};
    stage.backend.holdReplies(false);
    stage.backend.releaseReplies();
    QTRY_COMPARE(catalog.apps().size(), std::size_t{2});
}

/// A function of an app that was removed is not known at all after the next start.
void TestWindowCatalog::saysWhatIsRegistered()
{
    Stage stage;
    stage.backend.apps = {appNamed("shop"_ba)};
    devserver::Function function;
    function.app = stage.backend.apps.front().id;
    function.config.slug = "shop-pay"_ba;
    stage.backend.functions = {function};
    const Catalog catalog(stage.backend, stage.feed);
    QVERIFY(catalog.isRegistered("shop-pay"_ba)); // nothing says that it is not
    QTRY_VERIFY(catalog.isLoaded());
    QVERIFY(catalog.isRegistered("shop-pay"_ba));
    QVERIFY(!catalog.isRegistered("shop-refund"_ba));
    function.isArchived = true;
    stage.backend.post(devserver::FunctionChanged{.function = function});
    stage.clock.beat();
    QVERIFY(!catalog.isRegistered("shop-pay"_ba));
}

QTEST_GUILESS_MAIN(TestWindowCatalog)

#include "tst_windowcatalog.moc"
