// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QEvent>
#include <QObject>
#include <QPaintEvent>
#include <QRegion>

namespace console::test {

/// Counts what is painted of a widget that it is installed on as event filter.
class PaintCounter final : public QObject
{
public:
    int paints = 0;
    QRegion painted;

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            ++paints;
            painted |= static_cast<QPaintEvent *>(event)->region();
        }
        return false;
    }
};

} // namespace console::test
