// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/largedata.h"

#include <QTest>

namespace console::test {

/// Ctrl+V of what another program has copied, over all that is in \a edit.
/// \returns ms that the window stood still
inline double pasteOver(QWidget *edit, const QString &text)
{
    arrange::clipboard(text);
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    const double before = threadMs();
    QTest::keyClick(edit, Qt::Key_V, Qt::ControlModifier);
    return threadMs() - before;
}

} // namespace console::test
