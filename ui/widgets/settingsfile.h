// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>
#include <QVariant>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace console {

/// What is to become of the file, whatever another process wrote there meanwhile.
struct SettingsChange {
    enum class Kind {
        Set,
        Remove,  ///< with everything below it
        Prepend, ///< a text to a list
        Drop,    ///< a text from a list
    };

    Kind kind = Kind::Set;
    QString key;
    QVariant value;
    qsizetype most = 0; ///< so many the list has then; 0: as many as there are
};

/// The values of a settings file, as `QSettings` writes it. They are read once and are in memory
/// from then on; only a thread of its own is at the file again, which a slow disk may hold up. It
/// changes the keys that were changed here, and says what others changed. GUI thread.
class SettingsFile final : public QObject
{
    Q_OBJECT

public:
    using Values = QHash<QString, QVariant>;

    /// The window does not wait longer for the thread, even at its end.
    static constexpr std::chrono::seconds patience{2};

    /// \a path empty: there is none.
    explicit SettingsFile(QString path);
    /// What is left is written.
    ~SettingsFile() override;
    Q_DISABLE_COPY_MOVE(SettingsFile)

    /// It is there, but none that can be read.
    [[nodiscard]] bool isBroken() const { return m_isBroken; }

    /// From now on changes are in memory only.
    void keepAsIs() { m_isKept = false; }

    [[nodiscard]] const Values &values() const { return m_values; }

    void change(const SettingsChange &change);
    /// Now, and waits for it, but not long: another process is about to read it. If that was too
    /// short, the end does not wait for it once more.
    void write();
    /// Without waiting: \a then is called when what has changed so far is written, or cannot be, or
    /// takes as long as `write` waits.
    void whenWritten(std::function<void()> then);
    /// What could not be written, at once: something speaks for it, such as room on the disk.
    void tryAgain();

Q_SIGNALS:
    /// The file cannot be written; once, until it could be again.
    void failed();
    /// After that: it was written.
    void recovered();

private:
    class Writer;
    struct Written;
    struct Link;

    void start();
    void take(const Written &written);
    void goOn();

    QString m_path;
    Values m_values;
    QList<SettingsChange> m_pending;
    QList<QList<SettingsChange>> m_sent; ///< to the thread, which has not answered yet
    std::shared_ptr<Writer> m_writer;    ///< only the thread looks inside
    std::shared_ptr<Link> m_link;
    std::unique_ptr<QThreadPool> m_thread;
    bool m_isBroken = false;
    bool m_isKept = false;
    bool m_isToStart = false;
    bool m_isFailing = false;
    bool m_isLate = false; ///< was waited for in vain
    QTimer m_again;        ///< what could not be written
    std::vector<std::function<void()>> m_waiting;
    QTimer m_mostWait; ///< of those
};

} // namespace console
