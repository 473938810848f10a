// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace console {

/// Notices when the GUI thread does not answer (ui.md §4.2): a thread of its own asks every 25 ms
/// and logs each answer that took longer than 50 ms with the name of the last action. For debug
/// builds and performance tests; made and destroyed on the GUI thread.
class GuiStallWatch final : public QObject
{
    Q_OBJECT

public:
    explicit GuiStallWatch(QObject *parent = nullptr);
    ~GuiStallWatch() override;
    Q_DISABLE_COPY_MOVE(GuiStallWatch)

    /// The longest one so far; any thread.
    [[nodiscard]] std::chrono::milliseconds worst() const;

    /// What people do from now on: the id of an action.
    static void note(const QByteArray &action);

private:
    void watch();
    void answer();

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::chrono::milliseconds m_worst{0};
    bool m_isAnswered = true;
    bool m_isEnding = false;
    std::thread m_thread; ///< last: it uses the others
};

} // namespace console
