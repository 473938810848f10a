// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

namespace console {

/// The things outside the window that it touches; tests use a fake (ui.md §27.2).
class Desktop
{
public:
    Desktop() = default;
    virtual ~Desktop() = default;
    Q_DISABLE_COPY_MOVE(Desktop)

    virtual void openUrl(const QUrl &url) = 0;
    /// Runs a program with its arguments, without a shell. The error is what the system says.
    [[nodiscard]] virtual devserver::Result<void> launch(const QString &program,
                                                         const QStringList &arguments) = 0;
    virtual void copy(const QString &text) = 0;
};

} // namespace console
