// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/settings.h"

#include "ui/widgets/projectplaces.h"

#include <QApplication>
#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QFontMetrics>
#include <QSettings>
#include <QThreadPool>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int currentVersion = 3;
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

/// Writes in another thread what QSettings writes by itself a little after a change, because a disk
/// may be slow; meanwhile it would not let anybody read, so what was read is known here.
class FileSettings final : public QSettings
{
public:
    explicit FileSettings(const QString &path)
        : QSettings(path, QSettings::IniFormat)
    {
        m_writer.setMaxThreadCount(1);
    }

    ~FileSettings() override { m_writer.waitForDone(); } // then QSettings writes what is left
    Q_DISABLE_COPY_MOVE(FileSettings)

    [[nodiscard]] QVariant known(const QString &key)
    {
        const auto found = m_known.constFind(key);
        return found != m_known.cend() ? *found : *m_known.insert(key, value(key));
    }

    void forget() { m_known.clear(); }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::UpdateRequest)
            return QSettings::event(event);
        m_writer.start([this, path = fileName()] {
            QSettings(path, QSettings::IniFormat).sync(); // the same values: one per file
            QMetaObject::invokeMethod(
                this, [this] { finish(); }, Qt::QueuedConnection);
        });
        return true;
    }

private:
    void finish()
    {
        QEvent rest(
            QEvent::UpdateRequest); // as a rule there is none, but it waits for changes again
        QSettings::event(&rest);
        forget(); // another window may have written
    }

    QThreadPool m_writer;
    QHash<QString, QVariant> m_known;
};

FileSettings &known(const std::unique_ptr<QSettings> &file)
{
    return static_cast<FileSettings &>(*file);
}

} // namespace

Settings::Settings(const QString &path, QObject *parent)
    : QObject(parent)
{
    if (path.isEmpty())
        return;
    m_file = std::make_unique<FileSettings>(path);
    if (m_file->status() == QSettings::FormatError) {
        const QString copy = path + u".broken"_s;
        QFile::remove(copy);
        m_file.reset();
        QFile::rename(path, copy);
        m_problem = tr("The settings file could not be read. Defaults are used; the old file is "
                       "kept as %1.")
                        .arg(copy);
        m_file = std::make_unique<FileSettings>(path);
    }
    const int version = m_file->value(versionKey, currentVersion).toInt();
    if (version > currentVersion) {
        m_isReadOnly = true;
        m_problem = tr("The settings were written by a newer version of Redrive. They are read, "
                       "but changes are not kept.");
        return;
    }
    migrate(version);
    m_file->setValue(versionKey, currentVersion);
}

/// One step per version, each from the one before it; a step never changes once it was released.
void Settings::migrate(int from)
{
    if (from < 2) {
        // What was selected is kept for its data file now; nothing says of which one this was.
        m_file->beginGroup(u"views"_s);
        for (const QString &view : m_file->childGroups())
            m_file->remove(view + u"/subject"_s);
        m_file->endGroup();
    }
    if (from < 3) {
        // Places are kept for more than one data file now.
        QString dataFile = m_file->value(u"places/dataFile"_s).toString();
        // Nobody knows from which folder a relative one was meant.
        if (QDir::isRelativePath(dataFile))
            dataFile.clear();
        else
            dataFile = QFileInfo(dataFile).absoluteFilePath(); // as a window names it
        QVariantMap places;
        m_file->beginGroup(u"places"_s);
        for (const QString &key : m_file->allKeys())
            places.insert(key, m_file->value(key));
        m_file->endGroup();
        m_file->remove(u"places"_s);
        if (places.contains(u"dataFile"_s))
            places.insert(u"dataFile"_s, dataFile);
        for (auto place = places.cbegin(); place != places.cend() && !dataFile.isEmpty(); ++place)
            m_file->setValue(ProjectPlaces::groupOf(dataFile) + u'/' + place.key(), place.value());
        if (!dataFile.isEmpty())
            m_file->setValue(u"places/order"_s, QStringList{dataFile});
    }
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
    const auto changedHere = m_memory.constFind(key);
    if (changedHere != m_memory.constEnd())
        return *changedHere;
    if (!m_file)
        return fallback;
    const QVariant kept = known(m_file).known(key);
    return kept.isValid() ? kept : fallback;
}

void Settings::setValue(const QString &key, const QVariant &value)
{
    if (m_file && !m_isReadOnly) {
        // Not what is there already: another window may have changed it in the file since.
        if (!m_file->contains(key) || m_file->value(key) != value) {
            m_file->setValue(key, value); // written a little later
            known(m_file).forget();
        }
    } else
        m_memory.insert(key, value);
}

void Settings::remove(const QString &key)
{
    m_memory.removeIf([&key](const auto &entry) {
        return entry.key() == key || entry.key().startsWith(key + u'/');
    });
    if (m_file && !m_isReadOnly) {
        m_file->remove(key);
        known(m_file).forget();
    }
}

void Settings::write()
{
    if (m_file && !m_isReadOnly) {
        m_file->sync();
        known(m_file).forget();
    }
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
