// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/settings.h"

#include "ui/widgets/projectplaces.h"
#include "ui/widgets/settingsfile.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QFontMetrics>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int currentVersion = 4;
constexpr int smallestPercent = 80;
constexpr int largestPercent = 200;
const QString versionKey = u"version"_s;
const QString quitKey = u"confirm/never/quit"_s;

/// Values are kept as words: numbers of an enum would change their meaning with the next one.
template<typename Enum>
struct Word {
    Enum value;
    const char *text;
};

constexpr Word<ThemeChoice> themeWords[] = {{ThemeChoice::System, "system"},
                                            {ThemeChoice::Light, "light"},
                                            {ThemeChoice::Dark, "dark"},
                                            {ThemeChoice::HighContrast, "high-contrast"}};
constexpr Word<Density> densityWords[] = {
    {Density::Normal, "normal"}, {Density::Compact, "compact"}, {Density::Roomy, "roomy"}};
constexpr Word<TimeStyle> timeWords[] = {
    {TimeStyle::Relative, "relative"}, {TimeStyle::Absolute, "absolute"}, {TimeStyle::Utc, "utc"}};

/// The first word is what an unknown text stands for.
template<typename Enum, std::size_t N>
Enum valueOf(const Word<Enum> (&words)[N], const QString &text)
{
    for (const Word<Enum> &word : words) {
        if (text == QLatin1StringView(word.text))
            return word.value;
    }
    return words[0].value;
}

template<typename Enum, std::size_t N>
QString wordOf(const Word<Enum> (&words)[N], Enum value)
{
    for (const Word<Enum> &word : words) {
        if (word.value == value)
            return QString::fromLatin1(word.text);
    }
    Q_UNREACHABLE();
}

} // namespace

Settings::Settings(const QString &path, QObject *parent)
    : QObject(parent)
{
    open(path);
    const int version = value(versionKey, currentVersion).toInt();
    if (version > currentVersion) {
        m_file->keepAsIs();
        m_problem = tr("The settings were written by a newer version of Redrive. They are read, "
                       "but changes are not kept.");
        return;
    }
    migrate(version);
    setValue(versionKey, currentVersion);
}

void Settings::open(const QString &path)
{
    m_file = std::make_unique<SettingsFile>(path);
    if (m_file->isBroken()) {
        const QString copy = path + u".broken"_s;
        QFile::remove(copy);
        QFile::rename(path, copy);
        m_problem = tr("The settings file could not be read. Defaults are used; the old file is "
                       "kept as %1.")
                        .arg(copy);
        m_file = std::make_unique<SettingsFile>(path);
    }
    connect(m_file.get(), &SettingsFile::recovered, this, &Settings::writeRecovered);
    connect(m_file.get(), &SettingsFile::failed, this, [this, path] {
        Q_EMIT writeFailed(tr("The settings could not be written to %1. It is tried again; until "
                              "then changes are kept in the window only.")
                               .arg(path));
    });
}

/// One step per version, each from the one before it; a step never changes once it was released.
void Settings::migrate(int from)
{
    const SettingsFile::Values old = m_file->values();
    if (from < 2) {
        // What was selected is kept for its data file now; nothing says of which one this was.
        for (auto each = old.cbegin(); each != old.cend(); ++each) {
            const QStringList parts = each.key().split(u'/');
            if (parts.size() > 2 && parts[0] == u"views"_s && parts[2] == u"subject"_s)
                remove(u"views/%1/subject"_s.arg(parts[1]));
        }
    }
    if (from < 3)
        movePlaces();
    if (from < 4) {
        // To the other answers, which are brought back together.
        const QString before = u"notices/notEnforced"_s;
        if (const QStringList closed = value(before).toStringList(); !closed.isEmpty())
            setValue(u"confirm/never/notEnforced"_s, closed);
        remove(before);
    }
}

/// Places are kept for more than one data file now.
void Settings::movePlaces()
{
    const SettingsFile::Values old = m_file->values();
    const QString group = u"places/"_s;
    QString dataFile = value(group + u"dataFile"_s).toString();
    // Nobody knows from which folder a relative one was meant.
    if (QDir::isRelativePath(dataFile))
        dataFile.clear();
    else
        dataFile = QFileInfo(dataFile).absoluteFilePath(); // as a window names it
    remove(u"places"_s);
    if (dataFile.isEmpty())
        return;
    for (auto each = old.cbegin(); each != old.cend(); ++each) {
        if (each.key().startsWith(group))
            setValue(ProjectPlaces::groupOf(dataFile) + u'/' + each.key().mid(group.size()), *each);
    }
    setValue(ProjectPlaces::groupOf(dataFile) + u"/dataFile"_s, dataFile);
    setValue(u"places/order"_s, QStringList{dataFile});
}

Settings::~Settings() = default;

ThemeChoice Settings::theme() const
{
    return valueOf(themeWords, value(u"look/theme"_s).toString());
}

void Settings::setTheme(ThemeChoice theme)
{
    setValue(u"look/theme"_s, wordOf(themeWords, theme));
    Q_EMIT changed();
}

int Settings::fontPercent() const
{
    return std::clamp(value(u"look/fontPercent"_s, 100).toInt(), smallestPercent, largestPercent);
}

void Settings::setFontPercent(int percent)
{
    setValue(u"look/fontPercent"_s, std::clamp(percent, smallestPercent, largestPercent));
    Q_EMIT changed();
}

Density Settings::density() const
{
    return valueOf(densityWords, value(u"look/density"_s).toString());
}

void Settings::setDensity(Density density)
{
    setValue(u"look/density"_s, wordOf(densityWords, density));
    Q_EMIT changed();
}

TimeStyle Settings::timeStyle() const
{
    return valueOf(timeWords, value(u"look/times"_s).toString());
}

void Settings::setTimeStyle(TimeStyle style)
{
    setValue(u"look/times"_s, wordOf(timeWords, style));
    Q_EMIT changed();
}

bool Settings::wrapsLines() const
{
    return value(u"look/wrapLines"_s, false).toBool();
}

void Settings::setWrapsLines(bool wraps)
{
    setValue(u"look/wrapLines"_s, wraps);
    Q_EMIT changed();
}

bool Settings::hasSingleKeys() const
{
    return value(u"keys/single"_s, true).toBool();
}

void Settings::setSingleKeys(bool areOn)
{
    setValue(u"keys/single"_s, areOn);
    Q_EMIT changed();
}

bool Settings::reducesMotion() const
{
    return value(u"look/reduceMotion"_s, m_motionWish).toBool();
}

void Settings::setReducesMotion(bool reduces)
{
    setValue(u"look/reduceMotion"_s, reduces);
    Q_EMIT changed();
}

void Settings::resetMotion()
{
    remove(u"look/reduceMotion"_s);
    Q_EMIT changed();
}

void Settings::setMotionWish(bool reduces)
{
    if (reduces == m_motionWish)
        return;
    m_motionWish = reduces;
    Q_EMIT changed();
}

QString Settings::editorCommand() const
{
    return value(u"editor/command"_s).toString();
}

void Settings::setEditorCommand(const QString &command)
{
    setValue(u"editor/command"_s, command);
    Q_EMIT changed();
}

bool Settings::asksBeforeQuit() const
{
    return !value(quitKey, false).toBool();
}

void Settings::setAsksBeforeQuit(bool asks)
{
    setValue(quitKey, !asks);
    Q_EMIT changed();
}

void Settings::askAgain()
{
    remove(u"confirm/never"_s);
    remove(u"tips/seen"_s);
    Q_EMIT changed();
}

QVariant Settings::value(const QString &key, const QVariant &fallback) const
{
    const QVariant kept = m_file->values().value(key);
    return kept.isValid() ? kept : fallback;
}

void Settings::setValue(const QString &key, const QVariant &value)
{
    m_file->change({.kind = SettingsChange::Kind::Set, .key = key, .value = value});
}

void Settings::remove(const QString &key)
{
    m_file->change({.kind = SettingsChange::Kind::Remove, .key = key, .value = {}});
}

void Settings::prepend(const QString &key, const QString &text, qsizetype most)
{
    m_file->change(
        {.kind = SettingsChange::Kind::Prepend, .key = key, .value = text, .most = most});
}

void Settings::drop(const QString &key, const QString &text)
{
    m_file->change({.kind = SettingsChange::Kind::Drop, .key = key, .value = text});
}

void Settings::tryAgain()
{
    m_file->tryAgain();
}

void Settings::write()
{
    m_file->write();
}

void Settings::whenWritten(std::function<void()> then)
{
    m_file->whenWritten(std::move(then));
}

int Settings::rowHeight() const
{
    const int wanted = [this] {
        switch (density()) {
        case Density::Compact:
            return 20;
        case Density::Normal:
            return 24;
        case Density::Roomy:
            return 30;
        }
        Q_UNREACHABLE();
    }();
    const int text = QFontMetrics(QApplication::font()).height() + 2;
    return std::max(text, wanted * fontPercent() / 100);
}

} // namespace console
