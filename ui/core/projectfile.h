// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QJsonObject>
#include <QObject>
#include <QThreadPool>

namespace console {

/// A small readable JSON file in `.redrive/` beside the data of the project (ui.md §25). Keys that
/// are unknown here are kept; a file that cannot be read is never written over. GUI thread; writes
/// happen on a thread of its own, whole or not at all.
class ProjectFile final : public QObject
{
    Q_OBJECT

public:
    explicit ProjectFile(QObject *parent = nullptr);
    ~ProjectFile() override;
    Q_DISABLE_COPY_MOVE(ProjectFile)

    /// Path of \a name beside a data file; empty without one.
    [[nodiscard]] static QString beside(const QString &dataFile, const QString &name);

    [[nodiscard]] const QString &path() const { return m_path; }

    /// Reads it, at most 64 KiB; empty: what is written is kept in memory only.
    void open(const QString &path);

    [[nodiscard]] const QJsonObject &content() const { return m_content; }

    /// Replaces one part of the content.
    void write(const QString &key, const QJsonValue &value);

    /// Until everything is written; for tests and the end of the program.
    void waitForWrites();

Q_SIGNALS:
    /// Reading or writing failed: what and why, translated.
    void problem(const QString &text);

private:
    QString m_path;
    QJsonObject m_content;
    bool m_isReadable = true;
    QThreadPool m_writer;
};

} // namespace console
