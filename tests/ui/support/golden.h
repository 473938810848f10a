// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace console::test {

/// Of this Qt: tests/fixtures/golden/<Qt minor>.
[[nodiscard]] QString goldenFolder();
/// Names of the pictures in it, sorted and without `.png`. \a subfolder  those of one program
[[nodiscard]] QStringList goldenPictures(const QString &subfolder = {});

/// Compares a picture of \a widget, with the lists that are open over it, to
/// tests/fixtures/golden/<Qt minor>/<name>.png (ui.md §27.3; a name may begin with a subfolder):
/// equal size; a pixel differs if a channel differs by more than 12; at most 0.1 % of the pixels
/// and 20 % of a block of 16 x 16 may differ. With REDRIVE_UPDATE_GOLDEN set it writes the picture
/// instead. On failure the actual picture and a picture of the differences are left in the test's
/// folder under build/golden.
/// \returns what is wrong, empty if nothing.
[[nodiscard]] QString compareGolden(QWidget *widget, const QString &name);

} // namespace console::test
