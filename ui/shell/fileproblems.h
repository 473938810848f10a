// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

namespace console {

class InfoBarStack;
struct Context;

/// Says in the bars of the window that the settings or a file of the project could not be read or
/// written, and no longer than that is so. What could not be written is tried again as soon as the
/// server says that there is room on the disk.
class FileProblems final : public QObject
{
    Q_OBJECT

public:
    /// What was wrong with the settings at the start is said at once.
    FileProblems(Context &context, InfoBarStack &bars, QObject *parent = nullptr);

private:
    void tell(const QByteArray &bar, const QString &text);
    void takeBack(const QString &text);
    void watchServer();

    Context &m_context;
    InfoBarStack &m_bars;
    QStringList m_open; ///< about files of the project; the latest last
    bool m_isPaused = false;
};

} // namespace console
