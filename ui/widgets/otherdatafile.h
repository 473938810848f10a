// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace console {

struct Context;

/// What to start this program with so that it opens \a dataFile.
///
/// \param port   where the server listens now: people may have chosen another one since the start.
///               The new one listens there, too, if they gave a port, here or as REDRIVE_PORT, or
///               if its project has no port of its own, which is read from a small file
/// \param given  what it was started with, without the program's name; other options are kept, the
///               run that was to be opened is in the old file
[[nodiscard]] QStringList argumentsFor(const QString &dataFile, quint16 port,
                                       const QStringList &given);

/// Starts a window for \a dataFile; what is kept of this one is written before.
///
/// \param port  where the server of this one listens
[[nodiscard]] devserver::Result<void> startWindowFor(Context &context, const QString &dataFile,
                                                     quint16 port);

/// Asks for a data file, an existing or a new one, and hands its absolute path to \a chosen unless
/// nobody chose one.
///
/// \param before  the one that is open, where the search begins
void chooseDataFile(const QString &before, QWidget *parent,
                    const std::function<void(const QString &)> &chosen);

} // namespace console
