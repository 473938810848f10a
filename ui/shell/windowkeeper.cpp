// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/windowkeeper.h"

#include "devserver/api/consolebackend.h"
#include "ui/shell/mainwindow.h"

#include <QGuiApplication>

#include <tuple>

namespace console {

namespace {

constexpr std::size_t mailAtOnce = 10'000;

} // namespace

WindowKeeper::WindowKeeper(devserver::api::ConsoleBackend &backend, const WindowOptions &options,
                           Desktop &desktop)
    : m_backend(backend)
    , m_options(options)
    , m_desktop(desktop)
{
    make();
}

WindowKeeper::~WindowKeeper() = default;

void WindowKeeper::make()
{
    m_window = std::make_unique<MainWindow>(m_backend, m_options, m_desktop);
    // Later: it is the old window that says so.
    connect(
        m_window.get(), &MainWindow::cleared, this,
        [this](const ClearedFile &cleared) {
            QMetaObject::invokeMethod(
                this, [this, cleared] { renew(cleared); }, Qt::QueuedConnection);
        },
        Qt::DirectConnection);
}

void WindowKeeper::renew(const ClearedFile &cleared)
{
    if (!m_window->isVisible())
        return; // closed meanwhile: the program ends
    const bool quitsWithWindow = QGuiApplication::quitOnLastWindowClosed();
    QGuiApplication::setQuitOnLastWindowClosed(false);
    m_window.reset();
    while (!m_backend.mailbox().isEmpty()) // what the server said last is about the old file
        std::ignore = m_backend.mailbox().take(mailAtOnce);
    // As at the start of the program: it serves while the window is built, which says how it went.
    std::ignore = m_backend.startServer(m_backend.server().port);
    make();
    m_window->show();
    m_window->activateWindow();
    m_window->tellCleared(cleared);
    QGuiApplication::setQuitOnLastWindowClosed(quitsWithWindow);
}

} // namespace console
