// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/savedviews.h"

#include <QJsonArray>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

SavedView fromJson(const QJsonObject &object)
{
    return {.name = object["name"_L1].toString(),
            .view = object["view"_L1].toString().toLatin1(),
            .filter = object["filter"_L1].toString(),
            .look = object["look"_L1].toObject(),
            .isPinned = object["pinned"_L1].toBool(true)};
}

QJsonObject toJson(const SavedView &saved)
{
    QJsonObject object{{"name"_L1, saved.name},
                       {"view"_L1, QString::fromLatin1(saved.view)},
                       {"filter"_L1, saved.filter}};
    if (!saved.look.isEmpty())
        object.insert("look"_L1, saved.look);
    if (!saved.isPinned)
        object.insert("pinned"_L1, false);
    return object;
}

} // namespace

SavedViews::SavedViews(QObject *parent)
    : QObject(parent)
{
    connect(&m_file, &ProjectFile::problem, this, &SavedViews::problem);
    connect(&m_file, &ProjectFile::problemOver, this, &SavedViews::problemOver);
}

QString SavedViews::fileBeside(const QString &dataFile)
{
    return ProjectFile::beside(dataFile, u"views.json"_s);
}

void SavedViews::setFile(const QString &path)
{
    if (path == m_file.path())
        return;
    m_file.open(path);
    m_own.clear();
    for (const QJsonValue &entry : m_file.content()["views"_L1].toArray()) {
        SavedView saved = fromJson(entry.toObject());
        if (saved.name.isEmpty() || saved.view.isEmpty())
            continue;
        saved.isPinned = saved.isPinned && hasRoom(saved.view);
        m_own.push_back(std::move(saved));
    }
    Q_EMIT changed();
}

void SavedViews::write()
{
    QJsonArray views;
    for (const SavedView &saved : m_own)
        views.append(toJson(saved));
    m_file.write(u"views"_s, views);
    Q_EMIT changed();
}

std::vector<SavedView> SavedViews::own(const QByteArray &view) const
{
    std::vector<SavedView> found;
    std::copy_if(m_own.begin(), m_own.end(), std::back_inserter(found),
                 [&](const SavedView &saved) { return view.isEmpty() || saved.view == view; });
    return found;
}

std::vector<SavedView> SavedViews::pinned(const QByteArray &view) const
{
    std::vector<SavedView> found = own(view);
    std::erase_if(found, [](const SavedView &saved) { return !saved.isPinned; });
    return found;
}

bool SavedViews::hasRoom(const QByteArray &view) const
{
    return pinned(view).size() < std::size_t{mostPinned};
}

bool SavedViews::setPinned(const QByteArray &view, const QString &name, bool isPinned)
{
    const auto found = std::find_if(m_own.begin(), m_own.end(), [&](const SavedView &saved) {
        return saved.view == view && saved.name == name;
    });
    if (found == m_own.end() || found->isPinned == isPinned)
        return true;
    if (isPinned && !hasRoom(view))
        return false;
    found->isPinned = isPinned;
    write();
    return true;
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
    add("runs"_ba, tr("Started by me"), u"source:composer,rerun"_s);
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
    if (same == m_own.end()) {
        SavedView added = saved;
        added.isPinned = added.isPinned && hasRoom(added.view);
        m_own.push_back(std::move(added));
    } else {
        const bool wasPinned = same->isPinned;
        *same = saved;
        same->isPinned = wasPinned;
    }
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
