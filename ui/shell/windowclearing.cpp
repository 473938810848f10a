// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// How the data file of a main window is cleared.

#include "devserver/api/consolebackend.h"
#include "ui/shell/cleardialog.h"
#include "ui/shell/mainwindow.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/infobar.h"

#include <QFileInfo>
#include <QUrl>

#include <tuple>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::ClearScope;
using devserver::api::DataCleared;

void MainWindow::chooseClearing()
{
    if (auto *open = findChild<ClearDialog *>()) {
        open->raise();
        open->activateWindow();
        return;
    }
    auto *dialog = new ClearDialog(m_workspace.context, this);
    connect(dialog, &ClearDialog::confirmed, this, &MainWindow::clearData);
    dialog->open();
}

void MainWindow::clearData(ClearScope scope)
{
    devserver::api::ConsoleBackend &backend = m_workspace.context.backend;
    const quint16 port = backend.server().port;
    m_isClearing = true;
    m_workspace.navigator.saveAll();
    m_infoBars->show({.id = "clear"_ba,
                      .kind = InfoKind::Info,
                      .text = tr("The data are being cleared. The server starts again afterwards."),
                      .buttons = {},
                      .details = {}});
    devserver::api::then<DataCleared>(
        backend.clearData(scope), this,
        [this, scope](const DataCleared &done) {
            forgetPlaces();
            // The next window reads them.
            m_workspace.settings.whenWritten(
                [this, scope, done] { Q_EMIT cleared({.scope = scope, .done = done}); });
        },
        [this, &backend, port](const devserver::Error &error) {
            m_isClearing = false;
            m_infoBars->show(errorBar("clear"_ba,
                                      tr("Nothing was cleared, the data file is as before"), error,
                                      backend.now()));
            std::ignore = backend.startServer(port); // this window says how that went
        });
}

void MainWindow::tellCleared(const ClearedFile &cleared)
{
    const QFileInfo old(cleared.done.oldFile);
    const QString what =
        cleared.scope == ClearScope::History
            ? tr("Runs, events and dead letters were cleared; apps and their functions stayed.")
            : tr("Everything was cleared.");
    const QString where = cleared.done.isInTrash
                              ? tr("The old file is in the trash: %1").arg(old.fileName())
                              : tr("The old file is beside the new one: %1").arg(old.fileName());
    m_infoBars->show({.id = "clear"_ba,
                      .kind = InfoKind::Success,
                      .text = what + u' ' + where,
                      .buttons = {{tr("Open folder"),
                                   [this, folder = old.path()] {
                                       m_workspace.context.desktop.openUrl(
                                           QUrl::fromLocalFile(folder));
                                   }}},
                      .details = {}});
}

} // namespace console
