// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/projectfile.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>

namespace console {

class Settings;

/// Where the drafts of the composer and what it sent outlive the program: `.redrive/composer.json`
/// of the project (ui.md §25), or the person's settings as long as there is no project folder or
/// its file cannot be read. What an earlier version kept in the settings moves into the first
/// project that has no such file. GUI thread; the file is read and written on another.
class KeptDrafts final : public QObject
{
    Q_OBJECT

public:
    struct Content {
        QJsonObject drafts;
        QJsonArray history;

        bool operator==(const Content &) const = default;
    };

    explicit KeptDrafts(Settings &settings, QObject *parent = nullptr);

    /// Of the project with this data file; `loaded` comes if it is another one than before.
    void open(const QString &dataFile);

    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }

    // Nothing is done until `loaded` came, and if nothing has changed since.
    void keepDrafts(const QJsonObject &drafts);
    void keepHistory(const QJsonArray &history);

Q_SIGNALS:
    void loaded(const console::KeptDrafts::Content &content);
    /// Reading or writing failed: what and why, translated.
    void problem(const QString &text);

private:
    [[nodiscard]] bool isInSettings() const;
    [[nodiscard]] Content fromSettings() const;
    void take(const Content &content);
    void takeFile();
    void forgetMoved();
    void keep(const QString &name, const QJsonValue &value);

    Settings &m_settings;
    ProjectFile m_file;
    Content m_kept;
    bool m_isLoaded = false;
    bool m_isMoving = false; ///< from the settings into the file
};

} // namespace console
