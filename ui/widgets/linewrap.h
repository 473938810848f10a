// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QPlainTextEdit;
class QToolButton;
class QString;
class QWidget;

namespace console {

struct Context;
class Settings;

/// Whether long lines are wrapped is one choice for all texts that are only read (ui.md §8).

/// Wraps the lines of the text as people want it, now and later; in the middle of words that are
/// longer than a line.
void followLineWrap(QPlainTextEdit *text, const Settings &settings);
/// A button that shows the choice and changes it.
[[nodiscard]] QToolButton *makeWrapButton(Context &context, const QString &name, QWidget *parent);

} // namespace console
