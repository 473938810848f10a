// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFont>
#include <QObject>
#include <QPalette>

namespace console {

namespace compat {
class PortalSettings;
}

class Settings;
class Theme;

/// Makes the application look as the settings say, now and when they change: style, palette, font
/// size (ui.md §22). One at a time; the application is as the desktop wishes when it goes.
class Look final : public QObject
{
    Q_OBJECT

public:
    /// \a readsDesktop: what the desktop wishes is asked for over D-Bus, too.
    Look(Settings &settings, Theme &theme, bool readsDesktop, QObject *parent = nullptr);
    ~Look() override;
    Q_DISABLE_COPY_MOVE(Look)

    /// Light to dark and back, as a choice of the person.
    void toggleDark();

private:
    void apply();
    [[nodiscard]] bool isSystemDark() const;

    Settings &m_settings;
    Theme &m_theme;
    compat::PortalSettings *m_portal = nullptr; ///< null: not asked
    QPalette m_original;                        ///< of the desktop
    QFont m_font;                               ///< at 100 %
};

} // namespace console
