// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/look.h"

#include "ui/compat/portalsettings.h"
#include "ui/compat/systemtheme.h"
#include "ui/core/theme.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/settings.h"

#include <QApplication>
#include <QWidget>

#include <utility>
#include <vector>

namespace console {

namespace {

/// Headings and fixed-width text have a size of their own, which does not follow by itself.
std::vector<std::pair<QWidget *, double>> ownSizes(double usual)
{
    std::vector<std::pair<QWidget *, double>> found;
    for (QWidget *widget : QApplication::allWidgets()) {
        const double size = widget->font().pointSizeF();
        if (widget->testAttribute(Qt::WA_SetFont) && size > 0 && !qFuzzyCompare(size, usual))
            found.emplace_back(widget, size);
    }
    return found;
}

} // namespace

Look::Look(Settings &settings, Theme &theme, bool readsDesktop, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_theme(theme)
    , m_original(QApplication::palette())
    , m_font(QApplication::font())
{
    QApplication::setStyle(new ConsoleStyle); // the application owns it
    connect(&settings, &Settings::changed, this, &Look::apply);
    compat::onSystemThemeChange(this, [this] { apply(); });
    if (readsDesktop) {
        m_portal = new compat::PortalSettings(this);
        connect(m_portal, &compat::PortalSettings::changed, this, [this] {
            m_settings.setMotionWish(m_portal->reducesMotion());
            apply();
        });
    }
    apply();
}

/// Or the next one took for the desktop's what this one made of it.
Look::~Look()
{
    if (QApplication::palette() != m_original)
        QApplication::setPalette(m_original);
    if (QApplication::font() != m_font)
        QApplication::setFont(m_font);
}

void Look::toggleDark()
{
    m_settings.setTheme(m_theme.isDark() ? ThemeChoice::Light : ThemeChoice::Dark);
}

bool Look::isSystemDark() const
{
    const std::optional<bool> wish = m_portal == nullptr ? std::nullopt : m_portal->isDark();
    return wish.value_or(compat::isSystemDark(m_original));
}

void Look::apply()
{
    m_theme.choose(m_settings.theme(), isSystemDark());
    const QPalette palette = m_theme.palette();
    if (QApplication::palette() != palette)
        QApplication::setPalette(palette);
    if (m_settings.theme() != ThemeChoice::System)
        compat::tellFrames(m_theme.isDark());
    QFont font = m_font;
    font.setPointSizeF(m_font.pointSizeF() * m_settings.fontPercent() / 100);
    if (QApplication::font() == font)
        return;
    const double before = QApplication::font().pointSizeF();
    const double ratio = font.pointSizeF() / before;
    const std::vector<std::pair<QWidget *, double>> own = ownSizes(before);
    QApplication::setFont(font);
    for (const auto &[widget, size] : own) {
        QFont larger = widget->font();
        if (!qFuzzyCompare(larger.pointSizeF(), size))
            continue; // it saw to that itself
        larger.setPointSizeF(size * ratio);
        widget->setFont(larger);
    }
}

} // namespace console
