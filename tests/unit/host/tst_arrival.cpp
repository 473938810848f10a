// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/arrival.h"
#include "devserver/store/workthread.h"

#include <QCoroTask>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::host;

namespace {

constexpr int manyRounds = 20'000;

/// Work so short that it is often done while somebody begins to wait for it.
QCoro::Task<> goRound(QObject *context, store::WorkThread *thread, int rounds, int *done)
{
    for (int round = 0; round < rounds; ++round) {
        Arrival arrival(context, [thread, round](store::Finished finished) {
            return thread->run([round]() -> Result<int> { return round; }, std::move(finished));
        });
        const Result<int> came = co_await arrival;
        if (!came || *came != round)
            co_return;
        ++*done;
    }
}

} // namespace

class TestArrival : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void eachIsWokenOnceWhateverIsFirst()
    {
        store::WorkThread thread(u"test"_s);
        int done = 0;
        QCoro::waitFor(goRound(this, &thread, manyRounds, &done));
        QCOMPARE(done, manyRounds);
    }

    void aStoppedThreadAnswersToo()
    {
        store::WorkThread thread(u"test"_s);
        thread.stop();
        const auto ask = [](QObject *context,
                            store::WorkThread *stopped) -> QCoro::Task<Result<int>> {
            Arrival arrival(context, [stopped](store::Finished finished) {
                return stopped->run([]() -> Result<int> { return 1; }, std::move(finished));
            });
            co_return co_await arrival;
        };
        const Result<int> came = QCoro::waitFor(ask(this, &thread));
        QVERIFY(!came);
        QCOMPARE(came.error().code, ErrorCode::Stopping);
    }
};

QTEST_GUILESS_MAIN(TestArrival)

#include "tst_arrival.moc"
