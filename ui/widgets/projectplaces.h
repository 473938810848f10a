// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QVariant>

namespace console {

class Settings;

/// Where things were when the window of a data file was closed, so that they are found as they were
/// (ui.md §25). Kept in the settings of the person, for the data files that were open last. GUI
/// thread.
class ProjectPlaces final
{
public:
    /// Of how many data files something is kept.
    static constexpr int most = 20;

    /// \a dataFile empty: nothing is known, nothing is kept.
    ProjectPlaces(Settings &settings, const QString &dataFile);

    /// The group of settings of the data file with this absolute path: `places/0123456789abcdef`.
    [[nodiscard]] static QString groupOf(const QString &dataFile);

    /// Something of this data file is kept.
    [[nodiscard]] bool isKnown() const;

    [[nodiscard]] QVariant value(const QString &key, const QVariant &fallback = {}) const;

    /// It is the one that was open last; the one that was open longest ago is forgotten if there
    /// are too many. Before `setValue`.
    void touch();
    void setValue(const QString &key, const QVariant &value);

private:
    Settings &m_settings;
    QString m_dataFile;
    QString m_group;
};

} // namespace console
