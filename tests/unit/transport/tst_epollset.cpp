// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/epollset.h"

#include <QTest>

#include <array>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

using devserver::transport::EpollSet;

namespace {

/// A connected pair of sockets; [0] is watched, [1] is written to.
struct Pair {
    Pair()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds.data()) != 0)
            qFatal("socketpair failed");
    }

    ~Pair()
    {
        for (const int fd : fds)
            ::close(fd);
    }

    Q_DISABLE_COPY_MOVE(Pair)

    void poke() { QCOMPARE(::send(fds[1], "x", 1, MSG_NOSIGNAL), 1); }

    std::array<int, 2> fds{};
};

} // namespace

class TestEpollSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsInput();
    void keepsReportingUntilRead();
    void modifyChangesTheEvents();
    void unwatchedDescriptorsAreSilent();
    void callbackMayUnwatchItself();
    void callbackMayUnwatchALaterOneOfTheBatch();
    void reusedNumberDoesNotGetTheOldEvent();
    void callbackMayWatchMany();
    void watchAgainReplaces();
    void refusesWhatEpollCannotWatch();
    void takesManyInOneWakeUp();
};

void TestEpollSet::reportsInput()
{
    EpollSet set;
    Pair pair;
    std::uint32_t seen = 0;
    QVERIFY(set.watch(pair.fds[0], EPOLLIN, [&](std::uint32_t events) {
        seen = events;
        set.unwatch(pair.fds[0]);
    }));
    pair.poke();
    QTRY_COMPARE(seen, std::uint32_t(EPOLLIN));
    QCOMPARE(set.watchedCount(), 0);
}

void TestEpollSet::keepsReportingUntilRead()
{
    EpollSet set;
    Pair pair;
    int calls = 0;
    set.watch(pair.fds[0], EPOLLIN, [&](std::uint32_t) {
        if (++calls == 3) {
            char byte = 0;
            QCOMPARE(::recv(pair.fds[0], &byte, 1, 0), 1);
        }
    });
    pair.poke();
    QTRY_COMPARE(calls, 3);
    QCoreApplication::processEvents();
    QCOMPARE(calls, 3);
}

void TestEpollSet::modifyChangesTheEvents()
{
    EpollSet set;
    Pair pair;
    std::uint32_t seen = 0;
    set.watch(pair.fds[0], 0, [&](std::uint32_t events) {
        seen |= events;
        set.modify(pair.fds[0], 0);
    });
    pair.poke();
    QCoreApplication::processEvents();
    QCOMPARE(seen, std::uint32_t(0));
    QVERIFY(set.modify(pair.fds[0], EPOLLIN | EPOLLOUT));
    const std::uint32_t both = EPOLLIN | EPOLLOUT;
    QTRY_COMPARE(seen, both);
    QVERIFY(!set.modify(pair.fds[1], EPOLLIN));
}

void TestEpollSet::unwatchedDescriptorsAreSilent()
{
    EpollSet set;
    Pair pair;
    Pair marker;
    bool called = false;
    bool marked = false;
    set.watch(pair.fds[0], EPOLLIN, [&](std::uint32_t) { called = true; });
    set.watch(marker.fds[0], EPOLLIN, [&](std::uint32_t) {
        marked = true;
        set.unwatch(marker.fds[0]);
    });
    set.unwatch(pair.fds[0]);
    set.unwatch(pair.fds[0]); // harmless
    pair.poke();
    marker.poke();
    QTRY_VERIFY(marked);
    QVERIFY(!called);
}

void TestEpollSet::callbackMayUnwatchItself()
{
    EpollSet set;
    Pair pair;
    const auto token = std::make_shared<int>(7);
    int read = 0;
    set.watch(pair.fds[0], EPOLLIN, [&set, &pair, &read, token](std::uint32_t) {
        set.unwatch(pair.fds[0]);
        read = *token; // the captures must still be there
    });
    pair.poke();
    QTRY_COMPARE(read, 7);
    QCOMPARE(token.use_count(), 1L);
}

void TestEpollSet::callbackMayUnwatchALaterOneOfTheBatch()
{
    EpollSet set;
    Pair first;
    Pair second;
    int calls = 0;
    const auto callback = [&](std::uint32_t) {
        ++calls;
        set.unwatch(first.fds[0]);
        set.unwatch(second.fds[0]);
    };
    set.watch(first.fds[0], EPOLLIN, callback);
    set.watch(second.fds[0], EPOLLIN, callback);
    first.poke();
    second.poke();
    QTRY_VERIFY(calls > 0);
    QCoreApplication::processEvents();
    QCOMPARE(calls, 1);
}

void TestEpollSet::reusedNumberDoesNotGetTheOldEvent()
{
    EpollSet set;
    Pair first;
    Pair second;
    int stale = 0;
    int calls = 0;
    const auto replaceTheOther = [&](Pair &other) {
        ++calls;
        set.unwatch(first.fds[0]);
        set.unwatch(second.fds[0]);
        // The same number, another socket without input, watched again within the batch.
        const int silent = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        QCOMPARE(::dup2(silent, other.fds[0]), other.fds[0]);
        ::close(silent);
        set.watch(other.fds[0], EPOLLIN, [&](std::uint32_t) { ++stale; });
    };
    set.watch(first.fds[0], EPOLLIN, [&](std::uint32_t) { replaceTheOther(second); });
    set.watch(second.fds[0], EPOLLIN, [&](std::uint32_t) { replaceTheOther(first); });
    first.poke();
    second.poke();
    QTRY_COMPARE(calls, 1);
    QCoreApplication::processEvents();
    QCOMPARE(stale, 0);
}

void TestEpollSet::callbackMayWatchMany()
{
    EpollSet set;
    Pair pair;
    std::vector<int> extra;
    int calls = 0;
    set.watch(pair.fds[0], EPOLLIN, [&](std::uint32_t) {
        for (int i = 0; i < 200; ++i) { // the table grows under the running callback
            extra.push_back(::eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK));
            set.watch(extra.back(), EPOLLIN, [&, fd = extra.back()](std::uint32_t) {
                ++calls;
                set.unwatch(fd);
            });
        }
        set.unwatch(pair.fds[0]);
    });
    pair.poke();
    QTRY_COMPARE(calls, 200);
    for (const int fd : extra)
        ::close(fd);
}

void TestEpollSet::watchAgainReplaces()
{
    EpollSet set;
    Pair pair;
    bool old = false;
    bool fresh = false;
    set.watch(pair.fds[0], EPOLLIN, [&](std::uint32_t) { old = true; });
    QVERIFY(set.watch(pair.fds[0], EPOLLIN, [&](std::uint32_t) {
        fresh = true;
        set.unwatch(pair.fds[0]);
    }));
    QCOMPARE(set.watchedCount(), 1);
    pair.poke();
    QTRY_VERIFY(fresh);
    QVERIFY(!old);
}

void TestEpollSet::refusesWhatEpollCannotWatch()
{
    EpollSet set;
    QVERIFY(!set.watch(-1, EPOLLIN, [](std::uint32_t) {}));
    QCOMPARE(errno, EBADF);
    QCOMPARE(set.watchedCount(), 0);
}

void TestEpollSet::takesManyInOneWakeUp()
{
    EpollSet set;
    std::vector<int> fds;
    int calls = 0;
    for (int i = 0; i < 300; ++i) {
        fds.push_back(::eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK));
        set.watch(fds.back(), EPOLLIN, [&, fd = fds.back()](std::uint32_t) {
            ++calls;
            set.unwatch(fd);
        });
    }
    QTRY_COMPARE(calls, 300);
    for (const int fd : fds)
        ::close(fd);
}

QTEST_GUILESS_MAIN(TestEpollSet)
#include "tst_epollset.moc"
