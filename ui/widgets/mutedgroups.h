// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"

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
/// navigation does not count them. Kept in the settings by function and signature, until a time, or
/// until the function fails in another way, which is another group. GUI thread.
class MutedGroups final : public QObject
{
    Q_OBJECT

public:
    using Group = std::pair<QByteArray, QByteArray>;   ///< slug, fingerprint
    using Until = std::optional<devserver::TimePoint>; ///< nothing: until the error changes

    MutedGroups(devserver::api::ConsoleBackend &backend, Feed &feed, Settings &settings,
                QObject *parent = nullptr);
    ~MutedGroups() override;
    Q_DISABLE_COPY_MOVE(MutedGroups)

    void mute(const std::vector<Group> &groups, Until until);
    void unmute(const std::vector<Group> &groups);

    [[nodiscard]] bool isMuted(const Group &group) const { return m_until.contains(group); }

    /// Of a muted one.
    [[nodiscard]] Until until(const Group &group) const;

    /// Open ones in muted groups, as far as it is known.
    [[nodiscard]] qint64 letters() const { return m_letters; }

Q_SIGNALS:
    /// Which groups are muted, or how many letters they hold.
    void changed();

private:
    void read();
    void write();
    /// \returns whether the time of one is over.
    bool dropOver();
    void count();

    devserver::api::ConsoleBackend &m_backend;
    Settings &m_settings;
    std::map<Group, Until> m_until;
    QPointer<devserver::api::Reply> m_request;
    QTimer m_again; ///< letters changed, or a time is over
    qint64 m_letters = 0;
};

} // namespace console
