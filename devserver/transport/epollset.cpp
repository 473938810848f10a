// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/epollset.h"

#include <QSocketNotifier>
#include <QThread>

#include <array>
#include <cerrno>
#include <sys/epoll.h>
#include <unistd.h>

namespace devserver::transport {

namespace {

constexpr int batchSize = 128;
// Further full batches per wake-up; then timers and posted events get their turn.
constexpr int batchesPerWakeUp = 4;

epoll_event eventOf(int fd, std::uint32_t generation, std::uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.u64 = (std::uint64_t{generation} << 32U) | static_cast<std::uint32_t>(fd);
    return event;
}

} // namespace

EpollSet::EpollSet(QObject *parent)
    : QObject(parent)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
    if (m_epoll < 0)
        qFatal("epoll_create1 failed: errno=%d", errno); // out of descriptors before we begin
    m_notifier = new QSocketNotifier(m_epoll, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &EpollSet::drain);
}

EpollSet::~EpollSet()
{
    m_notifier->setEnabled(false);
    ::close(m_epoll);
}

bool EpollSet::watch(int fd, std::uint32_t events, Callback callback)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (fd < 0) {
        errno = EBADF;
        return false;
    }
    ++m_generation;
    epoll_event event = eventOf(fd, m_generation, events);
    if (::epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event) != 0
        && (errno != EEXIST || ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event) != 0))
        return false;

    const auto index = static_cast<std::size_t>(fd);
    if (index >= m_entries.size())
        m_entries.resize(index + 1);
    Entry &entry = m_entries[index];
    if (!entry.callback)
        ++m_watched;
    // A replaced callback may own whatever its destructor touches: destroy it last.
    const auto replaced =
        std::exchange(entry.callback, std::make_shared<const Callback>(std::move(callback)));
    entry.events = events;
    entry.generation = m_generation;
    return true;
}

bool EpollSet::modify(int fd, std::uint32_t events)
{
    Q_ASSERT(QThread::currentThread() == thread());
    Entry *entry = find(fd);
    if (!entry) {
        errno = ENOENT;
        return false;
    }
    if (entry->events == events)
        return true;
    epoll_event event = eventOf(fd, entry->generation, events);
    // Closing a descriptor takes it out of the set; the number may be open again by now.
    if (::epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event) != 0
        && (errno != ENOENT || ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event) != 0))
        return false;
    entry->events = events;
    return true;
}

void EpollSet::unwatch(int fd)
{
    Q_ASSERT(QThread::currentThread() == thread());
    Entry *entry = find(fd);
    if (!entry)
        return;
    // Fails harmlessly if the descriptor was closed first: the kernel removed it then.
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, nullptr);
    const auto callback = std::move(entry->callback);
    entry->callback = nullptr;
    --m_watched;
}

void EpollSet::drain()
{
    std::array<epoll_event, batchSize> events;
    for (int batch = 0; batch < batchesPerWakeUp; ++batch) {
        const int count = ::epoll_wait(m_epoll, events.data(), batchSize, 0);
        for (int i = 0; i < count; ++i) {
            const epoll_event &event = events[static_cast<std::size_t>(i)];
            const std::uint64_t token = event.data.u64;
            const Entry *entry = find(static_cast<int>(token & 0xffffffffU));
            if (!entry || entry->generation != static_cast<std::uint32_t>(token >> 32U))
                continue; // unwatched, or the number reused, earlier in this batch
            // The copy keeps the callback alive if it unwatches itself.
            const std::shared_ptr<const Callback> callback = entry->callback;
            (*callback)(event.events);
        }
        if (count < batchSize)
            return;
    }
}

EpollSet::Entry *EpollSet::find(int fd)
{
    const auto index = static_cast<std::size_t>(fd);
    if (fd < 0 || index >= m_entries.size() || !m_entries[index].callback)
        return nullptr;
    return &m_entries[index];
}

} // namespace devserver::transport
