// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/backgroundjob.h"

#include <QObject>

class QWidget;

namespace console {

/// Asks for a JSON file and reads it off the GUI thread (ui.md §10).
class DraftLoader final : public QObject
{
    Q_OBJECT

public:
    /// \a window  that the file dialog belongs to
    explicit DraftLoader(QWidget &window);

    /// \a folder  where the dialog begins, unless it was used before; if it is empty or hidden,
    /// where documents are
    void ask(const QString &folder);
    void read(const QString &path);

Q_SIGNALS:
    /// A file is being read; `loaded` or `failed` follows.
    void begun();
    void loaded(const QByteArray &text);
    void failed(const QString &problem);

private:
    struct Content {
        QByteArray text;
        QString problem; ///< empty: it was read
    };

    [[nodiscard]] static Content contentOf(const QString &path);

    QWidget &m_window;
    QString m_folder; ///< of the last file
    BackgroundJob m_reading;
};

} // namespace console
