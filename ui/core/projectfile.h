// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QJsonObject>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace console {

/// A small readable JSON file in `.redrive/` beside the data of the project (ui.md §25). Keys that
/// are unknown here are kept; a file that cannot be read is never written over. GUI thread; writes
/// happen on a thread of its own, whole or not at all. One that fails is told once and tried again:
/// with the next change, every while, and at the end.
class ProjectFile final : public QObject
{
    Q_OBJECT

public:
    /// Bytes of a file that is read at once, on the thread of the window.
    static constexpr qint64 mostAtOnce = 64 * 1024;
    /// Between two tries of what could not be written.
    static constexpr std::chrono::milliseconds pauseOfTries{2000};

    explicit ProjectFile(QObject *parent = nullptr);
    ~ProjectFile() override;
    Q_DISABLE_COPY_MOVE(ProjectFile)

    /// Path of \a name beside a data file; empty without one.
    [[nodiscard]] static QString beside(const QString &dataFile, const QString &name);

    [[nodiscard]] const QString &path() const { return m_path; }

    /// Reads it, at most `mostAtOnce`; empty: what is written is kept in memory only.
    void open(const QString &path);

    /// As `open` for a file that may have up to \a mostBytes: on the thread of the writes. `loaded`
    /// comes once it is read; until then nothing is written. With an empty path nothing comes.
    void load(const QString &path, qint64 mostBytes);

    /// False: there is a file that is none of ours, or `loaded` has not come yet.
    [[nodiscard]] bool isReadable() const { return m_isReadable; }

    [[nodiscard]] const QJsonObject &content() const { return m_content; }

    /// Replaces one part of the content.
    void write(const QString &key, const QJsonValue &value) { write({{key, value}}); }

    /// Replaces some parts of it.
    void write(const QJsonObject &parts);

    /// The same for parts that take long to build: \a parts runs on the thread of the writes, and
    /// `content` does not have them.
    void write(std::function<QJsonObject()> parts);

    /// What could not be written, at once: something speaks for it, such as room on the disk.
    void tryAgain();

    /// Until everything is written, or was tried once more; for tests and the end of the program.
    void waitForWrites();

Q_SIGNALS:
    void loaded();
    /// What was written last is in the file.
    void written();
    /// Reading or writing failed: what and why, translated. Once until it could be written again.
    void problem(const QString &text);
    /// What `problem` told with this text is so no more: the file was written, or another one is
    /// open.
    void problemOver(const QString &text);

private:
    struct Reading;
    struct Late;

    void startWrite(std::function<QJsonObject()> parts);
    void takeWritten(const QString &trouble);

    /// \returns at most \a mostBytes, or what is wrong with them. Any thread.
    [[nodiscard]] static Reading read(const QString &path, qint64 mostBytes);
    void take(const Reading &reading);
    void tell(const Reading &reading);
    void takeBack();

    QString m_path;
    QJsonObject m_content;
    std::shared_ptr<Late> m_late;
    QTimer m_again;
    bool m_isReadable = true;
    QString m_trouble; ///< as it was told; empty: what was read or written last was
    QThreadPool m_writer;
};

} // namespace console
