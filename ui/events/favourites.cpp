// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/favourites.h"

#include "ui/core/wholefile.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int settleTime = 100;                 // ms
constexpr qint64 largestFile = 4 * 1024 * 1024; ///< bytes; others are not drafts
constexpr int mostFiles = 1000;
const QString suffix = u".json"_s;

struct Reading {
    std::vector<Favourites::Entry> entries;
    QStringList watched;
};

Reading readFolder(const QString &folder)
{
    Reading reading;
    if (!QFileInfo(folder).isDir())
        return reading;
    reading.watched.append(folder);
    QDirIterator files(folder, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot,
                       QDirIterator::Subdirectories);
    while (files.hasNext() && reading.watched.size() < mostFiles) {
        const QString path = files.next();
        const QFileInfo info = files.fileInfo();
        if (info.isDir()) {
            reading.watched.append(path);
            continue;
        }
        if (!path.endsWith(suffix) || info.size() > largestFile)
            continue;
        reading.watched.append(path);
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const std::optional<Draft> draft = draftFromFile(file.readAll());
        QString name = QDir(folder).relativeFilePath(path);
        name.chop(suffix.size());
        if (draft)
            reading.entries.push_back({name, *draft});
    }
    std::sort(reading.entries.begin(), reading.entries.end(),
              [](const auto &a, const auto &b) { return a.name < b.name; });
    return reading;
}

QString writeFile(const QString &path, const QByteArray &bytes)
{
    const QString trouble = writeWhole(path, bytes);
    return trouble.isEmpty() ? trouble : Favourites::tr("%1: %2").arg(path, trouble);
}

QString removeFile(const QString &path, const QString &folder)
{
    QFile file(path);
    if (!file.remove())
        return Favourites::tr("%1: %2").arg(path, file.errorString());
    if (const QString below = QFileInfo(path).path(); below != folder)
        QDir(folder).rmdir(below); // fails unless it is empty
    return {};
}

} // namespace

Favourites::Favourites(QObject *parent)
    : QObject(parent)
    , m_watcher(this)
{
    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(settleTime);
    connect(&m_readTimer, &QTimer::timeout, this, &Favourites::read);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this,
            [this] { m_readTimer.start(); });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this] { m_readTimer.start(); });
}

const Favourites::Entry *Favourites::find(const QString &name) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&name](const Entry &entry) { return entry.name == name; });
    return found == m_entries.end() ? nullptr : &*found;
}

bool Favourites::holds(const Draft &draft) const
{
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [&draft](const Entry &entry) { return entry.draft == draft; });
}

QString Favourites::nameProblem(const QString &name)
{
    const bool isBad = name.trimmed().isEmpty() || name.startsWith(u'/') || name.endsWith(u'/')
                       || name.contains(u"..") || name.contains(u'\\') || name.contains(u'\0');
    return isBad ? tr("Write a name such as orders/new order") : QString();
}

void Favourites::setFolder(const QString &folder)
{
    if (folder == m_folder)
        return;
    m_folder = folder;
    m_readTimer.stop();
    if (const QStringList old = m_watcher.files() + m_watcher.directories(); !old.isEmpty())
        m_watcher.removePaths(old);
    // At once: what is done to a favourite is done to the file of its name in the folder.
    while (!m_entries.empty()) {
        const QString name = m_entries.back().name;
        m_entries.pop_back();
        Q_EMIT removed(name);
    }
    read();
}

QString Favourites::pathOf(const QString &name) const
{
    return m_folder + u'/' + name + suffix;
}

void Favourites::save(const QString &name, const Draft &draft)
{
    write([path = pathOf(name), bytes = draftFile(draft)] { return writeFile(path, bytes); }, name);
}

void Favourites::remove(const QString &name)
{
    write([path = pathOf(name), folder = m_folder] { return removeFile(path, folder); }, name);
}

void Favourites::rename(const QString &name, const QString &newName)
{
    if (name == newName)
        return;
    write(
        [from = pathOf(name), to = pathOf(newName), folder = m_folder] {
            if (QFileInfo::exists(to))
                return tr("There is a favourite with this name already");
            if (!QDir().mkpath(QFileInfo(to).path()) || !QFile::rename(from, to))
                return tr("%1 cannot be renamed").arg(from);
            QDir(folder).rmdir(QFileInfo(from).path()); // fails unless it is empty
            return QString();
        },
        newName);
}

void Favourites::write(std::function<QString()> work, const QString &name)
{
    m_writing.start([work = std::move(work)](const CancelFlag &) { return work(); },
                    [this, name](const QString &problem) {
                        if (!problem.isEmpty()) {
                            Q_EMIT failed(problem);
                            return;
                        }
                        Q_EMIT saved(name);
                        read();
                    });
}

void Favourites::read()
{
    m_reading.start([folder = m_folder](const CancelFlag &) { return readFolder(folder); },
                    [this](Reading reading) { take(std::move(reading.entries), reading.watched); });
}

void Favourites::take(std::vector<Entry> entries, const QStringList &watched)
{
    const QStringList before = m_watcher.files() + m_watcher.directories();
    QStringList fresh;
    for (const QString &path : watched) {
        if (!before.contains(path))
            fresh.append(path);
    }
    if (!fresh.isEmpty())
        m_watcher.addPaths(fresh);
    // What stays keeps its place in the lists; there are few, so one after the other will do.
    for (std::size_t at = m_entries.size(); at-- > 0;) {
        const QString name = m_entries[at].name;
        const bool stays = std::any_of(entries.begin(), entries.end(),
                                       [&name](const Entry &entry) { return entry.name == name; });
        if (stays)
            continue;
        m_entries.erase(m_entries.begin() + static_cast<std::ptrdiff_t>(at));
        Q_EMIT removed(name);
    }
    for (std::size_t at = 0; at < entries.size(); ++at) {
        const Entry &entry = entries[at];
        if (at < m_entries.size() && m_entries[at].name == entry.name) {
            if (m_entries[at] == entry)
                continue;
            m_entries[at] = entry;
            Q_EMIT changed(entry.name);
            continue;
        }
        m_entries.insert(m_entries.begin() + static_cast<std::ptrdiff_t>(at), entry);
        Q_EMIT added(entry.name);
    }
}

} // namespace console
