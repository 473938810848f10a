// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/savedviews.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>
#include <QSaveFile>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 64 * 1024;
constexpr int fileVersion = 1;

SavedView fromJson(const QJsonObject &object)
{
    return {.name = object["name"_L1].toString(),
            .view = object["view"_L1].toString().toLatin1(),
            .filter = object["filter"_L1].toString(),
            .look = object["look"_L1].toObject()};
}

QJsonObject toJson(const SavedView &saved)
{
    QJsonObject object{{"name"_L1, saved.name},
                       {"view"_L1, QString::fromLatin1(saved.view)},
                       {"filter"_L1, saved.filter}};
    if (!saved.look.isEmpty())
        object.insert("look"_L1, saved.look);
    return object;
}

/// \returns what went wrong, or nothing.
QString writeFile(const QString &path, const QByteArray &bytes)
{
    if (!QDir().mkpath(QFileInfo(path).path()))
        return SavedViews::tr("The folder %1 cannot be made").arg(QFileInfo(path).path());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return SavedViews::tr("The saved views could not be written to %1: %2")
            .arg(path, file.errorString());
    return {};
}

} // namespace

SavedViews::SavedViews(QObject *parent)
    : QObject(parent)
{
    m_writer.setMaxThreadCount(1); // the last one wins
}

SavedViews::~SavedViews()
{
    waitForWrites();
}

QString SavedViews::fileBeside(const QString &dataFile)
{
    return dataFile.isEmpty() ? QString() : QFileInfo(dataFile).path() + u"/.redrive/views.json"_s;
}

void SavedViews::setFile(const QString &path)
{
    if (path == m_path)
        return;
    waitForWrites();
    m_path = path;
    read();
}

void SavedViews::read()
{
    m_own.clear();
    m_root = {};
    QFile file(m_path);
    if (!m_path.isEmpty() && file.open(QIODevice::ReadOnly)) {
        const QJsonDocument document =
            file.size() > largestFile ? QJsonDocument() : QJsonDocument::fromJson(file.readAll());
        if (!document.isObject()) {
            // Not written over: a person may have edited it by hand.
            Q_EMIT problem(tr("The saved views in %1 could not be read; they are left as they are.")
                               .arg(m_path));
            m_path.clear();
        }
        m_root = document.object();
    }
    for (const QJsonValue &entry : m_root["views"_L1].toArray()) {
        SavedView saved = fromJson(entry.toObject());
        if (!saved.name.isEmpty() && !saved.view.isEmpty())
            m_own.push_back(std::move(saved));
    }
    Q_EMIT changed();
}

void SavedViews::write()
{
    Q_EMIT changed();
    if (m_path.isEmpty())
        return;
    QJsonArray views;
    for (const SavedView &saved : m_own)
        views.append(toJson(saved));
    m_root.insert("version"_L1, fileVersion);
    m_root.insert("views"_L1, views);
    const auto job = [guarded = QPointer<SavedViews>(this), path = m_path,
                      bytes = QJsonDocument(m_root).toJson()] {
        const QString trouble = writeFile(path, bytes);
        SavedViews *self = guarded; // alive: its destructor waits for this
        if (!trouble.isEmpty() && self != nullptr)
            QMetaObject::invokeMethod(self, [self, trouble] { Q_EMIT self->problem(trouble); });
    };
    m_writer.start(job);
}

void SavedViews::waitForWrites()
{
    m_writer.waitForDone();
}

std::vector<SavedView> SavedViews::own(const QByteArray &view) const
{
    std::vector<SavedView> found;
    std::copy_if(m_own.begin(), m_own.end(), std::back_inserter(found),
                 [&](const SavedView &saved) { return view.isEmpty() || saved.view == view; });
    return found;
}

std::vector<SavedView> SavedViews::presets(const QByteArray &view)
{
    std::vector<SavedView> found;
    const auto add = [&](const QByteArray &of, const QString &name, const QString &filter) {
        if (view.isEmpty() || of == view)
            found.push_back({.name = name, .view = of, .filter = filter, .isPreset = true});
    };
    add("runs"_ba, tr("In flight"), u"is:live"_s);
    add("runs"_ba, tr("Failed today"), u"state:failed since:today"_s);
    add("runs"_ba, tr("Slow"), u"dur:>10s"_s);
    add("runs"_ba, tr("Retried"), u"is:retried"_s);
    add("events"_ba, tr("Started nothing"), u"has:none"_s);
    add("dead"_ba, tr("Dead since today"), u"since:today"_s);
    add("dead"_ba, tr("Dead again after a retry"), u"is:retried"_s);
    return found;
}

const SavedView *SavedViews::withFilter(const QByteArray &view, const QString &filter) const
{
    const auto found = std::find_if(m_own.begin(), m_own.end(), [&](const SavedView &saved) {
        return saved.view == view && saved.filter == filter;
    });
    return found == m_own.end() ? nullptr : &*found;
}

void SavedViews::save(const SavedView &saved)
{
    const auto same = std::find_if(m_own.begin(), m_own.end(), [&](const SavedView &known) {
        return known.view == saved.view && known.name == saved.name;
    });
    if (same == m_own.end())
        m_own.push_back(saved);
    else
        *same = saved;
    write();
}

void SavedViews::remove(const QByteArray &view, const QString &name)
{
    std::erase_if(m_own,
                  [&](const SavedView &saved) { return saved.view == view && saved.name == name; });
    write();
}

bool SavedViews::rename(const QByteArray &view, const QString &name, const QString &newName)
{
    const QString wanted = newName.trimmed();
    const auto named = [&](const QString &which) {
        return std::find_if(m_own.begin(), m_own.end(), [&](const SavedView &saved) {
            return saved.view == view && saved.name == which;
        });
    };
    const auto found = named(name);
    if (wanted.isEmpty() || found == m_own.end()
        || (wanted != name && named(wanted) != m_own.end()))
        return false;
    found->name = wanted;
    write();
    return true;
}

} // namespace console
