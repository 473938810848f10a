// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "ui/core/projectfile.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace console {

class Feed;
class Settings;

/// Groups of dead letters that nobody wants to be reminded of (ui.md 11): the badge of the
/// navigation does not count them. Kept in `.redrive/muted.json` of the project by function and
/// signature, until a time, or until the function fails in another way, which is another group. GUI
/// thread.
class MutedGroups final : public QObject
{
    Q_OBJECT

public:
    using Group = std::pair<QByteArray, QByteArray>;   ///< slug, fingerprint
    using Until = std::optional<devserver::TimePoint>; ///< nothing: until the error changes

    /// \param settings  where they were kept for all projects together; the first project that is
    ///                  opened takes them over
    MutedGroups(devserver::api::ConsoleBackend &backend, Feed &feed, Settings &settings,
                QObject *parent = nullptr);
    ~MutedGroups() override;
    Q_DISABLE_COPY_MOVE(MutedGroups)

    [[nodiscard]] static QString fileBeside(const QString &dataFile);
    /// Empty: they are kept as long as the window.
    void setFile(const QString &path);

    void mute(const std::vector<Group> &groups, Until until);
    void unmute(const std::vector<Group> &groups);

    [[nodiscard]] bool isMuted(const Group &group) const { return m_until.contains(group); }

    /// Of a muted one.
    [[nodiscard]] Until until(const Group &group) const;

    /// Open ones in muted groups, as far as it is known.
    [[nodiscard]] qint64 letters() const { return m_letters; }

    /// What could not be written, at once.
    void tryAgain() { m_file.tryAgain(); }

    /// Until everything is written; for tests and the end of the program.
    void waitForWrites() { m_file.waitForWrites(); }

Q_SIGNALS:
    /// Which groups are muted, or how many letters they hold.
    void changed();
    /// Reading or writing failed: what and why, translated.
    void problem(const QString &text);
    /// That one is over.
    void problemOver(const QString &text);

private:
    void takeFile();
    void read();
    [[nodiscard]] bool takeOld();
    void write();
    /// \returns whether the time of one is over.
    bool dropOver();
    void count();

    devserver::api::ConsoleBackend &m_backend;
    Settings &m_settings;
    ProjectFile m_file;
    std::map<Group, Until> m_until;
    std::map<Group, QJsonObject> m_entries; ///< as they are in the file, with what is unknown here
    QJsonArray m_unknown; ///< entries that say nothing here; they stay in the file as they are
    QPointer<devserver::api::Reply> m_request;
    QTimer m_again; ///< letters changed, or a time is over
    qint64 m_letters = 0;
    bool m_movesOld = false; ///< they stay in the settings until they are in the file
};

} // namespace console
