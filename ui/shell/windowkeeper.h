// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/shell/windowoptions.h"

#include <QObject>

#include <memory>

namespace devserver::api {
class ConsoleBackend;
}

namespace console {

class Desktop;
class MainWindow;
struct ClearedFile;

/// The main window, as long as the program runs. When its data file was cleared another one takes
/// its place, because everything that a window knows is about the old file; then the server starts.
/// GUI thread.
class WindowKeeper final : public QObject
{
    Q_OBJECT

public:
    /// \a backend and \a desktop outlive this. The window is not shown yet.
    WindowKeeper(devserver::api::ConsoleBackend &backend, const WindowOptions &options,
                 Desktop &desktop);
    ~WindowKeeper() override;

    /// The one of now.
    [[nodiscard]] MainWindow &window() const { return *m_window; }

private:
    void make();
    void renew(const ClearedFile &cleared);

    devserver::api::ConsoleBackend &m_backend;
    WindowOptions m_options;
    Desktop &m_desktop;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace console
