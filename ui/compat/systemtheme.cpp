// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/compat/systemtheme.h"

#include <QGuiApplication>
#include <QStyleHints>

namespace console::compat {

bool isSystemDark(const QPalette &original)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
    return original.color(QPalette::Window).lightness() < 128;
}

void onSystemThemeChange(QObject *context, std::function<void()> changed)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, context,
                     [changed = std::move(changed)] { changed(); });
#else
    Q_UNUSED(context)
    Q_UNUSED(changed)
#endif
}

void tellFrames(bool isDark)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QGuiApplication::styleHints()->setColorScheme(isDark ? Qt::ColorScheme::Dark
                                                         : Qt::ColorScheme::Light);
#else
    Q_UNUSED(isDark)
#endif
}

} // namespace console::compat
