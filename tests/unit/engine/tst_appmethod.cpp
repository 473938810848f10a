// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::test;

/// How an app came to be known, and why it is not let in (protocol 2.5).
class TestAppMethod : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void howAnAppCameStays();
    void anSdkThatIsTooOldSaysSo();
    void onlyAnAddressThatAPersonGaveOutlivesARestart();
};

namespace {

Registration shop(const QByteArray &checksum)
{
    return {.appName = "shop", .url = "http://127.0.0.1:3000/api", .checksum = checksum};
}

void sync(EngineFixture &engine, const Registration &registration)
{
    engine.step({engine::FunctionsSynced{.token = 1, .registration = registration}});
}

} // namespace

/// By its own request, by an address that somebody gave, and at another address than that.
void TestAppMethod::howAnAppCameStays()
{
    EngineFixture engine;
    const auto isNamed = [&engine] { return engine.disk().apps.at(engine.appId()).isNamed; };
    sync(engine, shop("1"));
    QVERIFY(!isNamed());
    QVERIFY(!engine.disk().apps.at(engine.appId()).isFound);
    engine.step({engine::AppNamed{.url = shop("1").url}});
    QVERIFY(isNamed());
    sync(engine, shop("2"));
    QVERIFY(isNamed());
    Registration moved = shop("3");
    moved.url = "http://127.0.0.1:3999/api"_ba;
    sync(engine, moved);
    QVERIFY(!isNamed());
}

void TestAppMethod::anSdkThatIsTooOldSaysSo()
{
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = shop("1").url}});
    const AppId id = engine.state().apps.begin()->first;
    engine.step({engine::SyncRefused{.appName = "shop",
                                     .url = shop("1").url,
                                     .reason = "use a newer one",
                                     .code = "sdk_version_denied"}});
    QCOMPARE(engine.state().apps.at(id).app.error, "sdk_version_denied"_ba);
    QCOMPARE(engine.state().apps.at(id).app.errorDetail, "use a newer one"_ba);
    // Asked again it answers 200, although its registration was refused.
    engine.step({engine::AppPolled{.app = id, .url = {}, .error = {}, .detail = {}}});
    QCOMPARE(engine.state().apps.at(id).app.error, "sdk_version_denied"_ba);
    sync(engine, shop("1"));
    QCOMPARE(engine.state().apps.at(engine.appId()).app.error, QByteArray());
}

/// Until it is removed, or an app has registered there, which is kept itself.
void TestAppMethod::onlyAnAddressThatAPersonGaveOutlivesARestart()
{
    EngineFixture engine;
    const QByteArray given = "http://127.0.0.1:3002/api"_ba;
    const QByteArray elsewhere = "http://127.0.0.1:3003/api"_ba;
    const auto urls = [&engine] {
        QByteArrayList all;
        for (const auto &[id, entry] : engine.state().apps) {
            if (!entry.app.url.isEmpty())
                all.append(entry.app.url);
        }
        return all;
    };
    engine.step({engine::AppNamed{.url = shop("1").url}});
    engine.step({engine::AppNamed{.url = "http://127.0.0.1:3009/api", .isFound = true}});
    engine.step({engine::AppNamed{.url = given}}); // by an option, and then by a person
    engine.step({engine::AppNamed{.url = given, .isKept = true}});
    engine.crash();
    QCOMPARE(urls(), QByteArrayList{given});
    const AppId id = engine.state().apps.begin()->first;
    engine.step({engine::AppPolled{.app = id, .url = given, .error = "unreachable"}});
    engine.step({engine::AppMoved{.token = 1, .app = id, .url = elsewhere}});
    engine.crash();
    QCOMPARE(urls(), QByteArrayList{elsewhere});
    Registration there = shop("1");
    there.url = elsewhere;
    sync(engine, there);
    engine.crash();
    QCOMPARE(urls(), QByteArrayList{elsewhere});
    QVERIFY(engine.disk().apps.at(engine.appId()).isNamed);
    engine.step({engine::AppNamed{.url = given, .isKept = true}});
    engine.step({engine::AppRemoved{.token = 2, .url = given}});
    engine.crash();
    QCOMPARE(urls(), QByteArrayList{elsewhere});
    QCOMPARE(engine.disk().apps.size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(TestAppMethod)

#include "tst_appmethod.moc"
