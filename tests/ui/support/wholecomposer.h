// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/uifixture.h"

#include <QByteArrayList>
#include <QPlainTextEdit>

namespace console::test {

/// What one needs to write an event and is not seen whole in \a window: name, status, Send, and
/// three lines of data. Empty: all of it is.
inline QByteArrayList hiddenOfComposer(QWidget *window)
{
    QByteArrayList hidden;
    for (const char *name : {"composerName", "composerSend", "composerStatus"}) {
        const auto *part = child<QWidget>(window, name);
        if (!part->isVisible() || part->visibleRegion().boundingRect() != part->rect())
            hidden.append(name);
    }
    const auto *editor = child<QPlainTextEdit>(window, "composerEditor");
    if (editor->viewport()->visibleRegion().boundingRect().height()
        < 3 * editor->fontMetrics().lineSpacing())
        hidden.append("composerEditor");
    return hidden;
}

} // namespace console::test
