// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace console {

/// Looks at files on a thread of its own, one look at a time: a folder on another machine may not
/// answer for minutes, and then holds up nobody else: neither the next look, which gets another
/// thread, nor the end of the program. GUI thread.
class FileLook final : public QObject
{
    Q_OBJECT

public:
    using Then = std::function<void()>;
    /// Runs on the other thread. \returns what is to be done here with what it saw.
    using Look = std::function<Then()>;

    static constexpr std::chrono::milliseconds usualPatience = std::chrono::seconds(5);
    /// So many that do not answer are left behind; then they are waited for again.
    static constexpr int mostStuck = 8;

    explicit FileLook(QObject *parent = nullptr);
    ~FileLook() override;
    Q_DISABLE_COPY_MOVE(FileLook)

    /// Instead of an earlier one, whose result is dropped; begins when that is done or its time is
    /// up. \a late  is called if the result has not come in time; it is dropped then, too.
    void start(Look look, Then late = {});

    /// What people read then, of what they wanted to open.
    [[nodiscard]] static QString lateText(const QString &file);

    void setPatience(std::chrono::milliseconds patience) { m_deadline.setInterval(patience); }

private:
    struct Door;

    void run();
    void giveUp();
    void take(int number, const Then &then);

    std::shared_ptr<Door> m_door;
    Look m_next;
    Then m_late;
    QTimer m_deadline;
    int m_number = 0;  ///< of the look whose result is wanted
    int m_running = 0; ///< the one that is waited for, maybe an older one; 0: none
    int m_stuck = 0;   ///< those that were given up and have not come back
};

} // namespace console
