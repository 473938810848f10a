// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <functional>

class QObject;

/// The port that was chosen for a project because the usual one was taken: `.redrive/server.json`
/// beside its data file (ui.md §25).
namespace console {

/// Where SDKs look for the server by themselves.
constexpr quint16 usualPort = 8288;

/// 0: none was chosen, or there is no data file. Reads a file of at most 64 KiB, which the GUI
/// thread may (ui.md §2): once before there is a window, then only when somebody opens another
/// data file or is offered another port.
[[nodiscard]] quint16 projectPort(const QString &dataFile);

/// In the file from now on; without a data file it is forgotten. \a tell  is called on the thread
/// of \a context  with what went wrong, if anything did, and \a takeBack  with the same text once
/// it was written after all. The end of \a context  waits for the write: it had better be something
/// that lives as long as the window.
void rememberPort(const QString &dataFile, quint16 port, QObject *context,
                  const std::function<void(const QString &problem)> &tell,
                  const std::function<void(const QString &problem)> &takeBack);

/// What `rememberPort` could not write for this \a context, at once.
void tryPortAgain(const QObject *context);

} // namespace console
