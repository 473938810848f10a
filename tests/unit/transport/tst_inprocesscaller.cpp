// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/inprocesscaller.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <atomic>
#include <vector>

using namespace devserver;
using namespace devserver::transport;

namespace {

constexpr int threads = 16;

/// A function that returns when it is let go, and what came of its calls.
struct Fixture {
    ~Fixture()
    {
        mayReturn.release(100);
        while (InProcessCaller::isAnyRunning())
            QThread::yieldCurrentThread();
    }

    void call(int times = 1)
    {
        for (int i = 0; i < times; ++i) {
            caller->call({}, [this](const CallAnswer &answer) {
                (std::holds_alternative<CallAborted>(answer.outcome) ? aborted : answered)++;
            });
        }
    }

    QSemaphore begun;
    QSemaphore mayReturn;
    std::atomic<int> returned = 0;
    int answered = 0;
    int aborted = 0;
    std::unique_ptr<InProcessCaller> caller =
        std::make_unique<InProcessCaller>([this](const CallRequest &) {
            begun.release();
            mayReturn.acquire();
            ++returned;
            CallAnswer answer;
            answer.outcome = AnswerResult{};
            return answer;
        });
};

} // namespace

class TestInProcessCaller : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void answersFromTheEventLoop()
    {
        Fixture on;
        on.call();
        on.begun.acquire();
        QVERIFY(InProcessCaller::isAnyRunning());
        on.mayReturn.release();
        while (InProcessCaller::isAnyRunning()) // without the event loop
            QThread::yieldCurrentThread();
        QCOMPARE(on.returned, 1);
        QCOMPARE(on.answered, 0);
        QTRY_COMPARE(on.answered, 1);
    }

    void abortedCallsEndAlthoughTheirFunctionsBlock()
    {
        Fixture on;
        on.call(threads + 1); // one waits for a thread
        on.begun.acquire(threads);
        on.caller->abortAll();
        QCOMPARE(on.aborted, 0);
        QTRY_COMPARE(on.aborted, threads + 1);
        // Their answers come too late, and what had not begun never does.
        on.mayReturn.release(threads + 1);
        QTRY_COMPARE(on.returned, threads);
        on.call();
        QTRY_COMPARE(on.answered, 1);
        QCOMPARE(on.returned, threads + 1);
        QCOMPARE(on.aborted, threads + 1);
    }

    void goesAlthoughItsFunctionsBlock()
    {
        Fixture on;
        on.call(threads + 1);
        on.begun.acquire(threads);
        on.caller.reset(); // would never return
        QVERIFY(InProcessCaller::isAnyRunning());
        on.mayReturn.release(threads + 1);
        QTRY_VERIFY(!InProcessCaller::isAnyRunning());
        QCOMPARE(on.returned, threads);
        QCOMPARE(on.answered + on.aborted, 0);
    }
};

QTEST_GUILESS_MAIN(TestInProcessCaller)
#include "tst_inprocesscaller.moc"
