// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/projectfile.h"

#include <QJsonObject>
#include <QObject>

#include <vector>

namespace console {

/// A filter line with a name (ui.md §17).
struct SavedView {
    QString name;
    QByteArray view;       ///< `runs`, `events`, `dead`
    QString filter;        ///< text of the filter line
    QJsonObject look = {}; ///< columns and sort, as the view keeps them; empty: as they are
    bool isPreset = false; ///< comes with the program
    bool isPinned = true;  ///< a chip at the filter line

    bool operator==(const SavedView &) const = default;
};

/// The saved views of a project, in a readable file beside its data (ui.md §25). Keys of the file
/// that are unknown here are kept. GUI thread; writes happen on a thread of its own.
class SavedViews final : public QObject
{
    Q_OBJECT

public:
    explicit SavedViews(QObject *parent = nullptr);

    [[nodiscard]] static QString fileBeside(const QString &dataFile);
    /// Reads it, at most 64 KiB; empty: nothing is kept.
    void setFile(const QString &path);

    /// Those of people, in their order; of one view, or of all.
    [[nodiscard]] std::vector<SavedView> own(const QByteArray &view = {}) const;
    /// A filter line has so many chips at most.
    static constexpr int mostPinned = 8;
    /// Those of people that are chips of this view.
    [[nodiscard]] std::vector<SavedView> pinned(const QByteArray &view) const;
    /// Those that come with the program.
    [[nodiscard]] static std::vector<SavedView> presets(const QByteArray &view = {});
    /// The one with this filter line, or null.
    [[nodiscard]] const SavedView *withFilter(const QByteArray &view, const QString &filter) const;

    /// \returns false if there are as many chips as there can be.
    bool setPinned(const QByteArray &view, const QString &name, bool isPinned);
    /// Replaces the one of the same view and name; a new one is no chip if there are enough.
    void save(const SavedView &saved);
    void remove(const QByteArray &view, const QString &name);
    /// \returns false if the name is empty or taken.
    bool rename(const QByteArray &view, const QString &name, const QString &newName);

    /// What could not be written, at once.
    void tryAgain() { m_file.tryAgain(); }

    /// Until everything is written; for tests and the end of the program.
    void waitForWrites() { m_file.waitForWrites(); }

Q_SIGNALS:
    void changed();
    /// Reading or writing failed: what and why, translated.
    void problem(const QString &text);
    /// That one is over.
    void problemOver(const QString &text);

private:
    void write();
    [[nodiscard]] bool hasRoom(const QByteArray &view) const;

    ProjectFile m_file;
    std::vector<SavedView> m_own;
};

} // namespace console
