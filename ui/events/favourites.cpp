// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/favourites.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSaveFile>

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
    if (!QDir().mkpath(QFileInfo(path).path()))
        return Favourites::tr("The folder %1 cannot be made").arg(QFileInfo(path).path());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return Favourites::tr("%1: %2").arg(path, file.errorString());
    return {};
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
    : QAbstractListModel(parent)
{
    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(settleTime);
    connect(&m_readTimer, &QTimer::timeout, this, &Favourites::read);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this,
            [this] { m_readTimer.start(); });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this] { m_readTimer.start(); });
}

QString Favourites::folderBeside(const QString &dataFile)
{
    return dataFile.isEmpty() ? QString() : QFileInfo(dataFile).path() + u"/.redrive/events"_s;
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
    // Rows that stay keep their selection; few rows, so one after the other will do.
    for (int row = rowCount() - 1; row >= 0; --row) {
        const bool stays = std::any_of(entries.begin(), entries.end(), [&](const Entry &entry) {
            return entry.name == at(row).name;
        });
        if (stays)
            continue;
        beginRemoveRows({}, row, row);
        m_entries.erase(m_entries.begin() + row);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto row = static_cast<int>(i);
        if (i < m_entries.size() && m_entries[i].name == entries[i].name) {
            if (m_entries[i] != entries[i]) {
                m_entries[i] = entries[i];
                Q_EMIT dataChanged(index(row), index(row));
            }
            continue;
        }
        beginInsertRows({}, row, row);
        m_entries.insert(m_entries.begin() + row, entries[i]);
        endInsertRows();
    }
}

int Favourites::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant Favourites::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry &entry = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return entry.name;
    case Qt::ToolTipRole:
        return QString(QString::fromUtf8(entry.draft.name) + u'\n'
                       + QString::fromUtf8(entry.draft.text.left(600)));
    default:
        return {};
    }
}

} // namespace console
