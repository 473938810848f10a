// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/draft.h"
#include "ui/widgets/backgroundjob.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <functional>
#include <vector>

namespace console {

/// Drafts with a name, one small JSON file each in a folder of the project, so that they can be
/// committed and reviewed (ui.md §10); see FavouriteFolder. Files are read and written off the GUI
/// thread; what others change there is picked up.
class Favourites final : public QObject
{
    Q_OBJECT

public:
    struct Entry {
        QString name; ///< path below the folder without `.json`: `orders/new order`
        Draft draft;

        bool operator==(const Entry &) const = default;
    };

    explicit Favourites(QObject *parent = nullptr);

    /// Of the project; empty: there are none.
    void setFolder(const QString &folder);

    [[nodiscard]] bool hasFolder() const { return !m_folder.isEmpty(); }

    void save(const QString &name, const Draft &draft);
    /// The file goes, and its folder if that is empty then.
    void remove(const QString &name);
    void rename(const QString &name, const QString &newName);

    /// By name.
    [[nodiscard]] const std::vector<Entry> &all() const { return m_entries; }

    /// Null: there is none with this name.
    [[nodiscard]] const Entry *find(const QString &name) const;
    /// The draft is one of them, as it stands.
    [[nodiscard]] bool holds(const Draft &draft) const;

    /// Why a name cannot be one of a file; empty: it can.
    [[nodiscard]] static QString nameProblem(const QString &name);

Q_SIGNALS:
    // One after the other; what was saved by us comes so, too.
    void added(const QString &name);
    void removed(const QString &name);
    void changed(const QString &name);
    void saved(const QString &name);
    void failed(const QString &problem);

private:
    [[nodiscard]] QString pathOf(const QString &name) const;
    void write(std::function<QString()> work, const QString &name);
    void read();
    void take(std::vector<Entry> entries, const QStringList &watched);

    QString m_folder;
    std::vector<Entry> m_entries; ///< by name
    QFileSystemWatcher m_watcher;
    QTimer m_readTimer; ///< editors write in several steps
    BackgroundJob m_reading;
    BackgroundJob m_writing;
};

} // namespace console
