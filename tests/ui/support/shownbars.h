// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>
#include <QWidget>

namespace console::test {

/// What the info bars under \a view say that are seen, as screen readers hear it.
inline QStringList shownBars(const QWidget &view)
{
    QStringList all;
    for (const QWidget *bar : view.findChildren<QWidget *>(QStringLiteral("infoBar"))) {
        if (bar->isVisible())
            all.append(bar->accessibleName());
    }
    return all;
}

/// Also those that are folded behind another one; a line each.
inline QString allBars(const QWidget &view)
{
    QString all;
    for (const QWidget *bar : view.findChildren<QWidget *>(QStringLiteral("infoBar")))
        all += bar->accessibleName() + QLatin1Char('\n');
    return all;
}

} // namespace console::test
