// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFont>
#include <QObject>
#include <QPalette>

namespace console {

class Settings;
class Theme;

/// Makes the application look as the settings say, now and when they change: style, palette, font
/// size (ui.md §22). One per process.
class Look final : public QObject
{
    Q_OBJECT

public:
    Look(Settings &settings, Theme &theme, QObject *parent = nullptr);

    /// Light to dark and back, as a choice of the person.
    void toggleDark();

private:
    void apply();

    Settings &m_settings;
    Theme &m_theme;
    QPalette m_original; ///< of the desktop
    QFont m_font;        ///< at 100 %
};

} // namespace console
