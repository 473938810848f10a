// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/place.h"
#include "ui/core/savedviews.h"

#include <QObject>
#include <QStringList>
#include <QUrl>

#include <utility>
#include <vector>

class QWidget;

namespace console {

class InfoBarStack;

/// A data file that was open before.
struct RecentProject {
    QString dataFile; ///< absolute path
    bool isThere = true;

    bool operator==(const RecentProject &) const = default;
};

/// How views ask the shell for something outside of them: views know each other only through this
/// (style.md 3). The main window listens.
class Navigator final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void go(const Place &place) { Q_EMIT goRequested(place); }

    /// Runs with this run selected; \a isFullSize gives it the whole central area.
    void openRun(devserver::RunId run, bool isFullSize = false);

    /// Runs, scrolled to what was queued last until then; its filter stays.
    void goToTime(devserver::TimePoint time);

    void openSavedView(const SavedView &saved) { Q_EMIT savedViewRequested(saved); }

    void openRunWindow(devserver::RunId run) { Q_EMIT runWindowRequested(run); }

    void openEvent(devserver::EventId event);
    void openFunction(const QByteArray &slug);
    /// Runs with this filter line.
    void filterRuns(const QString &filter);
    /// The composer with this draft; empty name: a new event, with the focus in the name. What was
    /// written there stays, in a tab of its own.
    void composeEvent(const QByteArray &name = {}, const QByteArray &dataJson = {},
                      const QByteArray &userJson = {});

    /// The composer as it was left.
    void showComposer() { Q_EMIT composerRequested(); }

    void composeInvoke(const QByteArray &slug, const QByteArray &dataJson = {});
    /// The composer with this event, asking for the name that it is kept under.
    void keepFavourite(const QByteArray &eventName, const QByteArray &dataJson,
                       const QByteArray &userJson = {});

    /// The composer with what is kept under this name.
    void composeFavourite(const QString &name) { Q_EMIT favouriteChosen(name); }

    /// Names of what is kept, as the composer said them last.
    [[nodiscard]] const QStringList &favourites() const { return m_favourites; }

    void setFavourites(const QStringList &names) { m_favourites = names; }

    /// What the inspector shows from now on. The same one again: what could not be read is asked
    /// for.
    void select(const Selection &selection);

    [[nodiscard]] const Selection &selection() const { return m_selection; }

    /// The inspector with the calls of this run.
    void showCalls(devserver::RunId run) { Q_EMIT callsRequested(run); }

    /// This data file instead of the one that is open: a window for it takes the place of this one.
    void openProject(const QString &dataFile) { Q_EMIT projectRequested(dataFile); }

    /// Newest first, without the one that is open here, as the window said them last.
    [[nodiscard]] const std::vector<RecentProject> &recentProjects() const { return m_recent; }

    void setRecentProjects(std::vector<RecentProject> projects) { m_recent = std::move(projects); }

    /// The manual at the section with this name: of a view, a panel, or one of its own.
    void openManual(const QByteArray &section) { Q_EMIT manualRequested(section); }

    /// Something that was to be kept was not, or not read: the window says so. \a text  translated
    void tellProblem(const QString &text) { Q_EMIT problem(text); }

    /// What was told with this text is so no more.
    void takeBackProblem(const QString &text) { Q_EMIT problemOver(text); }

    /// A dead run with other data: its letter's dialog over \a asker, which has the focus
    /// afterwards; \a bars say how it went.
    void editRun(devserver::RunId run, InfoBarStack &bars, QWidget &asker)
    {
        Q_EMIT runEditRequested(run, &bars, &asker);
    }

    /// What is kept is in the settings and in the files of the project when this returns: another
    /// process is about to read them. As the end of the program it waits for a few milliseconds.
    void saveAll() { Q_EMIT saveRequested(); }

Q_SIGNALS:
    void saveRequested();
    void problem(const QString &text);
    void problemOver(const QString &text);
    void goRequested(const console::Place &place);
    void timeRequested(devserver::TimePoint time);
    void savedViewRequested(const console::SavedView &saved);
    void runWindowRequested(devserver::RunId run);
    void eventDraftRequested(const QByteArray &name, const QByteArray &dataJson,
                             const QByteArray &userJson);
    void composerRequested();
    void invokeDraftRequested(const QByteArray &slug, const QByteArray &dataJson);
    void favouriteRequested(const QByteArray &eventName, const QByteArray &dataJson,
                            const QByteArray &userJson);
    void favouriteChosen(const QString &name);
    void selectionChanged(const console::Selection &selection);
    void selectedAgain();
    void callsRequested(devserver::RunId run);
    void runEditRequested(devserver::RunId run, console::InfoBarStack *bars, QWidget *asker);
    void manualRequested(const QByteArray &section);
    void projectRequested(const QString &dataFile);

private:
    Selection m_selection;
    QStringList m_favourites;
    std::vector<RecentProject> m_recent;
};

} // namespace console
