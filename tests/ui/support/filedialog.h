// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFileDialog>
#include <QLineEdit>
#include <QTest>

namespace console::test {

/// Writes \a name into an open dialog and presses Enter.
inline void chooseFileIn(QFileDialog *dialog, const QString &name)
{
    QVERIFY(dialog != nullptr);
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    auto *line = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    line->setFocus();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(line, name);
    QTest::keyClick(line, Qt::Key_Return);
}

} // namespace console::test
