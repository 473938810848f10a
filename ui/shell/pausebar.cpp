// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/pausebar.h"

#include "devserver/api/consolebackend.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/infobar.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::ErrorCode;
using devserver::api::ServerPhase;

namespace {

const QByteArray barId = "paused"_ba;

/// Without a data file what is kept for the moment is where temporary files are.
QString folderOf(const QString &dataFile)
{
    return dataFile.isEmpty() ? QDir::tempPath() : QFileInfo(dataFile).absolutePath();
}

} // namespace

PauseBar::PauseBar(Context &context, InfoBarStack &bars, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_bars(bars)
{
    connect(&context.backend, &devserver::api::ConsoleBackend::serverChanged, this,
            &PauseBar::watch);
    watch();
}

void PauseBar::watch()
{
    const devserver::api::ServerState server = m_context.backend.server();
    std::optional<ErrorCode> now;
    if (server.phase == ServerPhase::Serving && server.pause)
        now = server.pause->code;
    const std::optional<ErrorCode> before = std::exchange(m_shown, now);
    m_isRead = m_isRead && now == before;
    if (now) {
        if (!m_isRead && (now != before || !m_bars.has(barId))) // it may have made room for others
            show();
        return;
    }
    if (!before)
        return;
    m_bars.dismiss(barId);
    if (server.phase == ServerPhase::Serving)
        m_bars.show({.id = barId,
                     .kind = InfoKind::Success,
                     .text = before == ErrorCode::StoreFull
                                 ? tr("There is room on the disk again: work goes on.")
                                 : tr("The data file is free again: work goes on."),
                     .buttons = {},
                     .details = {}});
}

void PauseBar::show()
{
    const devserver::api::ServerState server = m_context.backend.server();
    const QString folder = folderOf(server.dataFile);
    const auto openFolder = [this, folder] {
        m_context.desktop.openUrl(QUrl::fromLocalFile(folder));
        if (m_shown) // it is as full as before
            show();
    };
    InfoText info{.id = barId,
                  .kind = InfoKind::Error,
                  .text = tr("Another program uses the data file: work is paused. Nothing that was "
                             "acknowledged is lost; Redrive goes on by itself as soon as that "
                             "program is done."),
                  .buttons = {},
                  .details = {},
                  .closed = [this] { m_isRead = true; },
                  .isFirst = true};
    if (m_shown == ErrorCode::StoreFull) {
        info.text = tr("The disk is full: work is paused. Nothing that was acknowledged is lost; "
                       "Redrive goes on by itself as soon as there is room on %1.")
                        .arg(folder);
        info.buttons.push_back({tr("Open folder"), openFolder});
    }
    m_bars.show(info);
}

} // namespace console
