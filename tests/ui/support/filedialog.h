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

/// The same in the dialog named \a name of \a window. Comes back when it is gone and the window has
/// the keyboard again, as a window manager gives it: the dialog closes when its list of files is
/// done, and a window that is asked for before that does not become the active one.
inline void chooseFileOf(QWidget *window, const QString &name, const QString &file)
{
    chooseFileIn(window->findChild<QFileDialog *>(name), file);
    QTRY_VERIFY(window->findChild<QFileDialog *>(name) == nullptr);
    QTRY_VERIFY((window->activateWindow(), window->isActiveWindow()));
}

} // namespace console::test
