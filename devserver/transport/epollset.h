// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

class QSocketNotifier;

namespace devserver::transport {

/// The sockets of one thread in one private epoll set, watched by a single QSocketNotifier.
///
/// Qt's loop polls every descriptor on each wake-up: 1,000 idle connections cost 300 us per
/// request. With only the epoll descriptor in Qt's list the cost is constant (tech.md 1).
///
/// Callbacks run on the thread of this object. Inside one it is safe to watch, modify, unwatch and
/// close any descriptor, also its own, also one whose event is later in the same batch, also when
/// the number is reused at once. Unwatch before close(). Not safe: deleting the EpollSet in a
/// callback (use deleteLater).
class EpollSet : public QObject
{
    Q_OBJECT

public:
    /// Gets the events that epoll reports (EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP...).
    using Callback = std::function<void(std::uint32_t events)>;

    explicit EpollSet(QObject *parent = nullptr);
    ~EpollSet() override;

    /// Starts watching `fd` for `events` (EPOLLIN..., level-triggered unless EPOLLET is given).
    /// Replaces an earlier watch of the same number. False, with errno set, if the kernel refuses.
    bool watch(int fd, std::uint32_t events, Callback callback);

    /// Changes the events of a watched descriptor; the callback stays. No call into the kernel if
    /// nothing changes. With 0 only EPOLLERR and EPOLLHUP are still reported.
    bool modify(int fd, std::uint32_t events);

    /// Stops watching; harmless if `fd` is not watched.
    void unwatch(int fd);

    int watchedCount() const { return m_watched; }

private:
    struct Entry {
        std::shared_ptr<const Callback> callback; ///< null: not watched
        std::uint32_t events = 0;
        std::uint32_t generation = 0; ///< tells a reused number from the old one in a batch
    };

    void drain();
    Entry *find(int fd);

    int m_epoll = -1;
    int m_watched = 0;
    std::uint32_t m_generation = 0;
    QSocketNotifier *m_notifier = nullptr;
    std::vector<Entry> m_entries; ///< indexed by descriptor
};

} // namespace devserver::transport
