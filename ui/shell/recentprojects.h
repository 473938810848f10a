// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/shell/filelook.h"
#include "ui/widgets/navigator.h"

#include <QObject>

#include <chrono>
#include <functional>

class QMenu;

namespace console {

struct Context;

/// The data files that were open last (ui.md §25): File › Open recent, and the palette. Kept in the
/// settings of the person. GUI thread; whether the files are there is found out on another one.
class RecentProjects final : public QObject
{
    Q_OBJECT

public:
    static constexpr int most = 12;

    /// \a menu gets them above what it has.
    RecentProjects(Context &context, QMenu *menu, QObject *parent);

    /// It is the one that is open. Empty: none is.
    void note(const QString &dataFile);
    /// All but the one that is open.
    void clear();

    [[nodiscard]] bool isEmpty() const;

    /// Says `chosen`, or what is wrong, once that is known.
    void open(const QString &dataFile);

    /// For tests: \a isThere  instead of the file system, on the other thread.
    void lookWith(std::function<bool(const QString &)> isThere, std::chrono::milliseconds patience);

Q_SIGNALS:
    void chosen(const QString &dataFile);

private:
    /// Reads the list again and looks for the files.
    void look();
    void take(std::vector<RecentProject> projects);
    void showMenu();
    [[nodiscard]] QStringList files() const;

    Context &m_context;
    QMenu *m_menu;
    std::function<bool(const QString &)> m_isThere;
    FileLook m_list;
    FileLook m_one; ///< that is to be opened
};

} // namespace console
