// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/projectfile.h"

#include <QObject>
#include <QString>

class QWidget;

namespace console {

/// Where the favourites of the project are: `.redrive/events/` beside the data file, or a folder
/// of the person's choice, kept in `.redrive/favourites.json` (ui.md §10). One inside the project
/// folder is kept relative to it, so that the file fits other machines. GUI thread.
class FavouriteFolder final : public QObject
{
    Q_OBJECT

public:
    explicit FavouriteFolder(QObject *parent = nullptr);

    /// Of the project with this data file; empty: there is no project.
    void open(const QString &dataFile);

    /// Empty: without a project there are no favourites.
    [[nodiscard]] const QString &path() const { return m_path; }

    [[nodiscard]] bool isUsual() const { return m_path == usual(); }

    /// Asks which one, over \a where.
    void ask(QWidget *where);
    void choose(const QString &folder);

    void chooseUsual() { choose(usual()); }

Q_SIGNALS:
    void changed();
    /// Reading or writing failed: what and why, translated.
    void problem(const QString &text);

private:
    [[nodiscard]] QString usual() const;

    ProjectFile m_file;
    QString m_project; ///< folder; empty: none
    QString m_path;
};

} // namespace console
