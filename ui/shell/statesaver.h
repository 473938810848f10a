// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

class QWidget;

namespace console {

/// Keeps the state of a window soon after somebody used it, so that the end of the process without
/// a word (a crash, kill -9, no power) loses a few seconds of it and not all since the last start.
/// While nobody does anything no timer runs. GUI thread.
class StateSaver final : public QObject
{
    Q_OBJECT

public:
    /// Once for all that is done in it: what is saved then is as far as somebody has come.
    static constexpr std::chrono::seconds usualPause{2};

    /// \a window owns this. \a save  is called a little after keys, the mouse, or a move of the
    /// window or one that belongs to it
    StateSaver(QWidget &window, std::function<void()> save,
               std::chrono::milliseconds pause = usualPause);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget &m_window;
    QTimer m_soon;
};

} // namespace console
