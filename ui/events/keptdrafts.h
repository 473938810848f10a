// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/drafthistory.h"
#include "ui/core/projectfile.h"
#include "ui/events/drafttabs.h"
#include "ui/widgets/backgroundjob.h"

#include <QObject>

namespace console {

class Settings;

/// Where the drafts of the composer and what it sent outlive the program: `.redrive/composer.json`
/// of the project (ui.md §25), or the person's settings as long as there is no project folder or
/// its file cannot be read. What an earlier version kept in the settings moves into the first
/// project that has no such file. GUI thread; JSON and the file are read and written on others.
class KeptDrafts final : public QObject
{
    Q_OBJECT

public:
    struct Content {
        DraftTabs::State drafts;
        std::vector<DraftHistory::Entry> history;

        bool operator==(const Content &) const = default;
    };

    explicit KeptDrafts(Settings &settings, QObject *parent = nullptr);
    ~KeptDrafts() override;

    /// Of the project with this data file; `loaded` comes if it is another one than before.
    void open(const QString &dataFile);

    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }

    // Nothing is done until `loaded` came, and if nothing has changed since.
    void keepDrafts(DraftTabs::State drafts);
    void keepHistory(std::vector<DraftHistory::Entry> history);

    /// What could not be written, at once.
    void tryAgain() { m_file.tryAgain(); }

    /// Until what was kept is written.
    void finish();

Q_SIGNALS:
    void loaded(const console::KeptDrafts::Content &content);
    /// Reading or writing failed: what and why, translated.
    void problem(const QString &text);
    /// That one is over.
    void problemOver(const QString &text);

private:
    /// As the settings have it.
    struct Texts {
        QByteArray drafts;
        QByteArray history;
    };

    [[nodiscard]] static Texts textsOf(const Content &content);
    [[nodiscard]] static Content contentOf(const Texts &texts);
    [[nodiscard]] bool isInSettings() const;
    void readSettings(bool moves);
    void take(const Content &content);
    void takeFile();
    void finishMove();
    void forgetMoved();
    void keep();
    void storeInSettings(const Texts &texts);
    void finishSaving();

    Settings &m_settings;
    ProjectFile m_file;
    BackgroundJob m_reading;
    BackgroundJob m_saving; ///< into the settings
    Content m_kept;
    bool m_isLoaded = false;
    bool m_isMoving = false; ///< from the settings into the file
};

} // namespace console
