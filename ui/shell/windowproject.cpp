// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What belongs to the project of a main window, and how it makes room for another one.

#include "devserver/api/consolebackend.h"
#include "ui/shell/filelook.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/quitquestion.h"
#include "ui/shell/recentprojects.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/otherdatafile.h"

#include <QFileInfo>
#include <QMenu>

#include <tuple>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::Done;
using devserver::api::ServerPhase;

void MainWindow::readProject(const QString &dataFile)
{
    m_workspace.savedViews.setFile(SavedViews::fileBeside(dataFile));
    m_workspace.paths.setFile(PathRules::fileBeside(dataFile));
    m_workspace.muted.setFile(MutedGroups::fileBeside(dataFile));
    // Path rewrites were the person's once; they go to the first project that is opened, and are
    // theirs until its file has them.
    const QString key = u"editor/paths"_s;
    const std::vector<PathRewrite> old =
        rewritesFromList(m_workspace.settings.value(key).toStringList());
    if (old.empty())
        return;
    connect(
        &m_workspace.paths, &PathRules::written, this,
        [this, key] { m_workspace.settings.remove(key); }, Qt::SingleShotConnection);
    m_workspace.paths.add(old);
}

void MainWindow::buildProjects()
{
    auto *menu = findChild<QMenu *>(u"menuRecent"_s);
    m_recent = new RecentProjects(m_workspace.context, menu, this);
    connect(m_recent, &RecentProjects::chosen, this, &MainWindow::openProject);
    m_fileLook = new FileLook(this);
}

void MainWindow::chooseProject()
{
    chooseDataFile(m_workspace.context.backend.server().dataFile, this,
                   [this](const QString &path) { openProject(path); });
}

void MainWindow::openProject(const QString &dataFile)
{
    const QString open = m_workspace.context.backend.server().dataFile;
    // What another name of a file stands for may be on a machine that does not answer.
    m_fileLook->start(
        [this, open, dataFile]() -> FileLook::Then {
            const QFileInfo wanted(dataFile);
            const QFileInfo here(open);
            const bool isSame =
                !open.isEmpty()
                && (wanted.absoluteFilePath() == here.absoluteFilePath()
                    || (wanted.exists() && wanted.canonicalFilePath() == here.canonicalFilePath()));
            if (!isSame)
                return [this, dataFile] { askToLeaveFor(dataFile); };
            return [this, dataFile] {
                m_infoBars->show({.id = "project"_ba,
                                  .kind = InfoKind::Info,
                                  .text = tr("%1 is open in this window already.").arg(dataFile),
                                  .buttons = {},
                                  .details = {}});
            };
        },
        [this, dataFile] {
            m_workspace.context.navigator.tellProblem(FileLook::lateText(dataFile));
        });
}

void MainWindow::askToLeaveFor(const QString &dataFile)
{
    if (!asksBeforeEnd()) {
        leaveFor(dataFile);
        return;
    }
    WorkInFlight work = workInFlight();
    work.isForOther = true;
    askToQuit(m_workspace.context, work, this, [this, dataFile] { leaveFor(dataFile); });
}

/// The server stops first: the other one is to listen at the port that apps know.
void MainWindow::leaveFor(const QString &dataFile)
{
    devserver::api::ConsoleBackend &backend = m_workspace.context.backend;
    const quint16 port = backend.server().port;
    const bool wasServing = backend.server().phase == ServerPhase::Serving;
    saveAll();
    const auto fail = [this, dataFile](const QString &why) {
        m_infoBars->show({.id = "project"_ba,
                          .kind = InfoKind::Error,
                          .text = tr("A window for %1 could not be started: %2").arg(dataFile, why),
                          .buttons = {},
                          .details = {}});
    };
    devserver::api::then<Done>(
        backend.stopServer(), this,
        [this, &backend, dataFile, port, wasServing, fail](const Done &) {
            const devserver::Result<void> launched =
                startWindowFor(m_workspace.context, dataFile, port);
            if (launched) {
                closeNow();
                return;
            }
            fail(launched.error().message);
            if (wasServing)
                std::ignore = backend.startServer(port); // this window says how that went
        },
        [fail](const devserver::Error &error) { fail(error.message); });
}

} // namespace console
