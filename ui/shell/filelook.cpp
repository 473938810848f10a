// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/filelook.h"

#include <mutex>
#include <thread>
#include <utility>

namespace console {

/// What the thread has of the object, which may be gone before it.
struct FileLook::Door {
    std::mutex mutex;
    FileLook *owner = nullptr;
};

FileLook::FileLook(QObject *parent)
    : QObject(parent)
    , m_door(std::make_shared<Door>())
{
    m_door->owner = this;
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(usualPatience);
    connect(&m_deadline, &QTimer::timeout, this, &FileLook::giveUp);
}

FileLook::~FileLook()
{
    const std::lock_guard lock(m_door->mutex);
    m_door->owner = nullptr;
}

void FileLook::start(Look look, Then late)
{
    ++m_number;
    m_next = std::move(look);
    m_late = std::move(late);
    if (m_running == 0)
        run();
    else if (!m_deadline.isActive())
        m_deadline.start(); // it was not given up, because too many were
}

QString FileLook::lateText(const QString &file)
{
    return tr("%1 was not opened, because its folder does not answer. It may be on another "
              "machine; try again once that can be reached.")
        .arg(file);
}

/// Nobody waits for the thread, which no pool could promise: all it holds is what it was given.
void FileLook::run()
{
    m_running = m_number;
    m_deadline.start();
    std::thread([door = m_door, look = std::exchange(m_next, {}), number = m_number] {
        const Then then = look();
        const std::lock_guard lock(door->mutex);
        if (door->owner != nullptr) {
            QMetaObject::invokeMethod(
                door->owner, [owner = door->owner, number, then] { owner->take(number, then); });
        }
    }).detach();
}

/// Only the one that runs can be late: one that waits for it has its own time on its own thread.
void FileLook::giveUp()
{
    if (m_running != 0 && m_stuck < mostStuck) {
        ++m_stuck;
        m_running = 0;
        if (m_next) {
            run();
            return;
        }
    }
    ++m_number;
    m_next = {};
    if (const Then late = std::exchange(m_late, {}))
        late();
}

void FileLook::take(int number, const Then &then)
{
    if (number == m_running) {
        m_running = 0;
        m_deadline.stop();
        if (m_next)
            run();
    } else {
        --m_stuck;
    }
    if (number != m_number)
        return;
    m_late = {};
    then();
}

} // namespace console
